import { keyValues } from '../../dockerfile/words.ts';
import { at, type Rule } from '../rule.ts';

export const pathReplaced: Rule = {
  id: 'path-replaced',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ value = '' }) => `PATH is now ${value} alone: no program of the base image is found any more.`,
  advice: ({ value = '' }) => `Keep what was there: ENV PATH="${value}:$PATH".`,
  find: (view) =>
    view.stages.flatMap((stage) =>
      stage.steps.flatMap(({ instruction }) => {
        if (instruction.keyword !== 'ENV' || stage.facts?.shell !== true) return [];
        const value = keyValues(instruction.body)
          .find(({ name }) => name === 'PATH')
          ?.value?.replaceAll(/["']/g, '');
        if (value === undefined || value === '' || /\$|(?:^|:)(?:\/usr)?(?:\/local)?\/bin\/?(?::|$)/.test(value))
          return [];
        return [{ ...at(instruction), args: { value } }];
      }),
    ),
};
