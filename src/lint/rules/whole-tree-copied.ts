import { absolutePath, below, contextPath } from '../paths.ts';
import { at, type Rule } from '../rule.ts';
import { type StageView, shippedStages, stageNamed } from '../view.ts';

const COMPILED = /^(?:golang|rust|maven|gradle|gcc|dotnet-sdk)$/;

export const wholeTreeCopied: Rule = {
  id: 'whole-tree-copied',
  concern: 'size',
  severity: 'info',
  aliases: ['DL3067'],
  message: ({ path = '', stage = '' }) =>
    `This takes all of ${path} along from the stage ${stage}: sources, tests and what the build left behind.`,
  advice: () => 'Copy only what the program needs: the built files and its production dependencies.',
  find: (view) =>
    shippedStages(view)
      .flatMap((stage) => stage.steps)
      .flatMap((step) => {
        const from = step.copy?.from == null ? null : stageNamed(view, step.copy.from, step.stage);
        if (from === null) return [];
        return (step.copy?.sources ?? []).flatMap(({ path }) => {
          const source = path === null ? null : absolutePath('/', path.replace(/\/\.$/, ''));
          if (source === null || !(source === '/' || holdsSources(from, source))) return [];
          const isCompiled = source === '/' || COMPILED.test(from.facts?.family.id ?? '');
          const args = { path: source, stage: from.stage.name ?? String(from.stage.index) };
          return [{ ...at(step.instruction), severity: isCompiled ? 'warning' : 'info', args }] as const;
        });
      }),
};

/** The whole context was copied there, something was run after that, and no parts of it are picked. */
function holdsSources(stage: StageView, folder: string): boolean {
  const steps = stage.allSteps;
  const copied = steps.findIndex(({ copy }) => {
    const isAll =
      copy?.from === null && copy.sources.some((source) => source.path !== null && contextPath(source.path) === '.');
    return isAll === true && copy?.target != null && below(folder, copy.target) !== null;
  });
  return copied >= 0 && steps.slice(copied + 1).some((step) => step.run !== null);
}
