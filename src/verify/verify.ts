import type { Engine, ImageDetails } from '../engine/engine.ts';
import type { Build, Check, Rebuild, Report } from '../model/report.ts';
import { applyRequired, checkContents, checkFiles, checkRebuild, checkSize, createLookup, toCheck } from './checks.ts';
import { measureCiCache } from './ci-cache.ts';
import { findBase, type Measured, measureImage, unopened } from './measure.ts';
import { type Prepared, prepare } from './prepare.ts';
import { rebuild } from './rebuild.ts';
import type { VerifyRequest } from './request.ts';
import { runImage } from './run.ts';
import { openSession } from './session.ts';
import type { OnVerifyEvent, Verification } from './verification.ts';

/**
 * Builds, boots, probes, stops, opens and rebuilds one image, and says what was found. Everything that was made is removed
 * before it returns or throws. Throws UserError `dockerfile-missing`, `engine-failed` when the engine itself fails, `cancelled`
 * after the signal that the engine was found with; a build or an image that fails is no error but a report.
 */
export async function verify(
  request: VerifyRequest,
  engine: Engine,
  onEvent: OnVerifyEvent = () => {},
): Promise<Report> {
  const session = await openSession(engine);
  const verification = { request, engine, session, onEvent };
  try {
    const prepared = await prepare(verification);
    const report = await inspectAll(verification, prepared);
    const checks = applyRequired(report.checks, request.required);
    return { ...report, checks, ok: checks.every(({ status }) => status !== 'fail') };
  } finally {
    onEvent({ kind: 'phase', phase: 'clean-up' });
    await session.close();
  }
}

async function inspectAll(verification: Verification, prepared: Prepared): Promise<Report> {
  const { request, engine } = verification;
  const { build, recipe } = prepared;
  const empty = emptyReport(verification, build);
  const built = build === null ? [] : [checkBuild(build)];
  if (build !== null && build.failure !== null) return { ...empty, checks: built };
  const details = await engine.inspectImage(prepared.tag);
  const measured = request.contents ? await measure(verification, prepared, details) : null;
  const image = measured?.image ?? unopened(details);
  const layers = { all: details.layers.length, base: image.layers.filter(({ isBase }) => isBase).length };
  const lookup = createLookup(recipe?.file ?? null, request.target, layers);
  const ran = await runImage(verification, prepared.tag, details, lookup);
  const rebuilt = await rebuildChanged(verification, prepared, details.layers);
  const fresh = await rebuildFresh(verification, prepared);
  return {
    ...empty,
    image,
    contents: measured?.contents ?? null,
    boots: ran.boots,
    http: ran.http,
    stop: ran.stop,
    rebuild: rebuilt.rebuild,
    ciCache: fresh.rebuild,
    checks: [
      ...built,
      checkSize(image, request),
      ...ran.checks,
      ...(measured === null
        ? []
        : [...checkContents(measured.contents, lookup), ...checkFiles(measured.filesystem, request, lookup)]),
      ...rebuilt.checks,
      ...fresh.checks,
    ],
  };
}

async function measure(
  verification: Verification,
  { tag, recipe }: Prepared,
  details: ImageDetails,
): Promise<Measured> {
  const { request, onEvent } = verification;
  onEvent({ kind: 'phase', phase: 'measure' });
  const base = recipe === null ? null : await findBase(verification, recipe.file);
  const planted = recipe === null ? [] : [recipe.workspace.canary];
  const canaries = [...planted, ...Object.values(request.secrets)];
  return measureImage(verification, details, tag, base, canaries);
}

interface Rebuilt {
  readonly rebuild: Rebuild | null;
  readonly checks: readonly Check[];
}

async function rebuildChanged(
  verification: Verification,
  { recipe }: Prepared,
  layers: readonly string[],
): Promise<Rebuilt> {
  const { request, onEvent } = verification;
  if (!request.rebuild || recipe === null) return { rebuild: null, checks: [] };
  onEvent({ kind: 'phase', phase: 'rebuild' });
  const result = await rebuild(verification, recipe, layers);
  return { rebuild: result, checks: checkRebuild('rebuild', result, request) };
}

async function rebuildFresh(verification: Verification, { recipe }: Prepared): Promise<Rebuilt> {
  const { request, onEvent } = verification;
  if (!request.ciCache || recipe === null) return { rebuild: null, checks: [] };
  onEvent({ kind: 'phase', phase: 'ci-cache' });
  const result = await measureCiCache(verification, recipe);
  if (typeof result === 'string') {
    return {
      rebuild: null,
      checks: [toCheck('ci-cache', 'fail', { reason: 'no-builder', args: { message: result } })],
    };
  }
  return { rebuild: result, checks: checkRebuild('ci-cache', result, request) };
}

function emptyReport({ request, engine }: Verification, build: Build | null): Report {
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
