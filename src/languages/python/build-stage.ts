import type { CopyStep, RunStep } from '../../model/plan.ts';
import { joinPath } from '../../project/search.ts';
import type { PythonFacts } from './facts.ts';
import { usesUv } from './install.ts';
import {
  PIP_CACHE,
  pipInstall,
  REMOVE_UV_LOCK,
  type Step,
  shellWord,
  UV_CACHE,
  VENV,
  withMounts,
} from './install-step.ts';
import { secretMounts } from './package-index.ts';

/** The stage that has the source: it installs the project, collects static files, or compiles. */
export interface SourceStage {
  readonly from: string;
  readonly sentence: string;
  readonly steps: readonly Step[];
  /** packages are installed into the environment itself, not beside it */
  readonly changesVenv: boolean;
  /** the project is installed into /out, to be laid over the environment */
  readonly installsThin: boolean;
  /** files are made beside the source, so the final image takes the source from here */
  readonly changesSource: boolean;
}

const ALL: CopyStep = { from: null, sources: ['.'], target: '.', chmod: null, parents: false };

/** `null` where nothing is to be done with the source but to copy it. `image`: there are no dependencies to build upon. */
export function buildStage(facts: PythonFacts, image: string | null): SourceStage | null {
  if (image !== null)
    return stage(image, 'compiles the source', [{ ...run('', ['python -m compileall -q .']), copies: [ALL] }], {
      changesSource: true,
    });
  const install = projectSteps(facts);
  const collects = facts.application?.django?.collects ? [collectStatic(facts)] : [];
  const steps = [...withMounts(install.steps, secretMounts(facts.install.indexes)), ...collects];
  const first = steps[0];
  if (!first) return null;
  return stage(
    'dependencies',
    install.steps.length > 0 ? 'installs the project itself' : 'collects the static files',
    [{ ...first, copies: [ALL] }, ...steps.slice(1)],
    {
      changesVenv: install.changesVenv,
      installsThin: install.installsThin,
      changesSource: collects.length > 0,
    },
  );
}

function stage(from: string, sentence: string, steps: readonly Step[], does: Partial<SourceStage>): SourceStage {
  return { from, sentence, steps, changesVenv: false, installsThin: false, changesSource: false, ...does };
}

function projectSteps(facts: PythonFacts): {
  readonly steps: readonly Step[];
  readonly changesVenv: boolean;
  readonly installsThin: boolean;
} {
  const { install } = facts;
  const nothing = { steps: [], changesVenv: false, installsThin: false };
  if (
    install.manager === 'uv' &&
    (install.members.length > 0 || install.installsProject?.value === 'path dependencies')
  ) {
    return { ...nothing, steps: [uvProject(facts)], changesVenv: true };
  }
  if (install.installsProject === null && install.locals.length === 0) return nothing;
  const extras = install.projectExtras.length > 0 ? `[${install.projectExtras.join(',')}]` : '';
  const own = install.installsProject ? [`.${extras}`] : [];
  const targets = [...install.locals.map((path) => `./${path}`), ...own];
  // What the packages of the repository need themselves is known only when they are there.
  const isThin =
    install.locals.length === 0 &&
    extras === '' &&
    install.installsProject?.value !== 'dynamic dependencies' &&
    install.manager !== 'pip';
  const comment = isThin
    ? 'By itself, so that a change of code makes a small layer'
    : 'With what these packages need beyond the list above';
  const installed = isThin && usesUv(install) ? thinByUv(facts) : byPip(facts, targets, isThin);
  return { steps: [{ ...run(comment, []), run: installed }], changesVenv: !isThin, installsThin: isThin };
}

function byPip(facts: PythonFacts, targets: readonly string[], isThin: boolean): RunStep {
  const flags = isThin ? ` --no-deps --prefix ${VENV} --root /out` : '';
  const command = `${versionOf(facts)}${pipInstall(facts.version.value)}${flags} ${targets.map(shellWord).join(' ')}`;
  return { mounts: [PIP_CACHE], commands: [command] };
}

/** uv has its own build backend inside, so that nothing is downloaded for it. */
function thinByUv(facts: PythonFacts): RunStep {
  const command = `${versionOf(facts)}uv pip install --python ${VENV}/bin/python --no-deps --prefix /out${VENV} .`;
  return { mounts: [UV_CACHE], commands: [command, `rm -f /out${VENV}/.lock`] };
}

/** Without .git in the build, the version cannot be asked of it. */
function versionOf(facts: PythonFacts): string {
  const { versionVariable } = facts.install;
  return versionVariable === null ? '' : `${versionVariable}=0.0.0 `;
}

function uvProject(facts: PythonFacts): Step {
  const { install } = facts;
  const words = [
    `${versionOf(facts)}uv sync`,
    ...(install.lockFile && !install.isStale ? ['--locked'] : []),
    '--no-editable',
    '--inexact',
    ...(install.member ? ['--package', install.member] : []),
    ...install.extras.map((one) => `--extra ${one}`),
    ...install.groups.map((one) => `--group ${one}`),
  ];
  const step: RunStep = { mounts: [UV_CACHE], commands: [words.join(' '), REMOVE_UV_LOCK] };
  return { comment: 'The project and its siblings, as packages', copies: [], ignore: null, run: step };
}

/** The settings may ask for variables that only the running container has: harmless values stand in, for this one command. */
function collectStatic(facts: PythonFacts): Step {
  const django = facts.application?.django;
  const folder = joinPath(django?.folder ?? '.');
  const manage = django?.manage ?? null;
  const variables = [
    ...(manage === null && folder !== '.' ? [`PYTHONPATH=${folder}`] : []),
    ...facts.placeholders.map(({ name, value }) => `${name}=${shellWord(value)}`),
    ...(django?.isOther ? [`DJANGO_SETTINGS_MODULE=${django.settings}`] : []),
  ];
  const command = [...variables, `${VENV}/bin/python`, manage ?? '-m django', 'collectstatic', '--noinput'].join(' ');
  const comment =
    facts.placeholders.length > 0
      ? 'The values in front stand in for settings of the running container and stay nowhere'
      : '';
  const root = facts.staticRoot;
  // Where nothing is collected, the folder that the final image takes over would be missing.
  return run(comment, [...(root && !root.isFilled ? [`mkdir -p ${root.path}`] : []), command]);
}

function run(comment: string, commands: readonly string[]): Step {
  return { comment, copies: [], ignore: null, run: { mounts: [], commands } };
}
