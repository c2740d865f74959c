import { relativePath } from '../../project/search.ts';
import type { Lock } from './lock.ts';
import type { Manifest } from './manifest.ts';
import { neededMembers, type Workspace } from './workspace.ts';

/** The member of a workspace that the final image is for: it gets its own packages, not those of the others. JSON. */
export type Focus = {
  readonly name: string;
  /** relative to the root */
  readonly path: string;
  /** the root's own packages are installed as well: `null` where it has none, else its name */
  readonly root: string | null;
  /** nothing is compiled or generated in what was installed, so that it may be installed again */
  readonly isRepeatable: boolean;
};

/** `null` where nothing would be left out, or where the package manager cannot name the service. */
export function focusOf(workspace: Workspace | null, manifest: Manifest, lock: Lock | null): Focus | null {
  if (!workspace || manifest.name === null || !workspace.members.some((one) => isSame(one, manifest))) return null;
  const kept = [manifest, ...neededMembers(workspace, manifest)];
  const leavesOut = workspace.members.some(
    (one) => Object.keys(one.production).length > 0 && !kept.some((other) => isSame(one, other)),
  );
  const rootHasPackages = Object.keys(workspace.manifest.production).length > 0;
  if (!leavesOut || (rootHasPackages && workspace.manifest.name === null)) return null;
  return {
    name: manifest.name,
    path: relativePath(workspace.root, manifest.directory),
    root: rootHasPackages ? workspace.manifest.name : null,
    isRepeatable: lock !== null && !lock.runsScripts,
  };
}

function isSame(one: Manifest, other: Manifest): boolean {
  return one.directory === other.directory;
}
