import { callsOf } from '../commands.ts';
import { at, type Rule } from '../rule.ts';
import { shippedStages } from '../view.ts';

/** Folders whose purpose it is, with or without the sticky bit. */
const MEANT = /^\/(?:tmp|var\/tmp|dev\/shm)(?:\/|$)/;

export const worldWritable: Rule = {
  id: 'world-writable',
  concern: 'safety',
  severity: 'warning',
  aliases: [],
  message: ({ path = '', mode = '' }) =>
    `chmod ${mode} lets everyone change ${path}, also whoever breaks into the program, and copies all of it into a second layer.`,
  advice: ({ path = '' }) =>
    `Make writable only what the program writes to: chown that folder of ${path}, or mount it.`,
  find: (view) =>
    shippedStages(view).flatMap((stage) =>
      stage.steps.flatMap((step) => {
        for (const { program, args, operands } of callsOf(step)) {
          const [mode = '', path = ''] = operands;
          const isOpen = /^(?:0?777|0?666|(?:[ugoa]*[ao][ugoa]*|)\+[rxX]*w[rxX]*)$/.test(mode);
          const isWide = args.some((arg) => /^-\w*R|^--recursive$/.test(arg));
          if (program === 'chmod' && isOpen && isWide && path !== '' && !MEANT.test(path))
            return [{ ...at(step.instruction), args: { path, mode } }];
        }
        return [];
      }),
    ),
};
