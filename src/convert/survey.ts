import type { Dockerfile, Stage } from '../dockerfile/file.ts';
import { readIgnoreFile } from '../dockerfile/ignore.ts';
import { baseImage } from '../dockerfile/variables.ts';
import type { Project } from '../model/project.ts';
import { type Base, readBase } from './base.ts';
import { type Context, type Copy, readCopy } from './copies.ts';
import { judgeRun, type Part } from './judge.ts';
import { type Start, surveyStart } from './start.ts';
import { type Trace, traceStage } from './trace.ts';

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
  /** home directories of the users that the base image and the file have */
  readonly homes: ReadonlySet<string>;
  readonly usesOpenMp: boolean;
  /** a compiler is installed, and nothing in Python: an interpreter of Python beside it is there for node-gyp */
  readonly servesGyp: boolean;
}

/** The context of a Dockerfile with its ignore file: `own`, the one beside the Dockerfile, counts before the common one. */
export function openContext(project: Project, directory: string, own: string | null): Context {
  const text = own ?? project.source(directory === '.' ? '.dockerignore' : `${directory}/.dockerignore`);
  return { project, directory, ignore: text === null ? null : readIgnoreFile(text) };
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
    const parts = judgeRun(step, {
      file,
      base,
      context,
      copies,
      venvs,
      heredocs: step.instruction.heredocs.map(({ text }) => text),
    });
    runs.set(index, parts);
    for (const part of parts) {
      if (part.verdict.why.code === 'python-venv') for (const path of part.verdict.writes) venvs.add(path);
    }
  }
  const start = surveyStart({ base, context, copies, trace, moved: movedFiles(runs) });
  return {
    file,
    stage,
    base,
    context,
    trace,
    copies,
    runs,
    start,
    homes: homesOf(base, trace, runs),
    usesOpenMp: usesOpenMp(base, context, runs),
    servesGyp: installs(runs, /^(gcc|g\+\+|build-essential|clang|make)/) && !usesPython(runs),
  };
}

function homesOf(base: Base, trace: Trace, runs: ReadonlyMap<number, readonly Part[]>): ReadonlySet<string> {
  const made = [...runs.values()]
    .flat()
    .flatMap((part) =>
      part.invocations.filter((call) => /^(user|add)(add|user)$/.test(call.name)).flatMap((call) => call.args),
    );
  const users = [...(base.family?.users ?? []), ...trace.steps.map((step) => step.user), ...made];
  const named = users.filter((name) => /^[a-z_][\w-]*$/i.test(name) && name !== 'root').map((name) => `/home/${name}`);
  const given = made.filter((word) => /^\/home\/[^/]+$/.test(word));
  return new Set([
    '/root',
    ...named,
    ...given,
    ...trace.steps.map((step) => step.home).filter((home) => /^\/(home\/[^/]+|root)$/.test(home)),
  ]);
}

function usesPython(runs: ReadonlyMap<number, readonly Part[]>): boolean {
  return [...runs.values()].flat().some(({ verdict }) => verdict.why.code.startsWith('python-'));
}

function installs(runs: ReadonlyMap<number, readonly Part[]>, pattern: RegExp): boolean {
  return [...runs.values()].flat().some(({ verdict }) => verdict.packages.some((name) => pattern.test(name)));
}

/** Only looked for where there is a compiler. */
function usesOpenMp(base: Base, { project, directory }: Context, runs: ReadonlyMap<number, readonly Part[]>): boolean {
  if (base.family?.id !== 'gcc' && !installs(runs, /^(gcc|g\+\+|build-essential|clang)/)) return false;
  const endings = [
    'CMakeLists.txt',
    'Makefile',
    '.mk',
    '.cmake',
    '.c',
    '.cc',
    '.cpp',
    '.cxx',
    '.f90',
    '.pyx',
    'setup.py',
  ];
  return project
    .find({ under: directory, endings, limit: 1000 })
    .some((path) => /openmp|\bomp\.h/i.test(project.source(path) ?? ''));
}

/** Files that a RUN copied or moved: where they came from. */
function movedFiles(runs: ReadonlyMap<number, readonly Part[]>): ReadonlyMap<string, string> {
  const moved = new Map<string, string>();
  for (const { verdict } of [...runs.values()].flat()) {
    const [source] = verdict.reads;
    const [target] = verdict.writes;
    if (verdict.role === 'files' && verdict.reads.length === 1 && source !== undefined && target !== undefined)
      moved.set(target, source);
  }
  return moved;
}
