import { type Call, callsOf, folderOf, hasOption, hasShort, isCertain } from '../commands.ts';
import { kindInContext } from '../context.ts';
import { mountsOf } from '../mounts.ts';
import { fileOrigin } from '../origin.ts';
import { absolutePath, joinPaths } from '../paths.ts';
import { pathPresence } from '../presence.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { type StageView, type Step, usedStages, type View } from '../view.ts';

export const lockFileUnused: Rule = {
  id: 'lock-file-unused',
  concern: 'build',
  severity: 'warning',
  aliases: [],
  message: ({ command = '', lock = '' }) =>
    `${command} runs without ${lock}, which the project has: it picks versions that nobody has tried.`,
  advice: ({ lock = '', frozen = '' }) => `Copy ${lock} before this step and use ${frozen}.`,
  find: (view) => {
    const used = usedStages(view);
    const stages = view.stages.filter((stage) => used.has(stage.stage.index));
    return stages.flatMap((stage) => stage.steps.flatMap((step) => unlocked(view, stage, step)));
  },
};

interface Locked {
  readonly manifest: string;
  readonly locks: readonly string[];
  readonly frozen: string;
  /** it refuses to go on without its own lock file, or with one that is out of step */
  readonly isFrozen: boolean;
}

const NODE_LOCKS: Readonly<Record<string, string>> = {
  'package-lock.json': 'npm ci',
  'npm-shrinkwrap.json': 'npm ci',
  'pnpm-lock.yaml': 'pnpm install --frozen-lockfile',
  'yarn.lock': 'yarn install --frozen-lockfile',
  'bun.lock': 'bun install --frozen-lockfile',
};

/** The only lock file is that of another package manager, which this one does not read. */
function foreignLock(tool: Locked, isThere: (name: string) => boolean): { lock: string; frozen: string } | null {
  if (tool.manifest !== 'package.json') return null;
  const [lock, ...more] = Object.keys(NODE_LOCKS).filter(isThere);
  if (lock === undefined || more.length > 0 || tool.locks.includes(lock)) return null;
  return { lock, frozen: NODE_LOCKS[lock] ?? '' };
}

function unlocked(view: View, stage: StageView, step: Step): Catch[] {
  const { context } = view;
  if (context === null || mountsOf(step.instruction).some(({ type }) => type === 'bind')) return [];
  for (const call of callsOf(step)) {
    const tool = isCertain(call) ? lockedTool(call) : null;
    const folder = folderOf(step, call);
    if (tool === null || folder === null) continue;
    const { index } = step.instruction;
    const origin = fileOrigin(view, stage, absolutePath(folder, tool.manifest), index);
    if (origin === null) continue;
    const directory = origin.contextPath.replace(/(?:^|\/)[^/]+$/, '') || '.';
    const isThere = (name: string): boolean => kindInContext(context, joinPaths(directory, name)) === 'file';
    const command = [call.program, ...call.operands].slice(0, 2).join(' ');
    const foreign = foreignLock(tool, isThere);
    if (foreign !== null) return [{ ...at(step.instruction), args: { command, ...foreign } }];
    const lock = tool.isFrozen ? undefined : tool.locks.find(isThere);
    const isAbsent = tool.locks.every((name) => pathPresence(view, stage, absolutePath(folder, name), index) === false);
    if (lock === undefined || !isAbsent) continue;
    return [{ ...at(step.instruction), args: { command, lock, frozen: tool.frozen } }];
  }
  return [];
}

/** Installers of the project of their folder. */
function lockedTool({ program, args, operands }: Call): Locked | null {
  const [first = ''] = operands;
  const isPlain = operands.length <= 1 && !hasShort(args, 'g');
  if (!isPlain || hasOption(args, '--global', '--prefix', '-C', '--cwd', '--dir', '--version')) return null;
  const isFrozen = hasOption(args, '--frozen-lockfile', '--immutable');
  const isInstall = first === 'install' || first === 'i';
  const one = (manifest: string, locks: readonly string[], frozen: string): Locked => ({
    manifest,
    locks,
    frozen,
    isFrozen,
  });
  if (program === 'npm' && isInstall)
    return one('package.json', ['package-lock.json', 'npm-shrinkwrap.json'], 'npm ci');
  if (program === 'pnpm' && isInstall && !isFrozen)
    return one('package.json', ['pnpm-lock.yaml'], 'pnpm install --frozen-lockfile');
  if (program === 'yarn' && (isInstall || first === ''))
    return one('package.json', ['yarn.lock'], 'yarn install --frozen-lockfile');
  if (isFrozen || !isInstall) return null;
  if (program === 'poetry') return one('pyproject.toml', ['poetry.lock'], 'poetry install');
  if (program === 'bundle') return one('Gemfile', ['Gemfile.lock'], 'bundle install');
  return program === 'composer' ? one('composer.json', ['composer.lock'], 'composer install') : null;
}
