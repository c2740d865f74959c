import { directoryOf } from '../../project/search.ts';
import { type Framework, frameworkOf } from './frameworks.ts';
import { findModule, importedFrom, modulePlace, possibleRoots } from './import-roots.ts';
import { type Definition, definitions, fullNames, namedCalls, placeIn, type Source } from './sources.ts';

/** An application in the source that a server can load by its name. */
export interface AppObject {
  readonly source: Source;
  readonly framework: Framework;
  /** name in its module; with brackets where it is a function that makes the application: `create_app()` */
  readonly attribute: string;
  readonly isFactory: boolean;
  readonly from: string;
  /** the text that stands at `from` */
  readonly holds: string;
  readonly score: number;
}

/** Every application object, the likeliest first. */
export function findAppObjects(sources: readonly Source[]): readonly AppObject[] {
  const makers = sources.flatMap((source) => factoriesIn(source));
  const factories = [...makers, ...sources.flatMap((source) => factoriesAround(sources, source, makers))].filter(
    (one) => !one.attribute.includes(UNKNOWN),
  );
  const objects = sources.flatMap((source) => [...objectsIn(source), ...madeByFactory(sources, source, makers)]);
  const known = [...objects, ...factories];
  const again = sources.flatMap((source) => importedObjects(sources, source, known));
  return [...known, ...again].map((one) => ({ ...one, score: scoreOf(sources, one) })).sort(byScore);
}

function byScore(a: AppObject, b: AppObject): number {
  return b.score - a.score || (a.source.path < b.source.path ? -1 : 1);
}

/** `app = Flask(__name__)` at the left margin. */
function objectsIn(source: Source): readonly AppObject[] {
  return namedCalls(source)
    .filter((call) => call.indent === 0)
    .flatMap((call) => {
      const framework = frameworkBehind(source, call.callee);
      return framework
        ? [toObject(source, framework, serverName(source, framework, call.name), call.offset, call.name)]
        : [];
    });
}

function frameworkBehind(source: Source, callee: string): Framework | null {
  for (const name of fullNames(source, callee)) {
    const framework = frameworkOf(name);
    if (framework) return framework;
  }
  return null;
}

/** What a Dash application hands to a server is the Flask application inside it: `server = app.server`. */
function serverName(source: Source, framework: Framework, name: string): string {
  if (framework.id !== 'dash') return name;
  return new RegExp(`^(\\w+)\\s*=\\s*${name}\\.server\\b`, 'm').exec(source.code)?.[1] ?? name;
}

/** `def create_app(): … return app`. A function with a parameter that has no default is called with what the source passes it. */
function factoriesIn(source: Source): readonly AppObject[] {
  return definitions(source).flatMap((definition) => {
    const framework = definition.isAsync ? null : madeIn(source, definition);
    if (!framework) return [];
    const attribute = `${definition.name}(${factoryArguments(source, definition) ?? UNKNOWN})`;
    return [{ ...toObject(source, framework, attribute, definition.offset, definition.name), isFactory: true }];
  });
}

/** Stands for an argument that nothing tells: such a function is of use only where the source itself calls it. */
const UNKNOWN = '?';

function madeIn(source: Source, definition: Definition): Framework | null {
  const { body } = definition;
  for (const match of body.matchAll(/(?:\b(\w+)\s*(?::[^=\n]+)?=|\breturn)\s*([A-Za-z_][\w.]*)\s*\(/g)) {
    const callee = match[2] ?? '';
    // `from flask import Flask` may stand inside the function.
    const framework =
      frameworkBehind(source, callee) ??
      (callee === 'Flask' && /\bflask\b/.test(source.code) ? frameworkOf('flask.Flask') : null);
    if (framework && (match[1] === undefined || isReturned(body, match[1]))) return framework;
  }
  return null;
}

/** `return app`, `return CORS(app)`, at the level of the function itself: what a view within it returns is none of it. */
function isReturned(body: string, name: string): boolean {
  const indent = /\n([ \t]+)\S/.exec(body)?.[1] ?? '';
  return new RegExp(`^[ \\t]{0,${indent.length}}return\\b[^\\n]*\\b${name}\\b`, 'm').test(body);
}

/** Empty where the function can be called without arguments; the text of a call with constants; `null` where neither is known. */
function factoryArguments(source: Source, definition: Definition): string | null {
  const needed = definition.parameters
    .split(/,(?![^([{]*[)\]}])/)
    .map((one) => one.trim())
    .filter((one) => one !== '' && !one.includes('=') && !/^(?:\*|\/|self$)/.test(one));
  if (needed.length === 0) return '';
  const call = new RegExp(`(?<!def )\\b${definition.name}\\(\\s*(["'])`).exec(source.code);
  const literal = call && source.strings.find((text) => text.start === call.index + call[0].length - 1);
  if (needed.length === 1 && literal && /^[\w.-]+$/.test(literal.value)) return `'${literal.value}'`;
  const word = source.strings.find((text) => /^prod(?:uction)?$/.test(text.value));
  return needed.length === 1 && word ? `'${word.value}'` : null;
}

/** `def get_app(): return create_app(store)`: it gives another function the arguments that it needs. */
function factoriesAround(
  sources: readonly Source[],
  source: Source,
  makers: readonly AppObject[],
): readonly AppObject[] {
  return definitions(source).flatMap((definition) => {
    if (definition.isAsync || factoryArguments(source, definition) !== '') return [];
    const callees = [...definition.body.matchAll(/\breturn\s+([A-Za-z_][\w.]*)\s*\(/g)].map((match) => match[1] ?? '');
    const made = makers.find((one) =>
      callees.some(
        (callee) =>
          nameOf(one) === callee.split('.').at(-1) &&
          nameOf(one) !== definition.name &&
          comesFrom(sources, source, callee, one),
      ),
    );
    if (!made) return [];
    const object = toObject(source, made.framework, `${definition.name}()`, definition.offset, definition.name);
    return [{ ...object, isFactory: true }];
  });
}

/** `app = create_app()` at the left margin, the function being in this file or another one. */
function madeByFactory(
  sources: readonly Source[],
  source: Source,
  factories: readonly AppObject[],
): readonly AppObject[] {
  return namedCalls(source)
    .filter((call) => call.indent === 0)
    .flatMap((call) => {
      const made = factories.find(
        (one) => nameOf(one) === call.callee.split('.').at(-1) && comesFrom(sources, source, call.callee, one),
      );
      return made ? [toObject(source, made.framework, call.name, call.offset, call.name)] : [];
    });
}

function nameOf(one: AppObject): string {
  return one.attribute.replace(/\(.*$/, '');
}

function comesFrom(sources: readonly Source[], source: Source, callee: string, one: AppObject): boolean {
  if (one.source === source) return true;
  const [first = ''] = callee.split('.');
  const found = source.imports.filter((item) => item.local === first || item.name === first);
  if (found.length === 0) return false;
  const reached = found.flatMap((item) => importedFrom(sources, source, item));
  return (
    reached.includes(one.source) ||
    reached.some((middle) => middle.imports.some((item) => importedFrom(sources, middle, item).includes(one.source)))
  );
}

/** Files that start what another file defines: `from app import app`, then `app.run()`; or that servers are pointed at by custom. */
const ENTRY_NAMES = /(?:^|\/)(?:passenger_)?(?:wsgi|asgi)\.py$/;
const RUN_CALL = /\b\w+\.run\s*\(|\bserve\s*\(/;

function importedObjects(
  sources: readonly Source[],
  source: Source,
  known: readonly AppObject[],
): readonly AppObject[] {
  if (!ENTRY_NAMES.test(source.path) && !RUN_CALL.test(source.code)) return [];
  return source.imports
    .filter((one) => one.name !== null && one.isTopLevel)
    .flatMap((one) => {
      const files = importedFrom(sources, source, one);
      const object = known.find(
        (item) =>
          item.source !== source && !item.isFactory && item.attribute === one.name && files.includes(item.source),
      );
      return object ? [toObject(source, object.framework, one.local, one.offset, one.local)] : [];
    });
}

function toObject(source: Source, framework: Framework, attribute: string, offset: number, holds: string): AppObject {
  return { source, framework, attribute, isFactory: false, from: placeIn(source, offset), holds, score: 0 };
}

const FILE_NAMES = [
  'wsgi',
  'asgi',
  'main',
  'app',
  'application',
  'server',
  'run',
  'api',
  'index',
  '__init__',
  'web',
  'manage',
  'start',
];
const SIDE_NAMES =
  /test|example|demo|sample|old|backup|copy|tutorial|seed|init_?db|create_?db|bench|mock|stub|fake|dev/i;

function scoreOf(sources: readonly Source[], one: AppObject): number {
  const { path, code } = one.source;
  const file = (path.split('/').at(-1) ?? '').replace(/\.py$/, '');
  const folder = directoryOf(path).split('/').at(-1) ?? '';
  const rank = FILE_NAMES.indexOf(file === '__init__' ? file : file.toLowerCase());
  let score = one.isFactory ? -8 : 0;
  score += rank === -1 ? 0 : 14 - rank;
  if (/^(?:app|application|api|server|asgi|wsgi)$/.test(one.attribute)) score += 4;
  if (SIDE_NAMES.test(file) || SIDE_NAMES.test(folder)) score -= 15;
  if (one.framework.interface === 'asgi' && one.framework.id === 'socketio-asgi') score += 12;
  // Imported by a server, such a file would start another one.
  if (/^(?:uvicorn|web|hypercorn)\.run\w*\(/m.test(code)) score -= 30;
  score -= 3 * (path.split('/').length - 1);
  score += Math.min(20, 2 * modulePlace(sources, one.source).reached.length);
  return score;
}

/** The object of that name in a module, for commands that name it: `app.main:app`. */
export function namedObject(
  sources: readonly Source[],
  objects: readonly AppObject[],
  folders: readonly string[],
  module: string,
  attribute: string | null,
): { readonly source: Source; readonly root: string; readonly object: AppObject | null } | null {
  const found = findModule(sources, [...folders, ...possibleRoots(sources)], module);
  if (!found) return null;
  const inFile = objects.filter((one) => one.source === found.source);
  const object = inFile.find((one) => attribute !== null && nameOf(one) === attribute.replace(/\(.*$/, '')) ?? null;
  return { ...found, object: object ?? (attribute === null ? (inFile[0] ?? null) : null) };
}
