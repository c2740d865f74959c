import type { Fact, Note } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { firstMatch } from '../../project/readers/lines.ts';
import { directoryOf, joinPath } from '../../project/search.ts';
import type { LifecycleScripts } from './lifecycle-scripts.ts';
import { type Lock, locksIn, type ManagerName, unreadableLocks } from './lock.ts';
import { isInstalled, type Manifest, readManifest } from './manifest.ts';
import type { PackageManager } from './package-manager.ts';

/** How the dependencies are installed. Paths are relative to the project. JSON. */
export type Install = {
  readonly manager: ManagerName;
  /** exact version to install first; `null`: it comes with the image */
  readonly version: string | null;
  /** Yarn's own release in the project */
  readonly release: string | null;
  readonly lock: Fact | null;
  /** format of npm's lock file; old versions of npm do not read new ones */
  readonly lockFormat: string | null;
  /** the lock file is enforced; otherwise the installation may change it */
  readonly isFrozen: boolean;
  /** where the installation runs */
  readonly root: string;
  /** files that it reads */
  readonly files: readonly string[];
  /** folders that it reads: patches, plug-ins, local packages */
  readonly folders: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** the project's install scripts, by the directory of their manifest */
  readonly stripped: readonly {
    readonly directory: string;
    readonly names: readonly string[];
    /** its workspaces are an object, which npm refuses to read */
    readonly isForeign: boolean;
  }[];
  readonly patches: boolean;
  /** a settings file with credentials, which only a secret mount may bring in */
  readonly secretFile: string | null;
  /** packages inside the service that are installed on their own */
  readonly nested: readonly {
    readonly directory: string;
    readonly manager: ManagerName;
    readonly lock: string | null;
    readonly isFrozen: boolean;
    readonly legacyPeers: boolean;
    /** it runs as it is: nothing is built with its development dependencies */
    readonly onlyProduction: boolean;
  }[];
  readonly hasProduction: boolean;
  readonly hasDevelopment: boolean;
  /** Plug'n'Play: no node_modules folder */
  readonly isPlugAndPlay: boolean;
  readonly hasFocus: boolean;
};

export interface InstallFacts {
  readonly install: Install;
  readonly notes: readonly Note[];
}

/** Settings files by the package managers that read them. */
const SETTINGS: Readonly<Record<ManagerName, readonly string[]>> = {
  npm: ['.npmrc'],
  pnpm: ['.npmrc', 'pnpm-workspace.yaml', '.pnpmfile.cjs', 'pnpmfile.js', '.pnpmfile.mjs'],
  yarn: ['.npmrc', '.yarnrc'],
  berry: ['.yarnrc.yml', '.pnp.cjs'],
  bun: ['bunfig.toml', '.npmrc'],
};
const FOLDERS: Readonly<Record<ManagerName, readonly string[]>> = {
  npm: [],
  pnpm: ['patches'],
  yarn: ['.yarn/releases'],
  berry: ['.yarn/releases', '.yarn/plugins', '.yarn/patches'],
  bun: ['patches'],
};

const CREDENTIALS = /(_authToken|_auth|_password|npmAuthToken|npmAuthIdent)\b/;

/** Manifests are those that are installed together: the root first, then the members of its workspace. */
export function installFacts(
  project: Project,
  manager: PackageManager,
  manifests: readonly Manifest[],
  lifecycle: readonly { readonly manifest: Manifest; readonly scripts: LifecycleScripts }[],
  nested: readonly string[],
  started: string | null,
): InstallFacts {
  const root = manifests[0]?.directory ?? '.';
  const missing = manager.lock?.missing(manifests) ?? null;
  // a binary lock file cannot be compared with the manifest, and one that is out of step would stop the build
  const isFrozen = manager.lock !== null && missing === null && manager.lock.format.value !== 'binary';
  const settings = SETTINGS[manager.name].map((name) => joinPath(root, name)).filter((path) => project.isFile(path));
  const secretFile = settings.find((path) => CREDENTIALS.test(project.source(path) ?? '')) ?? null;
  const patches = lifecycle.some(({ scripts }) => scripts.patches) && project.isDirectory(joinPath(root, 'patches'));
  const folders = [
    ...FOLDERS[manager.name].map((name) => joinPath(root, name)),
    ...(patches ? [joinPath(root, 'patches')] : []),
  ].filter((path) => project.isDirectory(path));
  const local = localPaths(project, manifests);
  const install: Install = {
    manager: manager.name,
    version: manager.version,
    release: manager.release,
    lock: manager.lock ? { value: manager.lock.path, from: manager.lock.path } : null,
    lockFormat: manager.name === 'npm' ? (manager.lock?.format.value ?? null) : null,
    isFrozen,
    root,
    files: [
      ...manifests.map((manifest) => manifest.document.path),
      ...(manager.lock ? [manager.lock.path] : []),
      ...settings.filter((path) => path !== secretFile),
      ...local.filter((path) => project.isFile(path)),
    ],
    folders: [
      ...new Set([
        ...folders,
        ...local.filter((path) => project.isDirectory(path) && !manifests.some((one) => one.directory === path)),
      ]),
    ],
    env: installEnv(project, manager.name, manager.lock, secretFile),
    stripped: lifecycle
      .filter(({ scripts }) => scripts.names.length > 0)
      .map(({ manifest, scripts }) => ({
        directory: manifest.directory,
        names: scripts.names,
        isForeign: manifest.document.at('workspaces', 'packages') !== undefined,
      })),
    patches,
    secretFile,
    nested: nested.map((directory) => nestedInstall(project, directory, directory === started)),
    hasProduction: manifests.some((manifest) => Object.keys(manifest.production).length > 0),
    hasDevelopment: manifests.some((manifest) => Object.keys(manifest.development).length > 0),
    isPlugAndPlay: manager.name === 'berry' && isPlugAndPlay(project, root),
    hasFocus:
      Number(/^\d+/.exec(manager.version ?? releaseVersion(manager.release) ?? '4')?.[0] ?? 4) >= 4 ||
      project.isFile(joinPath(root, '.yarn/plugins/@yarnpkg/plugin-workspace-tools.cjs')),
  };
  return { install, notes: installNotes(project, root, manager, missing, secretFile, manifests) };
}

function releaseVersion(release: string | null): string | null {
  return /yarn-(\d+\.\d+\.\d+)/.exec(release ?? '')?.[1] ?? null;
}

/** Yarn 2 and later make .pnp.cjs unless another linker is set. */
function isPlugAndPlay(project: Project, root: string): boolean {
  const linker = firstMatch(project, joinPath(root, '.yarnrc.yml'), /^nodeLinker:\s*["']?([\w-]+)/m);
  return linker === null || linker.value === 'pnp';
}

/** Packages that are files or folders of the project: `file:../shared`, `link:`, `portal:`. */
function localPaths(project: Project, manifests: readonly Manifest[]): readonly string[] {
  return manifests.flatMap((manifest) =>
    Object.values({ ...manifest.production, ...manifest.development })
      .map((range) => /^(?:file|link|portal):(.+)$/.exec(range)?.[1] ?? (/^\.{1,2}\//.test(range) ? range : null))
      .filter((path) => path !== null)
      .map((path) => joinPath(manifest.directory, path))
      .filter((path) => project.isFile(path) || project.isDirectory(path)),
  );
}

/**
 * npm 6 and `--legacy-peer-deps` leave peer dependencies out of the lock file; a newer npm would look for them, and refuse.
 * It also refuses versions that exclude each other, unless it may override them as it did when the file was made; without
 * such a file the newest versions meet, and must not stop the build.
 * Settings beside credentials are handed over as variables, since that file is only there as a secret.
 */
function installEnv(
  project: Project,
  manager: ManagerName,
  lock: Lock | null,
  secretFile: string | null,
): Readonly<Record<string, string>> {
  const env: Record<string, string> = {};
  if (manager === 'npm' && lock?.peers === 'missing') env['npm_config_legacy_peer_deps'] = 'true';
  if (manager === 'npm' && (lock === null || lock.peers === 'conflict')) env['npm_config_force'] = 'true';
  const text = secretFile?.endsWith('.npmrc') ? (project.source(secretFile) ?? '') : '';
  for (const key of [
    'legacy-peer-deps',
    'shamefully-hoist',
    'node-linker',
    'public-hoist-pattern',
    'auto-install-peers',
    'strict-peer-dependencies',
  ]) {
    const value = new RegExp(`^${key}\\s*=\\s*([\\w-]+)\\s*$`, 'm').exec(text)?.[1];
    if (value !== undefined) env[`npm_config_${key.replaceAll('-', '_')}`] = value;
  }
  return env;
}

function nestedInstall(project: Project, directory: string, isStarted: boolean): Install['nested'][number] {
  const manifest = readManifest(project, directory);
  const lock = locksIn(project, directory)[0] ?? null;
  return {
    directory,
    manager: lock?.manager ?? 'npm',
    lock: lock?.path ?? null,
    isFrozen: lock !== null && manifest !== null && lock.missing([manifest]) === null,
    legacyPeers: lock !== null && lock.peers !== 'complete',
    onlyProduction: isStarted && !Object.keys(manifest?.scripts ?? {}).includes('build'),
  };
}

function installNotes(
  project: Project,
  root: string,
  manager: PackageManager,
  missing: string | null,
  secretFile: string | null,
  manifests: readonly Manifest[],
): readonly Note[] {
  const notes: Note[] = [...manager.notes];
  for (const path of unreadableLocks(project, root))
    notes.push({ code: 'lock-unreadable', severity: 'warning', places: [path], args: { file: path } });
  if (manager.lock === null) {
    notes.push({
      code: 'lock-missing',
      severity: 'warning',
      places: [joinPath(root, 'package.json')],
      args: { manager: manager.name === 'berry' ? 'yarn' : manager.name },
    });
  } else if (missing !== null) {
    notes.push({
      code: 'lock-out-of-step',
      severity: 'warning',
      places: [manager.lock.path],
      args: {
        file: manager.lock.path,
        package: missing,
        by: manifests.some((manifest) => isInstalled(manifest, missing)) ? 'manifest' : 'package',
      },
    });
  }
  if (manager.lock && manager.lock.peers === 'conflict')
    notes.push({
      code: 'peer-conflict',
      severity: 'warning',
      places: [manager.lock.path],
      args: { file: manager.lock.path },
    });
  if (secretFile !== null)
    notes.push({
      code: 'registry-secret',
      severity: 'info',
      places: [secretFile],
      args: { file: secretFile, id: secretId(secretFile) },
    });
  return notes;
}

/** Name of the secret mount: `.npmrc` → `npmrc`. */
function secretId(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replaceAll(/^\.|\./g, '');
}

/** The directory that holds all of these. */
export function commonDirectory(directories: readonly string[]): string {
  let common = directories[0] ?? '.';
  for (const directory of directories)
    while (common !== '.' && directory !== common && !directory.startsWith(`${common}/`)) common = directoryOf(common);
  return common;
}
