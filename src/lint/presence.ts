import { isSent, kindInContext, matchesInContext } from './context.ts';
import type { Copy } from './copies.ts';
import { imageHas } from './images/facts.ts';
import { isHarmless, mayInstallTool } from './installs.ts';
import { absolutePath, baseName, below, hasWildcard, joinPaths } from './paths.ts';
import { type StageView, type Step, stageNamed, type View } from './view.ts';

/** `true`: surely there; `false`: surely not; `null`: nobody can say without building. Rules speak only on `false`. */
export type Presence = boolean | null;

/** Folders that a base image fills, and that packages and installers write to. */
const SYSTEM_FOLDERS =
  /^\/(?:usr|etc|var|lib|lib64|lib32|bin|sbin|opt|home|root|tmp|run|srv|mnt|media|dev|proc|sys|boot|go|nodejs|busybox|cargo|nix|data|config)(?:\/|$)/;

/** Whether an absolute path exists in a stage before the instruction `before` (an index in the file). */
export function pathPresence(view: View, stage: StageView, path: string, before = Number.POSITIVE_INFINITY): Presence {
  let result: Presence = basePresence(stage, path);
  for (const step of stage.allSteps) {
    if (step.instruction.index >= before) break;
    const found = stepPresence(view, step, path);
    if (found === true) return true;
    if (found === null) result = null;
  }
  return result;
}

/** Whether a program is on the path in a stage before the instruction `before`. */
export function toolPresence(stage: StageView, tool: string, before = Number.POSITIVE_INFINITY): Presence {
  const known = stage.facts === null ? null : imageHas(stage.facts, tool);
  if (known !== false) return known;
  const steps = stage.allSteps.filter((step) => step.instruction.index < before);
  const extendsPath = steps.some(
    ({ instruction }) => instruction.keyword === 'ENV' && /(^|\s)PATH[= ]/.test(instruction.body.text),
  );
  const mayCome = steps.some(
    (step) => mayInstallTool(step, tool) || (step.copy !== null && mayCopyTool(step.copy, tool, extendsPath)),
  );
  return mayCome ? null : false;
}

const PROGRAM_FOLDERS = /^\/$|^\/(?:usr|usr\/local|opt)$|\/s?bin$/;

function mayCopyTool(copy: Copy, tool: string, extendsPath: boolean): boolean {
  if (extendsPath || copy.target === null) return true;
  if (baseName(copy.target) === tool) return true;
  if (copy.sources.some((source) => source.path === null || baseName(source.path) === tool)) return true;
  if (!PROGRAM_FOLDERS.test(copy.target)) return /\/s?bin\//.test(copy.target) && !copy.isFolder;
  return copy.sources.some(({ path }) => {
    const name = baseName(path ?? '');
    return copy.from === null ? !/^[^*?[]+\.\w+$/.test(name) : !/\/s?bin\/[^/*]+$/.test(path ?? '');
  });
}

function basePresence(stage: StageView, path: string): Presence {
  if (path === '/') return true;
  if (stage.facts === null) return null;
  if (stage.facts.family.id === 'scratch') return false;
  const folders = stage.allSteps.filter((step) => step.instruction.keyword === 'WORKDIR');
  const isOwn = [...folders.map((step) => step.workdir), stage.end.workdir].some(
    (folder) => folder !== null && folder.split('/').length > 2 && below(folder, path) !== null,
  );
  return SYSTEM_FOLDERS.test(path) && !isOwn ? null : false;
}

function stepPresence(view: View, step: Step, path: string): Presence {
  if (step.copy !== null) return copyPresence(view, step, step.copy, path);
  if (step.run !== null) return runPresence(step, path);
  return false;
}

/** A RUN may write below its working folder, and where its text or a variable in force points to. */
function runPresence(step: Step, path: string): Presence {
  if (isHarmless(step)) return SYSTEM_FOLDERS.test(path) && !isBelow(step.workdir, path) ? null : false;
  if (step.workdir === null || isBelow(step.workdir, path) || SYSTEM_FOLDERS.test(path)) return null;
  const top = `/${path.split('/')[1] ?? ''}`;
  const text = `${step.instruction.body.text}${step.instruction.heredocs.map((heredoc) => heredoc.text).join('')}`;
  const values = [...step.scope.values()].map((variable) => variable.value);
  return text.includes(top) || values.some((value) => value === null || value.includes(top)) ? null : false;
}

function isBelow(folder: string | null, path: string): boolean {
  return folder !== null && below(folder, path) !== null;
}

function copyPresence(view: View, step: Step, copy: Copy, path: string): Presence {
  if (copy.target === null) return null;
  if (copy.keepsParents || copy.excludes.length > 0) return isBelow(copy.target, path) ? null : false;
  if (below(path, copy.target) !== null && path !== copy.target) return true;
  let result: Presence = false;
  for (const source of copy.sources) {
    const found = sourcePresence(view, step, copy, copy.target, source.kind === 'path' ? source.path : null, path);
    if (found === true) return true;
    if (found === null) result = null;
  }
  return result;
}

function sourcePresence(
  view: View,
  step: Step,
  copy: Copy,
  target: string,
  source: string | null,
  path: string,
): Presence {
  const rest = below(target, path);
  if (rest === null) return false;
  if (source === null || copy.isFromOpen) return null;
  if (copy.from === null) return contextSourcePresence(view, step, copy, source, rest);
  const stage = stageNamed(view, copy.from, step.stage);
  if (stage === null || hasWildcard(source)) return null;
  const from = absolutePath('/', source);
  if (rest === '') return copy.isFolder ? true : pathPresence(view, stage, from) === false ? false : null;
  const asFolder = pathPresence(view, stage, absolutePath(from, rest));
  const asFile = rest === baseName(from) ? pathPresence(view, stage, from) : false;
  return asFolder === false && asFile === false ? false : null;
}

function contextSourcePresence(view: View, step: Step, copy: Copy, source: string, rest: string): Presence {
  const { context } = view;
  if (context === null || (step.instruction.keyword === 'ADD' && /\.(tar|tgz|tbz|txz|tar\.\w+)$/.test(source)))
    return null;
  const matches = matchesInContext(context, source);
  // What is missing is reported where it is copied; a pattern that ends in a star says that it may be missing.
  if (matches.length === 0) return context.isSure && /[*?]$/.test(source) ? false : null;
  for (const match of matches) {
    if (kindInContext(context, match) === 'directory') {
      const inner = joinPaths(match, rest);
      if (rest === '' || (kindInContext(context, inner) !== null && isSent(context, inner))) return true;
    } else if (isSent(context, match)) {
      if (rest === baseName(match)) return true;
      if (rest === '' && !copy.isFolder) return true;
    }
  }
  return context.isSure ? false : null;
}
