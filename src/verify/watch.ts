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

/** A running container, and what was seen of it so far. Times are seconds since the start. */
export interface Watch extends Watched {
  readonly container: string;
  endpoint: Endpoint | null;
  lastProbe: HttpProbe | null;
  answersSince: number | null;
  wrongAnswerSince: number | null;
  wrongAddressSince: number | null;
}

export function openWatch(watched: Watched, container: string): Watch {
  const nothing = {
    endpoint: null,
    lastProbe: null,
    answersSince: null,
    wrongAnswerSince: null,
    wrongAddressSince: null,
  };
  return { ...watched, container, ...nothing };
}

/** Looks once. A trouble is given only when it is clear that waiting longer does not help. */
export async function look(watch: Watch, state: ContainerState, seconds: number): Promise<Look> {
  if (watch.ports.length === 0) return lookWorker(watch, state, seconds);
  const isAnswered = await answers(watch, state);
  const isHealthy = watch.contract.health === null || state.health.status === 'healthy';
  if (isAnswered && isHealthy) return { isReady: true, trouble: null };
  watch.answersSince = isAnswered ? (watch.answersSince ?? seconds) : null;
  if (isAnswered) return { isReady: false, trouble: sickness(watch, state, seconds) };
  return { isReady: false, trouble: wrongAnswer(watch, seconds) ?? (await wrongAddress(watch, state, seconds)) };
}

async function answers(watch: Watch, state: ContainerState): Promise<boolean> {
  const candidates = watch.endpoint === null ? endpointsOf(watch.engine, state, watch.ports) : [watch.endpoint];
  for (const candidate of candidates) {
    if (!(await isAnswering(watch, candidate))) continue;
    watch.endpoint = candidate;
    return true;
  }
  return false;
}

function sickness(watch: Watch, state: ContainerState, seconds: number): Trouble | null {
  const isOver = watch.answersSince !== null && seconds - watch.answersSince >= HEALTH_SECONDS;
  return isOver && state.health.failures >= MAX_HEALTH_FAILURES ? unhealthy(state) : null;
}

function wrongAnswer(watch: Watch, seconds: number): Trouble | null {
  const status = watch.lastProbe?.status ?? null;
  if (watch.lastProbe === null || status === null || status >= 500) return null;
  watch.wrongAnswerSince ??= seconds;
  return seconds - watch.wrongAnswerSince >= WRONG_ANSWER_SECONDS ? httpTrouble(watch.lastProbe) : null;
}

async function lookWorker(watch: Watch, state: ContainerState, seconds: number): Promise<Look> {
  const { contract, request } = watch;
  if (contract.health !== null && state.health.status !== 'healthy') {
    const isOver = seconds >= WORKER_HEALTH_SECONDS && state.health.failures >= MAX_HEALTH_FAILURES;
    return { isReady: false, trouble: isOver ? unhealthy(state) : null };
  }
  if (request.exit !== null) return { isReady: false, trouble: null };
  const isPrinted = request.output === null || matchesLine(await watch.engine.logs(watch.container), request.output);
  return { isReady: isPrinted, trouble: null };
}

/** It listens, but not where the world can reach it: that does not get better by waiting long. */
async function wrongAddress(watch: Watch, state: ContainerState, seconds: number): Promise<Trouble | null> {
  if (seconds < 1) return null;
  const trouble = judgeListeners(await findListeners(watch.engine, watch.container, state), watch.ports);
  watch.wrongAddressSince = trouble === null ? null : (watch.wrongAddressSince ?? seconds);
  const patience = trouble?.kind === 'loopback-only' ? WRONG_ADDRESS_SECONDS : WRONG_PORT_SECONDS;
  return watch.wrongAddressSince !== null && seconds - watch.wrongAddressSince >= patience ? trouble : null;
}

/** Why it is not ready when nobody waits any longer. */
export async function giveUp(watch: Watch, state: ContainerState): Promise<Trouble> {
  const { request, ports, lastProbe } = watch;
  if (request.output !== null && ports.length === 0) return { kind: 'output', args: { wanted: request.output } };
  if (lastProbe !== null && lastProbe.status !== null && !lastProbe.ok) return httpTrouble(lastProbe);
  if (watch.endpoint !== null && watch.contract.health !== null) return unhealthy(state);
  const trouble = judgeListeners(await findListeners(watch.engine, watch.container, state), ports);
  return trouble ?? { kind: 'silent', args: { ports: ports.join(', ') } };
}

/** Ports on which it listens for the world. */
export async function listeningPorts({ engine, container }: Watch, state: ContainerState): Promise<number[]> {
  const listeners = state.isRunning ? await findListeners(engine, container, state) : null;
  return (listeners ?? []).filter(({ isLoopback }) => !isLoopback).map(({ port }) => port);
}

async function isAnswering(watch: Watch, candidate: Endpoint): Promise<boolean> {
  const [first] = watch.request.http;
  if (first !== undefined) {
    watch.lastProbe = await probe(candidate, first);
    return watch.lastProbe.ok;
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
