import type { Instruction } from '../dockerfile/file.ts';
import { callsOf } from './commands.ts';
import { isSent, matchesInContext } from './context.ts';
import { isHarmless } from './installs.ts';
import { mountsOf } from './mounts.ts';
import { absolutePath, below, contextPath } from './paths.ts';
import { type StageView, type Step, stageNamed, usedStages, type View } from './view.ts';

/** Lines (1-based) of the instructions that a build has as steps: COPY, ADD, RUN and WORKDIR of the stages it needs. */
export interface Rebuild {
  readonly cached: readonly number[];
  readonly rerun: readonly number[];
}

const STEPS = new Set(['COPY', 'ADD', 'RUN', 'WORKDIR']);

/**
 * What a build after a change of one file of the context runs again, and what the engine takes from its cache.
 * Within a stage everything behind the first changed step runs again; a COPY from another stage only if what it takes
 * may have changed (the engine compares contents), and `--link` copies do not depend on what stands before them.
 */
export function predictRebuild(view: View, changedPath: string): Rebuild {
  const used = usedStages(view);
  const dirty = new Map<number, readonly Step[]>();
  const result = { cached: [] as number[], rerun: [] as number[] };
  for (const stage of view.stages) {
    if (!used.has(stage.stage.index)) continue;
    const rerun: Step[] = [];
    let isDirty = stage.parent !== null && (dirty.get(stage.parent.stage.index) ?? []).length > 0;
    if (isDirty && stage.parent !== null) rerun.push(...(dirty.get(stage.parent.stage.index) ?? []));
    for (const step of stage.steps) {
      if (!STEPS.has(step.instruction.keyword)) continue;
      const isChanged = takesChange(view, step, changedPath, dirty);
      const isLinked = step.copy !== null && hasLink(step.instruction);
      const runs = isChanged || (isDirty && !isLinked);
      isDirty = isDirty || isChanged;
      (runs ? result.rerun : result.cached).push(step.instruction.line);
      if (runs) rerun.push(step);
    }
    dirty.set(stage.stage.index, rerun);
  }
  return result;
}

function hasLink(instruction: Instruction): boolean {
  return instruction.flags.some((flag) => flag.name === 'link' && flag.value !== 'false');
}

type Dirty = ReadonlyMap<number, readonly Step[]>;

function takesChange(view: View, step: Step, changedPath: string, dirty: Dirty): boolean {
  if (step.copy !== null) {
    return step.copy.sources.some(
      ({ path }) => path !== null && sourceChanged(view, step, step.copy?.from ?? null, path, changedPath, dirty),
    );
  }
  return mountsOf(step.instruction).some(
    ({ type, from, source }) => type === 'bind' && sourceChanged(view, step, from, source ?? '.', changedPath, dirty),
  );
}

function sourceChanged(
  view: View,
  step: Step,
  from: string | null,
  source: string,
  changedPath: string,
  dirty: Dirty,
): boolean {
  if (from === null) return contextChanged(view, source, changedPath);
  const stage = stageNamed(view, from, step.stage);
  if (stage === null) return false;
  const path = absolutePath('/', source);
  return (dirty.get(stage.stage.index) ?? []).some((one) => mayWrite(view, stage, one, path, changedPath));
}

function contextChanged(view: View, source: string, changedPath: string): boolean {
  const { context } = view;
  if (context === null) return contextPath(source) === '.' || below(contextPath(source), changedPath) !== null;
  if (context.ignore.excludes(changedPath)) return false;
  return matchesInContext(context, source).some(
    (match) => isSent(context, match) && (match === '.' || below(match, changedPath) !== null),
  );
}

/** Folders that only installers write to, whatever else a build does. */
const INSTALLED =
  /\/(?:node_modules|site-packages|\.?venv|vendor|\.m2|\.gradle|dependencies|spring-boot-loader|snapshot-dependencies|lib)$/;
const INSTALLERS = /^(?:npm|yarn|pnpm|bun|pip3?|uv|poetry|pipenv|pdm|composer|bundle)$/;
const INSTALL_WORDS = /^(?:ci|install|i|add|sync|prune|focus|deploy|workspaces)$/;

/** Whether a step that runs again can leave other contents at `path`. */
function mayWrite(view: View, stage: StageView, step: Step, path: string, changedPath: string): boolean {
  if (step.copy !== null) return copyWrites(view, step, path, changedPath);
  if (step.run === null || isHarmless(step)) return false;
  if (INSTALLED.test(path) || /\/(?:opt|usr\/local)\/venv$/.test(path)) return installs(step);
  if (stage.allSteps.some((one) => one.copy?.from === null && broughtAlone(one, path))) return false;
  const text = step.instruction.body.text + step.instruction.heredocs.map((heredoc) => heredoc.text).join('');
  const isNear = step.workdir === null || below(step.workdir, path) !== null || below(path, step.workdir) !== null;
  return isNear || text.includes(`/${path.split('/')[1] ?? ''}`);
}

function installs(step: Step): boolean {
  return callsOf(step).some(
    (call) =>
      INSTALLERS.test(call.program) &&
      (call.operands.length === 0 || call.operands.some((word) => INSTALL_WORDS.test(word))),
  );
}

/** A file that a COPY brought by name: builds read it and do not write it. */
function broughtAlone(step: Step, path: string): boolean {
  const { copy } = step;
  if (copy?.target == null) return false;
  const { target } = copy;
  return copy.sources.some(
    (source) =>
      source.path !== null &&
      /\.\w+$/.test(source.path) &&
      absolutePath(target, source.path.replace(/^.*\//, '')) === path,
  );
}

function copyWrites(view: View, step: Step, path: string, changedPath: string): boolean {
  const { copy } = step;
  if (copy?.target == null) return true;
  const { target } = copy;
  if (below(target, path) === null && below(path, target) === null) return false;
  if (copy.from !== null) return true;
  return copy.sources.some(({ path: source }) => {
    if (source === null) return true;
    const rest = contextPath(source) === '.' ? changedPath : (below(contextPath(source), changedPath) ?? '');
    const landing = absolutePath(target, rest);
    return below(path, landing) !== null && contextChanged(view, source, changedPath);
  });
}
