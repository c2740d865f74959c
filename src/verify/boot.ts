import type { ContainerState, Engine } from '../engine/engine.ts';
import type { Boot, Constraints, HttpProbe, RuntimeContract, Trouble } from '../model/report.ts';
import { deniedPaths, diagnoseExit } from './diagnosis.ts';
import { ask, type Endpoint, isOpen, probe } from './http.ts';
import { findListeners, type Listener } from './listening.ts';
import type { VerifyRequest } from './request.ts';
import type { Session } from './session.ts';

export const ALL_CONSTRAINTS: Constraints = {
  arbitraryUid: true,
  readOnly: true,
  noCapabilities: true,
  memoryLimit: true,
};
export const NO_CONSTRAINTS: Constraints = {
  arbitraryUid: false,
  readOnly: false,
  noCapabilities: false,
  memoryLimit: false,
};
/** Nobody's uid, with group root as OpenShift gives it. */
export const ARBITRARY_USER = '12345:0';

/** All that starting one image takes. */
export interface BootContext {
  readonly engine: Engine;
  readonly session: Session;
  readonly request: VerifyRequest;
  readonly image: string;
  readonly contract: RuntimeContract;
  readonly ports: readonly number[];
}

/** A container that was started; whoever asked for it removes it. */
export interface Booted {
  readonly container: string;
  readonly boot: Boot;
  readonly endpoint: Endpoint | null;
  readonly state: ContainerState;
}

export interface BootWish {
  readonly constraints: Constraints;
  readonly tmpfs: readonly string[];
  /** seconds */
  readonly patience: number;
}

const LOOK_MILLISECONDS = 150;
const KEPT_LOG = 40;

/** Starts a container and waits until it is ready and has stayed so, or until it is clear that it will not be. */
export async function bootImage(context: BootContext, wish: BootWish): Promise<Booted> {
  const { engine, session, request } = context;
  const container = session.newContainer();
  const began = performance.now();
  const { error } = await engine.run({
    image: context.image,
    name: container,
    labels: session.labels,
    user: wish.constraints.arbitraryUid ? ARBITRARY_USER : null,
    readOnly: wish.constraints.readOnly,
    tmpfs: wish.constraints.readOnly ? ['/tmp', ...wish.tmpfs] : [],
    dropCapabilities: wish.constraints.noCapabilities,
    memory: wish.constraints.memoryLimit ? request.memory : null,
    env: request.env,
    ports: context.ports,
  });
  const waited = await waitReady(context, container, { began, patience: wish.patience, error });
  const log = (await engine.logs(container)).split(/\r?\n/).filter((line) => line.trim() !== '');
  return {
    container,
    endpoint: waited.endpoint,
    state: waited.state,
    boot: {
      constraints: wish.constraints,
      tmpfs: wish.tmpfs,
      ready: waited.trouble === null,
      readySeconds: waited.readySeconds,
      listening: waited.listening,
      complaints: deniedPaths(log.join('\n')),
      trouble: waited.trouble,
      log: log.slice(-KEPT_LOG),
    },
  };
}

interface Start {
  /** of `performance.now()` */
  readonly began: number;
  readonly patience: number;
  readonly error: string | null;
}

interface Waited {
  readonly trouble: Trouble | null;
  readonly readySeconds: number | null;
  readonly endpoint: Endpoint | null;
  readonly state: ContainerState;
  readonly listening: readonly number[];
}

/** Looks until one of the ends is reached; also used after a restart. */
export async function waitReady(context: BootContext, container: string, start: Start): Promise<Waited> {
  const { engine, request } = context;
  const watch = createWatch(context, container);
  let readySeconds: number | null = null;
  for (;;) {
    const state = await readState(engine, container);
    const seconds = (performance.now() - start.began) / 1000;
    const ended = await readEnd(context, container, {
      state,
      seconds,
      error: start.error,
      wasReady: readySeconds !== null,
    });
    if (ended !== null)
      return {
        ...ended,
        readySeconds: readySeconds ?? (ended.trouble === null ? seconds : null),
        endpoint: null,
        state,
        listening: [],
      };
    const look = await watch.look(state, seconds);
    if (look.isReady) readySeconds ??= seconds;
    const isSettled = readySeconds !== null && seconds >= Math.max(request.settleSeconds, readySeconds);
    const trouble = look.isReady
      ? null
      : (look.trouble ?? (seconds > start.patience ? await watch.giveUp(state) : null));
    if ((look.isReady && isSettled) || trouble !== null) {
      return { trouble, readySeconds, endpoint: look.endpoint, state, listening: await watch.listening(state) };
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
  }
}

/** A container whose start failed may not be there at all. */
async function readState(engine: Engine, container: string): Promise<ContainerState> {
  return engine.inspectContainer(container);
}

async function readEnd(
  context: BootContext,
  container: string,
  now: { state: ContainerState; seconds: number; error: string | null; wasReady: boolean },
): Promise<{ trouble: Trouble | null } | null> {
  if (now.state.isRunning) return null;
  const log = await context.engine.logs(container);
  const isJob = context.request.exit !== null && now.state.exitCode === context.request.exit && now.error === null;
  if (isJob && (context.request.output === null || matchesLine(log, context.request.output))) return { trouble: null };
  const trouble = diagnoseExit(now.state, log, now.seconds, now.error);
  return { trouble: now.wasReady ? { ...trouble, args: { ...trouble.args, wasReady: 'true' } } : trouble };
}

interface Look {
  readonly isReady: boolean;
  readonly trouble: Trouble | null;
  readonly endpoint: Endpoint | null;
}

/** Failing health probes in a row after which nobody waits any longer, when the service itself answers. */
const MAX_HEALTH_FAILURES = 5;
/** Seconds for which it may listen on the wrong address before it is taken for an answer. */
const WRONG_ADDRESS_SECONDS = 4;
const WRONG_PORT_SECONDS = 15;
/** Seconds for which it may give a wrong answer that is no sign of still starting (5xx is). */
const WRONG_ANSWER_SECONDS = 8;

function createWatch(context: BootContext, container: string) {
  const { engine, request, contract, ports } = context;
  let endpoint: Endpoint | null = null;
  let lastProbe: HttpProbe | null = null;
  let wrongSince: number | null = null;
  let wrongAnswerSince: number | null = null;

  async function answers(state: ContainerState): Promise<boolean> {
    for (const candidate of endpoint === null ? endpointsOf(engine, state, ports) : [endpoint]) {
      const isThere = await isAnswering(candidate, request, (result) => {
        lastProbe = result;
      });
      if (isThere) endpoint = candidate;
      if (isThere) return true;
    }
    return false;
  }

  async function look(state: ContainerState, seconds: number): Promise<Look> {
    if (ports.length === 0) return lookWorker(state);
    const isAnswered = await answers(state);
    const isHealthy = contract.health === null || state.health.status === 'healthy';
    if (isAnswered && isHealthy) return { isReady: true, trouble: null, endpoint };
    if (isAnswered && state.health.failures >= MAX_HEALTH_FAILURES)
      return { isReady: false, trouble: unhealthy(state), endpoint };
    const trouble = isAnswered ? null : (wrongAnswer(seconds) ?? (await wrongAddress(state, seconds)));
    return { isReady: false, trouble, endpoint };
  }

  function wrongAnswer(seconds: number): Trouble | null {
    const status = lastProbe?.status ?? null;
    if (lastProbe === null || status === null || status >= 500) return null;
    wrongAnswerSince ??= seconds;
    return seconds - wrongAnswerSince >= WRONG_ANSWER_SECONDS ? httpTrouble(lastProbe) : null;
  }

  async function lookWorker(state: ContainerState): Promise<Look> {
    if (contract.health !== null && state.health.status !== 'healthy') {
      const trouble = state.health.failures >= MAX_HEALTH_FAILURES ? unhealthy(state) : null;
      return { isReady: false, trouble, endpoint: null };
    }
    const isReady =
      request.exit === null && (request.output === null || matchesLine(await engine.logs(container), request.output));
    return { isReady, trouble: null, endpoint: null };
  }

  /** It listens, but not where the world can reach it: that does not get better by waiting long. */
  async function wrongAddress(state: ContainerState, seconds: number): Promise<Trouble | null> {
    if (seconds < 1) return null;
    const trouble = judgeListeners(await findListeners(engine, container, state), ports);
    if (trouble === null) wrongSince = null;
    else wrongSince ??= seconds;
    const patience = trouble?.kind === 'loopback-only' ? WRONG_ADDRESS_SECONDS : WRONG_PORT_SECONDS;
    return wrongSince !== null && seconds - wrongSince >= patience ? trouble : null;
  }

  async function giveUp(state: ContainerState): Promise<Trouble> {
    if (request.output !== null && ports.length === 0) return { kind: 'output', args: { wanted: request.output } };
    if (lastProbe !== null && lastProbe.status !== null && !lastProbe.ok) return httpTrouble(lastProbe);
    if (endpoint !== null && contract.health !== null) return unhealthy(state);
    const trouble = judgeListeners(await findListeners(engine, container, state), ports);
    return trouble ?? { kind: 'silent', args: { ports: ports.join(', ') } };
  }

  async function listening(state: ContainerState): Promise<number[]> {
    const listeners = state.isRunning ? await findListeners(engine, container, state) : null;
    return (listeners ?? []).filter(({ isLoopback }) => !isLoopback).map(({ port }) => port);
  }

  return { look, giveUp, listening };
}

async function isAnswering(
  candidate: Endpoint,
  request: VerifyRequest,
  note: (result: HttpProbe) => void,
): Promise<boolean> {
  const [first] = request.http;
  if (first !== undefined) {
    const result = await probe(candidate, first);
    note(result);
    return result.ok;
  }
  const answer = await ask(candidate, 'GET', '/');
  return answer.kind === 'http' || (answer.kind === 'open' && (await isOpen(candidate))) || isOpen(candidate);
}

/** The published port, and the container's own address for those who run beside the engine's containers. */
function endpointsOf(engine: Engine, state: ContainerState, ports: readonly number[]): Endpoint[] {
  const [port] = ports;
  if (port === undefined) return [];
  const published = state.published[String(port)];
  const outside = published === undefined ? [] : [{ host: engine.host, port: published }];
  return state.address === null ? outside : [...outside, { host: state.address, port }];
}

function judgeListeners(listeners: readonly Listener[] | null, ports: readonly number[]): Trouble | null {
  if (listeners === null || listeners.length === 0) return null;
  const own = listeners.find(({ port }) => port === ports[0]);
  if (own?.isLoopback === true) return { kind: 'loopback-only', args: { port: String(own.port) } };
  if (own !== undefined) return null;
  const open = listeners.filter(({ isLoopback }) => !isLoopback).map(({ port }) => port);
  if (open.length === 0) return { kind: 'loopback-only', args: { port: String(listeners[0]?.port ?? '') } };
  return { kind: 'other-port', args: { port: String(ports[0]), listening: open.join(', ') } };
}

function unhealthy(state: ContainerState): Trouble {
  return { kind: 'unhealthy', args: { output: state.health.output.split('\n').at(-1)?.slice(0, 300) ?? '' } };
}

function httpTrouble(result: HttpProbe): Trouble {
  const args = { request: result.request, status: String(result.status), wanted: result.wanted };
  return { kind: 'http', args };
}

function matchesLine(log: string, pattern: string): boolean {
  const expected = new RegExp(pattern);
  return log.split(/\r?\n/).some((line) => expected.test(line));
}
