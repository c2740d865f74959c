import type { Project } from '../../model/project.ts';
import { joinPath } from '../../project/search.ts';
import type { Lock } from './lock.ts';
import type { Manifest } from './manifest.ts';

/** Only what is locked in several versions cannot lie in the root's folder for all members. */
export function isInSeveralVersions(versions: Lock['versions'], { production }: Manifest): boolean {
  return Object.keys(production).some((name) => new Set(versions(name)).size > 1);
}

/** Settings by which a package manager gives members folders of their own. */
const SETTINGS: readonly (readonly [string, RegExp])[] = [
  ['.npmrc', /^\s*install-strategy\s*=\s*(?:nested|linked)/m],
  ['.yarnrc.yml', /^(?:nmHoistingLimits:\s*["']?(?:workspaces|dependencies)|nodeLinker:\s*["']?pnpm)/m],
  ['bunfig.toml', /^\s*linker\s*=\s*["']isolated/m],
];

/** Whether packages of a member may lie beside it; without a lock file that cannot be told. */
export function nestsModules(project: Project, root: string, lock: Lock | null, member: Manifest): boolean {
  const isSet = SETTINGS.some(([name, setting]) => setting.test(project.source(joinPath(root, name)) ?? ''));
  return isSet || lock === null || lock.nests(member);
}
