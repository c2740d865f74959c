import type { DependencyFacts } from './install-facts.ts';
import { bind, PIP_CACHE, pipInstall, type Step, shellWord, step, VENV, venvStep } from './install-step.ts';
import { exportPlugin, poetryRelease, toolRelease } from './tools.ts';

export function poetrySteps(facts: DependencyFacts, python: string): readonly Step[] {
  if (facts.lockFile === null || facts.isStale) return unlockedPoetry(facts, python);
  const release = poetryRelease(facts.writer, python);
  const only = ['main', ...facts.groups].join(',');
  const extras = facts.extras.map((one) => ` --extras ${one}`).join('');
  const hashes = facts.needsGit ? ' --without-hashes' : '';
  const mounts = [...facts.files.map(bind), PIP_CACHE];
  return [
    toolStep(
      `poetry==${release}${exportPlugin(release)}`,
      'poetry',
      'Poetry has an environment of its own, which stays here',
    ),
    venvStep(python),
    // pip installs what the lock file says, hashes included: bytecode and a cache of wheels come with it.
    step('Only what the lock file names, so a change of code does not install it again', mounts, [
      `/opt/poetry/bin/poetry export --only ${only}${extras}${hashes} -o /tmp/requirements.txt`,
      `${pipInstall(python)} -r /tmp/requirements.txt`,
    ]),
  ];
}

/** The indexes of a manifest that pip itself does not read. */
function indexFlags(facts: DependencyFacts): string {
  return facts.indexes.map((one) => ` --extra-index-url ${shellWord(one.url)}`).join('');
}

/** Without a lock file that fits there is nothing that Poetry would do better than pip, and its core reads the manifest without the source. */
function unlockedPoetry(facts: DependencyFacts, python: string): readonly Step[] {
  const program =
    "from pathlib import Path; from poetry.core.factory import Factory; print(*(one.to_pep_508() for one in Factory().create_poetry(Path()).package.requires), sep='\\n')";
  const mounts = [bind('pyproject.toml'), PIP_CACHE];
  const install = `${pipInstall(python)}${indexFlags(facts)} -r /tmp/requirements.txt`;
  return [
    toolStep(
      `poetry-core==${toolRelease('poetry-core', python)}`,
      'poetry-core',
      'Poetry’s core turns its manifest into requirements for pip',
    ),
    venvStep(python),
    step('Only what the manifest names, so a change of code does not install it again', mounts, [
      `/opt/poetry-core/bin/python -c "${program}" > /tmp/requirements.txt`,
      install,
    ]),
  ];
}

/** PDM's lock file holds everything that pip must know, so PDM itself is not installed for reading it. */
export function pdmSteps(facts: DependencyFacts, python: string): readonly Step[] {
  const groups = ['default', ...facts.extras, ...facts.groups].map((one) => `'${one}'`).join(', ');
  // Python has a TOML reader of its own since 3.11; pip always had one.
  const reader = Number(python.split('.')[1]) >= 11 ? 'import tomllib' : 'from pip._vendor import tomli as tomllib';
  const line =
    "one['name'] + '==' + one['version'] + ' ; ' * ('marker' in one) + one.get('marker', ''), *('--hash=' + file['hash'] for file in one['files'])";
  const program = `${reader}; [print(${line}) for one in tomllib.load(open('pdm.lock', 'rb'))['package'] if {${groups}} & set(one.get('groups', ['default']))]`;
  return [
    venvStep(python),
    step(
      'What the lock file names, hashes included, so a change of code does not install it again',
      [bind('pdm.lock'), PIP_CACHE],
      [
        `python -c "${program}" > /tmp/requirements.txt`,
        `${pipInstall(python)} --no-deps${indexFlags(facts)} -r /tmp/requirements.txt`,
      ],
    ),
  ];
}

export function pipenvSteps(facts: DependencyFacts, python: string): readonly Step[] {
  const isEnforced = facts.lockFile !== null && !facts.isStale;
  const pipenv = `VIRTUAL_ENV=${VENV} /opt/pipenv/bin/pipenv`;
  const first = isEnforced ? `${pipenv} verify` : `${pipenv} lock`;
  return [
    toolStep(
      `pipenv==${toolRelease('pipenv', python)}`,
      'pipenv',
      'Pipenv has an environment of its own, which stays here',
    ),
    venvStep(python),
    lockedStep(facts, '/root/.cache/pip', [first, `${pipenv} sync`]),
  ];
}

function toolStep(packages: string, tool: string, comment: string): Step {
  const commands = [`python -m venv /opt/${tool}`, `/opt/${tool}/bin/pip install ${packages}`];
  return step(comment, [PIP_CACHE], commands);
}

function lockedStep(facts: DependencyFacts, cache: string, commands: readonly string[]): Step {
  const isEnforced = facts.lockFile !== null && !facts.isStale;
  const mounts = facts.files.map((file) => (isEnforced ? bind(file) : `${bind(file)},rw`));
  return step(
    'Only what the manifests name, so a change of code does not install it again',
    [...mounts, `type=cache,target=${cache}`],
    commands,
  );
}
