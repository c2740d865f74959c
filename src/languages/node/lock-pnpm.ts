import type { Project } from '../../model/project.ts';
import { readLines } from '../../project/readers/lines.ts';
import { directoryOf, relativePath } from '../../project/search.ts';
import type { Lock } from './lock.ts';
import type { Manifest } from './manifest.ts';

/** By importer (`.`, `apps/api`), then by dependency. */
type Importers = ReadonlyMap<string, ReadonlyMap<string, { readonly specifier: string; readonly version: string }>>;

/**
 * pnpm-lock.yaml, formats 5.x to 9. Only the part above `packages:` is read, line by line: such a file may have a hundred
 * thousand lines, and pnpm always writes them in the same way.
 */
export function readPnpmLock(project: Project, path: string): Lock | null {
  if (project.source(path) === null) return null;
  const all = readLines(project, path) ?? [];
  const end = all.findIndex((line) => /^(?:packages|snapshots):/.test(line.text));
  const lines = end === -1 ? all : all.slice(0, end);
  const versionLine = lines.find((line) => line.text.startsWith('lockfileVersion:'));
  if (!versionLine || all.some((line) => line.text.startsWith('<<<<<<<'))) return null;
  const format = versionLine.text.replace(/^lockfileVersion:\s*/, '').replaceAll(/['"]/g, '');
  const importers = readImporters(lines.map((line) => line.text));
  const overridden = overriddenNames(lines.map((line) => line.text));
  const root = directoryOf(path);
  return {
    manager: 'pnpm',
    path,
    format: { value: format, from: versionLine.place },
    missing: (manifests) => firstMissing(importers, overridden, root, manifests),
    version: (name, directory) =>
      importers.get(relativePath(root, directory))?.get(name)?.version ?? anyVersion(importers, name),
    versions: (name) =>
      end === -1
        ? []
        : packageVersions(
            all.slice(end).map((line) => line.text),
            name,
          ),
    peers: 'complete',
    nests: () => true,
    runsScripts: true,
  };
}

/** The keys of `packages:`: `/webpack/4.46.0:`, `/webpack@5.88.2(…):`, `webpack@5.90.0:`. */
function packageVersions(lines: readonly string[], name: string): readonly string[] {
  return lines.flatMap((line) => {
    const key = /^ {2}['"]?\/?(.+?)['"]?:/.exec(line)?.[1] ?? '';
    const version = key.startsWith(name) ? /^[@/](\d[^(_/]*)/.exec(key.slice(name.length))?.[1] : undefined;
    return version === undefined ? [] : [version];
  });
}

const KINDS = /^(?:specifiers|dependencies|devDependencies|optionalDependencies):/;

function readImporters(lines: readonly string[]): Importers {
  const importers = new Map<string, Map<string, { specifier: string; version: string }>>();
  const into = (importer: string, name: string, key: 'specifier' | 'version', value: string): void => {
    const packages = importers.get(importer) ?? new Map<string, { specifier: string; version: string }>();
    packages.set(name, { specifier: '', version: '', ...packages.get(name), [key]: value });
    importers.set(importer, packages);
  };
  let [importer, base, kind, name] = ['.', 0, '', ''];
  let inImporters = false;
  for (const line of lines) {
    const indent = line.length - line.trimStart().length;
    const text = line.trim();
    if (text === '') continue;
    if (indent === 0)
      [inImporters, base, kind, importer] = [text === 'importers:', text === 'importers:' ? 4 : 0, '', '.'];
    if (inImporters && indent === 2) importer = unquoted(text.replace(/:( \{\})?$/, ''));
    if (indent === base && KINDS.test(text)) kind = text.slice(0, text.indexOf(':'));
    if (kind === '' || indent <= base) continue;
    const pair = /^(.+?):(?: (.*))?$/.exec(text);
    if (!pair) continue;
    const [key, value] = [unquoted(pair[1] ?? ''), unquoted(pair[2] ?? '')];
    if (indent === base + 2) {
      name = key;
      if (value !== '') into(importer, key, kind === 'specifiers' ? 'specifier' : 'version', clean(value));
    } else if (indent === base + 4 && (key === 'specifier' || key === 'version'))
      into(importer, name, key, clean(value));
  }
  return importers;
}

function unquoted(text: string): string {
  return text.replaceAll(/^['"]|['"]$/g, '');
}

/** `4.18.2(supports-color@5)` and `4.18.2_abc` → `4.18.2`; ranges are kept as they are. */
function clean(value: string): string {
  return /^\d[^ ]*[(_]/.test(value) ? value.replace(/[(_].*$/, '') : value;
}

function overriddenNames(lines: readonly string[]): ReadonlySet<string> {
  const start = lines.findIndex((line) => line.startsWith('overrides:'));
  const names = new Set<string>();
  for (const line of start === -1 ? [] : lines.slice(start + 1)) {
    if (!/^\s/.test(line)) break;
    names.add(unquoted(line.trim().replace(/: .*$/, '')).replace(/(?<=.)@.*$/, ''));
  }
  return names;
}

function firstMissing(
  importers: Importers,
  overridden: ReadonlySet<string>,
  root: string,
  manifests: readonly Manifest[],
): string | null {
  for (const manifest of manifests) {
    const locked = importers.get(relativePath(root, manifest.directory));
    for (const [name, range] of Object.entries({ ...manifest.production, ...manifest.development })) {
      if (overridden.has(name)) continue;
      if (locked?.get(name)?.specifier !== range) return name;
    }
  }
  return null;
}

function anyVersion(importers: Importers, name: string): string | null {
  for (const packages of importers.values()) {
    const version = packages.get(name)?.version;
    if (version) return version;
  }
  return null;
}
