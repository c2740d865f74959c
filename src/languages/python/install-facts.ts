import type { Fact, Note } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { directoryOf, joinPath, relativePath } from '../../project/search.ts';
import type { Application } from './application.ts';
import type { Dependencies, Manager } from './dependencies.ts';
import { forgotten, heldBackNotes, needed, undeclaredNotes } from './forgotten.ts';
import { listedRequirements } from './listed-requirements.ts';
import { hasWheelFor, lockWriter } from './lock-file.ts';
import { usedGroups } from './optional-groups.ts';
import { indexNotes, type PackageIndex, packageIndexes } from './package-index.ts';
import { normalName } from './requirement.ts';
import { PAGE_GROUPS } from './site.ts';
import type { Source } from './sources.ts';

/** What the plan must know to install the dependencies. Paths are relative to the build context. */
export interface DependencyFacts {
  readonly manager: Manager;
  readonly manifest: Fact | null;
  readonly lockFile: Fact | null;
  readonly isStale: boolean;
  /** files that the installer reads */
  readonly files: readonly string[];
  /** requirements files to name on the command line */
  readonly requirementFiles: readonly string[];
  /** lines of these files that are taken out before the install */
  readonly removed: readonly string[];
  /** files that are UTF-16 and whose lines are edited */
  readonly recoded: readonly string[];
  /** requirements that stand in the command itself */
  readonly listed: readonly string[];
  /** requirements that the project forgot, or bounds that its packages forgot */
  readonly added: readonly Fact[];
  readonly hashes: boolean;
  /** pyproject.toml names no dependency at all */
  readonly isEmpty: boolean;
  readonly extras: readonly string[];
  readonly groups: readonly string[];
  /** folders of the project that are installed as packages of their own, before the project */
  readonly locals: readonly string[];
  /** the project itself is installed; the fact that asks for it */
  readonly installsProject: Fact | null;
  /** extras of the project that a requirements file names: `-e .[web]` */
  readonly projectExtras: readonly string[];
  /** members of the workspace with their manifests; empty where there is none */
  readonly members: readonly string[];
  readonly member: string | null;
  /** version of the locking tool that wrote the lock file */
  readonly writer: string | null;
  readonly needsGit: boolean;
  /** the lock file lists a wheel for every package, so nothing is compiled */
  readonly isPrebuilt: boolean;
  /** the variable that tells the project's build its version, which it would ask git for */
  readonly versionVariable: string | null;
  /** indexes that may ask for credentials */
  readonly indexes: readonly PackageIndex[];
  readonly notes: readonly Note[];
}

export function installFacts(
  project: Project,
  directory: string,
  dependencies: Dependencies,
  reached: readonly Source[],
  application: Application | null,
  python: string,
): DependencyFacts {
  const { manager, manifest, lockFile, pyproject, requirementsFiles, workspace, locked } = dependencies;
  const read = requirementsFiles;
  const groups = withPages(usedGroups(pyproject, reached), dependencies, application);
  const optional = [
    ...groups.extras.flatMap((name) => pyproject?.extras[name] ?? []),
    ...groups.groups.flatMap((name) => pyproject?.groups[name] ?? []),
  ];
  const isListed =
    manager === 'listed' ||
    (manager === 'project' && !isProjectFile(dependencies) && dependencies.requirements.length > 0);
  const listed = isListed ? listedRequirements(dependencies, reached, application) : { words: [], notes: [] };
  const own = (read?.locals ?? []).find((local) => local.path === '.');
  const locals = (read?.locals ?? []).map((local) => local.path).filter((path) => path !== '.');
  const indexes = packageIndexes(project, directory, dependencies);
  const usual = read && manifest ? [manifest.value] : [];
  const list = manager === 'pip' || manager === 'listed' ? application?.site?.list : null;
  const ofSite = list && !usual.includes(list) ? [list] : [];
  return {
    manager,
    manifest,
    lockFile,
    isStale: dependencies.isStale,
    files: [...installerFiles(project, directory, dependencies), ...ofSite],
    requirementFiles: [...usual, ...ofSite],
    removed: [...(read?.unusable ?? []).map((line) => line.text), ...(read?.locals ?? []).map((local) => local.text)],
    recoded: read?.utf16 ?? [],
    listed: [...listed.words, ...(read?.unusable ?? []).map((line) => line.instead).filter((one) => one !== null)],
    added: withoutListed(
      [...needed(dependencies, application, python), ...forgotten(dependencies, reached, optional, python)],
      listed.words,
    ),
    hashes: read?.hashes ?? false,
    isEmpty: isProjectFile(dependencies) && dependencies.requirements.length === 0 && optional.length === 0,
    extras: groups.extras,
    groups: groups.groups,
    locals,
    installsProject: own
      ? { value: '.', from: own.from, holds: own.text }
      : projectNeed(dependencies, reached, application),
    projectExtras: own?.extras ?? [],
    members: workspace?.members ?? [],
    member: workspace?.member ?? null,
    writer: lockFile ? (lockWriter(project, lockFile.from)?.version ?? null) : null,
    needsGit:
      (read?.git ?? false) ||
      locked.some((one) => one.git) ||
      dependencies.requirements.some((one) => /^(?:git\+|git:|ssh:)|\.git(?:@|#|$)/.test(one.url ?? '')),
    isPrebuilt: locked.length > 0 && locked.every((one) => hasWheelFor(one, python) ?? isOwn(one.name, dependencies)),
    versionVariable: dependencies.versionVariable,
    indexes,
    notes: [
      ...indexNotes(indexes),
      ...listed.notes,
      ...stateNotes(dependencies),
      ...undeclaredNotes(dependencies, reached, optional),
      ...heldBackNotes(dependencies, reached),
    ],
  };
}

/** What a project names for making its pages. */
function withPages(
  used: ReturnType<typeof usedGroups>,
  { pyproject }: Dependencies,
  application: Application | null,
): ReturnType<typeof usedGroups> {
  if (!application?.site) return used;
  const named = (all: Readonly<Record<string, unknown>> | undefined) =>
    PAGE_GROUPS.filter((name) => Object.hasOwn(all ?? {}, name));
  return {
    extras: [...new Set([...used.extras, ...named(pyproject?.extras)])],
    groups: [...new Set([...used.groups, ...named(pyproject?.groups)])],
  };
}

/** A name in the list of the command is not given to it a second time, unless with a bound. */
function withoutListed(facts: readonly Fact[], listed: readonly string[]): readonly Fact[] {
  const names = listed.map((word) => normalName(word));
  return facts.filter((fact) => fact.value.includes('<') || !names.includes(normalName(fact.value)));
}

function isOwn(name: string, dependencies: Dependencies): boolean {
  return name === dependencies.pyproject?.name?.value.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

/** The dependencies stand in pyproject.toml itself, where an installer reads them without the source. */
function isProjectFile({ pyproject }: Dependencies): boolean {
  return pyproject?.isProject === true && !pyproject.dynamic.includes('dependencies');
}

/** Files that are there when the dependencies are installed, the source being not. */
function installerFiles(project: Project, directory: string, dependencies: Dependencies): readonly string[] {
  const { manager, requirementsFiles, workspace, lockFile } = dependencies;
  const root = workspace?.root ?? directory;
  const members = (workspace?.members ?? []).map((member) => joinPath(member, 'pyproject.toml'));
  const config = manager === 'uv' && project.isFile(joinPath(root, 'uv.toml')) ? ['uv.toml'] : [];
  switch (manager) {
    case 'pip':
      return requirementsFiles?.files ?? [];
    case 'listed':
      return [];
    case 'pipenv':
      return ['Pipfile', ...(lockFile ? ['Pipfile.lock'] : [])];
    case 'pylock':
      return ['pylock.toml'];
    case 'pdm':
      return ['pdm.lock'];
    case 'project':
      return isProjectFile(dependencies) ? ['pyproject.toml'] : [];
    default:
      return [
        'pyproject.toml',
        ...members,
        ...(lockFile ? [relativePath(directoryOf(lockFile.from), lockFile.from)] : []),
        ...config,
      ];
  }
}

/** Why the project itself must be installed, beyond running from its source; `null` where nothing asks for it. */
function projectNeed(
  dependencies: Dependencies,
  reached: readonly Source[],
  application: Application | null,
): Fact | null {
  const { pyproject, manager, workspace } = dependencies;
  const script = dependencies.scripts.find((one) => one.name === application?.words[0]);
  if (application?.options.includes('--paste'))
    return { value: 'entry point', from: application.from, holds: application.holds };
  if (script) return { value: script.name, from: script.from, holds: script.target };
  if (workspace) return { value: workspace.member ?? 'workspace', from: pyproject?.path ?? '', holds: '' };
  if ((pyproject?.paths.length ?? 0) > 0 && manager === 'uv')
    return { value: 'path dependencies', from: pyproject?.path ?? '', holds: '' };
  const dynamic =
    manager === 'project' &&
    (pyproject?.isProject ? pyproject.dynamic.includes('dependencies') : dependencies.requirements.length === 0);
  if (dynamic) return { value: 'dynamic dependencies', from: dependencies.manifest?.from ?? '', holds: '' };
  const compiled = (pyproject?.buildRequires ?? []).find((one) =>
    /^(?:maturin|cython|scikit-build|pybind11|nanobind|meson-python|setuptools-rust)/i.test(one),
  );
  if (compiled && pyproject?.isPackage) return { value: 'extension module', from: pyproject.path, holds: '' };
  if (!pyproject?.isPackage && !dependencies.hasSetup) return null;
  const asking = reached.find(
    (source) =>
      /\bimportlib\.metadata\b|\bimportlib_metadata\b|\bfrom importlib import metadata\b|\bpkg_resources\.(?:get_distribution|require|iter_entry_points)\b/.test(
        source.code,
      ) &&
      (source.strings.some((text) => text.value === pyproject?.name?.value) ||
        /version\(\s*__(?:name|package)__/.test(source.text)),
  );
  return asking ? { value: 'own version', from: asking.full, holds: '' } : null;
}

function stateNotes(dependencies: Dependencies): readonly Note[] {
  const { manager, manifest, lockFile, isStale } = dependencies;
  if (lockFile && isStale) {
    return [
      {
        code: 'lock-file-stale',
        severity: 'warning',
        places: [lockFile.from, manifest?.from ?? ''].filter((place) => place !== ''),
        args: { file: lockFile.value },
      },
    ];
  }
  const unlocked =
    ['poetry', 'pipenv', 'project'].includes(manager) && !lockFile && dependencies.requirements.length > 0;
  return unlocked && manifest
    ? [{ code: 'lock-file-missing', severity: 'info', places: [manifest.from], args: { manager } }]
    : [];
}
