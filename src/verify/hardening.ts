import type { Change } from '../engine/engine.ts';
import type { Boot, ConstraintName, Constraints } from '../model/report.ts';
import { ALL_CONSTRAINTS, type BootContext, type Booted, bootImage, NO_CONSTRAINTS } from './boot.ts';
import { blamedConstraints } from './diagnosis.ts';

/** How an image takes production's constraints. */
export interface Hardening {
  /** the hardest form in which it runs, still running; `null`: it does not run at all */
  readonly running: Booted | null;
  /** all attempts, in order */
  readonly boots: readonly Boot[];
  /** constraints that it does not stand */
  readonly broken: readonly ConstraintName[];
  /** folders that make it run on a read-only root when they are writable; empty where that was not needed or does not help */
  readonly tmpfs: readonly string[];
  /** what it wrote into its own file system where it was let */
  readonly written: readonly string[];
}

const NAMES: readonly ConstraintName[] = ['readOnly', 'arbitraryUid', 'noCapabilities', 'memoryLimit'];
/** A boot under constraints gets this much longer than the plain one took. */
const SLOWNESS = 3;
const MORE_SECONDS = 10;

/**
 * Boots under all constraints. If that fails: without any, to see whether it starts at all; then without one of them, the
 * likeliest first; then each alone. So the constraint that is in the way is known and not guessed.
 */
export async function harden(context: BootContext, onBoot: (boot: Boot) => void): Promise<Hardening> {
  const boots: Boot[] = [];
  const { tmpfs, startSeconds } = context.request;

  async function attempt(constraints: Constraints, folders = tmpfs, patience = startSeconds): Promise<Booted> {
    const booted = await bootImage(context, { constraints, tmpfs: folders, patience });
    boots.push(booted.boot);
    onBoot(booted.boot);
    if (!booted.boot.ready) await context.session.removeContainer(booted.container);
    return booted;
  }

  if (!context.request.constrained) {
    const running = await attempt(NO_CONSTRAINTS);
    return { running: running.boot.ready ? running : null, boots, broken: [], tmpfs: [], written: [] };
  }
  const all = await attempt(ALL_CONSTRAINTS);
  if (all.boot.ready) return { running: all, boots, broken: [], tmpfs: [], written: [] };
  const plain = await attempt(NO_CONSTRAINTS);
  if (!plain.boot.ready) return { running: null, boots, broken: [], tmpfs: [], written: [] };
  const written = writtenPaths(await context.engine.changes(plain.container));
  await context.session.removeContainer(plain.container);

  const patience = Math.min(startSeconds, (plain.boot.readySeconds ?? 0) * SLOWNESS + MORE_SECONDS);
  const tryOne = (constraints: Constraints, folders = tmpfs) => attempt(constraints, folders, patience);
  const folders = writtenFolders(written).filter((folder) => !tmpfs.includes(folder));
  const blamed = blamedConstraints(all.boot.log.join('\n'), all.state);
  if (folders.length > 0 && (blamed.length === 0 || blamed[0] === 'readOnly')) {
    const eased = await tryOne(ALL_CONSTRAINTS, [...tmpfs, ...folders]);
    if (eased.boot.ready) return { running: eased, boots, broken: ['readOnly'], tmpfs: folders, written };
  }
  const found = await findBroken(tryOne, blamed, context);
  return { ...found, boots, tmpfs: [], written };
}

async function findBroken(
  attempt: (constraints: Constraints) => Promise<Booted>,
  blamed: readonly ConstraintName[],
  context: BootContext,
): Promise<{ running: Booted; broken: ConstraintName[] }> {
  const order = [...blamed, ...NAMES.filter((name) => !blamed.includes(name))];
  for (const name of order) {
    const booted = await attempt({ ...ALL_CONSTRAINTS, [name]: false });
    if (booted.boot.ready) return { running: booted, broken: [name] };
  }
  const broken: ConstraintName[] = [];
  for (const name of order) {
    const alone = await attempt({ ...NO_CONSTRAINTS, [name]: true });
    if (!alone.boot.ready) broken.push(name);
    else await context.session.removeContainer(alone.container);
  }
  const rest = { ...ALL_CONSTRAINTS, ...Object.fromEntries(broken.map((name) => [name, false])) };
  const mild = await attempt(rest);
  if (mild.boot.ready) return { running: mild, broken };
  return { running: await attempt(NO_CONSTRAINTS), broken: [...NAMES] };
}

/** Python keeps bytecode where it may, and does without where it may not. */
const BYTECODE = /\/__pycache__(\/|$)/;
/** Places that are writable in every setting, or that the engine itself touches (podman adds an unknown user to the tables). */
const ENGINES_OWN = /^\/(tmp|dev|proc|sys|run|var\/run|etc\/(mtab|hosts|hostname|resolv\.conf|passwd|group))(\/|$)/;

/** Top-most new paths, and files that were changed; folders that only hold those are left out. */
export function writtenPaths(changes: readonly Change[]): string[] {
  const own = changes.filter(({ path }) => !ENGINES_OWN.test(path) && !BYTECODE.test(path));
  const added = new Set(own.filter(({ isNew }) => isNew).map(({ path }) => path));
  const hasBelow = (path: string) => changes.some((other) => other.path.startsWith(`${path}/`));
  const tops = own.filter(({ path, isNew }) => (isNew ? !added.has(parentOf(path)) : !hasBelow(path)));
  return tops.map(({ path, isNew }) => (isNew && hasBelow(path) ? `${path}/` : path)).sort();
}

/** The folders that would have to be writable: new ones themselves, and the ones that hold new or changed files. */
function writtenFolders(written: readonly string[]): string[] {
  const folders = written.map((path) => (path.endsWith('/') ? path.slice(0, -1) : parentOf(path)));
  return [...new Set(folders)].filter((folder) => folder !== '' && folder !== '/');
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
