import { at, type Rule } from '../rule.ts';
import { readSilences } from '../silence.ts';

export const silenceUnexplained: Rule = {
  id: 'silence-unexplained',
  concern: 'safety',
  severity: 'warning',
  aliases: [],
  message: ({ rule = '' }) => `This comment would silence ${rule}, but gives no reason, so it does not count.`,
  advice: ({ rule = '' }) => `Write the reason behind it: # multistage ignore=${rule} -- because …`,
  find: (view) =>
    readSilences(view.file)
      .filter((silence) => !silence.isForeign && silence.reason === '')
      .map((silence) => ({ ...at(silence.comment), args: { rule: silence.rules.join(',') } })),
};
