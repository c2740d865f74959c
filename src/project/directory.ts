import { accessSync, constants, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, isAbsolute, relative, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { Entry, Project } from '../model/project.ts';
import { findFiles, joinPath } from './search.ts';
import { decodeText, isUtf16 } from './text.ts';

const LARGEST_TEXT = 8 * 1024 * 1024;

/** How many names are remembered, so that memory does not grow with the tree. */
const MOST_REMEMBERED = 20_000;

/** Opens a real directory. Throws UserError `directory-missing`. */
export function openDirectory(path: string): Project {
  const root = realRoot(path);
  const listings = new Map<string, readonly Entry[]>();
  const kinds = new Map<string, Map<string, Entry['kind']>>();
  let remembered = 0;

  function entries(directory: string): readonly Entry[] {
    const path = joinPath(directory);
    const known = listings.get(path);
    if (known) return known;
    const listing = listDirectory(root, path);
    remembered += listing.length + 1;
    if (remembered <= MOST_REMEMBERED) {
      listings.set(path, listing);
      kinds.set(path, new Map(listing.map((entry) => [entry.name, entry.kind])));
    }
    return listing;
  }

  /** Most questions are about what is missing: a folder that was listed before answers them without the file system. */
  function kind(path: string): Entry['kind'] | null {
    if (path === '.') return 'directory';
    const slash = path.lastIndexOf('/');
    const parent = slash < 0 ? '.' : path.slice(0, slash);
    const known = kinds.get(parent);
    if (known) return known.get(path.slice(slash + 1)) ?? null;
    return kind(parent) === 'directory' ? kindOf(root, path) : null;
  }

  function text(file: string): string | null {
    const path = joinPath(file);
    return kind(path) === 'file' ? readText(root, path) : null;
  }

  const project: Project = {
    name: basename(root) || 'app',
    entries,
    isFile: (file) => kind(joinPath(file)) === 'file',
    isDirectory: (directory) => kind(joinPath(directory)) === 'directory',
    isExecutable: (file) => isExecutable(resolve(root, joinPath(file))),
    text,
    source: (file) => {
      try {
        return text(file);
      } catch (error) {
        if (error instanceof UserError) return null;
        throw error;
      }
    },
    isUtf16: (file) => kind(joinPath(file)) === 'file' && isUtf16(readFileSync(resolve(root, joinPath(file)))),
    find: (search) => findFiles(entries, search),
  };
  return project;
}

function realRoot(path: string): string {
  try {
    const root = realpathSync(path);
    if (statSync(root).isDirectory()) return root;
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
  throw new UserError(
    'directory-missing',
    `There is no directory ${path}.`,
    'Give the directory of the project, or leave it out for the current one.',
  );
}

function listDirectory(root: string, directory: string): readonly Entry[] {
  try {
    const listed: Entry[] = [];
    for (const item of readdirSync(resolve(root, directory), { withFileTypes: true })) {
      const kind = item.isSymbolicLink() ? kindOf(root, joinPath(directory, item.name)) : kindOfItem(item);
      if (kind && !loops(root, directory, item)) listed.push({ name: item.name, kind });
    }
    return listed.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}

function kindOfItem(item: { isFile(): boolean; isDirectory(): boolean }): Entry['kind'] | null {
  if (item.isFile()) return 'file';
  return item.isDirectory() ? 'directory' : null;
}

/** A link to a folder above itself would make the tree endless. */
function loops(root: string, directory: string, item: { name: string; isSymbolicLink(): boolean }): boolean {
  if (!item.isSymbolicLink()) return false;
  const here = realpathSync(resolve(root, directory));
  const target = realpathSync(resolve(here, item.name));
  return here === target || here.startsWith(`${target}/`);
}

/** `null` for what is missing, cannot be read, is neither file nor directory, or leads out of the project. */
function kindOf(root: string, path: string): Entry['kind'] | null {
  try {
    // Most of what is asked for is missing, and an error costs more than the question.
    const found = statSync(resolve(root, path), { throwIfNoEntry: false });
    if (found === undefined) return null;
    const inside = relative(root, realpathSync.native(resolve(root, path)));
    if (inside.startsWith('..') || isAbsolute(inside)) return null;
    return kindOfItem(found);
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return (statSync(path).mode & 0o100) !== 0;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

function readText(root: string, path: string): string {
  const place = resolve(root, path);
  try {
    const { size } = statSync(place);
    if (size > LARGEST_TEXT) {
      throw new UserError(
        'file-too-large',
        `${path} has ${Math.round(size / 1024 / 1024)} MB; files of more than 8 MB are not read.`,
        'If this is a manifest, check that it is the right file.',
      );
    }
    return decodeText(readFileSync(place));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UserError(
      'file-unreadable',
      `${path} cannot be read (${error.code}).`,
      'Check its permissions and run again.',
    );
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}
