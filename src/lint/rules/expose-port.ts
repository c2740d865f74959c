import { at, type Rule } from '../rule.ts';
import { servedPort } from '../served-port.ts';
import { shippedStages } from '../view.ts';

export const exposePort: Rule = {
  id: 'expose-port',
  concern: 'start',
  severity: 'warning',
  aliases: [],
  message: ({ ports = '', port = '', from = '' }) =>
    `EXPOSE says ${ports}, and the program listens on ${port} (${from}): who goes by EXPOSE reaches nothing.`,
  advice: ({ port = '' }) => `Write EXPOSE ${port}, or let the program listen on the port that is exposed.`,
  find: (view) => {
    const exposes = shippedStages(view)
      .flatMap(({ steps }) => steps)
      .filter(({ instruction }) => instruction.keyword === 'EXPOSE');
    const last = exposes.at(-1);
    if (last === undefined) return [];
    const ports = exposes.flatMap(({ instruction, scope }) =>
      instruction.words.map(({ text }) =>
        text
          .replace(/\/.*$/, '')
          .replaceAll(/\$\{?(\w+)\}?/g, (whole, name: string) => scope.get(name)?.value ?? whole),
      ),
    );
    const served = ports.every((port) => /^\d+$/.test(port)) ? servedPort(view) : null;
    if (served === null || ports.includes(served.port)) return [];
    return [{ ...at(last.instruction), args: { ports: ports.join(', '), ...served } }];
  },
};
