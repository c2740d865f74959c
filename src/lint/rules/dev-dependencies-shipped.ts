import { stageManifest } from '../manifest.ts';
import { installedIn } from '../node-modules.ts';
import { at, type Rule } from '../rule.ts';
import { readStart } from '../start.ts';
import { type StageView, type Step, shippedStages, type View } from '../view.ts';

export const devDependenciesShipped: Rule = {
  id: 'dev-dependencies-shipped',
  concern: 'size',
  severity: 'warning',
  aliases: [],
  message: ({ count = '', example = '' }) =>
    `The image carries development dependencies (${count}, ${example} among them).`,
  advice: () => 'Install or prune with --omit=dev for the final stage, and build in an earlier one.',
  find: (view) => {
    const start = readStart(view);
    const folder = view.final?.end.workdir ?? null;
    if (start === null || view.final === null || folder === null) return [];
    const manifest = stageManifest(view, view.final, folder);
    if (manifest === null || installedIn(view, view.final, folder) !== 'all') return [];
    const extra = [...manifest.devDependencies].filter(
      (name) => !manifest.dependencies.has(name) && !name.startsWith('@types/'),
    );
    const [example] = extra;
    const step = bringingStep(view, view.final, folder);
    if (example === undefined || step === undefined || needsDevelopment(start.invocations.map((one) => one.program)))
      return [];
    const owner = shippedStages(view).find((stage) => stage.stage.index === step.stage);
    return owner === undefined ? [] : [{ ...at(step.instruction), args: { count: String(extra.length), example } }];
  },
};

/** The last step after which all of them are there. */
function bringingStep(view: View, stage: StageView, folder: string): Step | undefined {
  return stage.allSteps.findLast((step) => {
    const { index } = step.instruction;
    return installedIn(view, stage, folder, index) !== 'all' && installedIn(view, stage, folder, index + 1) === 'all';
  });
}

/** A container that is for testing needs them. */
function needsDevelopment(programs: readonly string[]): boolean {
  return programs.some((program) => /^(?:jest|vitest|mocha|eslint|playwright|cypress)$/.test(program));
}
