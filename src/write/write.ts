import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../errors.ts';
import type { Change } from './changes.ts';
import { codeOf, type Disk } from './disk.ts';

export interface WrittenFile {
  readonly path: string;
  readonly action: 'created' | 'replaced' | 'unchanged' | 'skipped';
  /** where the old file is, relative to the project; `null` where nothing was replaced */
  readonly backup: string | null;
}

/** One change on its way: complete under another name, and the old file kept. */
interface Prepared {
  readonly change: Change;
  /** `null`: nothing is to be written */
  readonly staged: string | null;
  readonly backup: string | null;
}

/** What has been done so far, to be undone in reverse order. */
type Undo = () => Promise<void>;

const DONE = { create: 'created', replace: 'replaced', unchanged: 'unchanged', skip: 'skipped' } as const;
const MOST_BACKUPS = 1000;

/**
 * Writes all files or none. Every file is complete under another name before the first one is renamed, so that whenever the
 * process is killed, each path holds the old file or the new one. A replaced file is kept as `<name>.bak`, or
 * `<name>.bak.2` and so on: no backup is ever overwritten. Throws UserError `target-unwritable`, `target-exists`.
 */
export async function writeChanges(changes: readonly Change[], disk: Disk): Promise<readonly WrittenFile[]> {
  const undo: Undo[] = [];
  try {
    const prepared: Prepared[] = [];
    for (const change of changes) {
      const staged = await stage(change, disk, undo);
      prepared.push({ change, staged, backup: null });
    }
    for (const [index, one] of prepared.entries()) {
      prepared[index] = { ...one, backup: await backUp(one.change, disk, undo) };
    }
    for (const one of prepared) await putInPlace(one, disk, undo);
    return prepared.map(({ change, backup }) => ({
      path: change.path,
      action: DONE[change.action],
      backup: backup === null ? null : join(dirname(change.path), basename(backup)),
    }));
  } catch (error) {
    const isRestored = await undoAll(undo);
    const code = codeOf(error);
    throw code === null || error instanceof UserError ? error : couldNotWrite(changes, code, isRestored);
  }
}

/** Writes one text file whose name the user gave, over what was there, whole or not at all. Throws UserError `target-unwritable`. */
export async function writeText(file: string, contents: string, disk: Disk): Promise<void> {
  const staged = stagedName(file);
  try {
    await disk.writeNew(staged, contents, null);
    await disk.rename(staged, file);
  } catch (error) {
    const code = codeOf(error);
    if (code === null) throw error;
    await undoAll([() => disk.remove(staged)]);
    throw new UserError(
      'target-unwritable',
      `${file} could not be written: ${REASONS[code] ?? code}.`,
      'Give another file.',
    );
  }
}

function stagedName(file: string): string {
  return join(dirname(file), `.${basename(file)}.${randomBytes(4).toString('hex')}.tmp`);
}

async function stage({ action, target, contents }: Change, disk: Disk, undo: Undo[]): Promise<string | null> {
  if (action !== 'create' && action !== 'replace') return null;
  const made = await disk.makeFolder(dirname(target.file));
  if (made !== null) undo.push(() => disk.remove(made));
  const staged = stagedName(target.file);
  undo.push(() => disk.remove(staged));
  await disk.writeNew(staged, contents, action === 'replace' ? await disk.mode(target.file) : null);
  return staged;
}

/** Keeps what is to be replaced; the name of the backup, or `null` where nothing is. */
async function backUp({ action, path, target }: Change, disk: Disk, undo: Undo[]): Promise<string | null> {
  if (action === 'create' && (await disk.exists(target.file)))
    throw new UserError('target-exists', `${path} was made by someone else just now.`, 'Run again to see it.');
  if (action !== 'replace') return null;
  for (let count = 1; count <= MOST_BACKUPS; count += 1) {
    const backup = `${target.file}.bak${count === 1 ? '' : `.${count}`}`;
    if (!(await disk.keep(target.file, backup))) continue;
    undo.push(() => disk.remove(backup));
    return backup;
  }
  throw new UserError(
    'target-exists',
    `${path} has ${MOST_BACKUPS} backups already.`,
    'Remove the old ones and run again.',
  );
}

/** The rename is what makes a file new: before it the old one is there. */
async function putInPlace({ change, staged, backup }: Prepared, disk: Disk, undo: Undo[]): Promise<void> {
  if (staged === null) return;
  const { file } = change.target;
  await disk.rename(staged, file);
  undo.push(() => (backup === null ? disk.remove(file) : disk.rename(backup, file)));
}

async function undoAll(undo: readonly Undo[]): Promise<boolean> {
  let isRestored = true;
  for (const step of [...undo].reverse()) {
    try {
      await step();
    } catch (error) {
      if (codeOf(error) === null) throw error;
      isRestored = false;
    }
  }
  return isRestored;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission is missing',
  EPERM: 'permission is missing',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENAMETOOLONG: 'its name is too long',
};

function couldNotWrite(changes: readonly Change[], code: string, isRestored: boolean): UserError {
  const paths = changes.filter(({ action }) => action === 'create' || action === 'replace').map(({ path }) => path);
  return new UserError(
    'target-unwritable',
    `${paths.join(' and ')} could not be written: ${REASONS[code] ?? code}.`,
    isRestored
      ? 'Nothing was changed. Mend that and run again; --dry-run prints the files without writing.'
      : 'Look for files that end in .tmp or .bak beside them: not everything could be put back.',
  );
}
