import { type Invocation, optionValue } from '../commands.ts';
import { textInContext } from '../context.ts';
import { at, type Rule } from '../rule.ts';
import { startedPrograms } from '../servers.ts';
import { readStart } from '../start.ts';
import { shippedStages, type View } from '../view.ts';

export const processDetached: Rule = {
  id: 'process-detached',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ program = '' }) =>
    `${program} goes into the background, and the container ends with the command that started it.`,
  advice: ({ instead = '' }) => `Keep it in the foreground: ${instead}.`,
  find: (view) => {
    const start = readStart(view);
    const last = start === null ? undefined : startedPrograms(view, start).at(-1);
    const instead = last === undefined ? null : foreground(view, last);
    if (start === null || last === undefined || instead === null) return [];
    const program = [last.program, ...last.operands.slice(0, last.program === 'nginx' ? 0 : 2)].join(' ');
    return [{ ...at(start.command ?? start.instruction), args: { program, instead } }];
  },
};

function foreground(view: View, { program, args, operands }: Invocation): string | null {
  const text = args.join(' ');
  const isOne = (...names: readonly string[]): boolean => names.includes(program);
  if (isOne('nginx', 'openresty')) {
    const isOther = /daemon\s+off|-[tTvVhs]\b/.test(text) || isSaid(view, /daemon\s+off/);
    return isOther ? null : '["nginx", "-g", "daemon off;"]';
  }
  if (isOne('apachectl', 'apache2ctl', 'apache2', 'httpd'))
    return /FOREGROUND|-X\b|-[vVtlLMS]\b/.test(text) ? null : `["${program}", "-D", "FOREGROUND"]`;
  if (isOne('service', 'systemctl') || /^\/etc\/init\.d\//.test(program)) {
    const isStart = operands.some((word) => /^(?:re)?start$/.test(word));
    return isStart ? 'start the program itself, without a service manager' : null;
  }
  if (isOne('pm2') && operands[0] === 'start' && !/--no-daemon|--attach/.test(text))
    return 'pm2-runtime, or node itself';
  if (isOne('gunicorn', 'uwsgi') && args.some((arg) => /^(?:-D|--daemon|--daemonize|-d)(?:=|$)/.test(arg)))
    return 'leave the daemon option out';
  if (isOne('redis-server')) return optionValue(args, '--daemonize') === 'yes' ? 'leave --daemonize out' : null;
  if (isOne('crond', 'cron')) return /-[a-z]*[fnX]|-n/.test(text) ? null : `${program} -f`;
  return isOne('php-fpm') && args.some((arg) => /^(?:-D|--daemonize)$/.test(arg)) ? 'php-fpm -F' : null;
}

/** In a file that is copied, or written by a RUN. */
function isSaid(view: View, words: RegExp): boolean {
  return shippedStages(view).some(({ steps }) =>
    steps.some(
      ({ instruction, copy }) =>
        words.test(instruction.body.text + instruction.heredocs.map(({ text }) => text).join('')) ||
        copy?.sources.some(({ path }) => {
          const text = path === null || view.context === null ? null : textInContext(view.context, path);
          // A folder, or what another stage made, may hold a configuration.
          const isOpen = copy.from !== null || (text === null && /^\/etc\b/.test(copy.target ?? '/etc'));
          return isOpen || words.test(text ?? '');
        }),
    ),
  );
}
