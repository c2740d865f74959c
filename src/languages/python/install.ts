import type { CopyStep, EnvEntry } from '../../model/plan.ts';
import type { DependencyFacts } from './install-facts.ts';
import { pdmSteps, pipenvSteps, poetrySteps } from './install-locked.ts';
import {
  bind,
  PIP_CACHE,
  pinned,
  pipInstall,
  REMOVE_UV_LOCK,
  type Step,
  shellWord,
  step,
  UV_CACHE,
  VENV,
  VENV_COMMENT,
  venvStep,
  withMounts,
} from './install-step.ts';
import { secretMounts } from './package-index.ts';
import { normalName } from './requirement.ts';
import { UV_IMAGE } from './tools.ts';

/** How the dependencies get into `/opt/venv`. */
export interface Installation {
  readonly env: readonly EnvEntry[];
  readonly steps: readonly Step[];
}

const PIP_ENV: readonly EnvEntry[] = [
  { name: 'PIP_DISABLE_PIP_VERSION_CHECK', value: '1' },
  { name: 'PIP_ROOT_USER_ACTION', value: 'ignore' },
];

const UV_ENV: readonly EnvEntry[] = [
  { name: 'UV_COMPILE_BYTECODE', value: '1' },
  { name: 'UV_LINK_MODE', value: 'copy' },
  { name: 'UV_NO_DEV', value: '1' },
  { name: 'UV_PROJECT_ENVIRONMENT', value: VENV },
  // Never another interpreter than the image's: what .python-version asks for has decided which image that is.
  { name: 'UV_PYTHON', value: '/usr/local/bin/python3' },
  { name: 'UV_PYTHON_DOWNLOADS', value: 'never' },
];

/** The steps for the project's installer; `added` are requirements that are installed besides what it reads. */
export function installation(facts: DependencyFacts, python: string, added: readonly string[]): Installation {
  const { env, steps } = byManager(facts, python, added);
  return { env, steps: withMounts(steps, secretMounts(facts.indexes)) };
}

/** Whether uv is there when the source is. */
export function usesUv(facts: DependencyFacts): boolean {
  return (
    facts.manager === 'uv' || facts.manager === 'pylock' || (facts.manager === 'project' && facts.files.length > 0)
  );
}

function byManager(facts: DependencyFacts, python: string, added: readonly string[]): Installation {
  switch (facts.manager) {
    case 'uv':
      return { env: UV_ENV, steps: [uvTool(), uvSync(facts), ...addedByUv(added)] };
    case 'poetry':
      return { env: PIP_ENV, steps: [...poetrySteps(facts, python), ...addedByPip(python, added)] };
    case 'pdm':
      return { env: PIP_ENV, steps: [...pdmSteps(facts, python), ...addedByPip(python, added)] };
    case 'pipenv':
      return { env: PIP_ENV, steps: [...pipenvSteps(facts, python), ...addedByPip(python, added)] };
    case 'pylock':
      return { env: UV_ENV, steps: [uvTool(), uvVenv(), uvPip(facts, 'sync pylock.toml'), ...addedByUv(added)] };
    case 'project':
      return projectInstallation(facts, python, added);
    default:
      return { env: PIP_ENV, steps: [venvStep(python), ...pipSteps(facts, python, added)] };
  }
}

function pipSteps(facts: DependencyFacts, python: string, added: readonly string[]): readonly Step[] {
  // With hashes pip takes nothing that has none, so what is added needs a step of its own.
  const listed = facts.listed.filter((word) => !added.some((one) => new RegExp(`^${normalName(word)}[=<]`).test(one)));
  const words = facts.hashes ? [] : [...listed, ...added];
  const files = facts.requirementFiles.flatMap((file) => ['-r', shellWord(file)]);
  if (files.length === 0 && words.length === 0) return [];
  const install = [pipInstall(python), ...files, ...words.map(shellWord)].join(' ');
  const later = facts.hashes ? addedByPip(python, [...facts.listed, ...added]) : [];
  if (facts.removed.length > 0) return [removingStep(facts, install), ...later];
  const mounts = [...facts.files.map(bind), PIP_CACHE];
  return [
    pinned(
      words,
      step('Only what the manifests name, so a change of code does not install it again', mounts, [install]),
    ),
    ...later,
  ];
}

/** Lines that cannot be installed here are taken out of copies of the files. */
function removingStep(facts: DependencyFacts, install: string): Step {
  const patterns = [...new Set(facts.removed)].map((text) => `-e ${shellWord(`/^[[:space:]]*${sedText(text)}/d`)}`);
  const recode = facts.recoded.map(
    (file) => `iconv -f UTF-16 -t UTF-8 -o /tmp/utf-8.txt ${shellWord(file)} && mv /tmp/utf-8.txt ${shellWord(file)}`,
  );
  const filter = `sed -i ${patterns.join(' ')} ${facts.files.map(shellWord).join(' ')}`;
  return {
    ...step(
      'Without the lines that only work on the machine where they were written, or that need the source',
      [PIP_CACHE],
      [...recode, filter, install],
    ),
    copies: byFolder(facts.files),
    ignore: 'DL3013',
  };
}

/** One COPY for each folder, since a COPY does not keep the folders of its sources. */
function byFolder(files: readonly string[]): readonly CopyStep[] {
  const folders = new Map<string, string[]>();
  for (const file of files) {
    const folder = file.includes('/') ? `./${file.slice(0, file.lastIndexOf('/'))}/` : './';
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders].map(([target, sources]) => ({ from: null, sources, target, chmod: null, parents: false }));
}

function sedText(text: string): string {
  return text.replaceAll(/[.*[\]^$\\/]/g, (character) => `\\${character}`);
}

function uvTool(): Step {
  const copy = { from: UV_IMAGE, sources: ['/uv'], target: '/usr/local/bin/', chmod: null, parents: false };
  return { comment: '', copies: [copy], ignore: null, run: null };
}

function uvSync(facts: DependencyFacts): Step {
  const isEnforced = facts.lockFile !== null && !facts.isStale;
  const words = [
    'uv sync',
    ...(isEnforced ? ['--locked'] : []),
    facts.members.length > 0 ? '--no-install-workspace' : '--no-install-project',
    '--no-install-local',
    ...(facts.member ? ['--package', facts.member] : []),
    ...choices(facts),
  ];
  const mounts = facts.files.map((file) => (isEnforced ? bind(file) : `${bind(file)},rw`));
  return step(
    'Only what the manifests name, so a change of code does not install it again',
    [...mounts, UV_CACHE],
    [words.join(' '), REMOVE_UV_LOCK],
  );
}

function choices(facts: DependencyFacts): readonly string[] {
  return [...facts.extras.map((one) => `--extra ${one}`), ...facts.groups.map((one) => `--group ${one}`)];
}

function uvVenv(): Step {
  return step(VENV_COMMENT, [], [`uv venv ${VENV}`]);
}

function uvPip(facts: DependencyFacts, words: string): Step {
  const command = `uv pip ${words.replace(/^\w+/, `$& --python ${VENV}/bin/python`)}`;
  return step(
    'Only what the manifest names, so a change of code does not install it again',
    [...facts.files.map(bind), UV_CACHE],
    [command, REMOVE_UV_LOCK],
  );
}

function addedByUv(added: readonly string[]): readonly Step[] {
  if (added.length === 0) return [];
  const words = added.map(shellWord).join(' ');
  return [
    pinned(
      added,
      step(
        'Not among the project’s own dependencies',
        [UV_CACHE],
        [`uv pip install --python ${VENV}/bin/python ${words}`],
      ),
    ),
  ];
}

function addedByPip(python: string, added: readonly string[]): readonly Step[] {
  if (added.length === 0) return [];
  const words = added.map(shellWord).join(' ');
  return [
    pinned(added, step('Not among the project’s own dependencies', [PIP_CACHE], [`${pipInstall(python)} ${words}`])),
  ];
}

/** The dependencies of a pyproject.toml alone, which pip cannot install without the project; or those of a setup.py. */
function projectInstallation(facts: DependencyFacts, python: string, added: readonly string[]): Installation {
  if (facts.files.length === 0) return { env: PIP_ENV, steps: [venvStep(python), ...pipSteps(facts, python, added)] };
  const extras = facts.extras.map((one) => ` --extra ${one}`).join('');
  const groups = facts.groups.map((one) => ` --group ${one}`).join('');
  const words = added.map((one) => ` ${shellWord(one)}`).join('');
  if (facts.isEmpty && added.length === 0) return { env: UV_ENV, steps: [uvTool(), uvVenv()] };
  return {
    env: UV_ENV,
    steps: [uvTool(), uvVenv(), pinned(added, uvPip(facts, `install -r pyproject.toml${extras}${groups}${words}`))],
  };
}
