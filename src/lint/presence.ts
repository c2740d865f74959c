import { keyValues } from '../dockerfile/words.ts';
import { callsOf } from './commands.ts';
import { isSent, kindInContext, matchesInContext } from './context.ts';
import type { Copy } from './copies.ts';
import { imageHas } from './images/facts.ts';
import { isHarmless, mayInstallTool } from './installs.ts';
import { absolutePath, baseName, below, hasWildcard, joinPaths, SYSTEM_FOLDERS } from './paths.ts';
import { type StageView, type Step, stageNamed, type View } from './view.ts';
import { mayWrite } from './written.ts';

/** `true`: surely there; `false`: surely not; `null`: nobody can say without building. Rules speak only on `false`. */
export type Presence = boolean | null;

/** Whether an absolute path exists in a stage before the instruction `before` (an index in the file). */
export function pathPresence(view: View, stage: StageView, path: string, before = Number.POSITIVE_INFINITY): Presence {
  const steps = stage.allSteps.filter((step) => step.instruction.index < before);
  const folders = before === Number.POSITIVE_INFINITY ? [...steps, stage.end] : steps;
  if (folders.some(({ workdir }) => workdir !== null && below(path, workdir) !== null)) return true;
  let result: Presence = basePresence(stage, path);
  for (const step of steps) {
    const found = stepPresence(view, step, path);
    if (found === true) return true;
    if (found === null) result = null;
  }
  return result;
}

/** Whether a COPY may put something at a path. */
export function mayCopyTo(view: View, step: Step, path: string): boolean {
  return step.copy !== null && copyPresence(view, step, step.copy, path) !== false;
}

/** Whether a program is on the path in a stage before the instruction `before`. */
export function toolPresence(view: View, stage: StageView, tool: string, before = Number.POSITIVE_INFINITY): Presence {
  const known = stage.facts === null ? null : imageHas(stage.facts, tool);
  if (known !== false) return known;
  const steps = stage.allSteps.filter((step) => step.instruction.index < before);
  const added = steps.flatMap(addedFolders).filter((folder) => !isForPackages(folder, tool));
  if (added.includes(null) && steps.some((step) => step.copy !== null)) return null;
  const folders = [...PROGRAM_FOLDERS, ...added.filter((folder) => folder !== null)];
  const mayCome = steps.some((step) => mayInstallTool(step, tool) || mayCopyTool(view, step, tool, folders));
  return mayCome ? null : false;
}

/** Folders that an ENV adds to the path; `null` for one that only the build knows. */
function addedFolders({ instruction, scope }: Step): (string | null)[] {
  if (instruction.keyword !== 'ENV') return [];
  const path = keyValues(instruction.body).find((pair) => pair.name === 'PATH')?.value;
  if (path == null) return [];
  return path
    .replaceAll(/["']/g, '')
    .split(':')
    .filter((part) => !/^\$\{?PATH\}?$/.test(part) && part !== '')
    .map((part) => {
      const folder = part.replaceAll(/\$\{?(\w+)\}?/g, (whole, name: string) => scope.get(name)?.value ?? whole);
      return folder.includes('$') || !folder.startsWith('/') ? null : absolutePath('/', folder);
    });
}

/** Programs of the operating system do not come with a virtual environment or a project's packages. */
function isForPackages(folder: string | null, tool: string): boolean {
  const isSystemTool = /^(?:curl|wget|nc|sh|bash|apt-get|apk)$/.test(tool);
  return isSystemTool && folder !== null && /(?:venv|virtualenv|\/env|node_modules)\/\.?bin$/.test(folder);
}

/** Folders that are on the path everywhere. */
const PROGRAM_FOLDERS = ['/bin', '/sbin', '/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin'];

function mayCopyTool(view: View, step: Step, tool: string, folders: readonly string[]): boolean {
  const { copy } = step;
  if (copy === null) return false;
  const { target } = copy;
  if (target === null || copy.sources.some((source) => source.path === null) || baseName(target) === tool) return true;
  const inner = folders.map((folder) => below(target, folder)).filter((rest) => rest !== null);
  return copy.sources.some((source) => mayBringTool(view, step, source.path ?? '', inner, tool));
}

/** `inner`: the folders of the path below the copy's target, relative to it. */
function mayBringTool(view: View, step: Step, source: string, inner: readonly string[], tool: string): boolean {
  if (baseName(source) === tool) return true;
  const from = step.copy?.from ?? null;
  if (inner.length === 0) return false;
  if (from === null) return !/^[^*?[]+\.\w+$/.test(baseName(source));
  if (/\/s?bin\/[^/*]+$/.test(source)) return false;
  const stage = stageNamed(view, from, step.stage);
  if (stage === null || hasWildcard(source)) return true;
  const places = inner.map((rest) => absolutePath('/', `${source}/${rest}/${tool}`));
  return places.some((place) => pathPresence(view, stage, place) !== false);
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
  if (step.run !== null) return runPresence(view, step, path);
  return false;
}

/** A RUN may write below its working folder, and where its text or a variable in force points to. */
function runPresence(view: View, step: Step, path: string): Presence {
  const made = foldersMade(step);
  if (made.some((folder) => folder !== null && below(path, folder) !== null)) return true;
  if (isHarmless(step)) {
    if (made.includes(null)) return null;
    return SYSTEM_FOLDERS.test(path) && !isBelow(step.workdir, path) ? null : false;
  }
  const written = mayWrite(view, step, path);
  if (written !== null) return written ? null : false;
  if (step.workdir === null || isBelow(step.workdir, path) || SYSTEM_FOLDERS.test(path)) return null;
  const top = `/${path.split('/')[1] ?? ''}`;
  const text = `${step.instruction.body.text}${step.instruction.heredocs.map((heredoc) => heredoc.text).join('')}`;
  const values = [...step.scope.values()].map((variable) => variable.value);
  return text.includes(top) || values.some((value) => value === null || value.includes(top)) ? null : false;
}

/** Paths that `mkdir`, `install -d` and `touch` make; `null` for one that only the build knows. */
function foldersMade(step: Step): (string | null)[] {
  const calls = callsOf(step).filter(({ program }) => /^(?:mkdir|install|touch)$/.test(program));
  return calls.flatMap((call) =>
    call.operands.map((operand) => {
      const folder = operand.replaceAll(
        /\$\{?(\w+)\}?/g,
        (whole, name: string) => step.scope.get(name)?.value ?? whole,
      );
      const isOpen = /[$*{]/.test(folder) || (step.workdir === null && !folder.startsWith('/'));
      return isOpen ? null : absolutePath(step.workdir ?? '/', folder);
    }),
  );
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
