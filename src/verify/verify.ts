import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dockerfile } from '../dockerfile/file.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';
import type { BuildRequest, Engine, ImageDetails } from '../engine/engine.ts';
import type { StepEvent } from '../engine/progress.ts';
import { UserError } from '../errors.ts';
import type { Boot, Build, Check, HttpProbe, Rebuild, Report, Stop } from '../model/report.ts';
import { type BootContext, type Booted, waitReady } from './boot.ts';
import { checkBoots, checkRestart } from './boot-checks.ts';
import {
  applyRequired,
  checkContents,
  checkFiles,
  checkHttp,
  checkRebuild,
  checkSize,
  checkStop,
  createLookup,
  type Lookup,
  toCheck,
} from './checks.ts';
import { harden } from './hardening.ts';
import { probe } from './http.ts';
import { findBase, measureImage } from './measure.ts';
import { placeSteps } from './places.ts';
import { rebuild } from './rebuild.ts';
import type { VerifyRequest } from './request.ts';
import { openSession, type Session } from './session.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** What is going on, for whoever watches. */
export type VerifyEvent =
  | {
      readonly kind: 'phase';
      readonly phase: 'build' | 'measure' | 'boot' | 'probe' | 'rebuild' | 'ci-cache' | 'clean-up';
    }
  | { readonly kind: 'step'; readonly event: StepEvent }
  | { readonly kind: 'boot'; readonly boot: Boot };

export type OnVerifyEvent = (event: VerifyEvent) => void;

/** Seconds that a container is given before the engine kills it, as in production. */
const STOP_GRACE = 10;

/**
 * Builds, boots, probes, stops, opens and rebuilds one image, and says what was found. Everything that was made is removed
 * before it returns or throws. Throws UserError `engine-failed` when the engine itself fails, `cancelled` after the signal of
 * the engine; a build or an image that fails is no error but a report.
 */
export async function verify(
  request: VerifyRequest,
  engine: Engine,
  onEvent: OnVerifyEvent = () => {},
): Promise<Report> {
  const session = await openSession(engine);
  try {
    const subject = await prepare(request, engine, session, onEvent);
    const report = await inspectAll(request, engine, session, subject, onEvent);
    const checks = applyRequired(report.checks, request.required);
    return { ...report, checks, ok: checks.every(({ status }) => status !== 'fail') };
  } finally {
    onEvent({ kind: 'phase', phase: 'clean-up' });
    await session.close();
  }
}

/** An image to look at, and where it came from. */
interface Prepared {
  readonly tag: string;
  readonly build: Build | null;
  readonly file: Dockerfile | null;
  readonly workspace: Workspace | null;
  readonly buildRequest: BuildRequest | null;
}

async function prepare(
  request: VerifyRequest,
  engine: Engine,
  session: Session,
  onEvent: OnVerifyEvent,
): Promise<Prepared> {
  const { subject } = request;
  if (subject.kind === 'image')
    return { tag: subject.image, build: null, file: null, workspace: null, buildRequest: null };
  onEvent({ kind: 'phase', phase: 'build' });
  const file = parseDockerfile(await readDockerfile(subject.dockerfile));
  const workspace = await createWorkspace(session, subject.context, subject.dockerfile);
  const buildRequest: BuildRequest = {
    context: workspace.context,
    dockerfile: workspace.dockerfile,
    tag: session.newImage(),
    labels: session.labels,
    buildArgs: request.buildArgs,
    secrets: await writeSecrets(session, request.secrets),
    target: request.target,
    platform: request.platform,
    cacheFrom: [],
    cacheTo: [],
  };
  const build = await engine.build(buildRequest, (event) => onEvent({ kind: 'step', event }));
  return {
    tag: buildRequest.tag,
    build: { ...build, steps: placeSteps(build.steps, file) },
    file,
    workspace,
    buildRequest,
  };
}

async function readDockerfile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const hint = 'Name one with --file, or run the wizard to make one.';
    throw new UserError('dockerfile-missing', `There is no Dockerfile at ${path}${describe(error)}.`, hint);
  }
}

function describe(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === undefined ? '' : ` (${code})`;
}

async function writeSecrets(
  session: Session,
  secrets: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const folder = await session.newFolder('secrets');
  const files: Record<string, string> = {};
  for (const [index, [id, value]] of Object.entries(secrets).entries()) {
    const file = join(folder, String(index));
    await writeFile(file, value, { mode: 0o600 });
    files[id] = file;
  }
  return files;
}

async function inspectAll(
  request: VerifyRequest,
  engine: Engine,
  session: Session,
  prepared: Prepared,
  onEvent: OnVerifyEvent,
): Promise<Report> {
  const { build, file, workspace, tag } = prepared;
  const empty = emptyReport(request, engine, build);
  if (build !== null && build.failure !== null) return { ...empty, checks: [checkBuild(build)] };

  onEvent({ kind: 'phase', phase: 'measure' });
  const details = await engine.inspectImage(tag);
  const base = file === null ? null : await findBase(engine, session, request, file);
  const canaries = [...(workspace === null ? [] : [workspace.canary]), ...Object.values(request.secrets)];
  const measured = await measureImage(engine, session, details, tag, base, canaries);
  const baseLayers = measured.image.layers.filter(({ isBase }) => isBase).length;
  const lookup = createLookup(file, request.target, { all: measured.layers.length, base: baseLayers });
  const ran = await runImage(request, engine, session, tag, details, lookup, onEvent);
  const rebuilt = await rebuildChanged(request, engine, session, prepared, measured.layers, onEvent);
  return {
    ...empty,
    image: measured.image,
    contents: measured.contents,
    boots: ran.boots,
    http: ran.http,
    stop: ran.stop,
    rebuild: rebuilt,
    checks: [
      ...(build === null ? [] : [checkBuild(build)]),
      checkSize(measured.image, request),
      ...ran.checks,
      ...checkContents(measured.contents, lookup),
      ...checkFiles(measured.filesystem, request, lookup),
      ...(request.rebuild && file !== null ? checkRebuild('rebuild', rebuilt, request) : []),
    ],
  };
}

async function rebuildChanged(
  request: VerifyRequest,
  engine: Engine,
  session: Session,
  { file, workspace, buildRequest }: Prepared,
  layers: readonly string[],
  onEvent: OnVerifyEvent,
): Promise<Rebuild | null> {
  if (!request.rebuild || file === null || workspace === null || buildRequest === null) return null;
  onEvent({ kind: 'phase', phase: 'rebuild' });
  const context = { engine, session, request, workspace, file, layers, buildRequest };
  return rebuild(context, (event) => onEvent({ kind: 'step', event }));
}

function emptyReport(request: VerifyRequest, engine: Engine, build: Build | null): Report {
  const { subject } = request;
  const isImage = subject.kind === 'image';
  return {
    version: 1,
    subject: isImage ? subject.image : subject.shown,
    context: isImage ? null : subject.context,
    dockerfile: isImage ? null : subject.dockerfile,
    engine: { name: engine.name, version: engine.version, builder: engine.builder },
    build,
    image: null,
    boots: [],
    http: [],
    stop: null,
    contents: null,
    rebuild: null,
    ciCache: null,
    checks: [],
    ok: false,
  };
}

function checkBuild(build: Build): Check {
  const { failure } = build;
  const steps = build.steps.filter(({ kind }) => kind === 'instruction').length;
  const args = { seconds: build.seconds.toFixed(1), steps: String(steps) };
  if (failure === null) return toCheck('build', 'pass', { args });
  const failed = build.steps.find(({ error }) => error !== null);
  const line = failure.line ?? failed?.line ?? null;
  const lines = line === null ? [] : [{ line, text: failed?.name ?? '' }];
  return toCheck('build', 'fail', { args: { ...args, message: failure.message }, lines });
}

interface Ran {
  readonly boots: readonly Boot[];
  readonly http: readonly HttpProbe[];
  readonly stop: Stop | null;
  readonly checks: readonly Check[];
}

async function runImage(
  request: VerifyRequest,
  engine: Engine,
  session: Session,
  image: string,
  details: ImageDetails,
  lookup: Lookup,
  onEvent: OnVerifyEvent,
): Promise<Ran> {
  if (!engine.canRun) {
    return {
      boots: [],
      http: [],
      stop: null,
      checks: [toCheck('start', 'skip', { reason: 'no-runner', args: { engine: engine.name } })],
    };
  }
  onEvent({ kind: 'phase', phase: 'boot' });
  const { contract } = details;
  const ports =
    request.ports ?? contract.ports.filter((port) => !port.endsWith('/udp')).map((port) => Number.parseInt(port, 10));
  const context: BootContext = { engine, session, request, image, contract, ports };
  const hardening = await harden(context, (boot) => onEvent({ kind: 'boot', boot }));
  const checks = checkBoots(hardening, contract, request, lookup);
  const { running, boots } = hardening;
  if (running === null) return { boots, http: [], stop: null, checks };
  onEvent({ kind: 'phase', phase: 'probe' });
  const probed = await probeRunning(context, running, lookup);
  await session.removeContainer(running.container);
  return { boots, http: probed.http, stop: probed.stop, checks: [...checks, ...probed.checks] };
}

async function probeRunning(
  context: BootContext,
  running: Booted,
  lookup: Lookup,
): Promise<{ http: HttpProbe[]; stop: Stop | null; checks: Check[] }> {
  const { engine, request } = context;
  const http: HttpProbe[] = [];
  if (running.endpoint !== null)
    for (const expected of request.http) http.push(await probe(running.endpoint, expected));
  const checks = checkHttp(http);
  if (context.contract.health !== null && running.state.health.status === 'healthy')
    checks.push(toCheck('health', 'pass'));
  if (request.output !== null) checks.push(toCheck('output', 'pass', { args: { wanted: request.output } }));
  if (!running.state.isRunning) return { http, stop: null, checks };
  const stopped = await engine.stop(running.container, STOP_GRACE);
  const stop: Stop = { ...stopped, killed: stopped.exitCode === 137 };
  const began = performance.now();
  await engine.start(running.container);
  const again = await waitReady(context, running.container, { began, patience: request.startSeconds, error: null });
  return {
    http,
    stop,
    checks: [...checks, checkStop(stop, request, lookup), checkRestart(again.trouble, again.readySeconds)],
  };
}
