import type { ConversionClass } from './conversion.ts';
import type { Part } from './judge.ts';
import { isWithin, ownRoot } from './paths.ts';
import type { Survey } from './survey.ts';
import type { Step } from './trace.ts';

const COMPILED = new Set(['golang', 'rust', 'gcc', 'maven', 'gradle', 'sbt', 'java', 'dotnet']);
const INTERPRETERS =
  /^(node|npm|npx|yarn|pnpm|python[\d.]*|ruby|php|bun|deno|pm2|pm2-runtime|gunicorn|uvicorn|uwsgi|bundle|rails|perl)$/;

/** What kind of program it is: by the base image, or by what is compiled and started on a bare distribution. */
export function classOf(survey: Survey): ConversionClass {
  const family = survey.base.family?.id;
  if (family !== undefined && COMPILED.has(family)) return 'compiled';
  const compiles = [...survey.runs.values()].flat().some((part) => part.verdict.why.code === 'compile');
  const interprets = survey.start.calls.some(({ name }) => INTERPRETERS.test(name));
  return (family === undefined || family === 'debian') && compiles && !interprets ? 'compiled' : 'interpreted';
}

/**
 * Position in the trace of the last step that belongs into the build stage, −1 where nothing is built: the last RUN that
 * builds or removes what a build needed, and file operations on its result that follow it.
 */
export function lastBuildStep(survey: Survey, kind: ConversionClass): number {
  const { steps } = survey.trace;
  const last = steps.findLastIndex((step) => partsOf(survey, step).some(isBuilding));
  if (last < 0) return last;
  return kind === 'compiled' ? lastTouch(survey, last) : lastFollower(survey, last);
}

function isBuilding({ verdict }: Part): boolean {
  const { role, why } = verdict;
  return (
    (role === 'build' && why.code !== 'tool-settings') ||
    (why.code === 'packages-removed' && verdict.packages.length > 0)
  );
}

/** The sources stay behind, so whatever reads or changes them or what was made of them must run before. */
function lastTouch(survey: Survey, last: number): number {
  const { steps } = survey.trace;
  const roots = new Set(survey.copies.map((copy) => ownRoot(copy.target, survey.homes)));
  const outputs = steps
    .slice(0, last + 1)
    .flatMap((step) => partsOf(survey, step))
    .filter(({ verdict }) => verdict.why.code === 'compile')
    .flatMap(({ verdict }) => verdict.writes.filter((path) => path !== '/'));
  const touches = (path: string) => [...roots, ...outputs].some((root) => root !== null && isWithin(path, root));
  return steps.findLastIndex((step, index) => {
    if (index <= last) return true;
    return partsOf(survey, step).some(({ verdict }) => {
      if (verdict.role === 'program') return true;
      return verdict.role === 'files' && [...verdict.reads, ...verdict.writes].some(touches);
    });
  });
}

/** `chown -R` and its like right behind: done there, they do not double the files in a layer of their own. */
function lastFollower(survey: Survey, last: number): number {
  const { steps } = survey.trace;
  let end = last;
  for (let at = last + 1; at < steps.length; at += 1) {
    const step = steps[at];
    if (step === undefined || step.instruction.keyword !== 'RUN') break;
    const parts = partsOf(survey, step);
    const isFollower = parts.every(({ verdict }) => {
      if (verdict.role === 'neutral' || verdict.role === 'cleanup') return true;
      return verdict.role === 'files' && verdict.writes.every((path) => ownRoot(path, survey.homes) !== null);
    });
    if (!isFollower) break;
    end = at;
  }
  return end;
}

function partsOf(survey: Survey, step: Step): readonly Part[] {
  return survey.runs.get(step.instruction.index) ?? [];
}
