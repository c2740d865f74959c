import type { ContainerState, Engine } from '../engine/engine.ts';
import type { HttpProbe, RuntimeContract, Trouble } from '../model/report.ts';
import { ask, type Endpoint, isOpen, probe } from './http.ts';
import { findListeners, type Listener } from './listening.ts';
import type { VerifyRequest } from './request.ts';

/** What is watched. */
export interface Watched {
  readonly engine: Engine;
  readonly request: VerifyRequest;
  readonly contract: RuntimeContract;
  readonly ports: readonly number[];
}

/** What was seen at one look. */
interface Look {
  readonly isReady: boolean;
  readonly trouble: Trouble | null;
  readonly endpoint: Endpoint | null;
}

/**
 * Failing health probes in a row, and seconds for which the service itself has answered by then, after which nobody waits any
 * longer. Engines remember five probes; those that failed while it was still starting count for nothing.
 */
const MAX_HEALTH_FAILURES = 5;
const HEALTH_SECONDS = 8;
/** The same for what answers nobody, whose start cannot be seen. */
const WORKER_HEALTH_SECONDS = 20;
/** Seconds for which it may listen on the wrong address before it is taken for an answer. */
const WRONG_ADDRESS_SECONDS = 4;
const WRONG_PORT_SECONDS = 15;
/** Seconds for which it may give a wrong answer that is no sign of still starting (5xx is). */
const WRONG_ANSWER_SECONDS = 8;

/** Looks at a running container, again and again, and remembers what it saw. */
export function createWatch(context: Watched, container: string) {
  const { engine, request, contract, ports } = context;
  let endpoint: Endpoint | null = null;
  let lastProbe: HttpProbe | null = null;
  let wrongSince: number | null = null;
  let wrongAnswerSince: number | null = null;
  let answersSince: number | null = null;

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
    if (ports.length === 0) return lookWorker(state, seconds);
    const isAnswered = await answers(state);
    const isHealthy = contract.health === null || state.health.status === 'healthy';
    if (isAnswered && isHealthy) return { isReady: true, trouble: null, endpoint };
    answersSince = isAnswered ? (answersSince ?? seconds) : null;
    const trouble = isAnswered
      ? sickness(state, seconds)
      : (wrongAnswer(seconds) ?? (await wrongAddress(state, seconds)));
    return { isReady: false, trouble, endpoint };
  }

  function sickness(state: ContainerState, seconds: number): Trouble | null {
    const isOver = answersSince !== null && seconds - answersSince >= HEALTH_SECONDS;
    return isOver && state.health.failures >= MAX_HEALTH_FAILURES ? unhealthy(state) : null;
  }

  function wrongAnswer(seconds: number): Trouble | null {
    const status = lastProbe?.status ?? null;
    if (lastProbe === null || status === null || status >= 500) return null;
    wrongAnswerSince ??= seconds;
    return seconds - wrongAnswerSince >= WRONG_ANSWER_SECONDS ? httpTrouble(lastProbe) : null;
  }

  async function lookWorker(state: ContainerState, seconds: number): Promise<Look> {
    if (contract.health !== null && state.health.status !== 'healthy') {
      const isOver = seconds >= WORKER_HEALTH_SECONDS && state.health.failures >= MAX_HEALTH_FAILURES;
      return { isReady: false, trouble: isOver ? unhealthy(state) : null, endpoint: null };
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

/** The published ports, and the container's own address for those who run beside the engine's containers. */
function endpointsOf(engine: Engine, state: ContainerState, ports: readonly number[]): Endpoint[] {
  const { address, published } = state;
  return ports.flatMap((port) => {
    const outside = published[String(port)];
    return [
      ...(outside === undefined ? [] : [{ host: engine.host, port: outside }]),
      ...(address === null ? [] : [{ host: address, port }]),
    ];
  });
}

function judgeListeners(listeners: readonly Listener[] | null, ports: readonly number[]): Trouble | null {
  if (listeners === null || listeners.length === 0) return null;
  const own = listeners.filter(({ port }) => ports.includes(port));
  if (own.some(({ isLoopback }) => !isLoopback)) return null;
  if (own[0] !== undefined) return { kind: 'loopback-only', args: { port: String(own[0].port) } };
  const open = listeners.filter(({ isLoopback }) => !isLoopback).map(({ port }) => port);
  if (open.length === 0) return { kind: 'loopback-only', args: { port: String(listeners[0]?.port ?? '') } };
  return { kind: 'other-port', args: { port: ports.join(', '), listening: open.join(', ') } };
}

function unhealthy(state: ContainerState): Trouble {
  return { kind: 'unhealthy', args: { output: state.health.output.split('\n').at(-1)?.slice(0, 300) ?? '' } };
}

function httpTrouble(result: HttpProbe): Trouble {
  const args = { request: result.request, status: String(result.status), wanted: result.wanted };
  return { kind: 'http', args };
}

export function matchesLine(log: string, pattern: string): boolean {
  const expected = new RegExp(pattern);
  return log.split(/\r?\n/).some((line) => expected.test(line));
}
