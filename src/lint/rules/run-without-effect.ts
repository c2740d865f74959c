import { type Call, callsOf } from '../commands.ts';
import { at, type Rule } from '../rule.ts';

/** What a shell forgets when it ends. */
const FORGOTTEN = /^(?:cd|pushd|popd|export|set|alias|unalias|ulimit|umask|source|\.)$/;

export const runWithoutEffect: Rule = {
  id: 'run-without-effect',
  concern: 'build',
  severity: 'warning',
  aliases: [],
  message: ({ command = '' }) =>
    command === 'service'
      ? 'What this RUN starts ends with it: an image holds files and no running programs.'
      : `The shell of this RUN ends with it, and what ${command} did is forgotten.`,
  advice: ({ command = '' }) =>
    command === 'service'
      ? 'Start it with CMD, one program for each container.'
      : command === 'cd' || command === 'pushd'
        ? 'Use WORKDIR, which holds for the instructions below.'
        : command === 'export'
          ? 'Use ENV, which holds for the instructions below and for the container.'
          : 'Put it into the RUN that needs it, before the command.',
  find: (view) =>
    view.stages.flatMap((stage) =>
      stage.steps.flatMap((step) => {
        const calls = callsOf(step);
        const [first] = calls;
        const last = calls.at(-1);
        if (last !== undefined && isStart(last)) return [{ ...at(step.instruction), args: { command: 'service' } }];
        const isAll = first !== undefined && calls.every(({ program }) => FORGOTTEN.test(program));
        const isWriting = /[<>]|\$\(|`/.test(step.instruction.body.text) || step.instruction.heredocs.length > 0;
        const isOpen = step.run === null || step.run.script.isBroken || isWriting;
        return isAll && !isOpen ? [{ ...at(step.instruction), args: { command: first.program } }] : [];
      }),
    ),
};

/** The last thing that a RUN does; what follows it may need the service while the image is built. */
function isStart({ program, command, operands }: Call): boolean {
  const isManager = /^(?:service|systemctl|rc-service)$/.test(program) || /\/init\.d\//.test(command.name?.value ?? '');
  return isManager && operands.some((word) => /^(?:re)?start$/.test(word));
}
