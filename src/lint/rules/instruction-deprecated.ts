import { at, type Rule } from '../rule.ts';

export const instructionDeprecated: Rule = {
  id: 'instruction-deprecated',
  concern: 'build',
  severity: 'info',
  aliases: ['MaintainerDeprecated', 'DL4000', 'LegacyKeyValueFormat'],
  message: ({ keyword = '' }) =>
    keyword === 'MAINTAINER'
      ? 'MAINTAINER is deprecated.'
      : `${keyword} with a blank between name and value is deprecated.`,
  advice: ({ keyword = '', name = '' }) =>
    keyword === 'MAINTAINER' ? 'Write LABEL org.opencontainers.image.authors="…".' : `Write ${keyword} ${name}=value.`,
  find: (view) =>
    view.file.instructions.flatMap((instruction) => {
      const { keyword, words } = instruction;
      const [first, second] = words;
      const isOld =
        (keyword === 'ENV' || keyword === 'LABEL') && second !== undefined && first?.text.includes('=') === false;
      return isOld || keyword === 'MAINTAINER'
        ? [{ ...at(instruction), args: { keyword, name: first?.text ?? '' } }]
        : [];
    }),
};
