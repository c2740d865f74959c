import type { CopyStep, RunStep } from '../../model/plan.ts';
import { joinPath, relativePath } from '../../project/search.ts';
import type { NodeFacts } from './facts.ts';
import type { ServerFacts } from './server-facts.ts';
import { joinAt, type Stages } from './server-stages.ts';
import { copy, placeOf } from './stages.ts';

export interface WritableParts {
  readonly run: RunStep | null;
  /** copied before the service's files, and after them */
  readonly before: readonly CopyStep[];
  readonly after: readonly CopyStep[];
}

/**
 * Folders that the program makes at run time are made here, writable for every user. They are copied from the root
 * downwards, since a COPY of a folder's contents would not keep the modes. Over a folder of the project they come last: its own
 * COPY would take the mode away, and one with another mode changes what is in the folder, but not the folder itself.
 */
export function writableParts(server: ServerFacts, directory: string): WritableParts {
  const folders = server.writes
    .filter((one) => !one.isThere)
    .map((one) => (one.isFile ? parentOf(one.path) : one.path));
  const beside = server.writes
    .filter((one) => one.isThere && one.isFile)
    .map((one) => parentOf(one.path))
    .filter((path) => path === '.');
  const there = server.writes.filter((one) => one.isThere && !one.isFile).map((one) => one.path);
  const all = [...new Set([...folders, ...beside, ...there])].filter((path) => !path.startsWith('..'));
  if (all.length === 0) return { run: null, before: [], after: [] };
  const isLate = server.writes.some(
    ({ path, isAmongFiles, isFile }) => isAmongFiles && (!isFile || path.includes('/')),
  );
  const mode = beside.length > 0 || isLate ? '777' : '1777';
  const run = {
    mounts: [],
    commands: [
      `install -d -m ${mode} ${all.map((path) => `/writable${path.startsWith('/') ? path : joinAt(directory, path)}`).join(' ')}`,
    ],
  };
  const step = copy('dependencies', ['/writable'], '/');
  return isLate ? { run, before: [], after: [step] } : { run, before: [step], after: [] };
}

/** Where the image must be writable for it; among files of the project that is as good as beside the program. */
export function writtenFolder({ path, isFile, isAmongFiles }: ServerFacts['writes'][number], workdir: string): string {
  const folder = isFile ? parentOf(path) : path;
  if (path.startsWith('/')) return folder;
  return isAmongFiles ? workdir : joinAt(workdir, folder);
}

function parentOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}

/** What is there already and is written to: the same files once more, with another mode. */
export function writtenCopies(server: ServerFacts, facts: NodeFacts, stages: Stages): readonly CopyStep[] {
  const there = server.writes.filter((one) => one.isThere && !one.path.startsWith('..'));
  return there.map((one) => {
    const source =
      stages.files === null
        ? relativePath(facts.context, joinPath(facts.directory, one.path))
        : joinAt(placeOf(facts, facts.directory), one.path);
    return copy(stages.files, [source], `./${one.path}`, {
      chmod: one.isFile ? '666' : '777',
    });
  });
}
