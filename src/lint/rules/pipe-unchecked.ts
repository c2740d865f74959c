import { callsOf } from '../commands.ts';
import { at, type Rule } from '../rule.ts';

export const pipeUnchecked: Rule = {
  id: 'pipe-unchecked',
  concern: 'build',
  severity: 'info',
  aliases: ['DL4006'],
  message: ({ command = '' }) =>
    `Only the last program of a pipe is asked how it went: if ${command} fails, the build goes on without what it fetches.`,
  advice: () =>
    'Write SHELL ["/bin/bash", "-o", "pipefail", "-c"] above, or fetch to a file first and use it after &&.',
  find: (view) =>
    view.stages.flatMap((stage) =>
      stage.steps.flatMap((step) => {
        const isSet = [...stage.allSteps.filter(({ instruction }) => instruction.keyword === 'SHELL'), step].some(
          ({ instruction }) =>
            /pipefail/.test(instruction.body.text + instruction.heredocs.map(({ text }) => text).join('')),
        );
        const fetching = callsOf(step).find(
          ({ program, command }) => command.isPiped && /^(?:curl|wget)$/.test(program),
        );
        // Of the last one the shell does ask.
        const isLast =
          fetching !== undefined &&
          !/\|[^|]/.test(step.instruction.body.text.slice(step.instruction.body.text.indexOf(fetching.program)));
        return fetching === undefined || isSet || isLast
          ? []
          : [{ ...at(step.instruction), args: { command: fetching.program } }];
      }),
    ),
};
