import type { Project } from '../../model/project.ts';
import { joinPath } from '../../project/search.ts';

/** One program call out of a command as people write it for a shell. */
export interface ProgramCall {
  /** program and arguments, wrappers such as `exec` or `poetry run` left out, `$PORT` still in them */
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** folder that a `cd` before it went to, relative to the service */
  readonly folder: string;
}

/** Words that stand before the program and only prepare its start. */
const WRAPPERS: readonly (readonly string[])[] = [
  ['exec'],
  ['nohup'],
  ['sudo'],
  ['time'],
  ['tini', '--'],
  ['dumb-init', '--'],
  ['dumb-init'],
  ['poetry', 'run'],
  ['uv', 'run'],
  ['pipenv', 'run'],
  ['pdm', 'run'],
  ['rye', 'run'],
  ['hatch', 'run'],
  ['bin/start-pgbouncer'],
  ['bin/start-pgbouncer-stunnel'],
  ['bin/start-nginx'],
  ['newrelic-admin', 'run-program'],
];

/** Flags of `uv run` and the like that come before the program. */
const WRAPPER_FLAG =
  /^--(?:frozen|locked|no-dev|no-sync|no-group|all-extras|isolated|quiet|active|with|extra|group)(?:=|$)/;

const DEEPEST_SCRIPT = 3;

/**
 * The program calls of a command line, in order: `cd app && python manage.py migrate && gunicorn …` has two. A call of a shell
 * script of the project stands for the calls in it.
 */
export function programCalls(project: Project, directory: string, command: string, depth = 0): readonly ProgramCall[] {
  const calls: ProgramCall[] = [];
  let folder = '.';
  for (const part of splitCommands(command)) {
    const call = toCall(part, folder);
    const [program = '', first = ''] = call.words;
    if (program === 'cd') {
      folder = joinPath(folder, first.replace(/^\/(?:app|code|usr\/src\/app|srv|opt\/app|workspace)\/?/, './'));
      continue;
    }
    const inner = innerCommand(project, directory, call, depth);
    if (inner !== null) calls.push(...programCalls(project, directory, inner, depth + 1));
    else if (program !== '') calls.push(call);
  }
  return calls;
}

/** The text that a call hands to a shell: `sh -c '…'`, or a script of the project; `null` for any other program. */
function innerCommand(project: Project, directory: string, call: ProgramCall, depth: number): string | null {
  if (depth >= DEEPEST_SCRIPT) return null;
  const [program = '', ...rest] = call.words;
  const isShell = /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|z)?sh$/.test(program);
  const flag = rest.findIndex((word) => /^-\w*c$/.test(word));
  if (isShell && flag !== -1) return rest.slice(flag + 1).join(' ');
  const file = isShell
    ? rest.find((word) => !word.startsWith('-'))
    : /\.sh$|^\.\/[\w-]+$|entrypoint|^\/[\w/-]*start[\w-]*$/.test(program)
      ? program
      : undefined;
  if (file === undefined) return null;
  const script = ['', 'docker', 'scripts', 'bin', 'deploy']
    .flatMap((folder) => [
      joinPath(directory, folder, file),
      joinPath(directory, folder, file.split('/').at(-1) ?? file),
    ])
    .find((path) => project.isFile(path));
  const text = script === undefined ? null : project.source(script);
  if (text === null || /^#!.*python/.test(text)) return null;
  // What a script does with its own arguments: the command that follows it.
  const others = rest.filter((word) => word !== file).join(' ');
  return text
    .replaceAll(/\\\r?\n/g, ' ')
    .replaceAll(/^\s*#.*$/gm, '')
    .replaceAll(/"?\$@"?/g, others);
}

function splitCommands(command: string): readonly string[] {
  const parts: string[] = [''];
  let quote = '';
  for (const character of command) {
    if (quote !== '' ? character === quote : character === '"' || character === "'")
      quote = quote === '' ? character : '';
    if (quote === '' && /[;&|\n]/.test(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function toCall(part: string, folder: string): ProgramCall {
  let words = (part.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []).map((word) =>
    word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_all, double, single) => double ?? single ?? ''),
  );
  const env: Record<string, string> = {};
  for (;;) {
    const first = words[0] ?? '';
    const assignment =
      /^(\w+)=(.*)$/.exec(first) ??
      (first === 'export' || first === 'env' ? /^(\w+)=(.*)$/.exec(words[1] ?? '') : null);
    const wrapper = WRAPPERS.find((one) => one.every((word, at) => words[at] === word));
    if (assignment?.[1]) {
      env[assignment[1]] = assignment[2] ?? '';
      words = words.slice(first === assignment[0] ? 1 : 2);
    } else if (wrapper) {
      words = words.slice(wrapper.length);
      while (WRAPPER_FLAG.test(words[0] ?? ''))
        words = words.slice(/^--(?:with|extra|group|no-group)$/.test(words[0] ?? '') ? 2 : 1);
    } else {
      return { words, env, folder };
    }
  }
}

/** A port in a word: `8000` in `0.0.0.0:8000`, `:8000`, `${PORT:-8000}`; `null` for `$PORT` alone. */
export function portIn(word: string | undefined): number | null {
  const found = /(?:^|:|=|:-)(\d{2,5})\}?$/.exec(word ?? '')?.[1];
  const port = Number(found);
  return found !== undefined && port >= 1 && port <= 65_535 ? port : null;
}
