import { callsOf, folderOf } from '../commands.ts';
import { stageManifest } from '../manifest.ts';
import { installedIn } from '../node-modules.ts';
import { at, type Rule } from '../rule.ts';
import { readStart } from '../start.ts';
import { type StageView, shippedStages } from '../view.ts';

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
    const step = view.final.allSteps.findLast(
      (one) =>
        bringsModules(one.copy?.sources.map((source) => source.path) ?? []) ||
        installs(view.final, one.instruction.index, folder),
    );
    if (example === undefined || step === undefined || needsDevelopment(start.invocations.map((one) => one.program)))
      return [];
    const owner = shippedStages(view).find((stage) => stage.stage.index === step.stage);
    return owner === undefined ? [] : [{ ...at(step.instruction), args: { count: String(extra.length), example } }];
  },
};

function bringsModules(paths: readonly (string | null)[]): boolean {
  return paths.some((path) => path !== null && /node_modules\/?$/.test(path));
}

function installs(stage: StageView | null, index: number, folder: string): boolean {
  const step = stage?.allSteps.find((one) => one.instruction.index === index);
  if (step === undefined) return false;
  if (step.copy !== null && step.copy.from !== null) return step.copy.target === folder;
  return callsOf(step).some((call) => /^(?:npm|yarn|pnpm|bun)$/.test(call.program) && folderOf(step, call) === folder);
}

/** A container that is for testing needs them. */
function needsDevelopment(programs: readonly string[]): boolean {
  return programs.some((program) => /^(?:jest|vitest|mocha|eslint|playwright|cypress)$/.test(program));
}
