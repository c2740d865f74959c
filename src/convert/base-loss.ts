import type { Base } from './base.ts';
import type { Carry } from './carry.ts';
import type { Reason } from './conversion.ts';
import { at } from './copies.ts';
import { KITS } from './data/families.ts';
import { libraryNeeds, type Need, startedPrograms } from './needs.ts';
import { runtimeLibraries } from './packages.ts';
import { isWithin } from './paths.ts';
import type { RuntimeBase } from './runtime-base.ts';
import type { Survey } from './survey.ts';

/** Programs that run in the final stage: the start, the health check, compose files, sources, libraries. */
export function programNeeds(survey: Survey, runtime: Base): Need[] {
  const where = survey.start.command ?? survey.start.entrypoint;
  const from = where === null ? 'Dockerfile' : `Dockerfile:${where.line}`;
  const started = [...survey.start.calls, ...survey.start.sideCalls].map((call) => ({ name: call.name, from }));
  const candidates = new Set(lostPrograms(survey.base, runtime).keys());
  for (const parts of survey.runs.values()) {
    for (const part of parts) {
      if (part.verdict.role !== 'packages') continue;
      for (const name of part.verdict.packages) candidates.add(name.replace(/[=~].*$/, ''));
    }
  }
  for (const name of ['node', 'npm', 'git', 'ssh', 'java']) candidates.add(name);
  const roots = contextRoots(survey);
  const scanned = roots.flatMap((root) => startedPrograms(survey.context.project, root, candidates));
  const libraries = roots.flatMap((root) => libraryNeeds(survey.context.project, root).programs);
  return [...started, ...scanned, ...libraries];
}

/** Directories of the project that come into the image. */
function contextRoots(survey: Survey): string[] {
  const roots = survey.copies
    .filter((copy) => copy.from === null && !copy.isRemote)
    .flatMap((copy) => copy.sources)
    .map((source) => at(survey.context, source.replace(/\/?[^/]*[*?[].*$/, '') || '.'))
    .map((path) =>
      survey.context.project.isDirectory(path) ? path : path.includes('/') ? path.replace(/\/[^/]*$/, '') : '.',
    );
  const unique = [...new Set(roots)].sort();
  return unique.includes('.')
    ? ['.']
    : unique.filter((root) => !unique.some((other) => other !== root && isWithin(`/${root}`, `/${other}`)));
}

/** Programs of the old base image that the new one lacks, with their packages. */
function lostPrograms(old: Base, runtime: Base): ReadonlyMap<string, string> {
  const lost = new Map<string, string>();
  const kept = new Set(kitsOf(runtime));
  for (const kit of kitsOf(old)) {
    if (kept.has(kit)) continue;
    for (const [program, name] of Object.entries(KITS[kit])) lost.set(program, name);
  }
  for (const kit of kept) for (const program of Object.keys(KITS[kit])) lost.delete(program);
  // up to Debian 12 apt depends on it
  if (runtime.suite !== 'trixie') for (const program of ADDUSER) lost.delete(program);
  return lost;
}

const ADDUSER = ['adduser', 'addgroup', 'deluser', 'delgroup'];

function kitsOf(base: Base) {
  if (base.family === null || base.flavour === 'alpine') return [];
  return base.family.kits[/slim/.test(base.tag) ? 'slim' : 'full'];
}

/** Packages to install because the old base image had them and something needs them. */
export function addedPackages(
  survey: Survey,
  runtime: RuntimeBase,
  needs: readonly Need[],
  needed: ReadonlySet<string>,
): Need[] {
  if (runtime.isSame || runtime.base.manager !== 'apt') return [];
  const lost = lostPrograms(survey.base, runtime.base);
  const added = new Map<string, Need>();
  for (const name of needed) {
    const wanted = lost.get(name);
    if (wanted === undefined || isInstalled(survey, wanted)) continue;
    added.set(wanted, { name: wanted, from: needs.find((need) => need.name === name)?.from ?? 'Dockerfile' });
  }
  if (kitsOf(survey.base).includes('buildpack')) {
    for (const root of contextRoots(survey)) {
      for (const need of libraryNeeds(survey.context.project, root).packages) {
        const packages = runtimeLibraries(need.name, runtime.base.suite ?? survey.base.suite) ?? [need.name];
        for (const name of packages)
          if (!isInstalled(survey, name) && !isInstalled(survey, need.name)) added.set(name, { name, from: need.from });
      }
    }
  }
  const fetcher = ['curl', 'wget', 'git'].flatMap((one) => added.get(one) ?? [])[0];
  for (const [name, kit, isUsed] of [
    ['ca-certificates', 'certificates', fetcher !== undefined || mentions(survey, CERTIFICATES)],
    ['tzdata', 'zoneinfo', survey.trace.end.scope.has('TZ') || mentions(survey, /zoneinfo/)],
  ] as const) {
    // onto a bare distribution both are copied as files
    const isLost = runtime.hasRuntime && kitsOf(survey.base).includes(kit) && !kitsOf(runtime.base).includes(kit);
    const from = name === 'ca-certificates' ? (fetcher?.name ?? 'Dockerfile') : 'Dockerfile';
    if (isLost && isUsed && !isInstalled(survey, name)) added.set(name, { name, from });
  }
  return [...added.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Where a program is told to use the certificates of the system. */
const CERTIFICATES = /\/etc\/ssl|\/usr\/share\/ca-certificates|use-openssl-ca|use-system-ca|SSL_CERT/;

function mentions(survey: Survey, pattern: RegExp): boolean {
  const scripts = survey.start.files
    .filter((path) => path.endsWith('.sh'))
    .map((path) => survey.context.project.source(path) ?? '');
  return [survey.file.text, ...scripts].some((text) => pattern.test(text));
}

/** The file installs it itself. */
function isInstalled(survey: Survey, name: string): boolean {
  return [...survey.runs.values()].some((parts) =>
    parts.some(
      (part) =>
        part.verdict.role === 'packages' && part.verdict.packages.some((one) => one.replace(/[=~].*$/, '') === name),
    ),
  );
}

/** A bare distribution has neither certificates nor, always, time zones: both are files that can be copied. */
export function systemCarries(survey: Survey, runtime: RuntimeBase): Carry[] {
  if (runtime.hasRuntime || runtime.base.manager !== 'apt') return [];
  const why = (code: string): Reason => ({ code, args: {} });
  const carry = (path: string, code: string): Carry => ({ sources: [path], target: path, chown: null, why: why(code) });
  const carries: Carry[] = [];
  if (kitsOf(survey.base).includes('certificates')) {
    carries.push(carry('/usr/share/ca-certificates', 'certificates'), carry('/etc/ssl/certs', 'certificates'));
  }
  const usesZones =
    survey.trace.end.scope.has('TZ') || contextRoots(survey).some((root) => mentionsZones(survey, root));
  if (usesZones && kitsOf(survey.base).includes('zoneinfo')) carries.push(carry('/usr/share/zoneinfo', 'zoneinfo'));
  return carries;
}

function mentionsZones(survey: Survey, root: string): boolean {
  const { project } = survey.context;
  return project
    .find({ under: root, endings: ['.go', '.rs', '.cpp', '.cc', '.c'], limit: 2000 })
    .some((path) => /LoadLocation|zoneinfo|tzfile|tzset|locate_zone/.test(project.source(path) ?? ''));
}
