import type { Dockerfile, Instruction, Stage } from '../dockerfile/file.ts';
import { type RunBody, readRun } from '../dockerfile/shell.ts';
import { baseImage, expand, globalScope, parentStage, type Scope, scopeBehind } from '../dockerfile/variables.ts';
import type { BuildContext } from './context.ts';
import { type Copy, readCopy } from './copies.ts';
import { type ImageFacts, imageFacts } from './images/facts.ts';
import { mountsOf } from './mounts.ts';
import { absolutePath } from './paths.ts';

/** What a rule sees: the parsed file, what each stage is and does, and the build context. Nothing in it is measured. */
export interface View {
  readonly file: Dockerfile;
  /** path of the Dockerfile, relative to the project */
  readonly path: string;
  readonly stages: readonly StageView[];
  /** the stage that becomes the image; `null` for a file without FROM */
  readonly final: StageView | null;
  /** `null`: only the file is known */
  readonly context: BuildContext | null;
  /** ISO date */
  readonly today: string;
}

export interface StageView {
  readonly stage: Stage;
  readonly parent: StageView | null;
  /** base image in the end, variables replaced by their defaults; `null`: a variable is open */
  readonly image: string | null;
  readonly facts: ImageFacts | null;
  /** of the stage itself */
  readonly steps: readonly Step[];
  /** of the stages that it is built on, then its own */
  readonly allSteps: readonly Step[];
  readonly end: State;
  /** variables at its end */
  readonly scope: Scope;
}

interface State {
  /** absolute; `null`: a variable is open, or the base image is unknown and the path relative */
  readonly workdir: string | null;
  /** as USER says or the base image starts; `null`: not known */
  readonly user: string | null;
}

export interface Step extends State {
  readonly instruction: Instruction;
  readonly stage: number;
  /** variables in force */
  readonly scope: Scope;
  /** of COPY and ADD */
  readonly copy: Copy | null;
  /** of RUN */
  readonly run: RunBody | null;
}

export interface ViewOptions {
  readonly path: string;
  readonly context: BuildContext | null;
  readonly today: string;
}

/** Works out once what all rules need. Pure; the context is read when a rule asks. */
export function viewOf(file: Dockerfile, options: ViewOptions): View {
  const stages: StageView[] = [];
  const globals = globalScope(file);
  for (const stage of file.stages) stages.push(readStage(file, stage, stages, globals));
  return { file, ...options, stages, final: stages.at(-1) ?? null };
}

function readStage(file: Dockerfile, stage: Stage, earlier: readonly StageView[], globals: Scope): StageView {
  const parentIndex = parentStage(file, stage)?.index;
  const parent = parentIndex === undefined ? null : (earlier[parentIndex] ?? null);
  const image = baseImage(file, stage);
  const facts = image === null ? null : imageFacts(image);
  let state: State = parent?.end ?? { workdir: facts?.workdir ?? null, user: facts?.user ?? null };
  const steps: Step[] = [];
  let scope: Scope = parent?.scope ?? new Map();
  for (const instruction of stage.instructions) {
    const step: Step = {
      ...state,
      instruction,
      stage: stage.index,
      scope,
      copy: readCopy(file, instruction, scope, state.workdir),
      run: instruction.keyword === 'RUN' ? readRun(instruction) : null,
    };
    steps.push(step);
    state = stateAfter(file, step);
    scope = scopeBehind(scope, instruction, globals, file.escape);
  }
  return { stage, parent, image, facts, steps, allSteps: [...(parent?.allSteps ?? []), ...steps], end: state, scope };
}

function stateAfter(file: Dockerfile, { instruction, scope, workdir, user }: Step): State {
  const [word] = instruction.words;
  if (instruction.keyword === 'WORKDIR') {
    const path = expand(instruction.body.text.trim(), scope, file.escape);
    if (path === null) return { workdir: null, user };
    return { workdir: path.startsWith('/') || workdir !== null ? absolutePath(workdir ?? '/', path) : null, user };
  }
  if (instruction.keyword === 'USER' && word !== undefined)
    return { workdir, user: expand(word.text, scope, file.escape) };
  return { workdir, user };
}

/** The stage that a name or number stands for, as seen from stage `before`. */
export function stageNamed(view: View, name: string, before: number): StageView | null {
  const earlier = view.stages.slice(0, before);
  const named = earlier.findLast((candidate) => candidate.stage.name === name.toLowerCase());
  return named ?? (/^\d+$/.test(name) ? (earlier[Number(name)] ?? null) : null);
}

/** Stages that the final one is made from: its parents, and what it copies from, directly or through others. */
export function usedStages(view: View): ReadonlySet<number> {
  const used = new Set<number>();
  const visit = (stage: StageView | null): void => {
    if (stage === null || used.has(stage.stage.index)) return;
    used.add(stage.stage.index);
    visit(stage.parent);
    for (const name of stage.steps.flatMap(stageReferences)) visit(stageNamed(view, name, stage.stage.index));
  };
  visit(view.final);
  return used;
}

/** Stages whose layers are in the image: the final one and its parents. */
export function shippedStages(view: View): readonly StageView[] {
  const shipped: StageView[] = [];
  for (let stage = view.final; stage !== null; stage = stage.parent) shipped.unshift(stage);
  return shipped;
}

function stageReferences(step: Step): string[] {
  const mounted = mountsOf(step.instruction).flatMap(({ from }) => from ?? []);
  const copied = step.copy?.from ?? null;
  return copied === null ? mounted : [copied, ...mounted];
}
