import { type Call, callsOf, hasOption, isCertain } from '../commands.ts';
import { at, type Rule } from '../rule.ts';
import type { StageView } from '../view.ts';

export const commandRefused: Rule = {
  id: 'command-refused',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ command = '', why = '' }) => `${command} ends with an error: ${why}.`,
  advice: ({ instead = '' }) => instead,
  find: (view) =>
    view.stages.flatMap((stage) =>
      stage.steps.flatMap((step) => {
        if (step.run?.script.isBroken !== false) return [];
        for (const call of callsOf(step)) {
          const unit = step.run.script.units.find(
            ({ start, end }) => start <= call.command.start && call.command.end <= end,
          );
          const args = isCertain(call) && unit?.kind === 'simple' ? refusal(stage, call) : null;
          if (args !== null) return [{ ...at(step.instruction), args }];
        }
        return [];
      }),
    ),
};

interface Refused extends Readonly<Record<string, string>> {
  readonly command: string;
  readonly why: string;
  readonly instead: string;
}

function refusal(stage: StageView, { program, args, operands }: Call): Refused | null {
  const [first, second] = operands;
  if (program === 'npm' && first === 'cache' && second === 'clean' && !args.includes('--force') && !args.includes('-f'))
    return {
      command: 'npm cache clean',
      why: 'npm wants --force for it',
      instead: 'Write npm cache clean --force, or mount a cache.',
    };
  if (program === 'poetry' && first === 'install' && hasOption(args, '--no-dev', '--dev-only') && !hasOldPoetry(stage))
    return { command: 'poetry install --no-dev', why: 'Poetry 2 has no such option', instead: 'Write --only main.' };
  if (program === 'apt-key' && /^(?:trixie|forky|sid)$/.test(stage.facts?.suite ?? ''))
    return {
      command: 'apt-key',
      why: 'Debian 13 has no such program',
      instead: 'Save the key below /etc/apt/keyrings and name it with signed-by.',
    };
  if (program === 'apk' && first === 'add' && args.some((arg) => /^-y$|^--yes$/.test(arg)))
    return { command: 'apk add -y', why: 'apk asks nothing and has no such option', instead: 'Leave -y out.' };
  return null;
}

/** `poetry==1.8`, `poetry<2`, a variable, or a version that is not known to be 2. */
function hasOldPoetry({ allSteps }: StageView): boolean {
  const installs = allSteps.flatMap(callsOf).filter(({ args }) => args.includes('install') || args.includes('add'));
  const words = installs.flatMap(({ args }) => args).filter((word) => /^poetry\b/.test(word));
  return words.length === 0 || words.some((word) => !/^poetry(?:==2.*|>=?.*)?$/.test(word));
}
