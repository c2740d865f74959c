import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { UserError } from '../errors.ts';

/** What stands on disk where an output file shall go. */
export interface Target {
  /** as the user knows it, relative to the project */
  readonly path: string;
  /** where the bytes are, links followed; absolute */
  readonly file: string;
  /** `null`: there is no such file yet */
  readonly before: Buffer | null;
}

/**
 * Looks at one target below `root` (absolute, links resolved) and changes nothing. A link to a file in the project is
 * followed. Throws UserError `target-unwritable` for what is no file or leads out of the project.
 */
export function readTarget(root: string, path: string): Target {
  const absolute = resolve(root, path);
  const folder = realFolder(root, path, dirname(absolute));
  const file = join(folder, basename(absolute));
  const entry = lstatSync(file, { throwIfNoEntry: false });
  if (entry === undefined) return { path, file, before: null };
  const real = entry.isSymbolicLink() ? followed(root, path, file) : file;
  if (!statSync(real).isFile()) throw unwritable(path, 'it is not a file', 'Move it away, or give --dockerfile FILE.');
  return { path, file: real, before: read(path, real) };
}

/** The nearest folder above the target that exists, links resolved, must be in the project. */
function realFolder(root: string, path: string, folder: string): string {
  const entry = statSync(folder, { throwIfNoEntry: false });
  if (entry === undefined) {
    const above = dirname(folder);
    return above === folder ? folder : join(realFolder(root, path, above), basename(folder));
  }
  if (!entry.isDirectory())
    throw unwritable(path, `${relative(root, folder)} is not a directory`, 'Give another --dockerfile FILE.');
  const real = realpathSync(folder);
  if (!isInside(root, real)) throw leadsOutside(path);
  return real;
}

function followed(root: string, path: string, link: string): string {
  let real: string;
  try {
    real = realpathSync(link);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw unwritable(path, 'it is a link that leads nowhere', 'Remove the link, or mend it.');
  }
  if (!isInside(root, real)) throw leadsOutside(path);
  return real;
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith('../') && !isAbsolute(way);
}

function read(path: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw unwritable(
      path,
      `it exists and cannot be read (${String(error.code)})`,
      'Check its permissions and run again.',
    );
  }
}

function leadsOutside(path: string): UserError {
  return unwritable(
    path,
    'it is a link that leads out of the project',
    'Replace the link by a file, or give --dockerfile FILE.',
  );
}

function unwritable(path: string, reason: string, hint: string): UserError {
  return new UserError('target-unwritable', `${path} cannot be written: ${reason}.`, hint);
}
