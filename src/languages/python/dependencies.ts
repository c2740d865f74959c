import type { Fact, Note } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { firstMatch } from '../../project/readers/lines.ts';
import { readToml } from '../../project/readers/toml.ts';
import { joinPath } from '../../project/search.ts';
import { readEnvironmentFile } from './environment-file.ts';
import { type LockedPackage, readLockedPackages, readPipfileLock } from './lock-file.ts';
import { lacksPackage, pipfileIsStale, poetryIsStale, uvIsStale } from './lock-state.ts';
import { readPipfile } from './pipfile.ts';
import { type Pyproject, readPyproject } from './pyproject.ts';
import type { Requirement } from './requirement.ts';
import { requirementsFiles } from './requirements-choice.ts';
import { type Requirements, readRequirements } from './requirements-file.ts';
import { requirementsNotes } from './requirements-notes.ts';
import { readSetup, type Script } from './setup-file.ts';
import { versionVariable } from './version-variable.ts';
import { type Workspace, workspaceOf } from './workspace.ts';

/**
 * What installs the dependencies: `pip` from requirements files, a locking tool, `project` from the metadata of pyproject.toml or
 * setup.py, `listed` from names that stand in the Dockerfile itself, since no manifest has a form that an installer reads.
 */
export type Manager = 'pip' | 'uv' | 'poetry' | 'pdm' | 'pipenv' | 'pylock' | 'project' | 'listed';

export interface Dependencies {
  readonly manager: Manager;
  /** the file that decides, relative to the build context; `null` where there is none */
  readonly manifest: Fact | null;
  readonly lockFile: Fact | null;
  /** the lock file was made for other dependencies than the manifest names */
  readonly isStale: boolean;
  /** direct dependencies, without those for other operating systems */
  readonly requirements: readonly Requirement[];
  readonly locked: readonly LockedPackage[];
  readonly requiresPython: Fact | null;
  readonly pyproject: Pyproject | null;
  readonly requirementsFiles: Requirements | null;
  readonly workspace: Workspace | null;
  /** there is a setup.py or setup.cfg that can be built */
  readonly hasSetup: boolean;
  /** console scripts of the project, if it can be installed */
  readonly scripts: readonly Script[];
  /** name of the project as its manifest gives it */
  readonly name: string | null;
  /** the variable that tells a build the version which it would ask git for */
  readonly versionVariable: string | null;
  readonly notes: readonly Note[];
}

const NOTHING: Dependencies = {
  manager: 'listed',
  manifest: null,
  lockFile: null,
  isStale: false,
  requirements: [],
  locked: [],
  requiresPython: null,
  pyproject: null,
  requirementsFiles: null,
  workspace: null,
  hasSetup: false,
  scripts: [],
  name: null,
  versionVariable: null,
  notes: [],
};

/**
 * The dependencies of the service in a directory. Of several manifests the most exact one counts: uv.lock, poetry.lock, pdm.lock,
 * Pipfile.lock, pylock.toml, requirements files, Pipfile, pyproject.toml, setup.py or setup.cfg, environment.yml.
 */
export function readDependencies(project: Project, directory: string): Dependencies {
  const pyproject = readPyproject(project, joinPath(directory, 'pyproject.toml'));
  const setup = readSetup(project, directory);
  const base: Dependencies = {
    ...NOTHING,
    pyproject,
    requiresPython: pyproject?.requiresPython ?? setup?.requiresPython ?? null,
    hasSetup: setup !== null,
    scripts: [...(pyproject?.isPackage ? pyproject.scripts : []), ...(setup?.scripts ?? [])],
    name: pyproject?.name?.value ?? setup?.name ?? null,
    versionVariable: versionVariable([...(pyproject?.buildRequires ?? []), ...(setup?.versionTools ?? [])]),
  };
  return (
    fromUv(project, directory, base) ??
    fromLock(project, directory, base, 'poetry', 'poetry.lock') ??
    fromLock(project, directory, base, 'pdm', 'pdm.lock') ??
    fromPipenv(project, directory, base, true) ??
    fromLock(project, directory, base, 'pylock', 'pylock.toml') ??
    fromRequirements(project, directory, base, setup) ??
    fromPipenv(project, directory, base, false) ??
    fromPyproject(project, base) ??
    fromSetup(base, setup) ??
    fromConda(project, directory, base) ??
    base
  );
}

/** Whether a distribution is installed, as a direct dependency or a locked one. */
export function hasPackage(dependencies: Pick<Dependencies, 'requirements' | 'locked'>, name: string): boolean {
  return (
    dependencies.requirements.some((one) => one.name === name) || dependencies.locked.some((one) => one.name === name)
  );
}

function fromUv(project: Project, directory: string, base: Dependencies): Dependencies | null {
  if (!base.pyproject?.isProject) return null;
  const workspace = workspaceOf(project, directory, base.pyproject);
  const path = joinPath(workspace?.root ?? directory, 'uv.lock');
  if (!project.isFile(path)) return null;
  const locked = readLockedPackages(project, path);
  return {
    ...base,
    manager: 'uv',
    manifest: { value: 'pyproject.toml', from: base.pyproject.path },
    lockFile: { value: 'uv.lock', from: path },
    isStale: uvIsStale(project, path, base.pyproject),
    requirements: base.pyproject.requirements,
    locked,
    requiresPython: base.requiresPython ?? firstMatch(project, path, /^requires-python = "([^"]+)"/m),
    workspace,
  };
}

function fromLock(
  project: Project,
  directory: string,
  base: Dependencies,
  manager: 'poetry' | 'pdm' | 'pylock',
  file: string,
): Dependencies | null {
  const path = joinPath(directory, file);
  if (!project.isFile(path) || (manager !== 'pylock' && !base.pyproject?.isProject)) return null;
  const locked = readLockedPackages(project, path);
  // Only PDM itself could mend its lock file; the manifest alone says enough for an installer.
  if (manager === 'pdm' && lacksPackage(base.pyproject, locked)) return null;
  return {
    ...base,
    manager,
    manifest: { value: manager === 'pylock' ? file : 'pyproject.toml', from: base.pyproject?.path ?? path },
    lockFile: { value: file, from: path },
    isStale:
      manager !== 'pylock' &&
      (lacksPackage(base.pyproject, locked) || (manager === 'poetry' && poetryIsStale(project, path, base.pyproject))),
    requirements: base.pyproject?.requirements ?? [],
    locked,
  };
}

function fromPipenv(project: Project, directory: string, base: Dependencies, locks: boolean): Dependencies | null {
  const pipfile = readPipfile(project, joinPath(directory, 'Pipfile'));
  const lock = joinPath(directory, 'Pipfile.lock');
  if (!pipfile || project.isFile(lock) !== locks) return null;
  return {
    ...base,
    manager: 'pipenv',
    manifest: { value: 'Pipfile', from: pipfile.path },
    lockFile: locks ? { value: 'Pipfile.lock', from: lock } : null,
    isStale: locks && pipfileIsStale(project, lock, pipfile.path),
    requirements: pipfile.requirements,
    locked: locks ? readPipfileLock(project, lock) : [],
    requiresPython: pipfile.python ?? base.requiresPython,
  };
}

function fromRequirements(
  project: Project,
  directory: string,
  base: Dependencies,
  setup: ReturnType<typeof readSetup>,
): Dependencies | null {
  const files = requirementsFiles(project, directory, base.pyproject);
  const first = files[0];
  if (first === undefined) return null;
  const read = readRequirements(project, directory, files);
  const own = read.locals.some((local) => local.path === '.');
  return {
    ...base,
    manager: 'pip',
    manifest: { value: first, from: joinPath(directory, first) },
    requirements: [
      ...read.requirements,
      ...(own ? [...(base.pyproject?.requirements ?? []), ...(setup?.requirements ?? [])] : []),
    ],
    requirementsFiles: read,
    notes: requirementsNotes(read),
  };
}

function fromPyproject(project: Project, base: Dependencies): Dependencies | null {
  const { pyproject } = base;
  if (!pyproject?.isProject) return null;
  const isPoetry = readToml(project, pyproject.path)?.at('tool', 'poetry', 'dependencies') !== undefined;
  return {
    ...base,
    manager: isPoetry ? 'poetry' : 'project',
    manifest: { value: 'pyproject.toml', from: pyproject.path },
    requirements: pyproject.requirements,
  };
}

function fromSetup(base: Dependencies, setup: ReturnType<typeof readSetup>): Dependencies | null {
  if (!setup) return null;
  return { ...base, manager: 'project', manifest: setup.manifest, requirements: setup.requirements };
}

function fromConda(project: Project, directory: string, base: Dependencies): Dependencies | null {
  const conda = readEnvironmentFile(project, directory);
  if (!conda) return null;
  return {
    ...base,
    manifest: conda.manifest,
    requirements: conda.requirements,
    requiresPython: conda.python ?? base.requiresPython,
    notes: [
      {
        code: 'conda-by-pip',
        severity: 'warning',
        places: [conda.manifest.from],
        args: { leftOut: conda.leftOut.join(', ') },
      },
    ],
  };
}

/** Name of the project as its manifests give it. */
export function projectName(project: Project, directory: string, dependencies: Dependencies): Fact {
  const name = dependencies.pyproject?.name ?? null;
  return (
    name ?? { value: nameOfDirectory(project, directory), from: dependencies.manifest?.from ?? directory, holds: '' }
  );
}

function nameOfDirectory(project: Project, directory: string): string {
  return directory === '.' ? project.name : (directory.split('/').at(-1) ?? project.name);
}
