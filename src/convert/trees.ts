import { classOf } from './boundary.ts';
import { buildOutputs } from './build-output.ts';
import { type Copy, contextPath } from './copies.ts';
import type { Part } from './judge.ts';
import { packageFiles } from './packages.ts';
import { absolute, isHomeFolder, isOwnTree, isPackageSource, isWithin, ownRoot } from './paths.ts';
import type { Refusal } from './refusals.ts';
import type { Survey } from './survey.ts';
import type { Step } from './trace.ts';

/** A directory of the application's own that the build fills. */
export interface Tree {
  readonly root: string;
  readonly copies: readonly Copy[];
  /** what RUNs write into it, and which */
  readonly writers: readonly Writer[];
  /** index of the first instruction that puts contents into it */
  readonly firstContent: number;
}

interface Writer {
  readonly step: Step;
  readonly part: Part;
  readonly path: string;
}

/** What the build stage makes. */
export interface Made {
  readonly trees: readonly Tree[];
  /** paths outside the application's own directories */
  readonly products: readonly Writer[];
  /** everything that a build step writes, wherever it lies */
  readonly writers: readonly Writer[];
  readonly refusal: Refusal | null;
}

/** Directories into which a whole copy may be merged: nothing of the base image differs in them. */
const MERGEABLE = new Set(['/opt', '/srv', '/var/www', '/usr/src', '/mnt', '/media', '/var/opt']);

/** Collects what the steps up to the boundary write. */
export function collectMade(survey: Survey, built: readonly Step[]): Made {
  const trees = new Map<string, { copies: Copy[]; writers: Writer[] }>();
  const products: Writer[] = [];
  const treeAt = (root: string) => {
    const tree = trees.get(root) ?? { copies: [], writers: [] };
    trees.set(root, tree);
    return tree;
  };
  const indexes = new Set(built.map((step) => step.instruction.index));
  for (const copy of survey.copies) {
    const root = ownRoot(copy.target, survey.homes);
    if (root !== null && indexes.has(copy.step.instruction.index)) treeAt(root).copies.push(copy);
  }
  const writers = built.flatMap((step) => writersOf(survey, step));
  for (const writer of writers.filter((one) => isMaking(one.part, survey))) {
    const root = ownRoot(writer.path, survey.homes);
    if (root !== null) treeAt(root).writers.push(writer);
  }
  let refusal: Refusal | null = null;
  const fetched = writers.filter(({ part }) => MADE_FIRST.test(part.verdict.why.code)).map(({ path }) => path);
  for (const writer of writers) {
    const root = ownRoot(writer.path, survey.homes);
    const reads = writer.part.verdict.reads.some((path) =>
      [...trees.keys(), ...fetched.filter((one) => one !== '/')].some((tree) => isWithin(path, tree)),
    );
    if (root !== null && !isMaking(writer.part, survey) && (trees.has(root) || reads))
      treeAt(root).writers.push(writer);
    if (root !== null || !(isMaking(writer.part, survey) || (writer.part.verdict.role === 'files' && reads))) continue;
    const found = productsOf(survey, writer);
    if (found === null) refusal ??= sharedOutput(writer);
    else products.push(...found);
  }
  const found = [...trees].map(([root, tree]) => ({
    ...tree,
    root: contentRoot(root, tree),
    firstContent: firstContent(survey, tree),
  }));
  return { trees: found, products, writers: writers.filter((one) => isMaking(one.part, survey)), refusal };
}

/** What a later command moves or copies to its place. */
const MADE_FIRST = /^(compile|download|unpacked)$/;

/** The directory that holds all contents: `/user/app`, where `/user` is only its parent. */
function contentRoot(root: string, tree: { copies: readonly Copy[]; writers: readonly Writer[] }): string {
  const folders = tree.copies.map((copy) => (copy.intoDirectory ? copy.target : copy.target.replace(/\/[^/]*$/, '')));
  const paths = [...folders, ...tree.writers.map((writer) => writer.path)].filter((path) => isWithin(path, root));
  const [first = root] = paths;
  let common = first;
  while (common !== root && !paths.every((path) => isWithin(path, common))) common = common.replace(/\/[^/]*$/, '');
  return isWithin(common, root) ? common : root;
}

function firstContent(survey: Survey, tree: { copies: readonly Copy[]; writers: readonly Writer[] }): number {
  const makers = tree.writers.filter(({ part }) => isMaking(part, survey) || part.verdict.reads.length > 0);
  return Math.min(...[...tree.copies, ...makers].map(({ step }) => step.instruction.index));
}

/** A package file is gone when it is installed. */
function writersOf(survey: Survey, step: Step): Writer[] {
  const packages = packageFiles(survey);
  return (survey.runs.get(step.instruction.index) ?? []).flatMap((part) =>
    part.verdict.writes.filter((path) => !packages.includes(path)).map((path) => ({ step, part, path })),
  );
}

function isMaking({ verdict: { role, why }, unit }: Part, survey: Survey): boolean {
  if (why.code === 'toolchain') {
    return survey.start.calls.some(({ name }) => TOOLCHAINS[name]?.test(unit.text) === true);
  }
  return (role === 'build' || role === 'program') && why.code !== 'javascript-global';
}

/** Programs that an installer script brings: where one of them is started, what the installer made is needed. */
const TOOLCHAINS: Readonly<Record<string, RegExp>> = {
  poetry: /poetry/,
  uv: /uv/,
  pdm: /pdm/,
  bun: /bun/,
  deno: /deno/,
  node: /nvm/,
  npm: /nvm/,
  pnpm: /pnpm/,
  composer: /composer/,
};

/** Paths to copy out of a directory that is not the application's own; `null`: they cannot be told. */
function productsOf(survey: Survey, writer: Writer): Writer[] | null {
  const { path, part } = writer;
  const { role, why } = part.verdict;
  const names = [...part.verdict.names];
  if (path.includes('$')) return null;
  if (isWithin(path, '/tmp') || isWithin(path, '/var/tmp') || isPackageSource(path)) return [];
  const isExact =
    isOwnTree(absolute(path, 'x'), survey.homes) || survey.homes.has(path) || path === '/usr/local' || path === '/';
  if (!isExact) return [writer];
  if (why.code === 'php-install' && hasArtisan(survey, path)) names.push('bootstrap/cache');
  if (names.length > 0) return names.map((name) => ({ ...writer, path: absolute(path, name) }));
  if (why.code === 'javascript-build') {
    const outputs = part.invocations.map((call) => buildOutputs(survey, call));
    if (outputs.includes(null)) return null;
    return outputs.flatMap((one) => one ?? []).map((name) => ({ ...writer, path: absolute(path, name) }));
  }
  if (isHomeFolder(path, survey.homes) && /^(python-install|toolchain)$/.test(why.code)) return [writer];
  if (why.code === 'compile' && path.endsWith('/bin')) return [writer];
  // a library beside an interpreted program: nothing that is started leads to it
  if (why.code === 'compile' && path === '/usr/local' && classOf(survey) === 'interpreted')
    return isPlainLocal(survey) ? [writer] : null;
  // what a compiler makes is found by the command that starts it
  if (why.code === 'compile' || why.code === 'tool-settings' || why.code === 'download') return [];
  if (MERGEABLE.has(path) || (path === '/usr/local' && isPlainLocal(survey))) return [writer];
  return role === 'files' ? [writer] : null;
}

/** Laravel lists its packages when Composer has installed them. */
function hasArtisan({ context, copies }: Survey, folder: string): boolean {
  return contextPath(context, copies, absolute(folder, 'artisan')) !== null;
}

/** What it writes cannot be told from the base image's own files. */
export function sharedOutput({ path, part, step }: Writer): Refusal {
  return {
    reason: { code: 'shared-output', args: { path, command: firstLine(part.unit.text) } },
    line: step.instruction.line,
  };
}

/** `/usr/local` is empty in a bare distribution. */
export function isPlainLocal(survey: Survey): boolean {
  return survey.base.family === null || survey.base.family.id === 'debian' || survey.base.family.id === 'nginx';
}

export function firstLine(text: string): string {
  const [line = ''] = text.trim().split('\n');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
