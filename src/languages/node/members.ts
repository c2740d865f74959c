import type { Project } from '../../model/project.ts';
import { joinPath } from '../../project/search.ts';
import { type BuildStep, buildOf } from './build.ts';
import { installedVersions } from './installed.ts';
import type { LifecycleScripts } from './lifecycle-scripts.ts';
import type { Lock } from './lock.ts';
import type { Manifest } from './manifest.ts';
import { type Prisma, prismaOf } from './prisma.ts';

/** What a service needs done for a package of its workspace, before it can be built itself. */
export interface MemberSteps {
  readonly steps: readonly BuildStep[];
  readonly isCompiled: boolean;
  readonly prisma: Prisma | null;
  /** its install scripts, or the client that is made for it, change what was installed */
  readonly changesModules: boolean;
}

/** Install scripts that need its sources, a client for its database, and its build where others use the product of that. */
export function memberSteps(
  project: Project,
  member: Manifest,
  scripts: LifecycleScripts | null,
  lock: Lock | null,
): MemberSteps {
  const build = isUsedBuilt(project, member) ? buildOf(member) : null;
  const programs = [...(scripts?.programs ?? []), ...(build?.programs ?? [])];
  const prisma = prismaOf(project, member, installedVersions(lock, [member]), programs);
  const generate: readonly BuildStep[] = prisma?.generate ? [{ kind: 'program', ...prisma.generate }] : [];
  const before = scripts?.steps ?? [];
  return {
    steps: [...before, ...generate, ...(build?.steps ?? [])],
    isCompiled: build !== null,
    prisma,
    changesModules: before.length > 0 || prisma !== null,
  };
}

/** What it offers is not there yet: its `main` leads to an output. */
function isUsedBuilt(project: Project, member: Manifest): boolean {
  const offered = ['main', 'module', 'types']
    .map((key) => member.document.at(key))
    .filter((path) => typeof path === 'string');
  const exports = JSON.stringify(member.document.at('exports') ?? '');
  const isSource = (path: string): boolean => project.isFile(joinPath(member.directory, path));
  return offered.some((path) => !isSource(path)) || /"\.\/(?:dist|build|lib|out)\//.test(exports);
}
