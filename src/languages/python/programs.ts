import type { Note } from '../../model/fact.ts';
import { directoryOf } from '../../project/search.ts';
import { type Application, EMPTY, type Search } from './application.ts';
import { hasPackage } from './dependencies.ts';
import { FRAMEWORKS } from './frameworks.ts';
import { findModule, modulePlace, possibleRoots } from './import-roots.ts';
import { hostOptions } from './listen-host.ts';
import { fastmcpWords } from './mcp.ts';
import { RUNNERS, type Runner, runsIn } from './runners.ts';
import { isProgram, placeIn, type Source, startsAtMargin } from './sources.ts';
import { workdirOf } from './workdir.ts';

/** Names that people give the file that starts a program, the likeliest first. */
const PROGRAM_NAMES = [
  'main',
  'app',
  'server',
  'run',
  'bot',
  'start',
  'index',
  'streamlit_app',
  'home',
  'api',
  'application',
  'worker',
  'cli',
  'web',
  '__main__',
  'launch',
  'webui',
  'demo',
  'dashboard',
  'consumer',
  'scheduler',
  'clock',
];

/** A file that serves by itself when it is run: Streamlit, Gradio, aiohttp, a plain HTTP server … */
export function runnerApplication(search: Search): Application | null {
  for (const runner of RUNNERS) {
    const isDeclared = runner.packages.some((name) => hasPackage(search.dependencies, name));
    const files = search.sources.filter((source) => isRunner(runner, source) && !/(?:^|\/)pages\//.test(source.path));
    const file = files.sort((a, b) => programRank(a) - programRank(b) || depth(a) - depth(b))[0];
    if (!file) continue;
    const importsIt =
      runner.packages.length === 0 ||
      file.imports.some((one) => one.level === 0 && runner.packages.includes(one.module.split('.')[0] ?? ''));
    if (!isDeclared && !importsIt) continue;
    return runnerOf(search, runner, entryOf(search, file, runner));
  }
  return null;
}

function isRunner(runner: Runner, source: Source): boolean {
  return !isVendored(source) && runsIn(runner, source);
}

/** Where the file that serves is a part of a program, the program's own file is run: `main.py` that calls `serve()`. */
function entryOf(search: Search, file: Source, runner: Runner): Source {
  if (runner.command !== null || isProgram(file)) return file;
  const users = search.sources
    .filter(
      (source) => source !== file && isProgram(source) && modulePlace(search.sources, source).reached.includes(file),
    )
    .sort((a, b) => programRank(a) - programRank(b) || depth(a) - depth(b));
  return users[0] ?? file;
}

function programRank(source: Source): number {
  const name = (source.path.split('/').at(-1) ?? '').replace(/\.py$/, '').toLowerCase();
  // `1_🏠_Home.py` and the like: the page that Streamlit shows first.
  const plain = name.replaceAll(/[^a-z_]/g, '').replace(/^_+/, '');
  const at = PROGRAM_NAMES.includes(name) ? PROGRAM_NAMES.indexOf(name) : PROGRAM_NAMES.indexOf(plain);
  return at === -1 ? PROGRAM_NAMES.length : at;
}

function depth(source: Source): number {
  return source.path.split('/').length;
}

/** A file that a runner's command or the interpreter is given. */
export function runnerOf(search: Search, runner: Runner, source: Source): Application {
  const program = fileApplication(search, source);
  const { module } = modulePlace(search.sources, source);
  const offset = Math.max(0, source.code.search(runner.pattern));
  return {
    ...program,
    kind: 'web',
    framework: runner.name,
    words: runner.command
      ? runner.command.map((word) => word.replace('{file}', fromWorkdir(program, source)).replace('{module}', module))
      : ((runner.id === 'fastmcp' ? fastmcpWords(source, fromWorkdir(program, source)) : null) ?? [
          ...program.words,
          ...hostOptions(source),
        ]),
    env: environmentOf(runner, [source]),
    usualPort: runner.port,
    probe: runner.probe,
    from: placeIn(source, offset),
    holds: '',
    needs: [...runner.packages.slice(0, 1), ...(runner.adds ?? [])],
    notes: runner.id === 'http-server' || runner.id === 'dev-server' ? [developmentServer(source, offset)] : [],
  };
}

/** Settings that tell it where to listen, where the source does not say so itself. */
function environmentOf(runner: Runner, sources: readonly Source[]): Readonly<Record<string, string>> {
  return sources.some((source) => runsIn(runner, source) && runner.saysItself?.test(source.code)) ? {} : runner.env;
}

function developmentServer(source: Source, offset: number): Note {
  return { code: 'development-server', severity: 'warning', places: [placeIn(source, offset)], args: {} };
}

function fromWorkdir(program: Application, source: Source): string {
  return program.workdir === '.' ? source.path : source.path.slice(program.workdir.length + 1);
}

/** `python main.py`, run from the folder where it finds its files; or `python -m package`, where it imports from its own package. */
export function fileApplication(search: Search, source: Source): Application {
  const place = modulePlace(search.sources, source);
  const folder = directoryOf(source.path);
  const isInPackage = search.sources.some((one) => one.path === `${folder}/__init__.py`);
  const isPackage =
    source.imports.some((one) => one.level > 0) ||
    source.path.endsWith('__main__.py') ||
    (isInPackage && folder !== '.');
  const workdir = isPackage ? '.' : workdirOf(search.project, search.directory, place.reached, folder);
  const path = workdir === '.' ? source.path : source.path.slice(workdir.length + 1);
  return {
    ...EMPTY,
    words: isPackage ? ['python', '-m', place.module.replace(/\.__main__$/, '')] : ['python', path],
    file: source.path,
    // The interpreter itself puts the folder of the file on the module path.
    roots: isPackage ? place.roots : place.roots.filter((root) => root !== folder),
    workdir,
    from: source.full,
  };
}

/** The only console script of a project, or the one that is called like the project. */
export function consoleScript(search: Search): Application | null {
  const { scripts, name } = search.dependencies;
  const script = scripts.length === 1 ? scripts[0] : scripts.find((one) => one.name === name);
  if (!script) return null;
  const module = script.target.replace(/:.*$/, '');
  const found = findModule(search.sources, possibleRoots(search.sources), module);
  const reached = found ? modulePlace(search.sources, found.source).reached : [];
  const runner = RUNNERS.find((one) => one.command === null && reached.some((source) => isRunner(one, source)));
  return {
    ...EMPTY,
    kind: runner ? 'web' : 'worker',
    framework: runner?.name ?? null,
    words: [script.name],
    file: found?.source.path ?? null,
    roots: [],
    env: runner ? environmentOf(runner, reached) : {},
    usualPort: runner?.port ?? EMPTY.usualPort,
    probe: runner?.probe ?? 'http',
    from: script.from,
    holds: script.target,
  };
}

/** A plain program: a package with `__main__.py`, a file with the usual name, or the only one that can be run. */
export function scriptApplication(search: Search): Application | null {
  const candidates = search.sources.filter((source) => depth(source) <= 3 && !isVendored(source));
  const named = candidates.filter((source) => programRank(source) < PROGRAM_NAMES.length);
  const runnable = candidates.filter(isStarted);
  const top = candidates.filter((source) => depth(source) === 1);
  const ranked = [...named].sort(
    (a, b) => Number(isStarted(b)) - Number(isStarted(a)) || depth(a) - depth(b) || programRank(a) - programRank(b),
  );
  const only = runnable.length === 1 ? runnable[0] : top.length === 1 ? top[0] : undefined;
  const source = ranked.find((one) => isStarted(one) || depth(one) === 1) ?? only;
  return source ? fileApplication(search, starterOf(search, source, ranked)) : null;
}

/** A program that loads another one and starts at the left margin is the one to run: `clock.py`, which calls what `worker.py` defines. */
function starterOf(search: Search, source: Source, named: readonly Source[]): Source {
  const starters = named.filter(
    (one) =>
      one !== source &&
      depth(one) <= depth(source) &&
      (isStarted(one) || /^\w+(?:\.\w+)*\s*\(/m.test(one.code)) &&
      modulePlace(search.sources, one).reached.includes(source),
  );
  return starters.find((one) => !modulePlace(search.sources, source).reached.includes(one)) ?? source;
}

function isStarted(source: Source): boolean {
  return isProgram(source) || startsAtMargin(source) || source.path.endsWith('__main__.py');
}

/** Never a program: the file of a package, or a copy of a library that is known under its own name. */
function isVendored(source: Source): boolean {
  const name = (source.path.split('/').at(-1) ?? '').replace(/\.py$/, '');
  return name === '__init__' || FRAMEWORKS.some((one) => one.modules.includes(name));
}
