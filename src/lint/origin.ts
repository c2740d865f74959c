import { callsOf } from './commands.ts';
import { kindInContext, matchesInContext } from './context.ts';
import { absolutePath, baseName, below, joinPaths } from './paths.ts';
import { type StageView, type Step, stageNamed, type View } from './view.ts';

/** Where a file of a stage comes from: a path of the build context, and the copy that brought it last. */
export interface Origin {
  readonly contextPath: string;
  readonly step: Step;
  /** octal or symbolic mode of `--chmod`; `null` keeps that of the file */
  readonly chmod: string | null;
}

/** Follows the last COPY that surely brought `path`, through other stages; `null` where that cannot be told. */
export function fileOrigin(
  view: View,
  stage: StageView,
  path: string,
  before = Number.POSITIVE_INFINITY,
): Origin | null {
  const copies = stage.allSteps.filter((step) => step.copy !== null && step.instruction.index < before);
  for (const step of copies.toReversed()) {
    const origin = originIn(view, step, path);
    if (origin !== null) return origin;
  }
  return null;
}

function originIn(view: View, step: Step, path: string): Origin | null {
  const { copy } = step;
  if (copy === null || copy.target === null || copy.isFromOpen) return null;
  const rest = below(copy.target, path);
  if (rest === null) return null;
  for (const source of copy.sources) {
    if (source.path === null || source.kind !== 'path') continue;
    const found =
      copy.from === null
        ? inContext(view, step, source.path, rest, copy.isFolder)
        : inStage(view, step, copy.from, source.path, rest);
    if (found !== null) return { ...found, chmod: copy.chmod ?? found.chmod };
  }
  return null;
}

function inContext(view: View, step: Step, source: string, rest: string, isFolder: boolean): Origin | null {
  const { context } = view;
  if (context === null || step.copy?.keepsParents === true) return null;
  for (const match of matchesInContext(context, source)) {
    const isDirectory = kindInContext(context, match) === 'directory';
    const path = isDirectory ? joinPaths(match, rest) : match;
    const fits = isDirectory ? rest !== '' : rest === baseName(match) || (rest === '' && !isFolder);
    if (fits && kindInContext(context, path) === 'file') return { contextPath: path, step, chmod: null };
  }
  return null;
}

function inStage(view: View, step: Step, from: string, source: string, rest: string): Origin | null {
  const stage = stageNamed(view, from, step.stage);
  if (stage === null) return null;
  const base = absolutePath('/', source);
  const inner = rest === '' || rest === baseName(base) ? base : absolutePath(base, rest);
  return fileOrigin(view, stage, inner);
}

/** Whether a RUN up to `before` changes a file by one of these programs, itself or with all files of its folder. */
export function isTreated(view: View, path: string, programs: RegExp): boolean {
  const name = baseName(path);
  return view.stages.some((stage) =>
    stage.steps.some((step) =>
      callsOf(step).some(
        (call) =>
          programs.test(call.program) &&
          call.operands.some(
            (operand) => operand.includes(name) || operand.includes('*') || isFolderOf(step, operand, path),
          ),
      ),
    ),
  );
}

function isFolderOf(step: Step, operand: string, path: string): boolean {
  if (operand.includes('$')) return true;
  return step.workdir !== null && below(absolutePath(step.workdir, operand), path) !== null;
}
