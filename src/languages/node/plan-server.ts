import { UserError } from '../../errors.ts';
import { checkPair, type NamedImage } from '../../images/choose.ts';
import type { Note } from '../../model/fact.ts';
import type { CopyStep, HealthCheck, ImagePlan, Packages, RunStep } from '../../model/plan.ts';
import type { Answers } from '../../model/question.ts';
import { joinPath, relativePath } from '../../project/search.ts';
import { parseCommand } from '../../wizard/answers.ts';
import { pruneCommands } from './commands.ts';
import type { NodeFacts } from './facts.ts';
import { needsShellOrPackages } from './images.ts';
import {
  buildEnv,
  buildPackages,
  chosenImages,
  envEntries,
  INIT_IMAGE,
  type NodeParts,
  needsInitStage,
  planBase,
  sharedOrigins,
  sharedParts,
} from './plan-shared.ts';
import type { ServerFacts, Writable } from './server-facts.ts';
import { APP, copy, placeOf } from './stages.ts';

export type { NodeParts };

/** A service that Node runs. */
export function serverPlan(facts: NodeFacts, answers: Answers): ImagePlan<NodeParts> {
  const chosen = chosenImages(facts, answers);
  checkPair(chosen.build, chosen.runtime, false);
  const server = facts.server ?? bareServer(facts);
  const command = parseCommand(answers['command'] ?? '');
  checkDistroless(facts, chosen.runtime, command);
  const port = facts.kind === 'web' ? Number(answers['port']) : null;
  const stages = stagesOf(facts, server);
  const parts = sharedParts(facts, chosen, stages.installsOnlyProduction);
  const tiniFrom = needsInitStage(chosen.build) ? 'init' : 'dependencies';
  const directory = placeOf(facts, facts.directory);
  const written = writableParts(server, directory);
  return {
    ...planBase(facts),
    template: 'node/service',
    build: {
      image: chosen.build.reference,
      platform: null,
      workdir: placeOf(facts, facts.install.root),
      env: buildEnv(facts),
      packages: buildPackages(facts, chosen.build, tiniFrom === 'init' ? [] : ['tini']),
    },
    runtime: {
      image: chosen.runtime.reference,
      workdir: stages.workdir,
      env: envEntries(runtimeEnv(facts, server, port)),
      packages: runtimePackages(facts, chosen.runtime),
      copies: [
        copy(
          tiniFrom,
          [chosen.build.image.packageManager === 'apk' ? '/sbin/tini-static' : '/usr/bin/tini-static'],
          '/tini',
        ),
        ...written.before,
        ...stages.copies,
        ...writtenCopies(server, facts, stages),
      ],
      user: `${chosen.runtime.image.uid}:${chosen.runtime.image.gid}`,
      port,
      health: port === null ? null : healthCheck(chosen.runtime, server, port, answers['health-path'] ?? '/'),
      stopSignal: null,
      entrypoint: ['/tini', '--'],
      command: commandOf(command, chosen.runtime, server),
    },
    parts: {
      ...parts,
      init: tiniFrom === 'init' ? { image: INIT_IMAGE, packages: { apt: ['tini'], apk: null } } : null,
      writable: written.run,
      production: stages.production,
      webServer: null,
      listensEverywhere: server.loopback !== null,
    },
    origins: {
      ...sharedOrigins(facts),
      'runtime.image': { rule: 'runtime-image', facts: [facts.version] },
      'runtime.command': { rule: 'direct-command', facts: facts.command ? [facts.command] : [] },
      'runtime.entrypoint': { rule: 'init-process', facts: [] },
      'runtime.port': { rule: 'port', facts: facts.port ? [facts.port] : [] },
      'runtime.health': { rule: 'health-check', facts: facts.healthPath ? [facts.healthPath] : [] },
      'parts.production.run': { rule: 'production-only', facts: [] },
    },
    notes: planNotes(facts, server),
  };
}

interface Stages {
  readonly installsOnlyProduction: boolean;
  readonly production: NodeParts['production'];
  readonly copies: readonly CopyStep[];
  readonly workdir: string;
  /** stage that holds the service's files; `null`: the build context */
  readonly files: string | null;
}

/** Which stage brings node_modules, and what is copied from where. */
function stagesOf(facts: NodeFacts, server: ServerFacts): Stages {
  const { install } = facts;
  const builds = facts.steps.length > 0;
  const keeps = server.keepsDevelopment !== null;
  const installsOnlyProduction = !builds && !keeps && install.hasDevelopment && install.manager !== 'berry';
  const prunes = !keeps && server.needsModules && install.hasDevelopment && !installsOnlyProduction;
  const base = facts.changesModules || (facts.isWorkspace && builds) ? 'build' : 'dependencies';
  const node = Number(facts.version.value);
  const production = prunes
    ? { from: base, run: { mounts: pruneMounts(facts), commands: pruneCommands(install, node) } }
    : null;
  const modules = prunes ? 'production' : base === 'build' && builds ? 'build' : 'dependencies';
  const files = server.layout === 'source' && !builds ? null : 'build';
  return {
    installsOnlyProduction,
    production,
    workdir: placeOf(facts, facts.directory),
    files,
    copies: facts.isWorkspace
      ? workspaceCopies(facts, server, modules, files)
      : serviceCopies(facts, server, modules, files),
  };
}

/** Yarn 1 and Bun install once more, from their cache. */
function pruneMounts(facts: NodeFacts): readonly string[] {
  switch (facts.install.manager) {
    case 'yarn':
      return ['type=cache,target=/usr/local/share/.cache/yarn,sharing=locked'];
    case 'bun':
      return ['type=cache,target=/root/.bun/install/cache'];
    case 'pnpm':
      return ['type=cache,target=/pnpm/store'];
    case 'berry':
      return ['type=cache,target=/root/.yarn/berry/cache'];
    default:
      return [];
  }
}

const NO_MODULES = '**/node_modules';

function serviceCopies(
  facts: NodeFacts,
  server: ServerFacts,
  modules: string,
  files: string | null,
): readonly CopyStep[] {
  const at = (path: string): string => joinAt(placeOf(facts, facts.directory), path);
  const hasModules =
    server.needsModules &&
    (facts.install.hasProduction || (server.keepsDevelopment !== null && facts.install.hasDevelopment));
  const moduleCopies = hasModules ? [copy(modules, [at('node_modules')], './node_modules')] : [];
  const nested = facts.install.nested
    .map(({ directory }) => relativePath(facts.directory, directory))
    .filter((path) => server.command.value.some((word) => word.startsWith(`${path}/`)))
    .map((path) => copy('dependencies', [at(`${path}/node_modules`)], `./${path}/node_modules`));
  if (server.layout === 'outputs') {
    const manifest = server.needsModules ? [copy(files ?? modules, [at('package.json')], './')] : [];
    return [
      ...moduleCopies,
      ...nested,
      ...manifest,
      ...server.ships.map(({ source, target }) => copy(files, [at(source)], target === '.' ? './' : `./${target}`)),
    ];
  }
  if (files === null) {
    const folder = relativePath(facts.context, facts.directory);
    return [...moduleCopies, ...nested, copy(null, [folder], folder === '.' ? '.' : './')];
  }
  return [...moduleCopies, ...nested, copy(files, [at('.')], './', { exclude: NO_MODULES })];
}

/** Members of a workspace are linked from node_modules, so everything stays where it was. */
function workspaceCopies(
  facts: NodeFacts,
  server: ServerFacts,
  modules: string,
  files: string | null,
): readonly CopyStep[] {
  if (server.layout === 'outputs' && !server.needsModules) return standaloneCopies(facts, server);
  const from = facts.steps.length > 0 ? (modules === 'dependencies' ? 'build' : modules) : modules;
  const root = placeOf(facts, facts.install.root);
  const whole = (path: string): CopyStep =>
    copy(
      files === null && facts.steps.length === 0 ? null : from,
      [files === null && facts.steps.length === 0 ? relativePath(facts.context, path) : placeOf(facts, path)],
      placeOf(facts, path),
    );
  const folders = [...facts.members.map(({ directory }) => directory), facts.directory].filter(
    (path) => path !== facts.install.root,
  );
  return [
    copy(from, [joinAt(root, 'node_modules')], joinAt(root, 'node_modules')),
    copy(from, [joinAt(root, 'package.json')], `${root}/`),
    ...folders.map(whole),
  ];
}

/** A server that was traced from the workspace's root lies below its own path there. */
function standaloneCopies(facts: NodeFacts, server: ServerFacts): readonly CopyStep[] {
  const at = (path: string): string => joinAt(placeOf(facts, facts.directory), path);
  return server.ships.map(({ source, target }) =>
    target === '.' ? copy('build', [at(source)], `${APP}/`) : copy('build', [at(source)], `./${target}`),
  );
}

function joinAt(root: string, path: string): string {
  return path === '.' ? root : `${root}/${joinPath(path)}`;
}

interface WritableParts {
  readonly run: RunStep | null;
  readonly before: readonly CopyStep[];
}

/**
 * Folders that the program makes at run time are made here, writable for every user. They are copied from the root
 * downwards, since a COPY of a folder's contents would not keep the modes.
 */
function writableParts(server: ServerFacts, directory: string): WritableParts {
  const folders = server.writes
    .filter((one) => !one.isThere)
    .map((one) => (one.isFile ? parentOf(one.path) : one.path));
  const beside = server.writes
    .filter((one) => one.isThere && one.isFile)
    .map((one) => parentOf(one.path))
    .filter((path) => path === '.');
  const all = [...new Set([...folders, ...beside])].filter((path) => !path.startsWith('..'));
  if (all.length === 0) return { run: null, before: [] };
  const mode = beside.length > 0 ? '777' : '1777';
  const run = {
    mounts: [],
    commands: [`install -d -m ${mode} ${all.map((path) => `/writable${joinAt(directory, path)}`).join(' ')}`],
  };
  return { run, before: [copy('dependencies', ['/writable'], '/')] };
}

function parentOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}

/** What is there already and is written to: the same files once more, with another mode. */
function writtenCopies(server: ServerFacts, facts: NodeFacts, stages: Stages): readonly CopyStep[] {
  const there = server.writes.filter((one: Writable) => one.isThere && !one.path.startsWith('..'));
  return there.map((one) => {
    const source =
      stages.files === null
        ? relativePath(facts.context, joinPath(facts.directory, one.path))
        : joinAt(placeOf(facts, facts.directory), one.path);
    return copy(stages.files, [source], one.isFile ? `./${one.path}` : `./${one.path}`, {
      chmod: one.isFile ? '666' : '777',
    });
  });
}

function runtimeEnv(facts: NodeFacts, server: ServerFacts, port: number | null): Readonly<Record<string, string>> {
  return {
    NODE_ENV: 'production',
    ...(port !== null && server.portVariable !== null ? { [server.portVariable]: String(port) } : {}),
    ...(port !== null && server.hostVariable !== null ? { [server.hostVariable]: '0.0.0.0' } : {}),
    ...server.env,
    ...facts.native.env,
  };
}

function runtimePackages(facts: NodeFacts, runtime: NamedImage): Packages | null {
  const openssl = facts.prisma?.needsOpenssl ? ['openssl'] : [];
  if (runtime.image.packageManager === 'apk') {
    const apk = [...new Set([...facts.native.run.apk, ...openssl])].sort();
    return apk.length === 0 ? null : { apt: null, apk };
  }
  const apt = [...new Set([...facts.native.run.apt, ...openssl])].sort();
  return apt.length === 0 || runtime.image.packageManager === null ? null : { apt, apk: null };
}

/** Any answer below 500 counts on `/`; a path that is there for this purpose must answer without an error. */
function healthCheck(runtime: NamedImage, server: ServerFacts, port: number, path: string): HealthCheck {
  const where = server.portVariable === null ? String(port) : `process.env.${server.portVariable}||${port}`;
  const limit = path === '/' ? 500 : 400;
  const script = `require('http').get({host:'127.0.0.1',port:${where},path:${JSON.stringify(path).replaceAll('"', "'")}},r=>process.exit(r.statusCode<${limit}?0:1)).on('error',()=>process.exit(1))`;
  return {
    command: [server.runtime === 'bun' ? 'bun' : programOf(runtime), '-e', script],
    interval: '30s',
    timeout: '5s',
    startPeriod: '30s',
    retries: 3,
  };
}

/** Node's name, or where the image has no search path to it, its place. */
function programOf(runtime: NamedImage): string {
  return runtime.image.flavour === 'distroless' ? (runtime.image.program ?? 'node') : 'node';
}

function commandOf(words: readonly string[], runtime: NamedImage, server: ServerFacts): readonly string[] {
  const [first = 'node', ...rest] = words;
  if (first !== 'node') return words;
  return [programOf(runtime), ...(server.loopback === null ? [] : ['--require', '/listen-everywhere.cjs']), ...rest];
}

function checkDistroless(facts: NodeFacts, runtime: NamedImage, command: readonly string[]): void {
  if (runtime.image.flavour !== 'distroless' && runtime.image.shell) return;
  if (!needsShellOrPackages(facts) && (command[0] === 'node' || command[0]?.startsWith('/'))) return;
  throw new UserError(
    'answer-invalid',
    `${runtime.reference} has no shell and no package manager, and this service needs ${command[0] === 'node' ? 'packages of the operating system' : `the command ${command[0]}`}.`,
    'Choose a slim image for the final stage.',
  );
}

/** Nothing was found that starts: the command is the user's. */
function bareServer(facts: NodeFacts): ServerFacts {
  const command = { value: ['node', 'index.js'], from: facts.name.from };
  return {
    kind: 'web',
    runtime: 'node',
    command,
    env: {},
    layout: facts.steps.length > 0 ? 'whole' : 'source',
    ships: [],
    needsModules: true,
    keepsDevelopment: null,
    port: null,
    portVariable: 'PORT',
    hostVariable: null,
    loopback: null,
    healthPath: null,
    writes: [],
    facts: [],
    notes: [],
  };
}

function planNotes(_facts: NodeFacts, server: ServerFacts): readonly Note[] {
  if (server.writes.length === 0) return [];
  return [
    {
      code: 'writes-files',
      severity: 'info',
      places: server.writes.slice(0, 3).map(({ from }) => from),
      args: { paths: server.writes.map(({ path }) => path).join(', ') },
    },
  ];
}
