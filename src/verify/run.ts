import type { ImageDetails } from '../engine/engine.ts';
import type { Boot, Check, HttpProbe, RuntimeContract, Stop } from '../model/report.ts';
import { type BootContext, type Booted, discoverPort, waitReady } from './boot.ts';
import { checkBoots, checkRestart } from './boot-checks.ts';
import { checkHttp, checkStop, type Lookup, toCheck } from './checks.ts';
import { harden } from './hardening.ts';
import { probeAt } from './http.ts';
import type { Verification } from './verification.ts';

/** Seconds that a container is given before the engine kills it, as in production. */
const STOP_GRACE = 10;

/** What came of starting an image. */
export interface Ran {
  readonly boots: readonly Boot[];
  readonly http: readonly HttpProbe[];
  readonly stop: Stop | null;
  readonly checks: readonly Check[];
}

/** Starts an image under constraints, asks it, stops it and starts it again. */
export async function runImage(
  verification: Verification,
  image: string,
  { contract }: ImageDetails,
  lookup: Lookup,
): Promise<Ran> {
  const { request, engine, session, onEvent } = verification;
  if (!engine.canRun) {
    const skipped = toCheck('start', 'skip', { reason: 'no-runner', args: { engine: engine.name } });
    return { boots: [], http: [], stop: null, checks: [skipped] };
  }
  onEvent({ kind: 'phase', phase: 'boot' });
  const known = { engine, session, request, image, contract, ports: request.ports ?? tcpPorts(contract) };
  const context: BootContext = { ...known, ports: await portsOf(known) };
  const hardening = await harden(context, (boot) => onEvent({ kind: 'boot', boot }));
  const checks = checkBoots(hardening, contract, request, lookup);
  const { running, boots } = hardening;
  if (running === null) return { boots, http: [], stop: null, checks };
  onEvent({ kind: 'phase', phase: 'probe' });
  const probed = await probeRunning(context, running, lookup);
  await session.removeContainer(running.container);
  return { boots, http: probed.http, stop: probed.stop, checks: [...checks, ...probed.checks] };
}

/** `EXPOSE 8080/tcp`, `EXPOSE 53/udp`: only the first kind can be asked. */
function tcpPorts(contract: RuntimeContract): number[] {
  return contract.ports.filter((port) => !port.endsWith('/udp')).map((port) => Number.parseInt(port, 10));
}

/** What is asked over HTTP must be published: where the image does not say its port, the container is asked. */
async function portsOf(context: BootContext): Promise<readonly number[]> {
  if (context.ports.length > 0 || context.request.http.length === 0) return context.ports;
  const port = await discoverPort(context);
  return port === null ? [] : [port];
}

type Probed = Pick<Ran, 'http' | 'stop' | 'checks'>;

async function probeRunning(context: BootContext, running: Booted, lookup: Lookup): Promise<Probed> {
  const { request } = context;
  const http: HttpProbe[] = [];
  for (const expected of request.http) http.push(await probeAt(running.endpoint, expected));
  const checks = checkHttp(http);
  const isHealthy = context.contract.health !== null && running.state.health.status === 'healthy';
  if (isHealthy) checks.push(toCheck('health', 'pass'));
  if (request.output !== null) checks.push(toCheck('output', 'pass', { args: { wanted: request.output } }));
  if (!running.state.isRunning) return { http, stop: null, checks };
  const { stop, restart } = await stopAndStart(context, running.container);
  return { http, stop, checks: [...checks, checkStop(stop, request, lookup), restart] };
}

async function stopAndStart(context: BootContext, container: string): Promise<{ stop: Stop; restart: Check }> {
  const { engine, request } = context;
  const stopped = await engine.stop(container, STOP_GRACE);
  const began = performance.now();
  await engine.start(container);
  const start = { began, patience: request.startSeconds, settle: 0, error: null };
  const again = await waitReady(context, container, start);
  const stop = { ...stopped, killed: stopped.exitCode === 137 };
  return { stop, restart: checkRestart(again.trouble, again.readySeconds) };
}
