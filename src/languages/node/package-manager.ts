import semver from 'semver';
import type { Fact, Note } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { textFact } from '../../project/readers/document.ts';
import { readYaml } from '../../project/readers/yaml.ts';
import { joinPath } from '../../project/search.ts';
import { type Lock, locksIn, type ManagerName } from './lock.ts';
import type { Manifest } from './manifest.ts';

/** The package manager of a project, and the version that is installed in the build stage. */
export interface PackageManager {
  readonly name: ManagerName;
  /** exact version to install; `null`: the one that comes with the image */
  readonly version: string | null;
  /** where the project says so, with what stands there */
  readonly from: Fact;
  /** the lock file that it reads; `null`: there is none for it */
  readonly lock: Lock | null;
  /** a release of Yarn that is part of the project, relative to the project */
  readonly release: string | null;
  readonly notes: readonly Note[];
}

/** The last release of each major version that is offered. Source: the npm registry, 2026-11-23. */
const PNPM: Readonly<Record<number, string>> = {
  6: '6.35.1',
  7: '7.33.7',
  8: '8.15.9',
  9: '9.15.9',
  10: '10.34.8',
  11: '11.28.10',
  12: '12.20.0',
};
const BUN = '1.4.5';
const YARN_1 = '1.22.22';
/** By `__metadata: version` of the lock file. */
const BERRY: Readonly<Record<string, string>> = { 4: '2.4.2', 5: '3.1.1', 6: '3.8.7', 7: '4.0.2', 8: '4.18.1' };
const NEWEST_BERRY = '4.18.1';

/** Of several lock files in step with the manifest: npm's is often left over from a first try, Bun's from a generator. */
const PRECEDENCE: readonly ManagerName[] = ['pnpm', 'bun', 'berry', 'yarn', 'npm'];

/**
 * The package manager, in this order: `packageManager`, `devEngines.packageManager`, the lock file, `engines`, npm.
 * A declared one without its lock file gives way to the one whose lock file is there, unless the project needs its features.
 */
export function packageManager(project: Project, root: string, manifests: readonly Manifest[]): PackageManager {
  const manifest = manifests[0];
  const locks = locksIn(project, root);
  const declared = manifest && declaredManager(project, manifest);
  const lock = chooseLock(locks, declared?.name ?? null, manifests);
  const needsDeclared = manifests.some((one) =>
    Object.values({ ...one.production, ...one.development }).some((range) => /^(?:workspace|catalog):/.test(range)),
  );
  const name =
    declared && (lock === null || lock.manager === declared.name || needsDeclared)
      ? declared.name
      : (lock?.manager ?? guess(project, root, needsDeclared, manifest));
  const own = lock?.manager === name ? lock : null;
  const release = name === 'berry' ? yarnRelease(project, root) : null;
  return {
    name,
    version: release
      ? null
      : versionOf(project, root, name, declared?.name === name ? declared.version : null, own, manifest),
    from:
      declared?.name === name
        ? declared.from
        : own
          ? own.format
          : { value: name, from: manifest?.document.path ?? 'package.json' },
    lock: own,
    release,
    notes: [...severalLocks(locks, own), ...otherLock(declared ?? null, name, lock)],
  };
}

interface Declared {
  readonly name: ManagerName;
  /** exact, a range, or `null` */
  readonly version: string | null;
  readonly from: Fact;
}

function declaredManager(project: Project, manifest: Manifest): Declared | null {
  const field = textFact(manifest.document, 'packageManager');
  const [, name, version] = /^(npm|yarn|pnpm|bun)(?:@([^+\s]+))?/.exec(field?.value ?? '') ?? [];
  if (field && name)
    return { name: flavour(name, version ?? null, project, manifest), version: version ?? null, from: field };
  for (const keys of [
    ['devEngines', 'packageManager'],
    ['devEngines', 'packageManager', 0],
  ]) {
    const named = textFact(manifest.document, ...keys, 'name');
    if (!named || !/^(?:npm|yarn|pnpm|bun)$/.test(named.value)) continue;
    const range = textFact(manifest.document, ...keys, 'version')?.value ?? null;
    return { name: flavour(named.value, range, project, manifest), version: range, from: named };
  }
  return null;
}

function flavour(name: string, version: string | null, project: Project, manifest: Manifest): ManagerName {
  if (name !== 'yarn') return name as ManagerName;
  if (version === null) return project.isFile(joinPath(manifest.directory, '.yarnrc.yml')) ? 'berry' : 'yarn';
  return semver.minVersion(semver.validRange(version) ?? '4')?.major === 1 ? 'yarn' : 'berry';
}

/** The declared manager's lock file; else the only one that is in step with the manifests; else the most telling one. */
function chooseLock(locks: readonly Lock[], declared: ManagerName | null, manifests: readonly Manifest[]): Lock | null {
  const own = locks.find((lock) => lock.manager === declared);
  if (own) return own;
  const ranked = PRECEDENCE.flatMap((name) => locks.filter((lock) => lock.manager === name));
  return ranked.find((lock) => lock.missing(manifests) === null) ?? ranked[0] ?? null;
}

/** No lock file and no declaration: what else is there that only one of them reads. */
function guess(
  project: Project,
  root: string,
  needsWorkspaceProtocol: boolean,
  manifest: Manifest | undefined,
): ManagerName {
  if (project.isFile(joinPath(root, 'pnpm-workspace.yaml'))) return 'pnpm';
  if (project.isFile(joinPath(root, '.yarnrc.yml'))) return 'berry';
  if (project.isFile(joinPath(root, 'bunfig.toml')) || /^bun\s/.test(manifest?.scripts['start'] ?? '')) return 'bun';
  return needsWorkspaceProtocol ? 'pnpm' : 'npm';
}

function versionOf(
  project: Project,
  root: string,
  name: ManagerName,
  declared: string | null,
  lock: Lock | null,
  manifest: Manifest | undefined,
): string | null {
  const exact = declared === null ? null : semver.valid(declared);
  switch (name) {
    case 'npm':
      return null;
    case 'yarn':
      return exact ?? YARN_1;
    case 'berry':
      return exact ?? BERRY[lock?.format.value ?? ''] ?? NEWEST_BERRY;
    case 'bun':
      return exact ?? BUN;
    case 'pnpm':
      return (
        exact ??
        pnpmVersion(
          project,
          root,
          declared ?? (manifest && textFact(manifest.document, 'engines', 'pnpm')?.value) ?? null,
          lock,
          manifest,
        )
      );
  }
}

/** pnpm by the range that the project allows, and by the format of its lock file, which several major versions share. */
function pnpmVersion(
  project: Project,
  root: string,
  range: string | null,
  lock: Lock | null,
  manifest: Manifest | undefined,
): string {
  const format = Number.parseFloat(lock?.format.value ?? '9');
  const readers =
    format < 6 ? [7, 6] : format < 9 ? [8] : usesNewSettings(project, root, manifest) ? [10, 11, 12] : [9, 10, 11, 12];
  const allowed = readers.filter(
    (major) => range === null || semver.validRange(range) === null || semver.intersects(range, `${major}.x`),
  );
  const major = allowed[0] ?? readers[0] ?? 10;
  return PNPM[major] ?? '10.34.8';
}

/**
 * pnpm 10 and later read their settings from pnpm-workspace.yaml, and run the scripts of dependencies only where a list
 * allows them; version 9 runs them all. Without signs of the newer ones, 9 is what a lock file of format 9 works with.
 */
function usesNewSettings(project: Project, root: string, manifest: Manifest | undefined): boolean {
  const settings = readYaml(project, joinPath(root, 'pnpm-workspace.yaml'))?.at();
  const keys = typeof settings === 'object' && settings !== null ? Object.keys(settings) : [];
  const inManifest = manifest?.document.at('pnpm');
  const listed = typeof inManifest === 'object' && inManifest !== null && 'onlyBuiltDependencies' in inManifest;
  return listed || keys.some((key) => !['packages', 'catalog', 'catalogs'].includes(key));
}

function yarnRelease(project: Project, root: string): string | null {
  const path = readYaml(project, joinPath(root, '.yarnrc.yml'))?.at('yarnPath');
  const release = typeof path === 'string' ? joinPath(root, path) : null;
  return release !== null && project.isFile(release) ? release : null;
}

function severalLocks(locks: readonly Lock[], used: Lock | null): readonly Note[] {
  const other = locks.find((lock) => lock !== used);
  if (!used || !other) return [];
  return [
    {
      code: 'several-locks',
      severity: 'warning',
      places: [used.path, other.path],
      args: { used: used.path, other: other.path },
    },
  ];
}

function otherLock(declared: Declared | null, name: ManagerName, lock: Lock | null): readonly Note[] {
  if (!declared || !lock || declared.name === lock.manager) return [];
  return [
    {
      code: 'manager-conflict',
      severity: 'warning',
      places: [declared.from.from, lock.path],
      args: { declared: declared.from.value, lock: lock.path, used: name === 'berry' ? 'yarn' : name },
    },
  ];
}
