import type { Project } from '../../model/project.ts';
import { joinPath } from '../../project/search.ts';
import type { Lock, ManagerName } from './lock.ts';
import type { Manifest } from './manifest.ts';

/** Only what is locked in several versions cannot lie in the root's folder for all members. */
export function isInSeveralVersions(versions: Lock['versions'], { production }: Manifest, name?: string): boolean {
  const names = name === undefined ? Object.keys(production) : [name];
  return names.some((one) => new Set(versions(one)).size > 1);
}

/** Settings by which a package manager gives members folders of their own. */
const SETTINGS: readonly (readonly [string, RegExp])[] = [
  ['.npmrc', /^\s*install-strategy\s*=\s*(?:nested|linked)/m],
  ['.yarnrc.yml', /^(?:nmHoistingLimits:\s*["']?(?:workspaces|dependencies)|nodeLinker:\s*["']?pnpm)/m],
  ['bunfig.toml', /^\s*linker\s*=\s*["']isolated/m],
];

/** Whether packages of a member may lie beside it; without a lock file that cannot be told. */
export function nestsModules(project: Project, root: string, lock: Lock | null, member: Manifest): boolean {
  return isSetToNest(project, root) || lock === null || lock.nests(member);
}

function isSetToNest(project: Project, root: string): boolean {
  return SETTINGS.some(([name, setting]) => setting.test(project.source(joinPath(root, name)) ?? ''));
}

/** The folder whose node_modules holds the package that a command starts from: of a member mostly the workspace's root. */
export function modulesFolder(
  project: Project,
  manager: ManagerName,
  lock: Lock | null,
  root: string,
  member: Manifest,
  command: readonly string[],
): string {
  const name = command.map((word) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(word)?.[1]).find((one) => one);
  const isOwn =
    name === undefined || manager === 'pnpm' || isSetToNest(project, root) || (lock?.nests(member, name) ?? false);
  return isOwn ? member.directory : root;
}
