import { UserError } from '../errors.ts';
import type { Entry, Project } from '../model/project.ts';
import { findFiles, joinPath } from './search.ts';

/** A file's text, or what a test wants to be special about it. */
export type ObjectFile =
  | string
  | { readonly text: string; readonly executable?: boolean; readonly unreadable?: boolean };

/** A project from an object, path → text: for tests, and for programs that have no directory. */
export function projectFromObject(files: Readonly<Record<string, ObjectFile>>, name = 'app'): Project {
  const contents = new Map(Object.entries(files).map(([path, file]) => [joinPath(path), file]));
  const directories = listings(contents.keys());
  const entries = (directory: string): readonly Entry[] => directories.get(joinPath(directory)) ?? [];

  function text(path: string): string | null {
    const file = contents.get(joinPath(path));
    if (file === undefined) return null;
    if (typeof file === 'string') return file;
    if (file.unreadable)
      throw new UserError('file-unreadable', `${path} cannot be read.`, 'Check its permissions and run again.');
    return file.text;
  }

  return {
    name,
    entries,
    isFile: (path) => contents.has(joinPath(path)),
    isDirectory: (path) => directories.has(joinPath(path)),
    isExecutable: (path) => {
      const file = contents.get(joinPath(path));
      return typeof file === 'object' && file.executable === true;
    },
    text,
    source: (path) => {
      const file = contents.get(joinPath(path));
      return typeof file === 'object' && file.unreadable ? null : text(path);
    },
    find: (search) => findFiles(entries, search),
  };
}

function listings(paths: Iterable<string>): ReadonlyMap<string, readonly Entry[]> {
  const kinds = new Map<string, Map<string, Entry['kind']>>([['.', new Map()]]);
  for (const path of paths) {
    const names = path.split('/');
    names.forEach((name, depth) => {
      const parent = names.slice(0, depth).join('/') || '.';
      const siblings = kinds.get(parent) ?? new Map<string, Entry['kind']>();
      siblings.set(name, depth === names.length - 1 ? 'file' : 'directory');
      kinds.set(parent, siblings);
    });
  }
  return new Map(
    [...kinds].map(([directory, siblings]) => [
      directory,
      [...siblings].map(([name, kind]) => ({ name, kind })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    ]),
  );
}
