import { findArtefacts } from './artefacts.ts';
import type { Base } from './base.ts';
import { addedPackages, programNeeds, systemCarries } from './base-loss.ts';
import { classOf, lastBuildStep } from './boundary.ts';
import { type Carry, carryAll, directoryFixes } from './carry.ts';
import { compilerLibraries } from './compiler-libraries.ts';
import type { ConversionClass } from './conversion.ts';
import { finalPackages } from './final-packages.ts';
import type { Need } from './needs.ts';
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
  const installed = finalPackages(survey, placements);
  const added = addedPackages(survey, runtime, needs, needed).filter(({ name }) => !installed.has(name));
  // nothing can be installed any more where the package lists are gone: then the old base image stays
  if (added.length > 0 && ARCHIVED.has(runtime.base.suite ?? '') && !runtime.isSame) {
    const kept = decide(survey, survey.base.written);
    const args = { suite: runtime.base.suite ?? '', names: added.map(({ name }) => name).join(', ') };
    return isRefusal(kept) ? kept : { ...kept, runtime: { ...kept.runtime, why: { code: 'base-archived', args } } };
  }
  const copied = whatIsCopied(survey, made, { kind, boundary, placements, runtime, installed });
  if ('reason' in copied) return copied;
  const { carries, searchPaths } = copied;
  return {
    survey,
    class: kind,
    boundary,
    made,
    runtime,
    placements,
    carries,
    fixes: [
      ...directoryFixes(made, carries),
      ...(carries.some(({ why }) => /^(compiler|built)-libraries$/.test(why.code)) ? ['ldconfig'] : []),
    ],
    added,
    pruning: kind === 'compiled' ? { kind: 'none' } : planPruning(survey, built),
    searchPaths,
    workdir: lostWorkdir(survey, runtime.base),
  };
}

/** The copies of the final stage: artefacts of a compiled program, everything that was made for another one. */
function whatIsCopied(
  survey: Survey,
  made: Made,
  {
    kind,
    boundary,
    placements,
    runtime,
    installed,
  }: Pick<Decision, 'boundary' | 'placements' | 'runtime'> & {
    kind: ConversionClass;
    installed: ReadonlySet<string>;
  },
): { carries: readonly Carry[]; searchPaths: readonly string[] } | Refusal {
  const found = kind === 'compiled' ? findArtefacts(survey, made) : null;
  // on the same base image the program may be the base's own: then everything that was made is copied
  const artefacts = found?.refusal && runtime.isSame ? null : found;
  if (artefacts?.refusal) return artefacts.refusal;
  const later = placements
    .filter((one) => one.inFinal !== 'no')
    .map(({ step }) => survey.file.text.slice(step.instruction.start, step.instruction.end));
  const own = artefacts?.carries ?? carryAll(survey, made, boundary, later.join('\n'));
  // the package makes its own files
  const system = systemCarries(survey, runtime).filter(
    ({ why }) => why.code !== 'certificates' || !installed.has('ca-certificates'),
  );
  return {
    carries: [...system, ...compilerLibraries(survey, runtime), ...own],
    searchPaths: artefacts?.searchPaths ?? [],
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

function lostWorkdir(survey: Survey, runtime: Base): string | null {
  const own = survey.base.family?.workdir ?? '/';
  const isNamed = survey.trace.steps.some((step) => step.instruction.keyword === 'WORKDIR');
  return isNamed || own === (runtime.family?.workdir ?? '/') || runtime === survey.base ? null : own;
}
