import { at, type Rule } from '../rule.ts';

const ONCE = ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'];

export const instructionOverridden: Rule = {
  id: 'instruction-overridden',
  concern: 'start',
  severity: 'warning',
  aliases: ['MultipleInstructionsDisallowed', 'DL4003', 'DL4004', 'DL3012'],
  message: ({ keyword = '', line = '' }) => `This ${keyword} does nothing: the one in line ${line} takes its place.`,
  advice: () => 'Remove it, or put both programs into one.',
  find: (view) =>
    view.stages.flatMap(({ stage }) =>
      ONCE.flatMap((keyword) => {
        const all = stage.instructions.filter((instruction) => instruction.keyword === keyword);
        const last = all.at(-1);
        return all
          .slice(0, -1)
          .map((instruction) => ({ ...at(instruction), args: { keyword, line: String(last?.line ?? 0) } }));
      }),
    ),
};
