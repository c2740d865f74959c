import { keyValues } from '../../dockerfile/words.ts';
import { own } from '../../project/own.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { startedPrograms } from '../servers.ts';
import { readStart } from '../start.ts';
import { shippedStages, type View } from '../view.ts';

export const debugLeft: Rule = {
  id: 'debug-left',
  concern: 'safety',
  severity: 'warning',
  aliases: [],
  message: ({ what = '', case: kind }) =>
    kind === 'port'
      ? `${what} opens a debugger to everyone who reaches the container: it runs any code.`
      : `${what} is for development: errors show code and settings to whoever calls, and answers are slower.`,
  advice: ({ instead = '' }) => instead,
  find: (view) => (FOR_DEVELOPMENT.test(view.path) ? [] : [...variables(view), ...debuggers(view)]),
};

/** The name of the file says what it is for. */
const FOR_DEVELOPMENT = /(?:^|[./_-])(?:dev|development|local|debug|tests?)(?:[./_-]|$)/i;

const LEAVE = 'Leave it out, and set it where you develop.';

/** Variables with which a framework leaves production. */
const DEVELOPMENT: Readonly<Record<string, RegExp>> = {
  FLASK_DEBUG: /^(?:1|true)$/i,
  FLASK_ENV: /^development$/,
  DJANGO_DEBUG: /^(?:1|true)$/i,
  NODE_ENV: /^(?:development|dev)$/,
  RAILS_ENV: /^development$/,
  RACK_ENV: /^development$/,
  ASPNETCORE_ENVIRONMENT: /^Development$/i,
  APP_DEBUG: /^(?:1|true)$/i,
};

/** As they stand at the end of the final stage. */
function variables(view: View): Catch[] {
  if (readStart(view) === null) return [];
  return shippedStages(view).flatMap(({ steps }) =>
    steps.flatMap(({ instruction }) => {
      const pairs = instruction.keyword === 'ENV' ? keyValues(instruction.body) : [];
      const found = pairs.find(({ name, value }) => {
        const development = own(DEVELOPMENT, name);
        return development?.test(value ?? '') === true && development.test(view.final?.scope.get(name)?.value ?? '');
      });
      const what = `${found?.name}=${found?.value}`;
      return found === undefined ? [] : [{ ...at(instruction), args: { what, case: 'mode', instead: LEAVE } }];
    }),
  );
}

const OPEN = /jdwp\S*address=(?:\*|0\.0\.0\.0):\d+|--inspect(?:-brk)?=(?:0\.0\.0\.0|\[::\])\S*|^debugpy$/;

function debuggers(view: View): Catch[] {
  const start = readStart(view);
  const words = start === null ? [] : startedPrograms(view, start).flatMap(({ program, args }) => [program, ...args]);
  const [first] = words.flatMap((word) => OPEN.exec(word)?.[0] ?? []);
  const node = start?.command ?? start?.instruction;
  const args = (what: string) => ({ what, case: 'port', instead: 'Start it without the debugger.' });
  if (first !== undefined && node !== undefined) return [{ ...at(node), args: args(first) }];
  return shippedStages(view).flatMap(({ steps }) =>
    steps.flatMap(({ instruction }) => {
      const what = instruction.keyword === 'ENV' ? OPEN.exec(instruction.body.text)?.[0] : undefined;
      return what === undefined ? [] : [{ ...at(instruction), args: args(what) }];
    }),
  );
}
