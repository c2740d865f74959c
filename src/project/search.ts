import type { Entry, FileSearch } from '../model/project.ts';

/** Folders that hold what tools put there, never a service's own files. Hidden folders are left out as well. */
const NOT_SOURCE = new Set([
  'node_modules',
  'bower_components',
  'vendor',
  'venv',
  'virtualenv',
  '__pycache__',
  'site-packages',
  '__pypackages__',
  'target',
  'Pods',
]);

/** A tree may be huge: this many names are looked at by one search, breadth first, so that what matters comes first. */
const MOST_NAMES = 30_000;

/** Breadth-first search over any source of directory entries; see `Project.find` for the rules. */
export function findFiles(entries: (directory: string) => readonly Entry[], search: FileSearch): readonly string[] {
  const names = search.names && new Set(search.names);
  const limit = search.limit ?? 2000;
  const found: string[] = [];
  let level = [search.under ?? '.'];
  let looked = 0;
  for (let depth = search.depth ?? 8; depth >= 0 && level.length > 0; depth -= 1) {
    const next: string[] = [];
    for (const directory of level) {
      for (const entry of entries(directory)) {
        looked += 1;
        const path = joinPath(directory, entry.name);
        if (entry.kind === 'directory') {
          if (!entry.name.startsWith('.') && !NOT_SOURCE.has(entry.name)) next.push(path);
        } else if (matches(entry.name, names, search.endings)) {
          found.push(path);
          if (found.length >= limit) return found;
        }
      }
      if (looked > MOST_NAMES) return found;
    }
    level = next;
  }
  return found;
}

function matches(
  name: string,
  names: ReadonlySet<string> | undefined,
  endings: readonly string[] | undefined,
): boolean {
  if (names === undefined && endings === undefined) return true;
  return names?.has(name) === true || endings?.some((ending) => name.endsWith(ending)) === true;
}

/** `joinPath('.', 'a')` is `a`: project paths never start with `./`. `..` is resolved and cannot leave the project. */
export function joinPath(...parts: readonly string[]): string {
  const names: string[] = [];
  for (const name of parts.join('/').split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names.join('/') || '.';
}

/** Directory of a project path, `.` for one at the top. */
export function directoryOf(path: string): string {
  const cut = path.lastIndexOf('/');
  return cut === -1 ? '.' : path.slice(0, cut);
}

/** Path seen from a directory that holds it: `relativePath('apps/api', 'apps/api/src/x.ts')` is `src/x.ts`. */
export function relativePath(directory: string, path: string): string {
  if (directory === '.') return path;
  if (path === directory) return '.';
  return path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : path;
}

/** The same, also of a path elsewhere: `pathFrom('apps/api', 'apps/web/dist')` is `../web/dist`. */
export function pathFrom(directory: string, path: string): string {
  let up = '';
  let from = directory;
  for (; from !== '.' && path !== from && !path.startsWith(`${from}/`); from = directoryOf(from)) up += '../';
  const inside = relativePath(from, path);
  return up === '' ? inside : inside === '.' ? up.slice(0, -1) : `${up}${inside}`;
}
