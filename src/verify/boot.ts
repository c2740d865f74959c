import type { ContainerState, Engine } from '../engine/engine.ts';
import { UserError } from '../errors.ts';
import type { Boot, Constraints, RuntimeContract, Trouble } from '../model/report.ts';
import { deniedPaths, diagnoseExit } from './diagnosis.ts';
import type { Endpoint } from './http.ts';
import { findListeners } from './listening.ts';
import type { VerifyRequest } from './request.ts';
import type { Session } from './session.ts';
import { giveUp, listeningPorts, look, matchesLine, openWatch } from './watch.ts';

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
const ARBITRARY_USER = '12345:0';

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

const NEVER_MADE: ContainerState = {
  id: '',
  isRunning: false,
  exitCode: null,
  outOfMemory: false,
  error: '',
  pid: 0,
  address: null,
  published: {},
  health: { status: 'none', failures: 0, output: '' },
};
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
  const waited = await waitReady(context, container, {
    began,
    patience: wish.patience,
    settle: request.settleSeconds,
    error,
  });
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
  /** seconds for which it must stay up once it is ready */
  readonly settle: number;
  readonly error: string | null;
}

interface Waited {
  readonly trouble: Trouble | null;
  readonly readySeconds: number | null;
  readonly endpoint: Endpoint | null;
  readonly state: ContainerState;
  readonly listening: readonly number[];
}

/** Starts it plainly and looks for the port on which it listens for the world; `null`: there is none. */
export async function discoverPort(context: BootContext): Promise<number | null> {
  const { engine, session, request } = context;
  const plain = { ...context, ports: [], request: { ...request, http: [], settleSeconds: 0 } };
  const { container } = await bootImage(plain, {
    constraints: NO_CONSTRAINTS,
    tmpfs: [],
    patience: request.startSeconds,
  });
  const began = performance.now();
  let found: number | undefined;
  for (let isWaiting = true; isWaiting && found === undefined; ) {
    const state = await engine.inspectContainer(container);
    const listeners = state.isRunning ? await findListeners(engine, container, state) : null;
    found = listeners?.find(({ isLoopback }) => !isLoopback)?.port;
    isWaiting = state.isRunning && performance.now() - began < request.startSeconds * 1000;
    if (found === undefined) await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
  }
  await session.removeContainer(container);
  return found ?? null;
}

/** Looks until one of the ends is reached; also used after a restart. */
export async function waitReady(context: BootContext, container: string, start: Start): Promise<Waited> {
  const watch = openWatch(context, container);
  let readySeconds: number | null = null;
  for (;;) {
    const state = await readState(context.engine, container, start.error);
    const seconds = (performance.now() - start.began) / 1000;
    const now = { state, seconds, error: start.error, wasReady: readySeconds !== null };
    const end = await readEnd(context, container, now);
    if (end !== null) {
      const reached = readySeconds ?? (end.trouble === null ? seconds : null);
      return { ...end, readySeconds: reached, endpoint: null, state, listening: [] };
    }
    const { isReady, trouble } = await look(watch, state, seconds);
    if (isReady) readySeconds ??= seconds;
    const isSettled = readySeconds !== null && seconds - readySeconds >= start.settle;
    const isOver = !isReady && seconds > start.patience;
    if ((isReady && isSettled) || trouble !== null || isOver) {
      const last = isReady ? null : (trouble ?? (await giveUp(watch, state)));
      const listening = await listeningPorts(watch, state);
      return { trouble: last, readySeconds, endpoint: watch.endpoint, state, listening };
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
  }
}

/** A container that the engine refused to make cannot be looked at: its error says why. */
async function readState(engine: Engine, container: string, error: string | null): Promise<ContainerState> {
  try {
    return await engine.inspectContainer(container);
  } catch (failure) {
    if (error === null || !(failure instanceof UserError) || failure.code !== 'engine-failed') throw failure;
    return { ...NEVER_MADE, error };
  }
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
