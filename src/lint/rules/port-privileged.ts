import { at, type Rule } from '../rule.ts';
import { isRootUser } from '../users.ts';
import { shippedStages } from '../view.ts';

export const portPrivileged: Rule = {
  id: 'port-privileged',
  concern: 'start',
  severity: 'info',
  aliases: [],
  message: ({ port = '', user = '' }) =>
    `Port ${port} is below 1024 and the user is ${user}: some engines do not let it listen there.`,
  advice: () => 'Listen on a port above 1023, 8080 say, and map it when the container is started.',
  find: (view) => {
    const user = view.final?.end.user ?? null;
    if (user === null || isRootUser(user)) return [];
    return shippedStages(view)
      .flatMap((stage) => stage.stage.instructions)
      .filter((instruction) => instruction.keyword === 'EXPOSE')
      .flatMap((instruction) => {
        const port = instruction.words
          .map((word) => word.text.replace(/\/tcp$/i, ''))
          .find((text) => /^\d+$/.test(text) && Number(text) < 1024);
        return port === undefined ? [] : [{ ...at(instruction), args: { port, user } }];
      });
  },
};
