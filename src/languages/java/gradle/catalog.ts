import type { Fact } from '../../../model/fact.ts';
import type { Project } from '../../../model/project.ts';
import { type Document, keysAt, textFact } from '../../../project/readers/document.ts';
import { readToml } from '../../../project/readers/toml.ts';
import { joinPath } from '../../../project/search.ts';
import type { Dependency } from '../dependency.ts';

/** `gradle/libs.versions.toml`: what the accessors `libs.spring.boot` and `libs.plugins.shadow` stand for. */
export interface Catalog {
  readonly plugins: ReadonlyMap<string, { readonly id: string; readonly version: Fact | null; readonly from: string }>;
  readonly libraries: ReadonlyMap<string, Dependency>;
  readonly bundles: ReadonlyMap<string, readonly string[]>;
  readonly versions: ReadonlyMap<string, Fact>;
}

const EMPTY: Catalog = { plugins: new Map(), libraries: new Map(), bundles: new Map(), versions: new Map() };

export function readCatalog(project: Project, root: string): Catalog {
  const document = readToml(project, joinPath(root, 'gradle/libs.versions.toml'));
  if (!document) return EMPTY;
  const entries = <T>(table: string, read: (key: string) => T | null) =>
    new Map(
      keysAt(document, table)
        .map((key) => [accessor(key), read(key)] as const)
        .filter((entry): entry is readonly [string, T] => entry[1] !== null),
    );
  return {
    plugins: entries('plugins', (key) => pluginAt(document, key)),
    libraries: entries('libraries', (key) => libraryAt(document, key)),
    bundles: entries('bundles', (key) => {
      const names = document.at('bundles', key);
      return Array.isArray(names) ? names.filter((name) => typeof name === 'string').map(accessor) : null;
    }),
    versions: entries('versions', (key) => textFact(document, 'versions', key)),
  };
}

/** `spring-boot_web` is `libs.spring.boot.web`. */
function accessor(key: string): string {
  return key.replaceAll(/[-_]/g, '.').toLowerCase();
}

function pluginAt(document: Document, key: string) {
  const short = textFact(document, 'plugins', key);
  const from = `${document.path}:${document.line('plugins', key)}`;
  if (short) {
    const [id = '', version] = short.value.split(':');
    return { id, version: version ? { value: version, from } : null, from };
  }
  const id = textFact(document, 'plugins', key, 'id');
  return id && { id: id.value, version: versionAt(document, 'plugins', key), from };
}

function libraryAt(document: Document, key: string): Dependency | null {
  const place = `${document.path}:${document.line('libraries', key)}`;
  const name = textFact(document, 'libraries', key)?.value ?? textFact(document, 'libraries', key, 'module')?.value;
  const [group, artifact, version] = name?.split(':') ?? [
    textFact(document, 'libraries', key, 'group')?.value,
    textFact(document, 'libraries', key, 'name')?.value,
  ];
  if (!group || !artifact) return null;
  return {
    group,
    name: artifact,
    version: version ? { value: version, from: place } : versionAt(document, 'libraries', key),
    scope: null,
    type: 'jar',
    classifier: null,
    place,
  };
}

function versionAt(document: Document, table: string, key: string): Fact | null {
  const own = textFact(document, table, key, 'version');
  const named = textFact(document, table, key, 'version', 'ref');
  return own ?? (named && textFact(document, 'versions', named.value));
}
