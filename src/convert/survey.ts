import type { Dockerfile, Stage } from '../dockerfile/file.ts';
import { readIgnoreFile } from '../dockerfile/ignore.ts';
import { baseImage } from '../dockerfile/variables.ts';
import type { Project } from '../model/project.ts';
import { type Base, readBase } from './base.ts';
import { type Context, type Copy, readCopy } from './copies.ts';
import { judgeRun, type Part } from './judge.ts';
import { type Start, surveyStart } from './start.ts';
import { type Step, type Trace, traceStage } from './trace.ts';

/** Everything that is known about a single-stage file before anything is decided. */
export interface Survey {
  readonly file: Dockerfile;
  readonly stage: Stage;
  readonly base: Base;
  readonly context: Context;
  readonly trace: Trace;
  readonly copies: readonly Copy[];
  /** parts of each RUN, by the index of its instruction */
  readonly runs: ReadonlyMap<number, readonly Part[]>;
  readonly start: Start;
}

/** The context of a Dockerfile with its ignore file: the one beside the Dockerfile counts before the common one. */
export function openContext(project: Project, directory: string, dockerfile: string): Context {
  const candidates = [`${dockerfile}.dockerignore`, directory === '.' ? '.dockerignore' : `${directory}/.dockerignore`];
  const text = candidates.map((path) => project.source(path)).find((found) => found !== null);
  return { project, directory, ignore: text === undefined || text === null ? null : readIgnoreFile(text) };
}

export function surveyStage(file: Dockerfile, stage: Stage, context: Context): Survey {
  const base = readBase(stage.image, baseImage(file, stage) ?? stage.image);
  const trace = traceStage(file, stage, base);
  const copies: Copy[] = [];
  const runs = new Map<number, readonly Part[]>();
  const venvs = new Set<string>();
  for (const step of trace.steps) {
    const { keyword, index } = step.instruction;
    if (keyword === 'COPY' || keyword === 'ADD') {
      const copy = readCopy(file, step, context);
      if (copy !== null) copies.push(copy);
    }
    if (keyword !== 'RUN') continue;
    const parts = judgeRun(step, { file, base, context, copies, venvs });
    runs.set(index, parts);
    for (const part of parts) {
      if (part.verdict.why.code === 'python-venv') for (const path of part.verdict.writes) venvs.add(path);
    }
  }
  const start = surveyStart({ base, context, copies, trace });
  return { file, stage, base, context, trace, copies, runs, start };
}

/** Steps in order with their RUN parts; everything else has none. */
export function partsOf(survey: Survey, step: Step): readonly Part[] {
  return survey.runs.get(step.instruction.index) ?? [];
}
