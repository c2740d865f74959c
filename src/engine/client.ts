import { UserError } from '../errors.ts';
import type { Build } from '../model/report.ts';
import { type BuildStyle, buildArguments, runArguments } from './arguments.ts';
import { createBuildahProgress } from './buildah-progress.ts';
import type {
  BuildRequest,
  Change,
  ContainerState,
  Engine,
  EngineName,
  Health,
  ImageDetails,
  RunRequest,
  Stopped,
} from './engine.ts';
import { readContainer, readImage } from './inspect.ts';
import { createPlainProgress } from './plain-progress.ts';
import { type ProcessResult, runProcess } from './process.ts';
import type { Progress, StepEvent } from './progress.ts';
import { createRawProgress } from './raw-progress.ts';

type Program = 'docker' | 'podman' | 'buildah';

/** What was found out about an engine's client programs. */
export interface Client {
  readonly name: EngineName;
  readonly version: string;
  /** the program that builds, and the one that starts containers (`null`: there is none) */
  readonly buildWith: Program;
  readonly runWith: 'docker' | 'podman' | null;
  readonly style: BuildStyle;
  /** where published ports are found: `127.0.0.1`, or the engine's machine */
  readonly host: string;
}

/** Seconds for calls that only ask or remove. */
const SHORT = 120;
const LOCAL = '127.0.0.1';
/** More of a container's output is not looked at: some print thousands of lines a second. */
const LOG_LINES = '5000';

/** The engine behind its command line. Calls stop when the signal is aborted; those that clean up do not. */
export function createEngine(client: Client, signal: AbortSignal | undefined): Engine {
  return {
    name: client.name,
    version: client.version,
    builder: client.style.builder,
    canRun: client.runWith !== null,
    host: client.host,
    ...imageCalls(client, signal),
    ...containerCalls(client, signal),
    ...cleanCalls(client),
  };
}

function imageCalls(client: Client, signal: AbortSignal | undefined) {
  const program = client.runWith ?? client.buildWith;
  return {
    build: (request: BuildRequest, onStep: (event: StepEvent) => void) => build(client, request, onStep, signal),
    inspectImage: (image: string) => inspectImage(program, image, signal),
    createBuilder: (name: string) => createBuilder(client, name, signal),
    async saveImage(image: string, file: string) {
      const args =
        program === 'buildah' ? ['push', image, `docker-archive:${file}`] : ['save', '--output', file, image];
      await runChecked(program, args, signal);
    },
  };
}

async function inspectImage(program: Program, image: string, signal: AbortSignal | undefined): Promise<ImageDetails> {
  const type = program === 'buildah' ? ['inspect', '--type', 'image'] : ['image', 'inspect'];
  const inspected: unknown = JSON.parse((await runChecked(program, [...type, image], signal)).stdout);
  return readImage(Array.isArray(inspected) ? inspected[0] : inspected);
}

function containerCalls(client: Client, signal: AbortSignal | undefined) {
  const program = client.runWith ?? client.buildWith;
  const call = (...args: readonly string[]) => runProcess(program, args, { signal, timeout: SHORT });
  return {
    async run(request: RunRequest) {
      const hasHealth = (await inspectImage(program, request.image, signal)).contract.health !== null;
      const bind = client.host === LOCAL ? LOCAL : '0.0.0.0';
      const result = await call(...runArguments(request, { bind, hasHealth }));
      return { id: request.name, error: result.exitCode === 0 ? null : failureText(result) };
    },
    inspectContainer: (id: string) => inspectContainer(program, id, signal),
    async logs(id: string) {
      const { stdout, stderr } = await call('logs', '--tail', LOG_LINES, id);
      return stdout + stderr;
    },
    exec: (id: string, command: readonly string[]) => call('exec', id, ...command),
    async changes(id: string) {
      const { stdout } = await call('diff', id);
      return stdout.split('\n').flatMap((line): Change[] => {
        const path = /^[AC] (\/.*)$/.exec(line)?.[1];
        return path === undefined ? [] : [{ path, isNew: line.startsWith('A') }];
      });
    },
    async stop(id: string, grace: number): Promise<Stopped> {
      const client = await timed(() => call('inspect', '--type', 'container', id));
      const whole = await timed(() => runChecked(program, ['stop', '-t', String(grace), id], signal));
      return { seconds: Math.max(0, whole - client), exitCode: (await inspectContainer(program, id, signal)).exitCode };
    },
    async start(id: string) {
      await runChecked(program, ['start', id], signal);
    },
  };
}

/** Seconds that a call takes. What the client program itself needs is no part of a stop: on a busy machine it is the larger one. */
async function timed(call: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await call();
  return (performance.now() - began) / 1000;
}

async function inspectContainer(
  program: Program,
  id: string,
  signal: AbortSignal | undefined,
): Promise<ContainerState> {
  const { stdout } = await runChecked(program, ['inspect', '--type', 'container', id], signal);
  const [container] = JSON.parse(stdout) as unknown[];
  const state = readContainer(container);
  if (program !== 'podman' || state.health.status === 'none' || !state.isRunning) return state;
  return { ...state, health: await probeHealth(id, state.health, signal) };
}

/** podman probes by timers of systemd, which containers and CI machines have not: each look is a probe. */
async function probeHealth(id: string, before: Health, signal: AbortSignal | undefined): Promise<Health> {
  const { exitCode, stdout, stderr } = await runProcess('podman', ['healthcheck', 'run', id], {
    signal,
    timeout: SHORT,
  });
  if (exitCode === 0) return { status: 'healthy', failures: 0, output: '' };
  return {
    ...before,
    status: 'starting',
    failures: before.failures + 1,
    output: before.output || (stdout + stderr).trim(),
  };
}

/** Host network, so that a registry or mirror on this machine is reached as from this machine. */
const FRESH_BUILDER = ['--driver', 'docker-container', '--driver-opt', 'network=host', '--bootstrap'];

async function createBuilder(client: Client, name: string, signal: AbortSignal | undefined): Promise<string | null> {
  if (!client.style.hasBuildx) return 'fresh builders are made by docker buildx';
  const result = await runProcess('docker', ['buildx', 'create', '--name', name, ...FRESH_BUILDER], { signal });
  return result.exitCode === 0 ? null : failureText(result);
}

/** Cleaning up goes on when everything else is cancelled. */
function cleanCalls(client: Client) {
  const program = client.runWith ?? client.buildWith;
  const clean = (...args: readonly string[]) => runProcess(program, args, { timeout: SHORT, detached: true });
  return {
    async removeContainer(id: string) {
      await clean('rm', '--force', '--volumes', id);
    },
    async removeImage(image: string) {
      await (program === 'buildah' ? clean('rmi', '--force', image) : clean('image', 'rm', '--force', image));
    },
    async removeBuilder(name: string) {
      if (client.style.hasBuildx) await clean('buildx', 'rm', '--force', name);
    },
    async labelled(label: string) {
      const filter = ['--filter', `label=${label}`];
      const containers = client.runWith === null ? '' : (await clean('ps', '--all', '--quiet', ...filter)).stdout;
      const images = (await clean('images', '--quiet', ...filter)).stdout;
      return { containers: words(containers), images: [...new Set(words(images))] };
    },
  };
}

async function build(
  client: Client,
  request: BuildRequest,
  onStep: (event: StepEvent) => void,
  signal: AbortSignal | undefined,
): Promise<Build> {
  const progress = createProgress(client.style, onStep);
  const began = performance.now();
  const env = client.name === 'docker' && !client.style.hasBuildx ? { DOCKER_BUILDKIT: '0' } : {};
  const { exitCode } = await runProcess(client.buildWith, buildArguments(request, client.style), {
    signal,
    env,
    onLine: (line) => progress.add(line),
  });
  const seconds = (performance.now() - began) / 1000;
  const steps = progress.steps();
  if (exitCode === 0) return { seconds, steps, failure: null };
  const log = progress.failureLog();
  const message = progress.failureMessage() ?? log.at(-1) ?? `${client.buildWith} ended with exit code ${exitCode}`;
  return { seconds, steps, failure: { message, line: progress.failureLine(), log } };
}

function createProgress(style: BuildStyle, onStep: (event: StepEvent) => void): Progress {
  if (style.progress === 'rawjson') return createRawProgress(onStep);
  if (style.progress === 'plain') return createPlainProgress(onStep);
  return createBuildahProgress(onStep);
}

async function runChecked(
  program: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ProcessResult> {
  const result = await runProcess(program, args, { signal });
  if (result.exitCode === 0) return result;
  const call = `${program} ${args.slice(0, 2).join(' ')}`;
  throw new UserError(
    'engine-failed',
    `\`${call}\` failed: ${failureText(result)}`,
    `Look at the state of ${program}, then try again.`,
  );
}

function failureText(result: ProcessResult): string {
  const lines = `${result.stdout}\n${result.stderr}`.split('\n').map((line) => line.trim());
  const telling = lines.filter((line) => line !== '' && !/^[0-9a-f]{64}$/.test(line) && !/^Run '.*--help'/.test(line));
  return telling.join(' ') || `exit code ${result.exitCode}`;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
