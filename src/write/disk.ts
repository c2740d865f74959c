import { constants } from 'node:fs';
import fse from 'fs-extra';

/** The few things that are done to a disk, so that a test can let any of them fail, or be the last one. */
export interface Disk {
  /** makes a folder and those above it; the uppermost one that is new, or `null` */
  makeFolder(path: string): Promise<string | null>;
  /** makes a file that was not there, contents on the disk and not only in its cache; `mode` as of `chmod`, `null` for the usual one */
  writeNew(path: string, contents: string, mode: number | null): Promise<void>;
  /** a second name or a copy of a file, under a name that was free; `false`: it was not free */
  keep(path: string, backup: string): Promise<boolean>;
  exists(path: string): Promise<boolean>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** permission bits of a file */
  mode(path: string): Promise<number>;
}

/** File systems without hard links. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EACCES']);

/** This file alone knows the library. */
export const realDisk: Disk = {
  makeFolder: async (path) => (await fse.mkdir(path, { recursive: true })) ?? null,
  writeNew: async (path, contents, mode) => {
    const file = await fse.open(path, 'wx', 0o666);
    try {
      await fse.write(file, contents);
      if (mode !== null) await fse.fchmod(file, mode);
      await fse.fsync(file);
    } finally {
      await fse.close(file);
    }
  },
  keep: async (path, backup) => {
    try {
      await fse.link(path, backup);
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      if (!NO_LINKS.has(codeOf(error) ?? '')) throw error;
    }
    return copyNew(path, backup);
  },
  exists: (path) => fse.pathExists(path),
  rename: (from, to) => fse.rename(from, to),
  remove: (path) => fse.remove(path),
  mode: async (path) => (await fse.stat(path)).mode & 0o7777,
};

async function copyNew(path: string, copy: string): Promise<boolean> {
  try {
    await fse.copyFile(path, copy, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Code of an error of the operating system, `null` for any other error. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
