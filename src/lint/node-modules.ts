import { type Call, callsOf, folderOf, hasOption, hasShort, isCertain, optionValue } from './commands.ts';
import { kindInContext, matchesInContext } from './context.ts';
import { leavesOut } from './copies.ts';
import { contextManifest } from './manifest.ts';
import { absolutePath, below, contextPath, joinPaths } from './paths.ts';
import { type StageView, type Step, stageNamed, type View } from './view.ts';

/** What a stage's node_modules holds: `all` with development dependencies, `production` without, `none`: there is none. */
export type Installed = 'all' | 'production' | 'none' | 'unknown';

/** Follows installs, prunes and copies of node_modules in a folder, in order. */
export function installedIn(
  view: View,
  stage: StageView,
  folder: string,
  before = Number.POSITIVE_INFINITY,
): Installed {
  let state: Installed = stage.facts === null ? 'unknown' : 'none';
  for (const step of stage.allSteps) {
    if (step.instruction.index >= before) break;
    state = afterStep(view, step, folder, state);
  }
  return state;
}

function afterStep(view: View, step: Step, folder: string, state: Installed): Installed {
  if (step.copy !== null) return afterCopy(view, step, absolutePath(folder, 'node_modules'), state);
  let result = state;
  for (const call of callsOf(step)) {
    const found = afterCall(view, step, call, folder);
    if (found !== null) result = found;
  }
  return result;
}

function afterCall(view: View, step: Step, call: Call, folder: string): Installed | null {
  const { program, args, operands } = call;
  if (program === 'rm' && args.some((arg) => /node_modules\/?$/.test(arg))) return 'none';
  const kind = managerCall(call);
  if (kind === null) return null;
  const where = folderOf(step, call);
  if (where === null || !isCertain(call) || hasOption(args, '--prefix', '-C', '--cwd', '--dir', '--filter', '-F'))
    return 'unknown';
  if (where !== folder) return null;
  if (kind === 'prune') return 'production';
  if (operands.length > 1 && operands[0] !== 'workspaces') return 'unknown';
  return program === 'npm' || program === 'pnpm' || program === 'yarn' || program === 'bun'
    ? installKind(view, step, call)
    : null;
}

/** `install` for what fills node_modules from the lock file or the manifest, `prune` for what takes development out. */
function managerCall({ program, args, operands }: Call): 'install' | 'prune' | null {
  const [first] = operands;
  const isGlobal = hasShort(args, 'g') || hasOption(args, '--global');
  if (isGlobal || operands[0] === 'global') return null;
  if (program === 'npm') {
    if (first === 'prune') return omitsByFlag(args) ? 'prune' : null;
    return /^(?:ci|install|i|clean-install|add)$/.test(first ?? '') ? 'install' : null;
  }
  if (program === 'pnpm') {
    if (first === 'prune') return omitsByFlag(args) ? 'prune' : null;
    return /^(?:install|i|add|deploy)$/.test(first ?? '') ? 'install' : null;
  }
  if (program === 'bun') return /^(?:install|i|add)$/.test(first ?? '') ? 'install' : null;
  if (program !== 'yarn') return null;
  if (first === 'workspaces' && operands[1] === 'focus') return omitsByFlag(args) ? 'prune' : 'install';
  return first === undefined || first === 'install' || first === 'add'
    ? hasOption(args, '--version')
      ? null
      : 'install'
    : null;
}

function installKind(view: View, step: Step, call: Call): Installed {
  const { program, args } = call;
  if (includesByFlag(args)) return 'all';
  if (omitsByFlag(args)) return 'production';
  const inline = call.command.assignments.find((one) => one.name === 'NODE_ENV')?.value.value;
  const nodeEnv = inline ?? step.scope.get('NODE_ENV');
  if (nodeEnv === undefined) return 'all';
  const value = typeof nodeEnv === 'string' ? nodeEnv : nodeEnv.value;
  if (value === null) return 'unknown';
  if (value !== 'production') return 'all';
  if (program === 'bun') return 'unknown';
  return program === 'yarn' && isBerry(view) ? 'all' : 'production';
}

/** Yarn 2 and later install everything, whatever NODE_ENV says. */
function isBerry(view: View): boolean {
  if (view.context === null) return false;
  const manager = contextManifest(view, 'package.json')?.packageManager ?? '';
  return /^yarn@[2-9]/.test(manager) || kindInContext(view.context, '.yarnrc.yml') !== null;
}

function omitsByFlag(args: readonly string[]): boolean {
  if (optionValue(args, '--omit')?.includes('dev') === true) return true;
  const production =
    args.find((arg) => /^--(?:production|prod)(?:=|$)/.test(arg)) ?? (args.includes('-P') ? '-P' : undefined);
  if (production !== undefined) return !/=false$/.test(production);
  return /^prod/.test(optionValue(args, '--only') ?? '') || args.includes('--no-dev');
}

function includesByFlag(args: readonly string[]): boolean {
  if (optionValue(args, '--include')?.includes('dev') === true) return true;
  return args.some((arg) => /^--(?:production|prod)=false$|^--dev$/.test(arg));
}

function afterCopy(view: View, step: Step, modules: string, state: Installed): Installed {
  const { copy } = step;
  if (copy === null) return state;
  if (copy.target === null) return 'unknown';
  let result = state;
  for (const source of copy.sources) {
    if (source.path === null) return 'unknown';
    const rest = below(copy.target, modules);
    const landing = absolutePath(copy.target, source.path.replace(/^.*\//, ''));
    if (rest === null || leavesOut(copy, rest)) continue;
    if (copy.isFolder && landing !== modules && !isFolderSource(view, step, source.path)) continue;
    if (copy.from === null) result = fromContext(view, source.path, rest, result);
    else result = fromStage(view, step, copy.from, source.path, rest, result);
  }
  return result;
}

function isFolderSource(view: View, step: Step, source: string): boolean {
  if (step.copy?.from !== null || view.context === null) return true;
  const { context } = view;
  return matchesInContext(context, source).some((match) => kindInContext(context, match) === 'directory');
}

function fromContext(view: View, source: string, rest: string, state: Installed): Installed {
  if (view.context === null) return 'unknown';
  const path = joinPaths(contextPath(source), rest);
  const isThere = kindInContext(view.context, path) === 'directory' && !view.context.ignore.excludes(path);
  return isThere ? 'unknown' : state;
}

function fromStage(view: View, step: Step, from: string, source: string, rest: string, state: Installed): Installed {
  const stage = stageNamed(view, from, step.stage);
  if (stage === null) return 'unknown';
  const path = absolutePath('/', `${source}/${rest}`);
  if (!path.endsWith('/node_modules')) return state;
  const found = installedIn(view, stage, path.replace(/\/node_modules$/, '') || '/');
  return found === 'none' ? state : found;
}
