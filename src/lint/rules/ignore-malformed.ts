import type { Rule } from '../rule.ts';

export const ignoreMalformed: Rule = {
  id: 'ignore-malformed',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ pattern = '', ignore = '' }) =>
    `The engine refuses the pattern ${pattern} in ${ignore}, and with it the build.`,
  advice: () => 'Correct the pattern; a backslash takes the meaning of a special character away.',
  find: ({ context }) => {
    const ignore = context?.ignorePath ?? null;
    if (context === null || ignore === null) return [];
    return context.ignore.malformed.map(({ text, line }) => ({
      line,
      endLine: line,
      file: ignore,
      args: { pattern: text, ignore },
    }));
  },
};
