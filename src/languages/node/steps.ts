import type { Project } from '../../model/project.ts';
import { type Build, type BuildStep, buildOf } from './build.ts';
import { type LifecycleScripts, lifecycleScripts } from './lifecycle-scripts.ts';
import type { Lock } from './lock.ts';
import type { Manifest } from './manifest.ts';
import { type MemberSteps, memberSteps } from './members.ts';
import { nestsModules } from './nested-modules.ts';
import { type Prisma, prismaOf } from './prisma.ts';
import type { ServedClient } from './served-beside.ts';
import type { Shape } from './shape.ts';
import type { InstalledVersion } from './version-limits.ts';
import { neededMembers, type Workspace } from './workspace.ts';

/** A build step in the directory of the package that it belongs to. */
export type PlacedStep = { readonly directory: string; readonly packageName: string | null; readonly step: BuildStep };

/** A package of the same workspace that the service needs; its directory is relative to the project. */
export interface Member {
  readonly directory: string;
  readonly name: string | null;
  readonly isCompiled: boolean;
  /** the program may load it; others only help to build */
  readonly isProduction: boolean;
  /** packages of its own may lie beside it */
  readonly nestsModules: boolean;
}

export interface Steps {
  readonly placed: readonly PlacedStep[];
  readonly lifecycle: readonly { readonly manifest: Manifest; readonly scripts: LifecycleScripts }[];
  readonly prisma: Prisma | null;
  readonly members: readonly Member[];
  readonly changesModules: boolean;
  readonly isBundled: boolean;
}

/** Everything that is run once the sources are there: install scripts that need them, generated clients, needed members, the build. */
export function stepsOf(
  project: Project,
  manifest: Manifest,
  workspace: Workspace | null,
  build: Build | null,
  shape: Shape | null,
  installed: InstalledVersion,
  lock: Lock | null,
  beside: readonly ServedClient[],
): Steps {
  const needed = workspace ? neededMembers(workspace, manifest) : [];
  const loaded = workspace ? neededMembers(workspace, manifest, 'production') : [];
  const isRoot = workspace?.root === manifest.directory;
  const all = workspace ? [workspace.manifest, ...workspace.members] : [manifest];
  const lifecycle = all.map((one) => ({
    manifest: one,
    scripts: lifecycleScripts(one, one === manifest || isRoot ? build : buildOf(one)),
  }));
  const place = (one: Manifest, steps: readonly BuildStep[]): readonly PlacedStep[] =>
    steps.map((step) =>
      step.kind === 'program' && step.isOfRoot && workspace
        ? { directory: workspace.root, packageName: workspace.manifest.name, step }
        : { directory: one.directory, packageName: one.name, step },
    );
  const own = lifecycle.filter(
    ({ manifest: one }) => one.directory === manifest.directory || one.directory === workspace?.root,
  );
  const before = own.flatMap(({ manifest: one, scripts }) => place(one, scripts.steps));
  const programs = [...own.flatMap(({ scripts }) => scripts.programs), ...(build?.programs ?? [])];
  const prisma = prismaOf(project, manifest, installed, programs);
  const generate = prisma?.generate ? place(manifest, [{ kind: 'program', ...prisma.generate }]) : [];
  const stepsOfMember = (member: Manifest): MemberSteps => {
    const scripts = lifecycle.find((one) => one.manifest === member)?.scripts ?? null;
    return memberSteps(project, member, scripts, lock);
  };
  const members = needed.map((member) => ({ member, ...stepsOfMember(member) }));
  // what the service hands out is built like it: what that needs comes first
  const clients = (workspace ? beside : []).flatMap(({ manifest: client }) => [
    ...(workspace ? neededMembers(workspace, client) : [])
      .filter((one) => !needed.includes(one))
      .flatMap((one) => place(one, stepsOfMember(one).steps)),
    ...place(client, buildOf(client)?.steps ?? []),
  ]);
  return {
    placed: [
      ...before,
      ...members.flatMap(({ member, steps }) => place(member, steps)),
      ...clients,
      ...generate,
      ...place(manifest, shape?.steps ?? []),
    ],
    lifecycle,
    prisma: prisma ?? members.find((one) => one.prisma !== null)?.prisma ?? null,
    members: members.map(({ member, isCompiled }) => ({
      directory: member.directory,
      name: member.name,
      isCompiled,
      isProduction: loaded.includes(member),
      nestsModules: nestsModules(project, workspace?.root ?? '.', lock, member),
    })),
    changesModules:
      prisma !== null ||
      own.some(({ scripts }) => scripts.steps.length > 0) ||
      members.some((one) => one.changesModules),
    isBundled: (build?.programs ?? []).some(
      ({ words }) =>
        /^(?:tsup|tsdown|ncc|webpack|rollup|unbuild|pkgroll|rspack)$/.test(words[0] ?? '') ||
        (words[0] === 'esbuild' && words.includes('--bundle') && !words.includes('--packages=external')),
    ),
  };
}
