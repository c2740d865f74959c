import { own } from '../../project/own.ts';
import { directoryOf, joinPath, relativePath } from '../../project/search.ts';
import type { Import, Source } from './sources.ts';
import { DISTRIBUTIONS, STANDARD_LIBRARY } from './third-party-data.ts';

/** Where a file stands among the service's modules. Paths are relative to the service. */
export interface ModulePlace {
  /** dotted name, `app.main` */
  readonly module: string;
  /** folders that must be on the module path, the one that `module` starts from first */
  readonly roots: readonly string[];
  /** those of them that an import asks for */
  readonly needed: readonly string[];
  /** an import tells that the module path starts there, so the program is run from there as well */
  readonly isAnchored: boolean;
  /** everything of the service that is loaded with it, itself included */
  readonly reached: readonly Source[];
}

/**
 * Works out from which folders a file's imports are found: `app/main.py` with `from app.db import …` needs the service's
 * directory, with `from db import …` it needs `app`. What it imports in turn counts as well.
 */
export function modulePlace(sources: readonly Source[], file: Source): ModulePlace {
  const index = indexOf(sources);
  const votes = new Map<string, number>();
  const reached = new Set<Source>([file]);
  for (const source of reached) {
    for (const one of source.imports) {
      const found = resolve(index, source, one);
      if (found === null) continue;
      if (one.level === 0) votes.set(found.root, (votes.get(found.root) ?? 0) + 1);
      for (const target of found.files) reached.add(target);
    }
    if (reached.size > 300) break;
  }
  const highest = aboveRelativeImports(file);
  const above = [...votes.keys()]
    .filter((root) => holds(root, file.path) && (highest === null || holds(root, highest)))
    .sort((a, b) => a.length - b.length);
  const start = above[0] ?? highest ?? defaultRoot(index, file);
  const others = [...votes].filter(([root]) => root !== start).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return {
    module: moduleName(start, file.path),
    needed: [...votes.keys()],
    isAnchored: above.length > 0 || highest !== null,
    roots: [start, ...others.map(([root]) => root)],
    reached: [...reached],
  };
}

/** Dotted name of a file seen from a folder: `pkg/__init__.py` is `pkg`. */
function moduleName(root: string, path: string): string {
  return relativePath(root, path)
    .replace(/\.py$/, '')
    .replace(/(?:^|\/)__init__$/, '')
    .replaceAll('/', '.');
}

/** The file of a dotted name, searched from the folders given; `null` where there is none. */
export function findModule(
  sources: readonly Source[],
  roots: readonly string[],
  module: string,
): { readonly source: Source; readonly root: string } | null {
  const index = indexOf(sources);
  for (const root of roots) {
    const source = fileOf(index, joinPath(root, module.replaceAll('.', '/')));
    if (source) return { source, root };
  }
  return null;
}

/** The service's directory and each folder below it that holds Python files or packages, shallow ones first. */
export function possibleRoots(sources: readonly Source[]): readonly string[] {
  const folders = new Set<string>(['.']);
  for (const source of sources) {
    for (let folder = directoryOf(source.path); folder !== '.'; folder = directoryOf(folder)) folders.add(folder);
  }
  const depth = (folder: string) => (folder === '.' ? 0 : folder.split('/').length);
  return [...folders].filter((folder) => depth(folder) <= 3).sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}

/** What a name in a file stands for in another file of the service: `from app import create_app`. */
export function importedFrom(sources: readonly Source[], source: Source, one: Import): readonly Source[] {
  return resolve(indexOf(sources), source, one)?.files ?? [];
}

type Index = { readonly files: ReadonlyMap<string, Source>; readonly folders: ReadonlySet<string> };

const INDEXES = new WeakMap<readonly Source[], Index>();

/** Kept as long as the list of sources lives: every import asks it. */
function indexOf(sources: readonly Source[]): Index {
  const known = INDEXES.get(sources);
  if (known) return known;
  const index = {
    files: new Map(sources.map((source) => [source.path, source])),
    folders: new Set(sources.flatMap((source) => foldersAbove(source.path))),
  };
  INDEXES.set(sources, index);
  return index;
}

function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = directoryOf(path); folder !== '.'; folder = directoryOf(folder)) folders.push(folder);
  return folders;
}

function resolve(
  index: Index,
  source: Source,
  one: Import,
): { readonly root: string; readonly files: readonly Source[] } | null {
  if (one.level > 0) {
    let base = directoryOf(source.path);
    for (let level = 1; level < one.level; level += 1) base = directoryOf(base);
    return { root: base, files: filesOf(index, base, one) };
  }
  const [top = ''] = one.module.split('.');
  const root = rootOf(index, source, top);
  return root === null ? null : { root, files: filesOf(index, root, one) };
}

/**
 * The nearest folder above the file that holds the module, else a folder of the service that does. A package on the module path
 * would hide what has the same name elsewhere: `app/redis.py` is not what `import redis` in `app/main.py` means.
 */
function rootOf(index: Index, source: Source, top: string): string | null {
  const isElsewhere = STANDARD_LIBRARY.has(top) || own(DISTRIBUTIONS, top) !== undefined;
  const isIn = (folder: string) => {
    const path = joinPath(folder, top);
    if (index.files.has(joinPath(folder, '__init__.py')) && (isElsewhere || isInPackage(index, folder))) return false;
    return (index.files.has(`${path}.py`) || index.folders.has(path)) && `${path}.py` !== source.path;
  };
  const above = [...foldersAbove(source.path), '.'];
  const near = above.find(isIn);
  if (near !== undefined) return near;
  return (
    ['src', 'lib', 'app', 'backend', 'server', 'source'].find((folder) => index.folders.has(folder) && isIn(folder)) ??
    null
  );
}

/** A package within a package: nobody starts a program from inside of it. */
function isInPackage(index: Index, folder: string): boolean {
  return folder !== '.' && directoryOf(folder) !== '.' && index.files.has(joinPath(directoryOf(folder), '__init__.py'));
}

function filesOf(index: Index, root: string, one: Import): readonly Source[] {
  const parts = one.module === '' ? [] : one.module.split('.');
  const found: (Source | null)[] = parts.map((_part, at) => fileOf(index, joinPath(root, ...parts.slice(0, at + 1))));
  if (one.name !== null) found.push(fileOf(index, joinPath(root, ...parts, one.name)));
  if (parts.length === 0) found.push(index.files.get(joinPath(root, '__init__.py')) ?? null);
  return found.filter((source) => source !== null);
}

function fileOf(index: Index, path: string): Source | null {
  return index.files.get(`${path}.py`) ?? index.files.get(joinPath(path, '__init__.py')) ?? null;
}

/** `from .db import …` needs a package, so the module path must start above it; `null` where no import is relative. */
function aboveRelativeImports(file: Source): string | null {
  const levels = Math.max(0, ...file.imports.map((one) => one.level));
  if (levels === 0) return null;
  let root = directoryOf(file.path);
  // In `__init__.py` one dot is the package itself, elsewhere the package that the file is in.
  for (let level = 0; level < levels; level += 1) root = directoryOf(root);
  return root;
}

function holds(root: string, path: string): boolean {
  return root === '.' || path === root || path.startsWith(`${root}/`);
}

/** Without an import that would tell: above the package, or the service's directory; a folder that is no module name is a root itself. */
function defaultRoot(index: Index, file: Source): string {
  let root = directoryOf(file.path);
  const isPackage = file.path.endsWith('__init__.py') || index.files.has(joinPath(root, '__init__.py'));
  if (isPackage) {
    while (root !== '.' && index.files.has(joinPath(root, '__init__.py'))) root = directoryOf(root);
    if (!file.path.endsWith('__init__.py') || root !== directoryOf(file.path)) return root;
    return directoryOf(root);
  }
  if (root === 'src' || !/^(?:[A-Za-z_]\w*(?:\/|$))+$/.test(root)) return root;
  return '.';
}
