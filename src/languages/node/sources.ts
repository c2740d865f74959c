import { isBuiltin } from 'node:module';
import type { Fact, Place } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { directoryOf, joinPath, relativePath } from '../../project/search.ts';
import { isInstalled, type Manifest } from './manifest.ts';
import { readTsConfig, type TsConfig } from './tsconfig.ts';

/** A source file; `path` is relative to the project. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

export interface Sources {
  /** what the program loads, the entry first, then what it imports, breadth first */
  readonly reached: readonly Source[];
  /** every source file of the service that is no test and no tool's configuration, the reached ones first */
  readonly all: readonly Source[];
  /** packages that are loaded at the top level of a reached file: name → where */
  readonly packages: ReadonlyMap<string, Place>;
  /** all that the program loads was reached: no file is loaded by a name that is worked out, or by an unknown alias */
  readonly isComplete: boolean;
}

const MOST_REACHED = 400;
const MOST_FILES = 400;
const ENDINGS = [
  '',
  '.ts',
  '.js',
  '.tsx',
  '.jsx',
  '.mjs',
  '.mts',
  '.cjs',
  '.cts',
  '.json',
  '/index.ts',
  '/index.js',
  '/index.mjs',
  '/index.tsx',
  '/index.jsx',
];
const CODE = /\.[cm]?[jt]sx?$/;

/** Tests, stories, and the settings of tools: nothing that runs in the service. */
const ASIDE =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|spec|e2e|cypress|playwright|stories|docs?|examples?|benchmarks?|coverage|dist|build|out|public|static)\/|\.(?:test|spec|stories|e2e-spec|d)\.[cm]?[jt]sx?$|(?:^|\/)(?:gulpfile|gruntfile|karma|[\w.-]*\.config|\.[\w-]+rc)\.?[cm]?[jt]s$/i;

/** Import and require at any place; the second expression finds those that stand at the start of a line. */
const IMPORTS = /(?:\bfrom\s*|\bimport\s*|\brequire\s*\(\s*|\bimport\s*\(\s*)(["'`])([^"'`\n]+)\1/g;
const TOP_LEVEL =
  /^(?:(?:export|import)\s+(?!type\b)[^"'`;]*?\bfrom\s*|import\s*|(?:(?:const|let|var)\s+[^=;]+=\s*)?require\s*\(\s*)(["'])([^"'\n]+)\1/gm;

/** Files that are loaded by what a folder holds, or by a name that is worked out. */
const LOADS_BY_NAME =
  /\breaddir|\bglob|\bautoload|\brequireDir|\brequire-?all\b|\brequire\s*\(\s*[^"'`\s)]|\bimport\s*\(\s*[^"'`\s)]|\b(?:require|import)\s*\(\s*`[^`]*\$\{/;
/** Reads the service's sources, from its entry (relative to the project) where that is known. */
export function readSources(
  project: Project,
  manifest: Manifest,
  entry: string | null,
  nested: readonly string[],
): Sources {
  const paths = readTsConfig(project, joinPath(manifest.directory, 'tsconfig.json'))?.paths ?? [];
  const reached = entry === null ? [] : follow(project, manifest, entry, paths);
  const seen = new Set(reached.map((source) => source.path));
  const others = project
    .find({
      under: manifest.directory,
      endings: ['.ts', '.js', '.mjs', '.cjs', '.tsx', '.mts', '.jsx'],
      limit: MOST_FILES,
    })
    .filter((path) => !seen.has(path) && !ASIDE.test(relativePath(manifest.directory, path)))
    .filter((path) => !nested.some((directory) => path.startsWith(`${directory}/`)))
    .map((path) => ({ path, text: codeOf(project, path) }))
    .filter((source): source is Source => source.text !== null);
  return {
    reached,
    all: [...reached, ...others],
    packages: topLevelPackages(reached),
    isComplete: reached.length > 0 && reached.every((source) => isFollowed(project, manifest, source, paths)),
  };
}

/**
 * The text of a source file without the comments that have lines of their own; all that is left stands where it stood.
 * Other comments stay: what looks like one may be a part of a text.
 */
function codeOf(project: Project, path: string): string | null {
  const text = project.source(path);
  if (text === null) return null;
  let isInside = false;
  const lines = text.split('\n').map((line) => {
    const starts: boolean = !isInside && /^[ \t]*\/\*/.test(line);
    if (!isInside && !starts) return /^[ \t]*\/\//.test(line) ? '' : line;
    const end = line.indexOf('*/', starts ? line.indexOf('/*') + 2 : 0);
    isInside = end === -1;
    return isInside ? '' : ' '.repeat(end + 2) + line.slice(end + 2);
  });
  return lines.join('\n');
}

function isFollowed(project: Project, manifest: Manifest, { path, text }: Source, paths: TsConfig['paths']): boolean {
  if (LOADS_BY_NAME.test(text)) return false;
  return [...text.matchAll(IMPORTS)].every((match) => {
    const name = match[2] ?? '';
    if (resolveImport(project, manifest.directory, path, name, paths) !== null) return true;
    const loaded = packageName(name);
    return /^node:/.test(name) || (loaded !== null && (isBuiltin(loaded) || isInstalled(manifest, loaded)));
  });
}

function follow(project: Project, manifest: Manifest, entry: string, paths: TsConfig['paths']): readonly Source[] {
  const found: Source[] = [];
  const queue = [entry];
  const seen = new Set(queue);
  for (let at = 0; at < queue.length && found.length < MOST_REACHED; at += 1) {
    const path = queue[at] ?? '';
    const text = codeOf(project, path);
    if (text === null) continue;
    found.push({ path, text });
    for (const match of text.matchAll(IMPORTS)) {
      const target = resolveImport(project, manifest.directory, path, match[2] ?? '', paths);
      if (target === null || seen.has(target) || !isCode(target)) continue;
      seen.add(target);
      queue.push(target);
    }
  }
  return found;
}

function isCode(path: string): boolean {
  return CODE.test(path) || !/\.[\w]+$/.test(path);
}

/** The file that a relative import, or one by an alias, leads to; `null` for packages. */
function resolveImport(
  project: Project,
  root: string,
  from: string,
  name: string,
  paths: TsConfig['paths'],
): string | null {
  for (const base of aliased(name, paths)) {
    const file = resolveFile(project, base);
    if (file) return file;
  }
  const bases = /^\.{1,2}(?:\/|$)/.test(name)
    ? [joinPath(directoryOf(from), name)]
    : /^(?:@|~|#)\/|^[#~](?=\w)/.test(name)
      ? [
          joinPath(root, 'src', name.replace(/^[@~#]\/?/, '')),
          joinPath(root, name.replace(/^[@~#]\/?/, '')),
          joinPath(root, 'src', name.replace(/^[@~#][\w-]*\//, '')),
        ]
      : /^src\//.test(name)
        ? [joinPath(root, name)]
        : /^@\w+\//.test(name)
          ? [joinPath(root, 'src', name.slice(1))]
          : [];
  for (const base of bases) {
    const file = resolveFile(project, base);
    if (file) return file;
  }
  return null;
}

/** What the settings of the compiler say that a name stands for. */
function aliased(name: string, paths: TsConfig['paths']): readonly string[] {
  return paths.flatMap(({ pattern, targets }) => {
    const [start = '', end] = pattern.split('*');
    if (end === undefined) return name === pattern ? targets : [];
    if (!name.startsWith(start) || !name.endsWith(end)) return [];
    const rest = name.slice(start.length, name.length - end.length);
    return targets.map((target) => target.replace('*', () => rest));
  });
}

/** As Node and TypeScript complete a path: endings, index files, and `.js` that stands for `.ts`. */
export function resolveFile(project: Project, base: string): string | null {
  for (const ending of ENDINGS) if (project.isFile(`${base}${ending}`)) return `${base}${ending}`;
  const typed = base.replace(/\.([cm]?)jsx?$/, '.$1ts');
  if (typed !== base) for (const path of [typed, `${typed}x`]) if (project.isFile(path)) return path;
  return null;
}

function topLevelPackages(sources: readonly Source[]): ReadonlyMap<string, Place> {
  const packages = new Map<string, Place>();
  for (const { path, text } of sources) {
    for (const match of text.matchAll(TOP_LEVEL)) {
      const name = packageName(match[2] ?? '');
      if (name === null || packages.has(name)) continue;
      packages.set(name, `${path}:${text.slice(0, match.index).split('\n').length}`);
    }
  }
  return packages;
}

/** `@scope/name/part` → `@scope/name`; `null` for relative paths and Node's own modules. */
function packageName(specifier: string): string | null {
  if (/^[./~#]|^node:|^@\//.test(specifier)) return null;
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? null;
}

/** The first match in these sources, in their order, with its place; group 1 is the value, or the whole match. */
export function findInSources(sources: readonly Source[], pattern: RegExp): Fact | null {
  for (const { path, text } of sources) {
    const match = pattern.exec(text);
    if (!match) continue;
    const value = match[1] ?? match[0];
    const offset = match.index + Math.max(0, match[0].lastIndexOf(value));
    return { value, from: `${path}:${text.slice(0, offset).split('\n').length}` };
  }
  return null;
}

/** The files that the program loads; all of them where its first one is not known. */
export function whatRuns({ reached, all }: Sources): readonly Source[] {
  return reached.length > 0 ? reached : all;
}
