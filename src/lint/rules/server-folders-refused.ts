import { at, type Rule } from '../rule.ts';
import { isRootUser } from '../users.ts';
import { shippedStages } from '../view.ts';

export const serverFoldersRefused: Rule = {
  id: 'server-folders-refused',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ user = '' }) =>
    `nginx writes to /var/cache/nginx and /run, which belong to root in this image, and runs as ${user}: the container ends at once.`,
  advice: () => 'Take nginxinc/nginx-unprivileged, which listens on 8080 and writes below /tmp.',
  find: (view) => {
    const user = view.final?.end.user ?? null;
    if (view.final?.facts?.family.id !== 'nginx' || user === null || isRootUser(user)) return [];
    const steps = shippedStages(view).flatMap((stage) => stage.allSteps);
    // Somebody gave the folders away, or wrote the whole configuration.
    const isMended = steps.some(
      ({ instruction, copy }) =>
        (instruction.keyword === 'RUN' && /\/var\/(?:cache|run)|\/run\b|nginx\.conf/.test(instruction.body.text)) ||
        (copy !== null && (copy.target === null || /^\/etc(?:\/nginx(?:\/nginx\.conf)?)?$/.test(copy.target))),
    );
    const last = steps.findLast(({ instruction }) => instruction.keyword === 'USER');
    return isMended || last === undefined ? [] : [{ ...at(last.instruction), args: { user } }];
  },
};
