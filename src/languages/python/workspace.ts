import type { Project } from '../../model/project.ts';
import { textsAt } from '../../project/readers/document.ts';
import { readToml } from '../../project/readers/toml.ts';
import { directoryOf, joinPath } from '../../project/search.ts';
import type { Pyproject } from './pyproject.ts';

/** A uv workspace: one lock file for several projects. */
export interface Workspace {
  /** relative to the project */
  readonly root: string;
  /** directories of all members, relative to the root, the root itself left out */
  readonly members: readonly string[];
  /** name of the member that the service is; `null` where it is the root */
  readonly member: string | null;
}

/** The workspace that the project in this directory belongs to or leads; `null` where it stands alone. */
export function workspaceOf(project: Project, directory: string, pyproject: Pyproject): Workspace | null {
  for (let root = directory; ; root = directoryOf(root)) {
    const members = membersOf(project, root);
    if (members.length > 0 && (root === directory || members.some((one) => joinPath(root, one) === directory))) {
      return { root, members, member: root === directory ? null : (pyproject.name?.value ?? null) };
    }
    if (root === '.') return null;
  }
}

function membersOf(project: Project, root: string): readonly string[] {
  const path = joinPath(root, 'pyproject.toml');
  if (!project.isFile(path)) return [];
  const document = readToml(project, path);
  if (!document) return [];
  const excluded = textsAt(document, 'tool', 'uv', 'workspace', 'exclude').flatMap((one) =>
    matching(project, root, one),
  );
  return textsAt(document, 'tool', 'uv', 'workspace', 'members')
    .flatMap((pattern) => matching(project, root, pattern))
    .filter((member) => !excluded.includes(member))
    .filter((member) => project.isFile(joinPath(root, member, 'pyproject.toml')));
}

/** Directories that a pattern such as `packages/*` names, relative to the root. */
function matching(project: Project, root: string, pattern: string): readonly string[] {
  let found: readonly string[] = ['.'];
  for (const part of joinPath(pattern).split('/')) {
    const name = new RegExp(
      `^${part
        .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '[^/]*')
        .replaceAll('?', '.')}$`,
    );
    found = found.flatMap((directory) =>
      project
        .entries(joinPath(root, directory))
        .filter((entry) => entry.kind === 'directory' && name.test(entry.name))
        .map((entry) => joinPath(directory, entry.name)),
    );
  }
  return found;
}
