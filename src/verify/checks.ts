import type { Dockerfile } from '../dockerfile/file.ts';
import type { Check, CheckId, CheckStatus, Contents, HttpProbe, ImageMeasure, Rebuild, Stop } from '../model/report.ts';
import { type FinalFilesystem, globPattern } from './filesystem.ts';
import { baseLine, finalStage, lastLine, layerLine, pathLine } from './places.ts';
import { installsAgain } from './rebuild.ts';
import type { VerifyRequest } from './request.ts';

type Line = Check['lines'][number];

/** Where to look things up in the Dockerfile; without one (an image was given) there are no lines. */
export interface Lookup {
  path(path: string): Line[];
  /** what made this layer of the image, else what has most to do with the path */
  layer(layer: number, path: string): Line[];
  last(...keywords: readonly string[]): Line[];
  base(): Line[];
}

/** `layers`: of the whole image, and how many of them the base image brought. */
export function createLookup(
  file: Dockerfile | null,
  target: string | null,
  layers: { readonly all: number; readonly base: number },
): Lookup {
  const stage = file === null ? null : finalStage(file, target);
  if (file === null || stage === null) return { path: () => [], layer: () => [], last: () => [], base: () => [] };
  const byPath = (path: string) => pathLine(file, stage, path);
  return {
    path: byPath,
    layer(layer, path) {
      const made = layerLine(file, stage, layer - layers.base, layers.all - layers.base);
      return made.length > 0 ? made : byPath(path);
    },
    last: (...keywords) => lastLine(file, stage, keywords),
    base: () => [baseLine(file, stage)],
  };
}

/** A check with what it has; the rest is empty. */
export function toCheck(id: CheckId, status: CheckStatus, more: Partial<Omit<Check, 'id' | 'status'>> = {}): Check {
  return { id, status, reason: '', args: {}, lines: [], paths: [], ...more };
}

/** Warnings about properties that were required are failures. */
export function applyRequired(checks: readonly Check[], required: readonly CheckId[]): Check[] {
  return checks.map((check) =>
    check.status === 'warn' && required.includes(check.id) ? { ...check, status: 'fail' } : check,
  );
}

export function checkSize(image: ImageMeasure, request: VerifyRequest): Check {
  const args = { bytes: String(image.bytes), overBase: String(image.overBaseBytes) };
  if (request.maxBytes !== null && image.bytes > request.maxBytes) {
    return toCheck('size', 'fail', { reason: 'budget', args: { ...args, limit: String(request.maxBytes) } });
  }
  if (request.maxOverBaseBytes !== null && image.overBaseBytes > request.maxOverBaseBytes) {
    return toCheck('size', 'fail', { reason: 'over-base', args: { ...args, limit: String(request.maxOverBaseBytes) } });
  }
  return toCheck('size', 'pass', { args });
}

export function checkHttp(probes: readonly HttpProbe[]): Check[] {
  return probes.map(({ request, wanted, status, ok }) =>
    toCheck('http', ok ? 'pass' : 'fail', {
      args: { request, wanted, status: status === null ? 'none' : String(status) },
    }),
  );
}

export function checkStop(stop: Stop, request: VerifyRequest, lookup: Lookup): Check {
  const args = {
    seconds: stop.seconds.toFixed(1),
    code: String(stop.exitCode ?? ''),
    limit: String(request.stopSeconds),
  };
  const lines = lookup.last('ENTRYPOINT', 'CMD');
  if (stop.killed) return toCheck('stop', 'fail', { reason: 'killed', args, lines });
  if (stop.seconds > request.stopSeconds) return toCheck('stop', 'fail', { reason: 'slow', args, lines });
  return toCheck('stop', 'pass', { args });
}

/** The groups that are found by name, and whether what the base image brought counts: nobody chose its package manager. */
const GROUPS = [
  { id: 'compilers', key: 'compilers', countsBase: true },
  { id: 'package-managers', key: 'packageManagers', countsBase: false },
  { id: 'caches', key: 'caches', countsBase: false },
  { id: 'dev-dependencies', key: 'devDependencies', countsBase: false },
  { id: 'version-control', key: 'versionControl', countsBase: false },
  { id: 'writable', key: 'writable', countsBase: false },
] as const;

export function checkContents(contents: Contents, lookup: Lookup): Check[] {
  const checks = GROUPS.map(({ id, key, countsBase }) => {
    const items = contents[key].items.filter(({ isBase }) => countsBase || !isBase);
    const [first] = items;
    if (first === undefined) return toCheck(id, 'pass', { paths: contents[key].items.map(({ path }) => path) });
    const bytes = String(items.reduce((sum, item) => sum + item.bytes, 0));
    const count = String(items.length + contents[key].more);
    const lines = first.isBase ? lookup.base() : lookup.layer(first.layer, first.path);
    const reason = first.isBase ? 'base' : '';
    return toCheck(id, 'warn', { reason, args: { count, bytes }, lines, paths: items.map(({ path }) => path) });
  });
  return [...checks, ...checkSecrets(contents, lookup)];
}

function checkSecrets(contents: Contents, lookup: Lookup): Check[] {
  if (contents.secrets.length === 0) return [toCheck('secrets', 'pass')];
  return contents.secrets.map(({ pattern, where, layer, removed }) => {
    const isPath = where.startsWith('/');
    const lines = layer === null ? lookup.last('ARG', 'ENV') : lookup.layer(layer, where);
    const reason = removed ? 'removed' : pattern === 'canary' ? 'canary' : '';
    const args = { pattern, where, layer: layer === null ? '' : String(layer + 1) };
    return toCheck('secrets', 'fail', { reason, args, lines, paths: isPath ? [where] : [] });
  });
}

export function checkFiles(filesystem: FinalFilesystem, request: VerifyRequest, lookup: Lookup): Check[] {
  const paths = [...filesystem.files.keys()];
  const absent = request.absent.map((glob) => {
    const found = paths.filter((path) => globPattern(glob).test(path)).slice(0, 5);
    const lines = found[0] === undefined ? [] : lookup.path(found[0]);
    return toCheck('absent', found.length === 0 ? 'pass' : 'fail', { args: { glob }, lines, paths: found });
  });
  const present = request.present.map((glob) => {
    const isThere = paths.some((path) => globPattern(glob).test(path));
    return toCheck('present', isThere ? 'pass' : 'fail', { args: { glob } });
  });
  return [...absent, ...present];
}

export function checkRebuild(id: 'rebuild' | 'ci-cache', rebuild: Rebuild | null, request: VerifyRequest): Check[] {
  if (rebuild === null) return [toCheck(id, 'skip', { reason: 'no-source' })];
  const args = { file: rebuild.file, steps: String(rebuild.again.length), seconds: rebuild.seconds.toFixed(1) };
  if (rebuild.failure !== null)
    return [toCheck(id, 'fail', { reason: 'failed', args: { ...args, message: rebuild.failure.message } })];
  const installs = installsAgain(rebuild.steps, request.noStepAgain);
  const lines = installs.flatMap(({ line, name }) => (line === null ? [] : [{ line, text: name }]));
  const result =
    installs.length === 0
      ? toCheck(id, 'pass', { args })
      : toCheck(id, 'warn', { reason: 'install', args: { ...args, step: installs[0]?.name ?? '' }, lines });
  return id === 'rebuild' ? [result, ...checkRebuildSteps(rebuild, request)] : [result];
}

function checkRebuildSteps(rebuild: Rebuild, request: VerifyRequest): Check[] {
  if (request.maxRebuildSteps === null) return [];
  const args = { steps: String(rebuild.again.length), limit: String(request.maxRebuildSteps) };
  return [toCheck('rebuild-steps', rebuild.again.length > request.maxRebuildSteps ? 'fail' : 'pass', { args })];
}
