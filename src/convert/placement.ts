import type { Base } from './base.ts';
import { classOf } from './boundary.ts';
import type { Reason } from './conversion.ts';
import { RUN_PACKAGES } from './data/packages.ts';
import type { KeptPart } from './final-run.ts';
import type { Part } from './judge.ts';
import { keptParts, mentionsTree } from './kept.ts';
import { packageFiles } from './packages.ts';
import { isWithin, ownRoot } from './paths.ts';
import type { Survey } from './survey.ts';
import type { Step } from './trace.ts';
import type { Made } from './trees.ts';

/** Where an instruction stands in the new file. */
export interface Placement {
  readonly step: Step;
  readonly inBuild: boolean;
  /** `early`: before what is copied from the build stage; `late`: after it; `tail`: it follows the last build step */
  readonly inFinal: 'no' | 'early' | 'late' | 'tail';
  /** units of a RUN that stay in the final stage; `null`: all of it, as it stands */
  readonly kept: readonly KeptPart[] | null;
  readonly role: 'build' | 'run' | 'both';
  readonly why: Reason;
}

export interface Placing {
  readonly survey: Survey;
  /** position of the last build step in the trace */
  readonly boundary: number;
  readonly made: Made;
  readonly runtime: Base;
  /** programs that run in the final stage */
  readonly needed: ReadonlySet<string>;
}

const METADATA = new Set(['CMD', 'ENTRYPOINT', 'EXPOSE', 'VOLUME', 'STOPSIGNAL', 'HEALTHCHECK']);
const NAMING = new Set(['LABEL', 'MAINTAINER']);
const STATE = new Set(['ENV', 'ARG', 'SHELL', 'USER', 'WORKDIR']);

/** Places every instruction after FROM. */
export function placeSteps(placing: Placing): Placement[] {
  return placing.survey.trace.steps.map((step, position) => placeStep(placing, step, position));
}

function placeStep(placing: Placing, step: Step, position: number): Placement {
  const { keyword } = step.instruction;
  if (position > placing.boundary) return place(step, false, 'tail', 'run', 'after-build');
  if (METADATA.has(keyword)) return place(step, false, 'late', 'run', 'describes-container');
  if (NAMING.has(keyword)) return place(step, false, 'early', 'run', 'describes-container');
  if (STATE.has(keyword)) return place(step, true, 'early', 'both', stateReason(keyword));
  if (keyword === 'COPY' || keyword === 'ADD') return placeCopy(placing, step);
  if (keyword === 'RUN') return placeRun(placing, step);
  return place(step, true, 'early', 'both', 'unknown-kept');
}

function stateReason(keyword: string): string {
  if (keyword === 'ENV') return 'env-both';
  return keyword === 'ARG' ? 'arg-both' : 'state-both';
}

function placeCopy(placing: Placing, step: Step): Placement {
  const copy = placing.survey.copies.find((one) => one.step === step);
  if (copy === undefined) return place(step, true, 'early', 'both', 'unknown-kept');
  if (ownRoot(copy.target, placing.survey.homes) !== null) return place(step, true, 'no', 'build', 'copied-over');
  if (copy.from !== null && isBuildTool(placing, copy.sources, copy.target))
    return place(step, true, 'no', 'build', 'tool-left');
  if (copy.from !== null && isInProduct(placing, copy.target, copy.sources))
    return place(step, true, 'no', 'build', 'copied-over');
  const isTemporary = isWithin(copy.target, '/tmp') || isWithin(copy.target, '/var/tmp');
  const isPackage = packageFiles(placing.survey).some((path) => isWithin(path, copy.target));
  const isUsed = isPackage || placing.survey.start.words.some((word) => isWithin(word, copy.target));
  if (isTemporary && !isUsed) return place(step, true, 'no', 'build', 'temporary');
  return place(step, true, 'early', 'both', 'system-file');
}

/** A program from another image that nothing starts in the final stage: composer, uv, a compiler. */
function isBuildTool(placing: Placing, sources: readonly string[], target: string): boolean {
  const names = [...sources, target].map((path) => path.split('/').at(-1) ?? '');
  const known = names.some((name) =>
    /^(composer(\.phar)?|uv|uvx|poetry|cargo-chef|pnpm|yarn|node|npm|tini-static|install-php-extensions|mvn)$/.test(
      name,
    ),
  );
  return known && !names.some((name) => placing.needed.has(name));
}

/** It lies in a folder that is copied from the build stage as a whole, and nothing that is done again starts it. */
function isInProduct({ survey, made }: Placing, target: string, sources: readonly string[]): boolean {
  if (classOf(survey) === 'compiled' || !made.products.some(({ path }) => isWithin(target, path))) return false;
  const names = [target, ...sources].map((path) => path.split('/').at(-1));
  const isRun = [...survey.runs.values()]
    .flat()
    .some(({ invocations }) => invocations.some(({ name }) => names.includes(name)));
  return !isRun;
}

function placeRun(placing: Placing, step: Step): Placement {
  const parts = placing.survey.runs.get(step.instruction.index) ?? [];
  const kept = keptParts(placing, step, parts);
  if (kept.length === 0) return place(step, true, 'no', 'build', buildReason(parts));
  const isLate = kept.some(({ part }) => mentionsTree(placing, step, part));
  const builds = parts.some((part) => part.verdict.role === 'build' || part.verdict.role === 'program');
  if (isRunOnly(placing, step, parts)) return place(step, false, 'early', 'run', 'packages-run');
  const why: Reason = { code: builds ? 'run-split' : 'system-both', args: {} };
  return { step, inBuild: true, inFinal: isLate ? 'late' : 'early', kept, role: 'both', why };
}

/** Installs only what runs, and no program of the project runs in the build that could use it. */
function isRunOnly(placing: Placing, step: Step, parts: readonly Part[]): boolean {
  const installs = parts.filter((part) => part.verdict.why.code === 'packages');
  const isPlain = parts.every(({ verdict }) => /^(packages|cleanup|neutral)$/.test(verdict.role));
  if (!isPlain || installs.length === 0) return false;
  if (!installs.every((part) => part.verdict.packages.every((name) => RUN_PACKAGES.test(name.replace(/=.*$/, '')))))
    return false;
  const { steps } = placing.survey.trace;
  const later = steps.slice(steps.indexOf(step) + 1, placing.boundary + 1);
  return later.every((one) =>
    (placing.survey.runs.get(one.instruction.index) ?? []).every(
      ({ verdict }) =>
        verdict.role !== 'program' && !/^(javascript-build|ruby-build|project-tool)$/.test(verdict.why.code),
    ),
  );
}

function buildReason(parts: readonly Part[]): string {
  const main =
    parts.find((part) => part.verdict.role === 'build') ?? parts.find((part) => part.verdict.role !== 'neutral');
  return main?.verdict.why.code ?? 'nothing-changed';
}

function place(
  step: Step,
  inBuild: boolean,
  inFinal: Placement['inFinal'],
  role: Placement['role'],
  code: string,
): Placement {
  return { step, inBuild, inFinal, kept: null, role, why: { code, args: {} } };
}
