import { UserError } from '../../errors.ts';
import type { Fact, Note } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import type { ServiceFacts } from '../../model/service.ts';
import { readLines } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import type { Context } from '../language.ts';
import { type Build, type BuildStep, buildOf, nestedPackages, startedPackage } from './build.ts';
import { compilesTests } from './compile.ts';
import { frameworkShape } from './frameworks/index.ts';
import { commonDirectory, type Install, installFacts } from './install.ts';
import { builtAlong, installedVersions } from './installed.ts';
import { type LifecycleScripts, lifecycleScripts } from './lifecycle-scripts.ts';
import type { Lock } from './lock.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { memberSteps } from './members.ts';
import { type NativeNeeds, nativeNeeds } from './native.ts';
import { nxBuild, nxManifest, nxOf, nxWorkspace } from './nx.ts';
import { type PackageManager, packageManager } from './package-manager.ts';
import { type Prisma, prismaOf } from './prisma.ts';
import { runs } from './runs.ts';
import type { Program } from './scripts.ts';
import { type ServerFacts, serverFacts } from './server-facts.ts';
import { serviceShape } from './service.ts';
import { at, type Shape, type ShapeContext, type SiteShape } from './shape.ts';
import { type SiteEnvironment, siteEnvironment, siteNotes } from './site-environment.ts';
import { nodeVersion } from './version.ts';
import { breaksOnCompileCache, type InstalledVersion, legacyOpenssl } from './version-limits.ts';
import { neededMembers, type Workspace, workspaceOf } from './workspace.ts';

/** A build step in the directory of the package that it belongs to. */
export type PlacedStep = { readonly directory: string; readonly packageName: string | null; readonly step: BuildStep };

export type NodeFacts = ServiceFacts & {
  readonly install: Install;
  /** where the service's image is put together: a server of its own, or files behind a web server; `null`: nothing can be started */
  readonly server: ServerFacts | null;
  readonly site: SiteShape | null;
  readonly steps: readonly PlacedStep[];
  readonly buildEnv: Readonly<Record<string, string>>;
  readonly native: NativeNeeds;
  readonly prisma: Prisma | null;
  /** packages of the same workspace that the service needs, relative to the project */
  readonly members: readonly {
    readonly directory: string;
    readonly name: string | null;
    readonly isCompiled: boolean;
  }[];
  readonly isWorkspace: boolean;
  readonly packageName: string | null;
  /** an application of an Nx workspace may have no package.json of its own */
  readonly hasManifest: boolean;
  readonly isNx: boolean;
  /** node_modules is changed by steps that need the sources */
  readonly changesModules: boolean;
  readonly environment: SiteEnvironment;
  /** folders that the build makes, and folders of tests; relative to the project */
  readonly made: readonly string[];
  readonly testFolders: readonly string[];
  /** tests are compiled with the service, and decide where it is written to */
  readonly needsTests: boolean;
};

/** What the files of a Node project say. Throws UserError `file-malformed` for a package.json that cannot be read. */
export function facts(project: Project, directory: string, context: Context): NodeFacts {
  const nx = nxOf(project, directory);
  const manifest = nx ? nxManifest(project, directory, nx) : readManifest(project, directory);
  if (!manifest)
    throw new UserError(
      'directory-missing',
      `There is no package.json in ${directory}.`,
      'Name the directory of the service with --service.',
    );
  const workspace = workspaceOf(project, directory) ?? (nx && nxWorkspace(project, nx));
  const manifests = workspace ? [workspace.manifest, ...workspace.members] : [manifest];
  const manager = packageManager(project, workspace?.root ?? directory, manifests);
  const installed = installedVersions(manager.lock, workspace ? [manifest, workspace.manifest] : [manifest]);
  const { starts, build } = nx ? { starts: [], build: nxBuild(nx) } : runs(project, manifest);
  const along = builtAlong(project, nestedPackages(project, manifest, build?.programs ?? []));
  const version = nodeVersion(
    project,
    directory === workspace?.root || !workspace ? [manifest] : [manifest, workspace.manifest],
    (name) => installed(name) ?? along.installed(name),
    context.today,
  );
  const shapeContext: ShapeContext = {
    project,
    manifest,
    installed,
    starts,
    build,
    nx,
    manager: manager.name,
    node: Number(version.version.value),
  };
  const shape = frameworkShape(shapeContext) ?? serviceShape(shapeContext);
  const steps = stepsOf(project, manifest, workspace, build, shape, installed, manager.lock);
  const built = nestedPackages(project, manifest, [
    ...(build?.programs ?? []),
    ...steps.lifecycle.flatMap(({ scripts }) => scripts.programs),
  ]);
  const started = workspace || shape?.kind !== 'server' ? null : startedPackage(project, manifest, shape.entry);
  const nested = [...new Set([...built, ...(started === null ? [] : [started])])];
  const install = installFacts(project, manager, manifests, steps.lifecycle, nested, started);
  const server = shape?.kind === 'server' ? serverFacts(project, manifest, shape, nested, steps.isBundled) : null;
  const site = shape?.kind === 'site' ? shape : null;
  const legacy =
    Number(version.version.value) < 17
      ? null
      : (legacyOpenssl(installed, manager.lock?.versions('webpack') ?? []) ??
        legacyOpenssl(along.installed, along.versions('webpack')));
  const environment = siteEnvironment(project, manifest, shape);
  const native = nativeNeeds(installed, server?.needsModules ?? false);
  const isBun = server?.runtime === 'bun';
  const runtime = isBun
    ? { value: '1', from: manager.from.from, holds: manager.from.holds ?? manager.from.value }
    : version.version;
  const name = { value: manifest.name ?? project.name, from: manifest.document.path };
  return {
    language: 'node',
    directory,
    context: commonDirectory([workspace?.root ?? directory, ...install.install.folders]),
    name,
    kind: site ? 'static' : server ? server.kind : 'web',
    version: runtime,
    port: site ? { value: 8080, ...at(site.tool) } : (server?.port ?? null),
    healthPath: server?.healthPath ?? (site && site.base !== '/' ? { value: site.base, ...at(site.tool) } : null),
    command: server?.command ?? null,
    install: install.install,
    server,
    site,
    steps: steps.placed,
    buildEnv: {
      ...shape?.buildEnv,
      ...(legacy ? { NODE_OPTIONS: '--openssl-legacy-provider' } : {}),
      ...(breaksOnCompileCache(installed, version.version.value) ? { DISABLE_V8_COMPILE_CACHE: '1' } : {}),
      ...native.buildEnv,
      ...(nx ? { NX_DAEMON: 'false' } : {}),
    },
    native,
    prisma: steps.prisma,
    members: steps.members,
    isWorkspace: workspace !== null,
    packageName: manifest.name,
    hasManifest: project.isFile(joinPath(directory, 'package.json')),
    isNx: nx !== null,
    changesModules: steps.changesModules,
    environment,
    made: madeFolders(project, directory, shape),
    needsTests: [...(build?.programs ?? []), ...(shape?.steps ?? []).filter((step) => step.kind === 'program')].some(
      ({ words }) => compilesTests(project, manifest, words),
    ),
    testFolders: testFolders(project, directory, [
      ...(build?.programs ?? []),
      ...steps.lifecycle.flatMap(({ scripts }) => scripts.programs),
    ]),
    summary: summaryOf(name, runtime, manager, server, site, build),
    notes: [
      ...(isBun ? [] : version.notes),
      ...install.notes,
      ...(shape?.notes ?? []),
      ...(server?.notes ?? []),
      ...siteNotes(environment),
      ...legacyNotes(legacy),
      ...nothingToStart(shape, manifest),
    ],
  };
}

interface Steps {
  readonly placed: readonly PlacedStep[];
  readonly lifecycle: readonly { readonly manifest: Manifest; readonly scripts: LifecycleScripts }[];
  readonly prisma: Prisma | null;
  readonly members: NodeFacts['members'];
  readonly changesModules: boolean;
  readonly isBundled: boolean;
}

/** Everything that is run once the sources are there: install scripts that need them, generated clients, needed members, the build. */
function stepsOf(
  project: Project,
  manifest: Manifest,
  workspace: Workspace | null,
  build: Build | null,
  shape: Shape | null,
  installed: InstalledVersion,
  lock: Lock | null,
): Steps {
  const needed = workspace ? neededMembers(workspace, manifest) : [];
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
  const members = needed.map((member) => {
    const scripts = lifecycle.find((one) => one.manifest === member)?.scripts ?? null;
    return { member, ...memberSteps(project, member, scripts, lock) };
  });
  return {
    placed: [
      ...before,
      ...members.flatMap(({ member, steps }) => place(member, steps)),
      ...generate,
      ...place(manifest, shape?.steps ?? []),
    ],
    lifecycle,
    prisma: prisma ?? members.find((one) => one.prisma !== null)?.prisma ?? null,
    members: members.map(({ member: { directory, name }, isCompiled }) => ({ directory, name, isCompiled })),
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

/** Folders that the build makes. One with a page in it that Git keeps is a part of the sources, to which the build adds. */
function madeFolders(project: Project, directory: string, shape: Shape | null): readonly string[] {
  if (shape?.kind === 'site') {
    const output = joinPath(directory, shape.output.value);
    const isSource =
      project.isFile(joinPath(output, 'index.html')) && !isIgnoredByGit(project, directory, shape.output.value);
    return isSource ? [] : [output];
  }
  if (shape?.kind !== 'server' || shape.layout !== 'outputs') return [];
  return shape.ships
    .filter(({ isSource }) => !isSource)
    .map(({ source }) => joinPath(directory, source.startsWith('../') ? source : (source.split('/')[0] ?? source)));
}

function isIgnoredByGit(project: Project, directory: string, folder: string): boolean {
  const patterns = (readLines(project, joinPath(directory, '.gitignore')) ?? []).map(({ text }) =>
    text.trim().replaceAll(/^\**\/|\/\**$/g, ''),
  );
  return patterns.includes(folder) || patterns.includes(folder.split('/')[0] ?? folder);
}

/** Folders of tests and documents beside the sources, unless a build or install script names them. */
function testFolders(project: Project, directory: string, programs: readonly Program[]): readonly string[] {
  const named = new Set(programs.flatMap(({ words }) => words.flatMap((word) => word.split('/'))));
  return ['test', 'tests', 'e2e', 'cypress', 'spec', '.husky', '.storybook']
    .filter((name) => !named.has(name) && project.isDirectory(joinPath(directory, name)))
    .map((name) => joinPath(directory, name));
}

function summaryOf(
  name: Fact,
  version: Fact,
  manager: PackageManager,
  server: ServerFacts | null,
  site: SiteShape | null,
  build: Build | null,
): NodeFacts['summary'] {
  const shown = manager.name === 'berry' ? 'yarn' : manager.name;
  const managerFact = {
    ...manager.from,
    value: manager.version === null ? shown : `${shown} ${manager.version}`,
    holds: manager.from.holds ?? manager.from.value,
  };
  return [
    { label: 'Name', fact: name },
    { label: server?.runtime === 'bun' ? 'Bun' : 'Node.js', fact: version },
    { label: 'Package manager', fact: managerFact },
    ...(server?.facts ?? []),
    ...(site
      ? [
          { label: 'Site built by', fact: site.tool },
          { label: 'Output folder', fact: site.output },
        ]
      : []),
    ...(build ? [{ label: 'Build', fact: build.from }] : []),
    ...(server ? [{ label: 'Command', fact: server.command }] : []),
    ...(server?.port ? [{ label: 'Port', fact: server.port }] : []),
  ];
}

function legacyNotes(legacy: Fact | null): readonly Note[] {
  return legacy === null
    ? []
    : [{ code: 'legacy-openssl', severity: 'info', places: [legacy.from], args: { package: legacy.value } }];
}

function nothingToStart(shape: Shape | null, manifest: Manifest): readonly Note[] {
  return shape === null
    ? [{ code: 'nothing-to-start', severity: 'warning', places: [manifest.document.path], args: {} }]
    : [];
}
