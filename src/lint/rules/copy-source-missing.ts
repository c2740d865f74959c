import { kindInContext, matchesInContext, textInContext } from '../context.ts';
import { isGitIgnored } from '../gitignore.ts';
import { mountsOf } from '../mounts.ts';
import { contextPath, hasWildcard } from '../paths.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { type Step, usedStages, type View } from '../view.ts';

/** What people build before they build the image: it is not in a fresh checkout, but may be there when it counts. */
const BUILD_OUTPUT =
  /(?:^|\/)(?:target|dist|\.?build|out|output|bin|publish|artifacts?|release|\.next|\.output|node_modules|vendor)(?:\/|$)|\.(?:jar|war|ear|zip|t?gz|tar|whl|deb|rpm|so|exe|crt|pem|key)$/;

export const copySourceMissing: Rule = {
  id: 'copy-source-missing',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ source = '', case: kind }) => {
    if (kind === 'pattern') return `No file matches ${source}, so nothing is copied.`;
    return kind === 'output'
      ? `${source} is not in the build context: it has to be made before the image is built.`
      : `${source} is not in the build context, so the build stops here.`;
  },
  advice: ({ case: kind }) => {
    if (kind === 'output') return 'Build it in a stage of this file and copy it from there.';
    return 'Correct the path, which is relative to the build context, or add the file.';
  },
  find: (view) => {
    const { context } = view;
    if (context === null || !context.isSure) return [];
    const used = usedStages(view);
    return view.stages
      .filter((stage) => used.has(stage.stage.index))
      .flatMap((stage) => stage.steps)
      .flatMap((step) => {
        const sources = contextSources(step);
        return sources.flatMap((path) => {
          const caught = missing(view, path, sources.length === 1);
          return caught === null ? [] : [{ ...at(step.instruction), ...caught }];
        });
      });
  },
};

/** Paths of the build context that a step takes: what COPY and ADD name, and what is bind-mounted. */
function contextSources({ copy, instruction }: Step): readonly string[] {
  const copied = copy === null || copy.from !== null || copy.isFromOpen ? [] : copy.sources;
  const mounted = mountsOf(instruction).filter(({ type, from }) => type === 'bind' && from === null);
  return [
    ...copied.flatMap(({ path, kind }) => (path === null || kind !== 'path' ? [] : [path])),
    ...mounted.flatMap(({ source }) => (source === null || source.includes('$') ? [] : [source])),
  ];
}

function missing(view: View, path: string, isOnly: boolean): Pick<Catch, 'args' | 'severity'> | null {
  const { context } = view;
  if (context === null || matchesInContext(context, path).length > 0 || isSubmodule(view, path)) return null;
  // An exported tree has no history, and a checkout has.
  if (contextPath(path) === '.git') return null;
  const isOutput = BUILD_OUTPUT.test(contextPath(path)) || isGitIgnored(context, contextPath(path));
  if (hasWildcard(path)) {
    const isOptional = !isOnly || /[*?]$/.test(path);
    return isOptional ? null : { severity: 'warning', args: { source: path, case: 'pattern' } };
  }
  return isOutput
    ? { severity: 'warning', args: { source: path, case: 'output' } }
    : { args: { source: path, case: 'missing' } };
}

/** Folders of a submodule are empty or missing until it is fetched. */
function isSubmodule(view: View, path: string): boolean {
  if (view.context === null || kindInContext(view.context, '.gitmodules') === null) return false;
  const [top = ''] = contextPath(path).split('/');
  return (textInContext(view.context, '.gitmodules') ?? '').includes(`path = ${top}`);
}
