import { UserError } from '../../errors.ts';
import type { Fact, Note } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import type { ServiceFacts } from '../../model/service.ts';
import { joinPath } from '../../project/search.ts';
import type { Context } from '../language.ts';
import { type Build, nestedPackages, startedPackage } from './build.ts';
import { compilesTests } from './compile.ts';
import { type Focus, focusOf } from './focus.ts';
import { madeFolders, testFolders } from './folders.ts';
import { frameworkShape } from './frameworks/index.ts';
import { commonDirectory, type Install, installFacts } from './install.ts';
import { builtAlong, installedVersions } from './installed.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { type NativeNeeds, nativeNeeds } from './native.ts';
import { hasSchema } from './needed-variables.ts';
import { modulesFolder, nestsModules } from './nested-modules.ts';
import { nxBuild, nxManifest, nxOf, nxWorkspace } from './nx.ts';
import { type PackageManager, packageManager } from './package-manager.ts';
import type { Prisma } from './prisma.ts';
import { runs } from './runs.ts';
import { isBelow, servedBeside } from './served-beside.ts';
import { type ServerFacts, serverFacts } from './server-facts.ts';
import { serviceShape } from './service.ts';
import { at, type Shape, type ShapeContext, type SiteShape } from './shape.ts';
import { type SiteEnvironment, siteEnvironment, siteNotes } from './site-environment.ts';
import { type Member, type PlacedStep, stepsOf } from './steps.ts';
import { nodeVersion } from './version.ts';
import { breaksOnCompileCache, givesLegacyOpenssl, legacyOpenssl } from './version-limits.ts';
import { workspaceOf } from './workspace.ts';

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
  readonly members: readonly Member[];
  readonly isWorkspace: boolean;
  /** packages of the service may lie in a folder of its own, beside the root's */
  readonly nestsModules: boolean;
  readonly focus: Focus | null;
  /** the folder whose node_modules holds what the command starts; relative to the project */
  readonly modulesFolder: string;
  readonly packageName: string | null;
  /** an application of an Nx workspace may have no package.json of its own */
  readonly hasManifest: boolean;
  readonly isNx: boolean;
  /** node_modules is changed by steps that need the sources */
  readonly changesModules: boolean;
  readonly environment: SiteEnvironment;
  /** a description of its variables is a part of the project */
  readonly hasSchema: boolean;
  /** folders of clients beside the service, whose files it hands out; relative to the project */
  readonly handedOut: readonly string[];
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
  const { starts, build } = nx ? { starts: [], build: nxBuild(nx) } : runs(project, manifest, workspace !== null);
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
  const beside = shape?.kind === 'server' ? servedBeside(project, manifest) : [];
  const steps = stepsOf(project, manifest, workspace, build, shape, installed, manager.lock, beside);
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
    Number(version.version.value) < 17 || build?.programs.some(({ from }) => givesLegacyOpenssl(from.value))
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
    context: commonDirectory([workspace?.root ?? directory, ...install.install.folders, ...nested]),
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
    nestsModules: nestsModules(project, workspace?.root ?? directory, manager.lock, manifest),
    focus: focusOf(workspace, manifest, manager.lock),
    modulesFolder: modulesFolder(
      project,
      manager.name,
      manager.lock,
      workspace?.root ?? directory,
      manifest,
      server?.command.value ?? [],
    ),
    packageName: manifest.name,
    hasManifest: project.isFile(joinPath(directory, 'package.json')),
    isNx: nx !== null,
    changesModules: steps.changesModules,
    environment,
    hasSchema: manifests.some((one) => hasSchema(project, one.directory)),
    handedOut: beside.map(({ output }) => output),
    made: [
      ...madeFolders(project, directory, shape),
      ...beside.map(({ output }) => output).filter((output) => !isBelow(directory, output)),
    ],
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
