import { at, type Rule } from '../rule.ts';
import { boundAddress, startedPrograms } from '../servers.ts';
import { readStart } from '../start.ts';
import { shippedStages, type View } from '../view.ts';

export const healthcheckPort: Rule = {
  id: 'healthcheck-port',
  concern: 'start',
  severity: 'warning',
  aliases: [],
  message: ({ asked = '', served = '' }) =>
    `The health check asks port ${asked}, and the program listens on ${served}: the container never becomes healthy.`,
  advice: ({ served = '' }) => `Ask port ${served}.`,
  find: (view) => {
    const check = shippedStages(view)
      .flatMap(({ stage }) => stage.instructions)
      .findLast(({ keyword }) => keyword === 'HEALTHCHECK');
    const asked = /(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]):(\d{2,5})\b/.exec(check?.body.text ?? '')?.[1];
    const served = portOf(view) ?? announcedPort(view);
    if (check === undefined || asked === undefined || served === null || asked === served) return [];
    return exposed(view).includes(asked) ? [] : [{ ...at(check), args: { asked, served } }];
  },
};

/** The one port that the command itself names; `null` where several programs or none do. */
function portOf(view: View): string | null {
  const start = readStart(view);
  const ports = (start === null ? [] : startedPrograms(view, start)).flatMap((program) => {
    const bound = /:(\d{2,5})$/.exec(boundAddress(program) ?? '')?.[1];
    const named = program.args.map((arg, index) =>
      /^(?:--port|-p)$/.test(arg) ? (program.args[index + 1] ?? '') : (/^--port=(\d+)$/.exec(arg)?.[1] ?? ''),
    );
    return [bound ?? '', ...named].filter((port) => /^\d{2,5}$/.test(port));
  });
  return ports.length === 1 ? (ports[0] ?? null) : null;
}

/** The one port that EXPOSE names and `ENV PORT` sets as well. */
function announcedPort(view: View): string | null {
  const [port, ...more] = exposed(view);
  const isOne = port !== undefined && more.length === 0;
  return isOne && view.final?.scope.get('PORT')?.value === port ? port : null;
}

function exposed(view: View): readonly string[] {
  return shippedStages(view)
    .flatMap(({ stage }) => stage.instructions)
    .filter(({ keyword }) => keyword === 'EXPOSE')
    .flatMap(({ words }) => words.map(({ text }) => text.replace(/\/.*$/, '')));
}
