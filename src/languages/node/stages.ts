import type { CopyStep } from '../../model/plan.ts';
import { relativePath } from '../../project/search.ts';
import type { NodeFacts } from './facts.ts';

/** Where the build context lies in the stages. */
export const APP = '/app';

/** Absolute place in a stage of a path of the project. */
export function placeOf(facts: NodeFacts, path: string): string {
  const inside = relativePath(facts.context, path);
  return inside === '.' ? APP : `${APP}/${inside}`;
}

export function copy(
  from: string | null,
  sources: readonly string[],
  target: string,
  more: Partial<CopyStep> = {},
): CopyStep {
  return { from, sources, target, chmod: null, parents: false, ...more };
}

/** What the installation reads: the files beside each other in one line, those in folders with their folders. */
export function manifestCopies(facts: NodeFacts): readonly CopyStep[] {
  const { install } = facts;
  const inContext = (path: string): string => relativePath(facts.context, path);
  const files = [
    ...install.files,
    ...install.nested.flatMap(({ directory, lock }) => [`${directory}/package.json`, ...(lock ? [lock] : [])]),
  ].map(inContext);
  const top = files.filter((path) => !path.includes('/'));
  const folders = install.folders.map(inContext);
  const isCovered = (path: string): boolean => folders.some((folder) => path.startsWith(`${folder}/`));
  const deeper = gathered([...files.filter((path) => path.includes('/') && !isCovered(path)), ...folders]);
  const here = facts.install.root === facts.context ? './' : `${APP}/`;
  return [
    ...(top.length > 0 ? [copy(null, [...new Set(top)], here)] : []),
    ...(deeper.length > 0 ? [copy(null, [...new Set(deeper)], here, { parents: true })] : []),
  ];
}

/** From so many on, manifests side by side are one pattern, which also takes those that are added later. */
const MANY = 5;

function gathered(paths: readonly string[]): readonly string[] {
  const patternOf = (path: string): string | null => {
    const folder = /^(.+)\/[^/]+\/package\.json$/.exec(path)?.[1];
    return folder === undefined ? null : `${folder}/*/package.json`;
  };
  const patterns = paths.map(patternOf);
  return paths.map((path, at) => {
    const pattern = patterns[at];
    return pattern && patterns.filter((one) => one === pattern).length >= MANY ? pattern : path;
  });
}
