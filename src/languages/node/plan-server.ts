import { UserError } from '../../errors.ts';
import { checkPair, type NamedImage } from '../../images/choose.ts';
import type { Note } from '../../model/fact.ts';
import type { HealthCheck, ImagePlan, Packages } from '../../model/plan.ts';
import type { Answers } from '../../model/question.ts';
import { pathFrom, relativePath } from '../../project/search.ts';
import { parseCommand } from '../../wizard/answers.ts';
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
import type { ServerFacts } from './server-facts.ts';
import { stagesOf } from './server-stages.ts';
import { copy, placeOf } from './stages.ts';
import { writableParts, writtenCopies, writtenFolder } from './written-folders.ts';

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
  const written = writableParts(server, stages.workdir);
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
        ...written.after,
      ],
      user: `${chosen.runtime.image.uid}:${chosen.runtime.image.gid}`,
      port,
      health: port === null ? null : healthCheck(chosen.runtime, server, port, answers['health-path'] ?? '/'),
      stopSignal: null,
      entrypoint: ['/tini', '--'],
      command: commandOf(command, facts, chosen.runtime, server),
    },
    parts: {
      ...parts,
      init: tiniFrom === 'init' ? { image: INIT_IMAGE, packages: { apt: ['tini'], apk: null } } : null,
      writable: written.run,
      production: stages.production,
      webServer: null,
      listensEverywhere: server.loopback !== null,
      runsIn: server.runsIn === '.' ? null : `${stages.workdir}/${server.runsIn}`,
    },
    origins: {
      ...sharedOrigins(facts),
      'runtime.image': { rule: 'runtime-image', facts: [facts.version] },
      'runtime.command': { rule: 'direct-command', facts: facts.command ? [facts.command] : [] },
      'runtime.entrypoint': { rule: 'init-process', facts: [] },
      'parts.runsIn': { rule: 'workdir', facts: facts.command ? [facts.command] : [] },
      'runtime.port': { rule: 'port', facts: facts.port ? [facts.port] : [] },
      'runtime.health': { rule: 'health-check', facts: facts.healthPath ? [facts.healthPath] : [] },
      'parts.production.run': { rule: 'production-only', facts: [] },
    },
    notes: planNotes(server, stages.workdir),
  };
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
  const connection = `require('net').connect(${where},'127.0.0.1',()=>process.exit(0)).on('error',()=>process.exit(1))`;
  const request = `require('http').get({host:'127.0.0.1',port:${where},path:${JSON.stringify(path).replaceAll('"', "'")}},r=>process.exit(r.statusCode<${limit}?0:1)).on('error',()=>process.exit(1))`;
  return {
    command: [server.runtime === 'bun' ? 'bun' : programOf(runtime), '-e', server.answersHttp ? request : connection],
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

function commandOf(
  words: readonly string[],
  facts: NodeFacts,
  runtime: NamedImage,
  server: ServerFacts,
): readonly string[] {
  const isElsewhere = facts.modulesFolder !== facts.directory;
  const [first = 'node', ...rest] = words.map((word) =>
    isElsewhere && word.startsWith('node_modules/')
      ? `${placeOf(facts, facts.modulesFolder)}/${word}`
      : seenFrom(server.runsIn, word),
  );
  if (first !== 'node') return [first, ...rest];
  return [programOf(runtime), ...(server.loopback === null ? [] : ['--require', '/listen-everywhere.cjs']), ...rest];
}

/** A word of the command, which is written as seen from the service's directory. */
function seenFrom(runsIn: string, word: string): string {
  return word.startsWith('node_modules/') ? pathFrom(runsIn, word) : relativePath(runsIn, word);
}

function checkDistroless(facts: NodeFacts, runtime: NamedImage, command: readonly string[]): void {
  const hasShell = runtime.known ? runtime.image.shell : !/distroless|chiseled|chainguard/.test(runtime.reference);
  if (hasShell) return;
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
    runsIn: '.',
    ships: [],
    needsModules: true,
    leaves: [],
    keepsDevelopment: null,
    port: null,
    portVariable: 'PORT',
    hostVariable: null,
    loopback: null,
    healthPath: null,
    answersHttp: true,
    writes: [],
    facts: [],
    notes: [],
  };
}

/** A framework's own caches are no loss; what the sources write is named, and where it lies in the image. */
function planNotes(server: ServerFacts, workdir: string): readonly Note[] {
  const written = server.writes.filter(({ from }) => from !== '');
  if (written.length === 0) return [];
  const places = [...new Set(written.map(({ from }) => from))].slice(0, 3);
  const paths = written.map(({ path }) => path).join(', ');
  const folders = [...new Set(written.map((one) => writtenFolder(one, workdir)))].join(', ');
  return [{ code: 'writable-folders', severity: 'info', places, args: { paths, folders } }];
}
