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
    const lock = tool.locks.find((name) => kindInContext(context, joinPaths(directory, name)) === 'file');
    const isAbsent = tool.locks.every((name) => pathPresence(view, stage, absolutePath(folder, name), index) === false);
    if (lock === undefined || !isAbsent) continue;
    const command = [call.program, ...call.operands].slice(0, 2).join(' ');
    return [{ ...at(step.instruction), args: { command, lock, frozen: tool.frozen } }];
  }
  return [];
}

/** Installers that go on without a lock file, where they install the project of their folder. */
function lockedTool({ program, args, operands }: Call): Locked | null {
  const [first = ''] = operands;
  const isPlain = operands.length <= 1 && !hasShort(args, 'g');
  if (
    !isPlain ||
    hasOption(args, '--global', '--prefix', '-C', '--cwd', '--dir', '--version', '--frozen-lockfile', '--immutable')
  )
    return null;
  const isInstall = first === 'install' || first === 'i';
  if (program === 'npm' && isInstall)
    return { manifest: 'package.json', locks: ['package-lock.json', 'npm-shrinkwrap.json'], frozen: 'npm ci' };
  if (program === 'pnpm' && isInstall)
    return { manifest: 'package.json', locks: ['pnpm-lock.yaml'], frozen: 'pnpm install --frozen-lockfile' };
  if (program === 'yarn' && (isInstall || first === ''))
    return { manifest: 'package.json', locks: ['yarn.lock'], frozen: 'yarn install --frozen-lockfile' };
  if (program === 'poetry' && isInstall)
    return { manifest: 'pyproject.toml', locks: ['poetry.lock'], frozen: 'poetry install' };
  if (program === 'bundle' && isInstall)
    return { manifest: 'Gemfile', locks: ['Gemfile.lock'], frozen: 'bundle install' };
  return program === 'composer' && isInstall
    ? { manifest: 'composer.json', locks: ['composer.lock'], frozen: 'composer install' }
    : null;
}
