import type { Invocation } from '../commands.ts';
import { at, type Rule } from '../rule.ts';
import { readStart } from '../start.ts';

export const packageManagerStart: Rule = {
  id: 'package-manager-start',
  concern: 'start',
  severity: 'warning',
  aliases: [],
  message: ({ command = '', case: kind }) =>
    kind === 'compiles'
      ? `${command} builds the program at every start, with the whole toolchain in the image.`
      : `${command} stands between the engine and the program: signals and the exit code pass through it.`,
  advice: ({ case: kind }) =>
    kind === 'compiles'
      ? 'Build it in an earlier stage and start the result.'
      : 'Start the program itself: node, or the file in node_modules/.bin.',
  find: (view) => {
    const start = readStart(view);
    if (start === null) return [];
    const found = start.invocations.map(managed).find((one) => one !== null);
    return found == null ? [] : [{ ...at(start.command ?? start.instruction), args: found }];
  },
};

function managed({ program, args, operands }: Invocation): { command: string; case: string } | null {
  const [first = '', second = ''] = operands;
  const passesOn = { command: [program, first, second].filter((word) => word !== '').join(' '), case: 'passes' };
  if (program === 'npm' || program === 'pnpm' || program === 'yarn') {
    if (args.includes('--version') || first === 'node' || first === '') return null;
    return /^(?:ci|install|i|add|test|audit|publish)$/.test(first) ? null : passesOn;
  }
  if (program === 'npx') return passesOn;
  const builds =
    (program === 'go' && first === 'run') ||
    (program === 'cargo' && first === 'run') ||
    (program === 'dotnet' && first === 'run') ||
    (/^(?:mvn|\.\/mvnw)$/.test(program) && /:run$|:dev$|:start$/.test(first)) ||
    (/^(?:gradle|\.\/gradlew)$/.test(program) && /run$|bootRun$/i.test(first));
  return builds ? { command: `${program} ${first}`, case: 'compiles' } : null;
}
