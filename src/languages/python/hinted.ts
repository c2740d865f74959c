import { readLines } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import { type AppObject, namedObject } from './app-objects.ts';
import { type Application, EMPTY, objectApplication, type Search } from './application.ts';
import { type ProgramCall, portIn, programCalls } from './command-line.ts';
import { hasPackage } from './dependencies.ts';
import { djangoApplication } from './django.ts';
import type { Hint } from './hints.ts';
import { modulePlace } from './import-roots.ts';
import { fileApplication, runnerOf } from './programs.ts';
import { RUNNERS, runsIn } from './runners.ts';
import { readServerCall } from './server-call.ts';
import { isProgram, type Source } from './sources.ts';

/** The first hint whose command fits what is in the source; one that names files that are not there is passed over. */
export function fromHints(search: Search, hints: readonly Hint[]): Application | null {
  for (const hint of hints) {
    for (const call of programCalls(search.project, search.directory, hint.command).toReversed()) {
      const application = fromCall(search, hint, call);
      if (application) return { ...application, from: hint.from, holds: '' };
    }
  }
  return null;
}

function fromCall(search: Search, hint: Hint, call: ProgramCall): Application | null {
  const [program = '', ...rest] = call.words;
  const name = (program.split('/').at(-1) ?? '').replace(/^python[\d.]*$/, 'python');
  if (name === 'python') return fromPython(search, hint, call, rest);
  return fromProgram(search, hint, call, name, rest);
}

function fromPython(search: Search, hint: Hint, call: ProgramCall, words: readonly string[]): Application | null {
  const rest = words.filter((word) => !/^-[uOBI]+$/.test(word));
  if (rest[0] === '-m') return fromModule(search, hint, call, rest.slice(1));
  const [file = '', ...args] = rest;
  if (!file.endsWith('.py')) return null;
  if (file.endsWith('manage.py')) return fromManage(search, args);
  const source = sourceAt(search, call.folder, file);
  if (!source) return null;
  const port = args.map(portIn).find((one) => one !== null) ?? null;
  const object = search.objects.find((one) => one.source === source && !one.isFactory);
  if (object && args.length === 0) return { ...objectApplication(search, object), port };
  const made = object ? null : factoryStarted(search, source);
  if (made && args.length === 0) return objectApplication(search, made);
  return { ...programIn(search, hint, source), ...withArguments(programIn(search, hint, source), args), port };
}

/** `if __name__ == '__main__': create_app().run()`: the function that makes the application is what a server needs. */
function factoryStarted(search: Search, source: Source): AppObject | null {
  const calls = [...source.code.matchAll(/\b(\w+)\s*\(/g)].map((match) => match[1]);
  const reached = modulePlace(search.sources, source).reached;
  const isRun = /\.run\s*\(/.test(source.code);
  if (!isRun) return null;
  return (
    search.objects.find(
      (one) => one.isFactory && reached.includes(one.source) && calls.includes(one.attribute.replace(/\(.*$/, '')),
    ) ?? null
  );
}

/** The port of the container stands where the command has a variable for it. */
function withoutVariable(words: readonly string[]): readonly string[] {
  return words.map((word) => word.replace(/\$\{?PORT(?::-\d+)?\}?/, '{port}'));
}

function withArguments(application: Application, args: readonly string[]): Partial<Application> {
  const kept = withoutVariable(args);
  return kept.some((word) => /[$`<>]/.test(word)) ? {} : { words: [...application.words, ...kept] };
}

/** The file as a program: what kind it is follows from the hint and from what it does. */
function programIn(search: Search, hint: Hint, source: Source): Application {
  const reached = modulePlace(search.sources, source).reached;
  const runner = RUNNERS.find(
    (one) => one.command === null && reached.some((file) => runsIn(one, file)) && isAtHand(search, one.packages),
  );
  if (runner) return runnerOf(search, runner, source);
  return { ...fileApplication(search, source), kind: hint.kind === 'web' ? 'web' : 'worker' };
}

function isAtHand(search: Search, packages: readonly string[]): boolean {
  return packages.length === 0 || packages.some((name) => hasPackage(search.dependencies, name));
}

function fromModule(search: Search, hint: Hint, call: ProgramCall, words: readonly string[]): Application | null {
  const [module = '', ...rest] = words;
  const asProgram = fromProgram(search, hint, call, module, rest);
  if (asProgram) return asProgram;
  const found = namedObject(search.sources, search.objects, [call.folder], module, null);
  // What `python -m` runs of a package is not the package itself.
  const main = namedObject(search.sources, search.objects, [call.folder], `${module}.__main__`, null) ?? found;
  if (!main) return null;
  if (found?.object && !found.object.isFactory && rest.length === 0) return objectApplication(search, found.object);
  const base = programIn(search, hint, main.source);
  return { ...base, words: ['python', '-m', module, ...rest], workdir: call.folder, roots: [main.root] };
}

function fromManage(search: Search, args: readonly string[]): Application | null {
  const application = djangoApplication(search);
  const isServer = args[0] === undefined || /^(?:runserver|rungunicorn|runserver_plus|run)$/.test(args[0]);
  if (!application || !isServer) return null;
  return { ...application, port: args.map(portIn).find((port) => port !== null) ?? null };
}

function fromProgram(
  search: Search,
  hint: Hint,
  call: ProgramCall,
  name: string,
  rest: readonly string[],
): Application | null {
  const server = readServerCall(name, rest);
  if (server) return fromServer(search, call, server);
  if (name === 'flask') return fromFlask(search, call, rest);
  if (name === 'fastapi')
    return fromFile(
      search,
      call,
      rest.filter((word) => word !== 'run' && word !== 'dev'),
    );
  if (name === 'streamlit' || name === 'chainlit' || name === 'panel') return fromRunner(search, call, name, rest);
  if (name === 'celery' || name === 'rq' || name === 'dramatiq' || name === 'arq' || name === 'scrapy')
    return { ...EMPTY, framework: name, words: [name, ...rest], workdir: call.folder, needs: [name] };
  const script = search.dependencies.scripts.find((one) => one.name === name);
  if (!script || rest.some((word) => /[$`<>]/.test(word.replace(/\$\{?PORT/, '')))) return null;
  const found = namedObject(search.sources, search.objects, ['src', '.'], script.target.replace(/:.*$/, ''), null);
  const base = found ? programIn(search, hint, found.source) : EMPTY;
  const port = rest.map(portIn).find((one) => one !== null) ?? null;
  return {
    ...base,
    kind: hint.kind === 'web' || rest.some((word) => /\$\{?PORT/.test(word)) ? 'web' : base.kind,
    words: [name, ...withoutVariable(rest)],
    port,
    roots: [],
    workdir: call.folder,
  };
}

function fromServer(
  search: Search,
  call: ProgramCall,
  server: NonNullable<ReturnType<typeof readServerCall>>,
): Application | null {
  const folder = joinPath(call.folder, server.folder ?? '.');
  const [module = '', attribute = null] = server.target.split(/:(.*)/);
  const found = namedObject(search.sources, search.objects, [folder], module, attribute);
  if (!found) return null;
  const django = djangoApplication(search);
  const isDjango = django !== null && /(?:^|\/)[aw]sgi\.py$/.test(found.source.path) && !found.object;
  const base = isDjango ? django : found.object ? objectApplication(search, found.object) : EMPTY;
  const place = modulePlace(search.sources, found.source);
  const named = attribute ?? (server.id === 'gunicorn' || isDjango ? 'application' : 'app');
  const exists = new RegExp(`\\b${named.replace(/\(.*$/, '')}\\b`).test(found.source.code);
  return {
    ...base,
    kind: 'web',
    speaks:
      server.speaks ??
      base.speaks ??
      (server.id === 'gunicorn' || server.id === 'waitress' || server.id === 'uwsgi' ? 'wsgi' : 'asgi'),
    server: server.id,
    target: `${module}:${exists ? named : (found.object?.attribute ?? named)}${server.isFactory && !named.endsWith(')') ? '()' : ''}`,
    options: server.options.length > 0 ? server.options : base.options,
    port: server.port,
    file: found.source.path,
    roots: [found.root, ...place.needed.filter((root) => root !== found.root)],
    workdir: server.folder !== null || call.folder !== '.' ? folder : base === EMPTY ? '.' : base.workdir,
    usualPort: base.usualPort,
  };
}

function fromFlask(search: Search, call: ProgramCall, rest: readonly string[]): Application | null {
  const at = rest.findIndex((word) => word === '--app' || word === '-A');
  const named = at === -1 ? (call.env['FLASK_APP'] ?? flaskApp(search)) : (rest[at + 1] ?? null);
  const port = portAfter(rest, /^(?:--port|-p)$/);
  if (!rest.includes('run')) return null;
  const [file = '', attribute = null] = (named ?? '').split(/:(.*)/);
  const module = file.replace(/\.py$/, '').replaceAll('/', '.').replace(/^\.+/, '');
  const found = module === '' ? null : namedObject(search.sources, search.objects, [call.folder], module, attribute);
  const object =
    found?.object ??
    search.objects.find((one) => one.source === found?.source) ??
    (named === null ? search.objects[0] : undefined);
  return object ? { ...objectApplication(search, object), port } : null;
}

/** FLASK_APP as `.flaskenv`, an example of the settings or an earlier Dockerfile sets it. */
function flaskApp(search: Search): string | null {
  for (const file of ['.flaskenv', '.env.example', 'Dockerfile']) {
    for (const { text } of readLines(search.project, joinPath(search.directory, file)) ?? []) {
      const value = /^(?:ENV\s+|export\s+)?FLASK_APP[=\s]\s*["']?([\w./:]+)/.exec(text)?.[1];
      if (value) return value;
    }
  }
  return null;
}

function fromFile(search: Search, call: ProgramCall, rest: readonly string[]): Application | null {
  const file = rest.find((word) => word.endsWith('.py'));
  const source = file === undefined ? null : sourceAt(search, call.folder, file);
  const object = source
    ? search.objects.find((one) => one.source === source)
    : file === undefined
      ? search.objects[0]
      : undefined;
  return object ? { ...objectApplication(search, object), port: portAfter(rest, /^--port$/) } : null;
}

function fromRunner(search: Search, call: ProgramCall, name: string, rest: readonly string[]): Application | null {
  const runner = RUNNERS.find((one) => one.id === name);
  const file = rest.find((word) => word.endsWith('.py'));
  const source = file === undefined ? null : sourceAt(search, call.folder, file);
  if (!runner || !source) return null;
  const application = runnerOf(search, runner, source);
  return { ...application, port: portAfter(rest, /^(?:--server\.port|--port|-p)$/) };
}

function portAfter(words: readonly string[], flag: RegExp): number | null {
  const at = words.findIndex((word) => flag.test(word.split('=')[0] ?? ''));
  return at === -1 ? null : portIn(words[at]?.includes('=') ? words[at] : words[at + 1]);
}

/** A file that a command names, from the folder that it is run in, the service's directory, or where an image would have put it. */
function sourceAt(search: Search, folder: string, file: string): Source | null {
  const path = file.replace(/^\/(?:app|code|usr\/src\/app|srv|opt\/app|workspace)\//, '');
  const wanted = [joinPath(folder, path), joinPath(path)];
  const exact = search.sources.find((source) => wanted.includes(source.path));
  if (exact) return exact;
  const name = path.split('/').at(-1);
  const same = search.sources.filter((source) => source.path.split('/').at(-1) === name);
  return same.length === 1 && (same[0] ? isProgram(same[0]) || same[0].path.split('/').length <= 2 : false)
    ? (same[0] ?? null)
    : null;
}
