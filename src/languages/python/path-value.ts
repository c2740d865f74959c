import { joinPath } from '../../project/search.ts';
import { type Argument, argumentsIn, insideBrackets, maskPython } from './python-text.ts';
import type { Source } from './sources.ts';

/** Stands for what is known only when the program runs. */
export const UNKNOWN = '*';

/** Where a value is worked out: what a name may stand for depends on all files that are loaded. */
export interface PathScope {
  readonly source: Source;
  /** what a name stands for at a place in the source; `UNKNOWN` where nothing tells */
  readonly named: (source: Source, name: string, offset: number) => string;
  /** what an attribute or a key of settings stands for, in whichever file */
  readonly keyed: (name: string) => string;
  /** what a function of the program returns */
  readonly returned: (source: Source, name: string) => string;
  /** folder of Flask's application */
  readonly rootPath: string;
  readonly instancePath: string;
  /** folder that the source is loaded from: its own, or the environment that it is installed into */
  readonly home: string;
  /** folder that the program runs in */
  readonly workdir: string;
}

/** An expression of paths that is being read. */
interface Cursor {
  at: number;
}

/** What an expression of texts and paths is in the container, parts that nobody knows are `UNKNOWN`. */
export function pathValue(scope: PathScope, offset: number): string {
  return alternatives(scope, { at: offset });
}

export function isKnown(value: string): boolean {
  const [first = '', second = ''] = value.split('/');
  return value !== '' && !(first === '' ? second : first).includes(UNKNOWN);
}

/** `a or b`, `a if c else b`: the first that is known. */
function alternatives(scope: PathScope, cursor: Cursor): string {
  const value = sum(scope, cursor);
  const next = take(scope, cursor, /^\s*or\b/) ?? take(scope, cursor, /^\s*if\b[^\n]*?\belse\b/);
  if (next === null) return value;
  const other = alternatives(scope, cursor);
  return isKnown(value) ? value : other;
}

/** `a / b`, `a + b`, `a % b`. */
function sum(scope: PathScope, cursor: Cursor): string {
  let value = factor(scope, cursor);
  for (;;) {
    const operator = take(scope, cursor, /^\s*[/+%](?!=)/)?.trim();
    if (operator === undefined) return value;
    const right = factor(scope, cursor);
    if (operator === '/') value = joined([value, right]);
    else if (operator === '+') value = `${value}${right}`;
    else value = value.replace(/%[sr]/, right);
  }
}

function factor(scope: PathScope, cursor: Cursor): string {
  take(scope, cursor, /^[\s\\]+/);
  const { code } = scope.source;
  if (code[cursor.at] === '(') {
    const inside = insideBrackets(code, cursor.at);
    const value = alternatives(scope, { at: cursor.at + 1 });
    cursor.at += inside.length + 2;
    return members(scope, cursor, value);
  }
  const text = texts(scope, cursor);
  if (text !== null) return members(scope, cursor, text);
  const start = cursor.at;
  const name = take(scope, cursor, /^[A-Za-z_]\w*/);
  if (name === null) return UNKNOWN;
  cursor.at = start;
  const called = call(scope, cursor);
  if (called !== null) return members(scope, cursor, called);
  cursor.at = start + name.length;
  return members(scope, cursor, name === '__file__' ? ownFile(scope) : scope.named(scope.source, name, start));
}

function ownFile(scope: PathScope): string {
  return `${scope.home}/${scope.source.path}`;
}

/** Texts that stand side by side are one. */
function texts(scope: PathScope, cursor: Cursor): string | null {
  let value: string | null = null;
  for (;;) {
    const prefix = take(scope, cursor, /^\s*[rbufRBUF]{0,2}(?=["'])/);
    if (prefix === null) return value;
    const string = scope.source.strings.find((one) => one.start === cursor.at);
    if (!string) return value ?? UNKNOWN;
    cursor.at = string.end;
    value = `${value ?? ''}${/f/i.test(prefix) ? formatted(scope, string.value) : string.value}`;
  }
}

/** `f"{BASE}/x.db"`: what stands between the brackets is an expression of its own. */
function formatted(scope: PathScope, text: string): string {
  return text.replaceAll(/\{([^{}]*)\}/g, (_all, inner: string) => {
    const { code, strings } = maskPython(inner);
    // Names are looked up from the end of the file: what stands in a text has no place among the assignments.
    const source = { ...scope.source, code, text: inner, strings };
    const named = (_source: Source, name: string) =>
      scope.named(scope.source, name, scope.source.text.indexOf(`{${inner}}`));
    return alternatives({ ...scope, source, named }, { at: 0 });
  });
}

/** Functions whose value is that of their first argument. */
const SAME =
  /^(?:(?:os\.path|path|osp)\.(?:abspath|realpath|normpath)|abspath|realpath|str|os\.fspath|(?:pathlib\.)?(?:Pure)?(?:Posix)?Path)$/;

/** Settings that come from outside: what they are without it. */
const SETTING =
  /^(?:os\.getenv|getenv|os\.environ\.get|environ\.get|(?:\w+\.)*config\.get|config|env(?:\.\w+)?|Field|(?:pydantic\.)?Field)$/;

/** A call of a function that is known; `null` where there is none. */
function call(scope: PathScope, cursor: Cursor): string | null {
  const { code } = scope.source;
  const callee = /^([A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*)\s*\(/.exec(code.slice(cursor.at, cursor.at + 200));
  if (!callee) return null;
  const name = (callee[1] ?? '').replaceAll(/\s/g, '');
  const open = cursor.at + callee[0].length - 1;
  const value = known(scope, name, argumentsIn(scope.source, open)) ?? own(scope, name);
  if (value !== null) cursor.at = open + insideBrackets(code, open).length + 2;
  return value;
}

function known(scope: PathScope, name: string, given: readonly Argument[]): string | null {
  const at = (index: number) => {
    const one = given[index];
    return one ? alternatives(scope, { at: one.start }) : UNKNOWN;
  };
  if (SAME.test(name)) return given.length > 1 ? joined(given.map((_one, index) => at(index))) : at(0);
  if (/^(?:(?:os\.path|path|osp)\.)?join$/.test(name)) return joined(given.map((_one, index) => at(index)));
  if (/^(?:(?:os\.path|path|osp)\.)?dirname$/.test(name)) return parent(at(0));
  if (/^(?:(?:os\.path|path)\.)?expanduser$/.test(name)) return at(0).replace(/^~/, '/tmp');
  if (/^(?:os\.getcwd|getcwd|Path\.cwd|pathlib\.Path\.cwd)$/.test(name)) return scope.workdir;
  if (/^(?:pathlib\.)?Path\.home$/.test(name) || /^tempfile\./.test(name)) return `/tmp/${UNKNOWN}`;
  return SETTING.test(name) ? setting(scope, name, given) : null;
}

/** What a setting is where nothing is set: its default; for a key of Flask's settings, what the source gives it. */
function setting(scope: PathScope, name: string, given: readonly Argument[]): string {
  const named = given.find((one) => one.name === 'default');
  const fallback = named ?? (/Field$/.test(name) ? given[0] : given[1]);
  const key = scope.source.strings.find((one) => one.start === given[0]?.start)?.value;
  const value = /config\.get$/.test(name) && key !== undefined ? scope.keyed(key) : UNKNOWN;
  if (isKnown(value)) return value;
  return fallback && (fallback.name === null || fallback === named)
    ? alternatives(scope, { at: fallback.start })
    : UNKNOWN;
}

/** A function of the program itself, called by its name alone. */
function own(scope: PathScope, name: string): string | null {
  return name.includes('.') ? null : scope.returned(scope.source, name);
}

/** `.parent`, `.resolve()`, `.joinpath('x')`, `.config['KEY']` … after a value. */
function members(scope: PathScope, cursor: Cursor, first: string): string {
  let value = first;
  for (;;) {
    const { code } = scope.source;
    if (code[cursor.at] === '[') {
      value = subscript(scope, cursor);
      continue;
    }
    const name = take(scope, cursor, /^\s*\.\s*[A-Za-z_]\w*/)?.replaceAll(/[\s.]/g, '');
    if (name === undefined) return value;
    if (code[cursor.at] === '(') {
      const given = argumentsIn(scope.source, cursor.at);
      cursor.at += insideBrackets(code, cursor.at).length + 2;
      value = method(scope, value, name, given);
    } else if (name === 'parents') {
      const levels = Number(/^\[(\d)\]/.exec(code.slice(cursor.at))?.[1] ?? 0);
      take(scope, cursor, /^\[\d*\]/);
      for (let level = 0; level <= levels; level += 1) value = parent(value);
    } else value = attribute(scope, value, name);
  }
}

function attribute(scope: PathScope, value: string, name: string): string {
  if (name === 'parent') return parent(value);
  if (name === 'root_path') return scope.rootPath;
  if (name === 'instance_path') return scope.instancePath;
  return name === 'config' || name === 'name' || name === 'stem' ? UNKNOWN : scope.keyed(name);
}

function method(scope: PathScope, value: string, name: string, given: readonly Argument[]): string {
  if (/^(?:resolve|absolute|expanduser|as_posix|strip|rstrip|mkdir|write_text|write_bytes|touch|open)$/.test(name))
    return value.replace(/^~/, '/tmp');
  const texts = given.map((one) => alternatives(scope, { at: one.start }));
  if (name === 'joinpath') return joined([value, ...texts]);
  if (name === 'format') return value.replaceAll(/\{[^{}]*\}/g, texts.length === 1 ? (texts[0] ?? '') : UNKNOWN);
  return UNKNOWN;
}

/** `config['UPLOAD_FOLDER']`; a variable of the environment has no value here. */
function subscript(scope: PathScope, cursor: Cursor): string {
  const isEnvironment = /\benviron$/.test(scope.source.code.slice(Math.max(0, cursor.at - 10), cursor.at));
  const key = scope.source.strings.find((one) => one.start === cursor.at + 1);
  cursor.at += insideBrackets(scope.source.code, cursor.at).length + 2;
  return key && !isEnvironment ? scope.keyed(key.value) : UNKNOWN;
}

function take(scope: PathScope, cursor: Cursor, pattern: RegExp): string | null {
  const found = pattern.exec(scope.source.code.slice(cursor.at, cursor.at + 300));
  if (!found) return null;
  cursor.at += found[0].length;
  return found[0];
}

/** An absolute part takes the place of what stands before it. */
function joined(parts: readonly string[]): string {
  const last = parts.findLastIndex((part, at) => at > 0 && part.startsWith('/'));
  const kept = last === -1 ? parts : parts.slice(last);
  return kept.filter((part) => part !== '').join('/');
}

function parent(path: string): string {
  if (path.startsWith(UNKNOWN) || path === '') return UNKNOWN;
  const absolute = path.startsWith('/');
  const cut = joinPath(path, '..');
  return absolute ? `/${cut === '.' ? '' : cut}` : cut;
}
