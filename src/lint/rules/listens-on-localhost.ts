import type { Invocation } from '../commands.ts';
import { textInContext } from '../context.ts';
import { scriptOf } from '../interpreters.ts';
import { fileOrigin } from '../origin.ts';
import { absolutePath } from '../paths.ts';
import { at, type Rule } from '../rule.ts';
import { boundAddress, isLocal, startedPrograms } from '../servers.ts';
import { localListen } from '../source-listen.ts';
import { readStart } from '../start.ts';
import type { StageView, View } from '../view.ts';

/** Servers that listen on this machine alone unless an option or one of these variables says otherwise. */
const LOCAL_BY_DEFAULT: Readonly<Record<string, readonly string[]>> = {
  uvicorn: ['UVICORN_HOST'],
  flask: ['FLASK_RUN_HOST'],
  gunicorn: ['PORT', 'GUNICORN_CMD_ARGS'],
  hypercorn: [],
};

export const listensOnLocalhost: Rule = {
  id: 'listens-on-localhost',
  concern: 'start',
  severity: 'warning',
  aliases: [],
  message: ({ program = '', address = '' }) =>
    address === ''
      ? `${program} listens on 127.0.0.1 unless it is told otherwise: nothing outside the container reaches it.`
      : `${program} is told to listen on ${address}: nothing outside the container reaches it.`,
  advice: ({ option = '' }) => `Let it listen on all addresses: ${option}.`,
  find: (view) => {
    const start = readStart(view);
    if (start === null || view.final === null) return [];
    for (const invocation of startedPrograms(view, start)) {
      const found = localServer(view, invocation);
      if (found !== null) return [{ ...at(start.command ?? start.instruction), args: found }];
      const written = localInSource(view, start.stage, invocation);
      if (written !== null) return [{ ...at(start.command ?? start.instruction), args: written }];
    }
    return [];
  },
};

function localServer(view: View, invocation: Invocation): { program: string; address: string; option: string } | null {
  const { program, args, operands } = invocation;
  const address = boundAddress(invocation);
  const isServer =
    /^(?:uvicorn|gunicorn|hypercorn|flask|vite|ng|next|nuxt|astro|http-server|serve|fastapi|streamlit|waitress-serve|puma|rails|jekyll|hugo)$/.test(
      program,
    );
  if (address !== null) return isServer && isLocal(address) ? { program, address, option: optionOf(program) } : null;
  if (isManagedServer(invocation))
    return { program: 'manage.py runserver', address: '', option: 'runserver 0.0.0.0:8000' };
  if (program === 'fastapi' && operands[0] === 'dev') return { program, address: '', option: 'fastapi run' };
  const variables = LOCAL_BY_DEFAULT[program];
  if (
    variables === undefined ||
    view.final === null ||
    args.some((arg) => /^(?:--uds|--fd|-c|--config|--factory=|-k)/.test(arg) && !/^(?:-k|--factory)/.test(arg))
  )
    return null;
  if (program === 'flask' && operands[0] !== 'run') return null;
  const { scope } = view.final;
  if (variables.some((name) => scope.has(name)) || args.some((arg) => /[$@]/.test(arg))) return null;
  if (program === 'gunicorn' && hasGunicornFile(view)) return null;
  return { program, address: '', option: optionOf(program) };
}

/** The script that is started says where it listens. */
function localInSource(
  view: View,
  stage: StageView,
  invocation: Invocation,
): { program: string; address: string; option: string } | null {
  const script = scriptOf(invocation);
  if (script === null || view.context === null || stage.end.workdir === null) return null;
  const origin = script.tries
    .map((path) => fileOrigin(view, stage, absolutePath(stage.end.workdir ?? '/', path)))
    .find((found) => found !== null);
  const text = origin == null ? null : textInContext(view.context, origin.contextPath);
  const found = text === null ? null : localListen(text, invocation.program);
  return origin == null || found === null
    ? null
    : { program: `${origin.contextPath}:${found.line}`, address: found.address, option: found.option };
}

function isManagedServer({ program, args, operands }: Invocation): boolean {
  if (!/^python[\d.]*$/.test(program) || !/manage\.py$/.test(operands[0] ?? '') || operands[1] !== 'runserver')
    return false;
  const [, , target] = operands;
  return !args.some((arg) => arg.includes('$')) && (target === undefined || /^\d+$/.test(target) || isLocal(target));
}

/** gunicorn reads this file of its working folder by itself. */
function hasGunicornFile(view: View): boolean {
  return view.context === null || view.context.project.find({ names: ['gunicorn.conf.py'], limit: 1 }).length > 0;
}

function optionOf(program: string): string {
  if (program === 'gunicorn' || program === 'hypercorn') return '--bind 0.0.0.0:8000';
  return program === 'next' ? '--hostname 0.0.0.0' : '--host 0.0.0.0';
}
