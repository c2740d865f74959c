import type { Project } from '../../model/project.ts';
import { type Build, buildOf, pagesBuildOf } from './build.ts';
import { withServedClients } from './clients.ts';
import type { Manifest } from './manifest.ts';
import { type Start, startsOf } from './start.ts';

/** What is started and built. Of a package that only others load, its pages are what can be served. */
export function runs(
  project: Project,
  manifest: Manifest,
  /** members of a workspace are built where they are */
  isMember: boolean,
): { readonly starts: readonly Start[]; readonly build: Build | null } {
  const starts = startsOf(project, manifest);
  const isPublished = ['files', 'exports', 'module', 'types'].some((key) => manifest.document.at(key) !== undefined);
  const isNamed = ({ from }: Start): boolean =>
    Object.values(manifest.scripts).includes(from.value) || /(?:^|\/)(?:Procfile|Dockerfile):/.test(from.from);
  const isLibrary = starts.length === 0 || (isPublished && !starts.some(isNamed));
  const pages = isLibrary ? pagesBuildOf(manifest) : null;
  if (pages) return { starts: [], build: pages };
  const build = buildOf(manifest);
  const isServer = starts[0]?.launch.kind === 'node' || starts[0]?.launch.kind === 'typescript';
  return { starts, build: isServer && !isMember ? withServedClients(project, manifest, build) : build };
}
