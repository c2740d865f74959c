import { findArtefacts } from './artefacts.ts';
import type { Base } from './base.ts';
import { classOf, lastBuildStep } from './boundary.ts';
import { type Carry, carryAll, directoryFixes } from './carry.ts';
import type { ConversionClass, Reason } from './conversion.ts';
import { at } from './copies.ts';
import { KITS } from './data/families.ts';
import { libraryNeeds, type Need, startedPrograms } from './needs.ts';
import { runtimeLibraries } from './packages.ts';
import { isWithin } from './paths.ts';
import { type Placement, placeSteps } from './placement.ts';
import { type Pruning, planPruning } from './prune.ts';
import type { Refusal } from './refusals.ts';
import { namedBase, type RuntimeBase, runtimeBase } from './runtime-base.ts';
import type { Survey } from './survey.ts';
import { collectMade, firstLine, type Made } from './trees.ts';
import { wishFor } from './wish.ts';

/** Everything that the new file needs, decided. */
export interface Decision {
  readonly survey: Survey;
  readonly class: ConversionClass;
  /** position of the last build step in the trace */
  readonly boundary: number;
  readonly made: Made;
  readonly runtime: RuntimeBase;
  readonly placements: readonly Placement[];
  readonly carries: readonly Carry[];
  /** commands that give directories the owner and mode they had */
  readonly fixes: readonly string[];
  /** packages that the old base image had and something needs */
  readonly added: readonly Need[];
  readonly pruning: Pruning;
  readonly searchPaths: readonly string[];
  /** working directory of the old base image, where the file names none and the new base has another */
  readonly workdir: string | null;
}

export function decide(survey: Survey, wantedImage: string | null = null): Decision | Refusal {
  const kind = classOf(survey);
  const boundary = lastBuildStep(survey, kind);
  if (boundary < 0) return { reason: { code: 'nothing-built', args: {} }, line: null };
  const built = survey.trace.steps.slice(0, boundary + 1);
  const unknown = refuseUnknown(survey, boundary);
  if (unknown !== null) return unknown;
  const made = collectMade(survey, built);
  if (made.refusal !== null) return made.refusal;
  const runtime =
    wantedImage === null ? runtimeBase(survey.base, wishFor(survey)) : namedBase(survey.base, wantedImage);
  const user = refuseUser(survey, runtime.base);
  if (user !== null) return user;
  const needs = programNeeds(survey, runtime.base);
  const { placements, needed } = placeAll(
    survey,
    boundary,
    made,
    runtime.base,
    new Set(needs.map((need) => need.name)),
  );
  const added = addedPackages(survey, runtime, needs, needed);
  // nothing can be installed any more where the package lists are gone: then the old base image stays
  if (added.length > 0 && ARCHIVED.has(runtime.base.suite ?? '')) return decide(survey, survey.base.written);
  const later = placements
    .filter((one) => one.inFinal !== 'no')
    .map((one) => survey.file.text.slice(one.step.instruction.start, one.step.instruction.end));
  const found = kind === 'compiled' ? findArtefacts(survey, made) : null;
  // on the same base image the program may be the base's own: then everything that was made is copied
  const artefacts = found?.refusal && runtime.isSame ? null : found;
  if (artefacts?.refusal) return artefacts.refusal;
  const own = artefacts?.carries ?? carryAll(survey, made, boundary, later.join('\n'));
  const carries = [...systemCarries(survey, runtime), ...own];
  return {
    survey,
    class: kind,
    boundary,
    made,
    runtime,
    placements,
    carries,
    fixes: directoryFixes(made, carries),
    added,
    pruning: kind === 'compiled' ? { kind: 'none' } : planPruning(survey, built),
    searchPaths: artefacts?.searchPaths ?? [],
    workdir: lostWorkdir(survey, runtime.base),
  };
}

const ARCHIVED = new Set(['wheezy', 'jessie', 'stretch', 'buster']);

export function isRefusal(decision: Decision | Refusal): decision is Refusal {
  return 'reason' in decision;
}

/** What is unknown stays in the final stage; before a build step it cannot. */
function refuseUnknown(survey: Survey, boundary: number): Refusal | null {
  for (const step of survey.trace.steps.slice(0, boundary + 1)) {
    for (const { verdict, unit } of survey.runs.get(step.instruction.index) ?? []) {
      if (verdict.role !== 'unknown') continue;
      return {
        reason: { code: 'unknown-before-build', args: { command: firstLine(unit.text), why: verdict.why.code } },
        line: step.instruction.line,
      };
    }
  }
  return null;
}

/** The user must exist in the new base image, or be made in the file. */
function refuseUser(survey: Survey, runtime: Base): Refusal | null {
  const lost = (survey.base.family?.users ?? []).filter(
    (name) => !(runtime.family?.users ?? []).includes(name) && !/^\d+$/.test(name),
  );
  const made = [...survey.runs.values()]
    .flat()
    .map((part) => part.unit.text)
    .join('\n');
  const step = survey.trace.steps.find(({ instruction, scope }) => {
    if (instruction.keyword !== 'USER') return false;
    const name = instruction.body.text.trim().split(':')[0] ?? '';
    return lost.includes(name) && !made.includes(`useradd`) && scope.size >= 0;
  });
  if (step === undefined) return null;
  return {
    reason: { code: 'user-missing', args: { user: step.instruction.body.text.trim() } },
    line: step.instruction.line,
  };
}

/** Programs that run in the final stage: the start, the health check, compose files, sources, libraries. */
function programNeeds(survey: Survey, runtime: Base): Need[] {
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
export function contextRoots(survey: Survey): string[] {
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
  return lost;
}

function kitsOf(base: Base) {
  if (base.family === null || base.flavour === 'alpine') return [];
  return base.family.kits[/slim/.test(base.tag) ? 'slim' : 'full'];
}

/** What is done again in the final stage may need programs of its own: places until nothing new is needed. */
function placeAll(survey: Survey, boundary: number, made: Made, runtime: Base, start: ReadonlySet<string>) {
  let needed = start;
  for (let round = 0; ; round += 1) {
    const placements = placeSteps({ survey, boundary, made, runtime, needed });
    const used = new Set(needed);
    for (const placement of placements) {
      if (placement.inFinal === 'no') continue;
      const parts = placement.kept?.map((one) => one.part) ?? survey.runs.get(placement.step.instruction.index) ?? [];
      for (const part of parts) for (const call of part.invocations) used.add(call.name);
    }
    if (used.size === needed.size || round === 3) return { placements, needed: used };
    needed = used;
  }
}

function addedPackages(
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
  for (const [name, kit, isUsed] of [
    [
      'ca-certificates',
      'certificates',
      ['curl', 'wget', 'git'].some((one) => added.has(one)) || mentions(survey, CERTIFICATES),
    ],
    ['tzdata', 'zoneinfo', survey.trace.end.scope.has('TZ') || mentions(survey, /zoneinfo/)],
  ] as const) {
    // onto a bare distribution both are copied as files
    const isLost = runtime.hasRuntime && kitsOf(survey.base).includes(kit) && !kitsOf(runtime.base).includes(kit);
    if (isLost && isUsed && !isInstalled(survey, name)) added.set(name, { name, from: 'Dockerfile' });
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
function systemCarries(survey: Survey, runtime: RuntimeBase): Carry[] {
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

function lostWorkdir(survey: Survey, runtime: Base): string | null {
  const own = survey.base.family?.workdir ?? '/';
  const isNamed = survey.trace.steps.some((step) => step.instruction.keyword === 'WORKDIR');
  return isNamed || own === (runtime.family?.workdir ?? '/') || runtime === survey.base ? null : own;
}
