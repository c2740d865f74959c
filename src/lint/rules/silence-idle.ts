import type { Rule } from '../rule.ts';
import { SILENCE_IDLE } from '../silence.ts';

/** Found by the engine itself: only it knows which comments were needed. */
export const silenceIdle: Rule = {
  id: SILENCE_IDLE,
  concern: 'safety',
  severity: 'info',
  aliases: [],
  message: ({ rule = '', known }) =>
    known === 'no' ? `There is no rule ${rule}.` : `Nothing here needs to be silenced for ${rule}.`,
  advice: ({ known }) =>
    known === 'no' ? 'Correct its name: a list stands in the documentation.' : 'Take the comment out.',
  find: () => [],
};
