import { readScript } from '../../dockerfile/shell.ts';
import { callOf } from '../commands.ts';
import { textInContext } from '../context.ts';
import { scriptOf } from '../interpreters.ts';
import { fileOrigin } from '../origin.ts';
import { absolutePath } from '../paths.ts';
import { at, type Rule } from '../rule.ts';
import { readStart } from '../start.ts';

export const scriptWithoutExec: Rule = {
  id: 'script-without-exec',
  concern: 'start',
  severity: 'warning',
  aliases: [],
  message: ({ script = '', program = '' }) =>
    `${script} starts ${program} below the shell: docker stop does not reach it, and it is killed after ten seconds.`,
  advice: ({ program = '' }) => `Write exec before it: exec ${program} …`,
  find: (view) => {
    const start = readStart(view);
    const [first] = start?.form === 'exec' ? start.invocations : [];
    const folder = start?.stage.end.workdir ?? null;
    if (start === null || first === undefined || folder === null || view.context === null) return [];
    const path = (/^(?:ba|da|a)?sh$/.test(first.program) ? scriptOf(first)?.path : first.path) ?? '';
    const origin =
      path.includes('/') || path.endsWith('.sh') ? fileOrigin(view, start.stage, absolutePath(folder, path)) : null;
    const text = origin === null ? null : textInContext(view.context, origin.contextPath);
    const found = text === null ? null : lastBelow(text);
    if (origin === null || found === null) return [];
    return [
      { ...at(start.instruction), args: { script: `${origin.contextPath}:${found.line}`, program: found.program } },
    ];
  },
};

/** Programs that serve until they are told to stop; what ends by itself needs no signal. */
const SERVES =
  /^(?:node|python[\d.]*|java|ruby|php|php-fpm|bun|deno|gunicorn|uvicorn|hypercorn|daphne|celery|puma|unicorn|rails|bundle|npm|yarn|pnpm|npx|next|nuxt|nginx|httpd|caddy|dotnet|streamlit|flask|fastapi|waitress-serve|uwsgi)$/;

/** The last command of a script, where it is a server that the shell waits for. */
function lastBelow(text: string): { line: number; program: string } | null {
  if (!/^#!\s*\S*(?:\/|\s)(?:ba|da|a)?sh\b/.test(text) || /\btrap\b|\bwait\b|&\s*$/m.test(text.replaceAll('&&', '')))
    return null;
  const { units, isBroken } = readScript(text);
  const last = units.at(-1);
  const [command] = last?.commands ?? [];
  const [call] = command === undefined ? [] : callOf(command);
  if (isBroken || last?.kind !== 'simple' || last.commands.length !== 1 || call === undefined) return null;
  const word = call.command.name?.value ?? '';
  const isHanded = /^"?\$@"?$/.test(word);
  if (!isHanded && (word !== call.path || !SERVES.test(call.program))) return null;
  return { line: text.slice(0, call.command.start).split('\n').length, program: isHanded ? '"$@"' : call.program };
}
