import semver from 'semver';
import type { Project } from '../../model/project.ts';
import { directoryOf, relativePath } from '../../project/search.ts';
import type { Lock } from './lock.ts';
import type { Manifest, Texts } from './manifest.ts';
import { plainlyAllows } from './plain-range.ts';

/** An entry of `packages` (format 2 and 3), or of `dependencies` (format 1), by its path in the tree. */
interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Texts;
  readonly optionalDependencies?: Texts;
  readonly peerDependencies?: Texts;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

type Entries = ReadonlyMap<string, Entry>;

/** package-lock.json and npm-shrinkwrap.json, formats 1 to 3. */
export function readNpmLock(project: Project, path: string): Lock | null {
  const text = project.source(path);
  const data = text === null ? null : parseObject(text);
  if (text === null || data === null) return null;
  const root = directoryOf(path);
  const entries = data['packages']
    ? new Map(Object.entries(asObject(data['packages']) as Record<string, Entry>))
    : flatten(data);
  const lockfileVersion = String(data['lockfileVersion'] ?? 1);
  const line = text.slice(0, Math.max(0, text.indexOf('"lockfileVersion"'))).split('\n').length;
  return {
    manager: 'npm',
    path,
    format: { value: lockfileVersion, from: `${path}:${line}` },
    missing: (manifests) =>
      firstMissing(entries, root, manifests) ?? (lockfileVersion === '1' ? null : firstBroken(entries, manifests)),
    versions: (name) =>
      [...entries].flatMap(([place, { version }]) =>
        version !== undefined && `/${place}`.endsWith(`/node_modules/${name}`) ? [version] : [],
      ),
    version: (name, directory) => resolve(entries, relativePath(root, directory), name)?.version ?? null,
    peers: lockfileVersion === '1' ? 'missing' : peersOf(entries),
    nests: ({ directory }, name) => {
      const folder = `${relativePath(root, directory)}/node_modules/`;
      if (name !== undefined) return entries.has(`${folder}${name}`);
      return [...entries].some(([place, { dev }]) => place.startsWith(folder) && dev !== true);
    },
    runsScripts:
      lockfileVersion === '1' ||
      [...entries.values()].some(
        ({ hasInstallScript, dev, optional }) => hasInstallScript === true && dev !== true && optional !== true,
      ),
  };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    return asObject(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Format 1 nests what newer formats name by path. */
function flatten(data: Record<string, unknown>): Entries {
  const entries = new Map<string, Entry>();
  const visit = (dependencies: unknown, parent: string): void => {
    for (const [name, value] of Object.entries(asObject(dependencies))) {
      const path = `${parent}node_modules/${name}`;
      entries.set(path, asObject(value) as Entry);
      visit(asObject(value)['dependencies'], `${path}/`);
    }
  };
  visit(data['dependencies'], '');
  return entries;
}

/** As Node looks it up: in the package's own node_modules, then in those of the folders above it. */
function resolve(entries: Entries, from: string, name: string): Entry | null {
  for (
    let directory = from === '.' ? '' : from;
    ;
    directory = directory.slice(0, Math.max(0, directory.lastIndexOf('/')))
  ) {
    if (directory.endsWith('node_modules')) continue;
    const path = directory === '' ? `node_modules/${name}` : `${directory}/node_modules/${name}`;
    const entry = entries.get(path);
    if (entry) return entry.link && entry.resolved ? (entries.get(entry.resolved) ?? entry) : entry;
    if (directory === '') return null;
  }
}

function firstMissing(entries: Entries, root: string, manifests: readonly Manifest[]): string | null {
  for (const manifest of manifests) {
    const from = relativePath(root, manifest.directory);
    for (const [name, range] of Object.entries({ ...manifest.production, ...manifest.development })) {
      const entry = resolve(entries, from, name);
      if (!entry || !allows(range, entry.version)) return name;
    }
  }
  return null;
}

/**
 * A locked package whose own dependencies are not locked: npm leaves out optional ones of other systems now and then, and
 * then refuses its own file. Overridden packages are as the project wants them.
 */
function firstBroken(entries: Entries, manifests: readonly Manifest[]): string | null {
  const overridden = new Set(manifests.flatMap(({ document }) => Object.keys(document.at('overrides') ?? {})));
  for (const [path, entry] of entries) {
    if (!path.includes('node_modules/') || entry.link) continue;
    for (const [name, range] of Object.entries({ ...entry.dependencies, ...entry.optionalDependencies })) {
      const locked = resolve(entries, path, name);
      if (!locked || (locked.version === undefined && !locked.link && !locked.resolved)) return name;
      if (!overridden.has(name) && typeof range === 'string' && !allows(range, locked.version)) return name;
    }
  }
  return null;
}

/** What is no range of versions (a tag, a URL, a folder) is taken as satisfied by any. */
function allows(range: string, version: string | undefined): boolean {
  const plain = version === undefined ? true : plainlyAllows(range, version);
  if (plain !== null) return plain;
  if (version === undefined || semver.valid(version) === null || semver.validRange(range) === null) return true;
  return semver.satisfies(version, range, { includePrerelease: true });
}

function peersOf(entries: Entries): Lock['peers'] {
  let conflict = false;
  for (const [path, entry] of entries) {
    if (!path.includes('node_modules/')) continue;
    for (const [name, range] of Object.entries(entry.peerDependencies ?? {})) {
      if (entry.peerDependenciesMeta?.[name]?.optional) continue;
      const peer = resolve(entries, path, name);
      if (peer === null) return 'missing';
      if (!allows(range, peer.version)) conflict = true;
    }
  }
  return conflict ? 'conflict' : 'complete';
}
