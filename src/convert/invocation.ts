import type { ShellCommand, ShellWord } from '../dockerfile/script.ts';
import type { Base } from './base.ts';
import type { Invocation } from './commands/verdict.ts';
import type { Judging } from './judge.ts';
import { absolute } from './paths.ts';
import { expanded, type Scope, type Step } from './trace.ts';

/** What a shell remembers from one command to the next. */
export interface ShellState {
  readonly cwd: string;
  readonly home: string;
  readonly user: string;
  readonly scope: Scope;
  readonly venv: string | null;
  /** shell variables set in this RUN */
  readonly variables: ReadonlyMap<string, string>;
  readonly settings: ReadonlySet<string>;
}

/** Programs that start another one, with the options of theirs that take a value. */
const WRAPPERS: Readonly<Record<string, readonly string[]>> = {
  sudo: ['-u', '-g', '-h'],
  env: ['-u', '-C'],
  exec: ['-a'],
  time: [],
  nice: ['-n'],
  nohup: [],
  command: [],
  builtin: [],
  ionice: ['-c', '-n'],
  timeout: ['-s', '-k'],
  stdbuf: ['-o', '-e', '-i'],
  tini: ['-s'],
  'dumb-init': [],
  gosu: [],
  'su-exec': [],
  eatmydata: [],
  retry: [],
};
/** Wrappers whose first operand is not the program: a user, a duration. */
const WITH_OPERAND = new Set(['gosu', 'su-exec', 'timeout']);

export function startState(step: Step, judging: Judging): ShellState {
  const { cwd, home, user, scope, path } = step;
  const active = scope.get('VIRTUAL_ENV')?.value ?? null;
  const first = path.find((entry) => judging.venvs.has(entry.replace(/\/bin$/, '')) || entry === `${active}/bin`);
  return {
    cwd,
    home,
    user,
    scope,
    venv: first?.replace(/\/bin$/, '') ?? null,
    variables: new Map(),
    settings: settingsIn(judging.file.text),
  };
}

/** Settings that change where later commands put their results, wherever in the file they are made. */
function settingsIn(text: string): ReadonlySet<string> {
  const settings = new Set<string>();
  if (/virtualenvs\.create\s+(false|0|no)\b/.test(text)) settings.add('poetry:no-environment');
  if (/virtualenvs\.in-project\s+(true|1|yes)\b/.test(text)) settings.add('poetry:in-project');
  return settings;
}

/** `null`: assignments or redirections alone. */
export function invocationOf(command: ShellCommand, state: ShellState, base: Base): Invocation | null {
  if (command.name === null) return null;
  const words = unwrapped([command.name, ...command.args].flatMap((word) => wordsOf(word, state)));
  const [program = '', ...args] = words;
  const name = program.split('/').at(-1) ?? program;
  const own = /^(.*)\/bin\/[^/]+$/.exec(program)?.[1];
  const isVenv =
    own !== undefined &&
    !/^(\/usr(\/local)?|\/opt\/java.*|\.\/node_modules.*|)$/.test(own) &&
    /^(pip|python)/.test(name);
  const { cwd, home, user } = state;
  const scope = withAssignments(command, state);
  const venv = isVenv ? absolute(cwd, own) : state.venv;
  return { name, program, args, cwd, home, user, scope, base, venv, settings: state.settings };
}

/** What `cd`, `export`, an assignment or an activated environment changes for the commands that follow. */
export function stateAfter(command: ShellCommand, call: Invocation | null, state: ShellState): ShellState {
  if (call === null || call.name === 'export') {
    const variables = new Map(state.variables);
    for (const { name, value } of command.assignments) variables.set(name, textOf(value, state));
    for (const word of call?.args ?? []) {
      const equals = word.indexOf('=');
      if (equals > 0) variables.set(word.slice(0, equals), word.slice(equals + 1));
    }
    return { ...state, variables };
  }
  const [first = state.home] = call.args;
  if (call.name === 'cd' || call.name === 'pushd')
    return { ...state, cwd: absolute(state.cwd, first.replace(/^~/, state.home)) };
  const activated = /^(.*)\/bin\/activate$/.exec(first)?.[1];
  if ((call.name === '.' || call.name === 'source') && activated !== undefined) {
    return { ...state, venv: absolute(state.cwd, activated) };
  }
  return state;
}

export function resolveIn(state: ShellState, path: string): string {
  return absolute(state.cwd, valueText(path, state));
}

/** An unquoted variable gives as many words as it has. */
function wordsOf(word: ShellWord, state: ShellState): string[] {
  const value = textOf(word, state);
  if (word.isLiteral || /^["']/.test(word.text) || value === word.value) return [value];
  return value.split(/\s+/).filter((part) => part !== '');
}

function textOf(word: ShellWord, state: ShellState): string {
  if (!word.isLiteral) return valueText(word.value, state);
  return /^~(?=\/|$)/.test(word.text) ? word.value.replace(/^~/, state.home) : word.value;
}

function valueText(text: string, state: ShellState): string {
  const known = text.replaceAll(/\$\{(\w+)\}|\$(\w+)/g, (written, braced?: string, plain?: string) => {
    const name = braced ?? plain ?? '';
    if (name === 'HOME') return state.home;
    if (name === 'PWD') return state.cwd;
    return state.variables.get(name) ?? state.scope.get(name)?.value ?? written;
  });
  return /\$\{\w+:?[-+]/.test(known) ? expanded(known, state.scope) : known.replace(/^~(?=\/|$)/, state.home);
}

function withAssignments(command: ShellCommand, state: ShellState): Scope {
  if (command.assignments.length === 0 && state.variables.size === 0) return state.scope;
  const scope = new Map(state.scope);
  for (const [name, value] of state.variables) scope.set(name, { value, kind: 'ENV' });
  for (const { name, value } of command.assignments) scope.set(name, { value: textOf(value, state), kind: 'ENV' });
  return scope;
}

/** Takes off what only starts another program. */
function unwrapped(words: readonly string[]): readonly string[] {
  const [first = ''] = words;
  const name = first.split('/').at(-1) ?? '';
  const withValue = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
  if (withValue === undefined) return words;
  let at = 1;
  while (at < words.length) {
    const word = words[at] ?? '';
    if (withValue.includes(word)) at += 2;
    else if (word.startsWith('-') || (name === 'env' && /^\w+=/.test(word))) at += 1;
    else break;
    if (word === '--') break;
  }
  if (WITH_OPERAND.has(name)) at += 1;
  const rest = words.slice(at);
  return rest.length === 0 ? words : unwrapped(rest);
}
