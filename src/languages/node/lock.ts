import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { joinPath } from '../../project/search.ts';
import { readBunLock } from './lock-bun.ts';
import { readNpmLock } from './lock-npm.ts';
import { readPnpmLock } from './lock-pnpm.ts';
import { readYarnLock } from './lock-yarn.ts';
import type { Manifest } from './manifest.ts';

/** `yarn` is Yarn 1; `berry` is Yarn 2 and later. */
export type ManagerName = 'npm' | 'yarn' | 'berry' | 'pnpm' | 'bun';

/** What a lock file says about the packages that the manifests name. */
export interface Lock {
  readonly manager: ManagerName;
  /** relative to the project */
  readonly path: string;
  /** version of the file's format, as it stands there */
  readonly format: Fact;
  /** name of the first declared dependency that the lock does not hold as declared; an install that enforces it would fail */
  readonly missing: (manifests: readonly Manifest[]) => string | null;
  /** version that is locked for a dependency of the package in that directory */
  readonly version: (name: string, directory: string) => string | null;
  /** every version of a package that is locked, whoever needs it */
  readonly versions: (name: string) => readonly string[];
  /**
   * `missing`: peer dependencies are neither locked nor optional, as npm 6 and `--legacy-peer-deps` leave them;
   * `conflict`: one is locked in a version that its dependant does not allow, as `--force` leaves it.
   */
  readonly peers: 'complete' | 'missing' | 'conflict';
  /** packages of a member of the workspace, or this one, may lie in a node_modules folder of its own, not in the root's */
  readonly nests: (member: Manifest, name?: string) => boolean;
  /** a package that production needs runs a script when it is installed: a compiler, a download */
  readonly runsScripts: boolean;
}

/** Lock files by the names that the package managers look for, the most telling first. */
const NAMES: readonly (readonly [string, (project: Project, path: string) => Lock | null])[] = [
  ['pnpm-lock.yaml', readPnpmLock],
  ['bun.lock', readBunLock],
  ['bun.lockb', readBunLock],
  ['yarn.lock', readYarnLock],
  ['npm-shrinkwrap.json', readNpmLock],
  ['package-lock.json', readNpmLock],
];

/** Every lock file of a directory that can be read. */
export function locksIn(project: Project, directory: string): readonly Lock[] {
  return NAMES.filter(([name]) => project.isFile(joinPath(directory, name)))
    .map(([name, read]) => read(project, joinPath(directory, name)))
    .filter((lock) => lock !== null);
}

/** Lock files that are there but cannot be read: empty, too large, or with the marks of a merge conflict. */
export function unreadableLocks(project: Project, directory: string): readonly string[] {
  return NAMES.filter(([name]) => project.isFile(joinPath(directory, name)))
    .filter(([name, read]) => read(project, joinPath(directory, name)) === null)
    .map(([name]) => joinPath(directory, name));
}
