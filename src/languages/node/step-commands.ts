import { relativePath } from '../../project/search.ts';
import { berry, runner, shellWord } from './commands.ts';
import type { NodeFacts } from './facts.ts';
import type { Install } from './install.ts';
import type { PlacedStep } from './steps.ts';

/** Programs of the shell itself, which no package brings. */
const PLAIN = new Set([
  'cp',
  'mv',
  'rm',
  'mkdir',
  'echo',
  'node',
  'touch',
  'chmod',
  'sed',
  'cat',
  'make',
  'sh',
  'bash',
  'npm',
  'yarn',
  'pnpm',
  'bun',
  'git',
]);

/** One command line for a build step, in the directory of the package that it belongs to. */
export function stepCommand(facts: NodeFacts, placed: PlacedStep): string {
  const { install } = facts;
  const { step } = placed;
  const path = relativePath(install.root, placed.directory);
  if (step.kind === 'script') return scriptCommand(install, step.name, path, placed.packageName);
  const env = Object.entries(step.env).map(([name, value]) => `${name}=${shellWord(value)}`);
  const words = step.words.map(shellWord).join(' ');
  const program = PLAIN.has(step.words[0] ?? '') ? words : programCommand(install, words, path, placed.packageName);
  return [...env, program].join(' ');
}

function scriptCommand(install: Install, name: string, path: string, packageName: string | null): string {
  const script = shellWord(name);
  switch (install.manager) {
    case 'pnpm':
      return path === '.' ? `pnpm run ${script}` : `pnpm --dir ${shellWord(path)} run ${script}`;
    case 'yarn':
      return path === '.' ? `yarn run ${script}` : `yarn --cwd ${shellWord(path)} run ${script}`;
    case 'berry':
      return path === '.'
        ? `${berry(install)} run ${script}`
        : `${berry(install)} workspace ${shellWord(packageName ?? path)} run ${script}`;
    case 'bun':
      return path === '.' ? `bun run ${script}` : `bun run --cwd ${shellWord(path)} ${script}`;
    default:
      return path === '.' ? `npm run ${script}` : `npm run ${script} --workspace=${shellWord(path)}`;
  }
}

function programCommand(install: Install, words: string, path: string, packageName: string | null): string {
  if (path === '.') return `${runner(install)} ${words}`;
  switch (install.manager) {
    case 'pnpm':
      return `pnpm --dir ${shellWord(path)} exec ${words}`;
    case 'yarn':
      return `yarn --cwd ${shellWord(path)} -s run ${words}`;
    case 'berry':
      return `${berry(install)} workspace ${shellWord(packageName ?? path)} run ${words}`;
    case 'bun':
      return `bun run --cwd ${shellWord(path)} ${words}`;
    default:
      return `npm exec --workspace=${shellWord(path)} -- ${words}`;
  }
}
