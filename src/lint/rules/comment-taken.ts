import { at, type Rule } from '../rule.ts';

export const commentTaken: Rule = {
  id: 'comment-taken',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ keyword = '', text = '' }) =>
    `${keyword} takes "${text}" as part of its value: only a line that begins with # is a comment.`,
  advice: () => 'Put the comment on a line of its own.',
  find: (view) =>
    view.file.instructions.flatMap((instruction) => {
      const { keyword, body } = instruction;
      const text = /\s(#.*)$/.exec(body.text)?.[1];
      const isTaken =
        /^(?:WORKDIR|USER|STOPSIGNAL|COPY|ADD|VOLUME)$/.test(keyword) && text !== undefined && /^#(?:\s|\w)/.test(text);
      return isTaken ? [{ ...at(instruction), args: { keyword, text } }] : [];
    }),
};
