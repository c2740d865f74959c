import { callsOf } from '../commands.ts';
import { textInContext } from '../context.ts';
import { type PackageManifest, stageManifest } from '../manifest.ts';
import { installedIn } from '../node-modules.ts';
import { absolutePath, below } from '../paths.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { readStart } from '../start.ts';
import { type StageView, type Step, shippedStages, stageNamed, type View } from '../view.ts';

export const devDependenciesShipped: Rule = {
  id: 'dev-dependencies-shipped',
  concern: 'size',
  severity: 'warning',
  aliases: [],
  message: ({ count = '', example = '' }) =>
    `The image carries development dependencies (${count}, ${example} among them).`,
  advice: () => 'Leave them out of the final stage (--omit=dev, --only main, --no-dev), and build in an earlier one.',
  find: (view) => {
    const python = pythonGroups(view);
    if (python !== null) return [python];
    const start = readStart(view);
    const folder = view.final?.end.workdir ?? null;
    if (start === null || view.final === null || folder === null) return [];
    const manifest = stageManifest(view, view.final, folder) ?? copiedManifest(view, view.final, folder);
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

/** node_modules came from another stage without its package.json: that stage has it. */
function copiedManifest(view: View, stage: StageView, folder: string): PackageManifest | null {
  for (const step of stage.allSteps) {
    const from = step.copy?.from == null ? null : stageNamed(view, step.copy.from, step.stage);
    const source = step.copy?.sources.find(({ path }) => path !== null && /\/node_modules\/?$/.test(path));
    if (from === null || source?.path == null || below(step.copy?.target ?? '/', `${folder}/node_modules`) === null)
      continue;
    return stageManifest(view, from, absolutePath('/', source.path.replace(/\/node_modules\/?$/, '') || '/'));
  }
  return null;
}

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

/** Poetry and uv install the development group unless they are told not to. */
function pythonGroups(view: View): Catch | null {
  const text = view.context === null ? null : textInContext(view.context, 'pyproject.toml');
  const group =
    /^\[(?:tool\.poetry\.(?:group\.dev\.dependencies|dev-dependencies)|dependency-groups)\]\n([\s\S]*?)(?=^\[|(?![\s\S]))/m.exec(
      text ?? '',
    );
  const names = [...(group?.[1] ?? '').matchAll(/^([a-z][\w.-]*)\s*=\s*["{]|^\s*["']([a-z][\w.-]*)/gim)].map(
    ([, one, two]) => one ?? two ?? '',
  );
  const [example] = names;
  if (
    group === null ||
    example === undefined ||
    (/^\[dependency-groups/.test(group[0]) && !/^dev\s*=/m.test(group[1] ?? ''))
  )
    return null;
  const tool = group[0].startsWith('[dependency') ? 'uv' : 'poetry';
  for (const step of shippedStages(view).flatMap((stage) => stage.steps)) {
    const install = callsOf(step).find(
      ({ program, operands, args }) =>
        program === tool &&
        operands[0] === (tool === 'uv' ? 'sync' : 'install') &&
        !args.some((arg) => CHOOSES_GROUPS.test(arg)),
    );
    const isSet = [...step.scope.keys()].some((name) =>
      /^(?:UV_NO_DEV|UV_NO_DEFAULT_GROUPS|POETRY_\w*(?:WITHOUT|ONLY))$/.test(name),
    );
    if (install !== undefined && !isSet)
      return { ...at(step.instruction), args: { count: String(names.length), example } };
  }
  return null;
}

const CHOOSES_GROUPS =
  /^--(?:only|without|no-dev|no-default-groups|only-group|no-group|with|group|all-groups|dev)(?:=|$)/;
