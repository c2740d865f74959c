import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { textFact } from '../../project/readers/document.ts';
import { firstMatch } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import { optionOf } from './compile.ts';
import { listensFrom } from './kind.ts';
import { type Launch, launchOf } from './launch.ts';
import { type Manifest, readManifest, scriptFact, type Texts } from './manifest.ts';
import { type Program, programsIn, programsOf } from './scripts.ts';
import { baseName } from './wrappers.ts';

/** How a service is started, and what ran before it in the same script. */
export interface Start {
  readonly launch: Launch;
  readonly env: Texts;
  /** what the project wrote, and where */
  readonly from: Fact;
  /** programs of the same script before it, and those of its `pre` script: builds, migrations */
  readonly before: readonly Program[];
  /** programs that the same script runs beside it */
  readonly beside: readonly Program[];
  /** names of the scripts that led to it, the outermost first */
  readonly path: readonly string[];
  /** the folder that the program works in, relative to the service's directory: after `cd server` */
  readonly directory: string;
}

/** Scripts that start a service, the most production-like first. `dev` is the last resort. */
const SCRIPTS = [
  'start:prod',
  'start:production',
  'prod:start',
  'start-prod',
  'start:server:prod',
  'production',
  'start',
  'serve:prod',
  'prod',
  'start:server',
  'start:api',
  'start:backend',
  'server',
  'serve',
  'server:start',
  'bot',
  'run',
  'develop',
  'dev',
  'start:dev',
  'dev:server',
];

/** Files that a service without any script begins in; npm itself starts server.js. */
const ENTRIES = [
  'server',
  'app',
  'index',
  'main',
  'bot',
  'src/server',
  'src/app',
  'src/index',
  'src/main',
  'src/bot',
  'server/index',
  'server/server',
  'server/app',
  'bin/www',
  'lib/index',
];

/** Every way to start the service that the project names, in order of preference. */
export function startsOf(project: Project, manifest: Manifest): readonly Start[] {
  const directory = manifest.directory;
  const dockerfile = dockerfileCommand(project, manifest);
  const starts = [
    ...procfile(project, manifest),
    ...SCRIPTS.flatMap((name) => scriptStart(project, manifest, name)),
    ...dockerfile.filter(({ launch }) => launch.kind !== 'shell'),
  ];
  const main = textFact(manifest.document, 'main');
  const mainStart = main && nodeStart(project, manifest, main);
  const bin = binOf(manifest);
  const binStart = bin && nodeStart(project, manifest, bin);
  const files = ENTRIES.map((entry) => {
    const path = resolveEntry(project, directory, entry);
    return path === null ? null : nodeStart(project, manifest, { value: path, from: joinPath(directory, path) });
  });
  // a package that others use is started by its program, where the file that they load does not listen itself
  const isUsed = main !== null && bin !== null && !listensFrom(project, manifest, joinPath(directory, main.value));
  const named = isUsed && listensFrom(project, manifest, joinPath(directory, bin.value)) ? binStart : mainStart;
  const others = [named, ...files, binStart].filter((start) => start !== null && start !== undefined);
  return [...starts, ...others, ...dockerfile.filter(({ launch }) => launch.kind === 'shell')];
}

/** The program that the package installs under its own name, or its only one. */
function binOf(manifest: Manifest): Fact | null {
  const programs = Object.keys(manifest.document.at('bin') ?? {});
  const name = manifest.name?.replace(/^@[^/]+\//, '') ?? '';
  const own = programs.includes(name) ? name : programs.length === 1 ? programs[0] : undefined;
  return textFact(manifest.document, 'bin') ?? (own === undefined ? null : textFact(manifest.document, 'bin', own));
}

function resolveEntry(project: Project, directory: string, entry: string): string | null {
  const endings = entry === 'bin/www' ? [''] : ['.js', '.ts', '.mjs', '.cjs', '.mts'];
  const ending = endings.find((one) => project.isFile(joinPath(directory, `${entry}${one}`)));
  return ending === undefined ? null : `${entry}${ending}`;
}

function nodeStart(project: Project, manifest: Manifest, file: Fact): Start | null {
  const program = {
    words: ['node', file.value],
    env: {},
    directory: '.',
    isWatched: false,
    isParallel: false,
    from: file,
    path: [],
  };
  const launch = launchOf(project, manifest, program);
  return launch === null ? null : { launch, env: {}, from: file, before: [], beside: [], path: [], directory: '.' };
}

function scriptStart(project: Project, manifest: Manifest, name: string): readonly Start[] {
  const from = scriptFact(manifest, name);
  if (!from) return [];
  const before = programsOf(manifest, `pre${name}`);
  return startsAmong(project, manifest, programsOf(manifest, name), from, before);
}

/** A process type of Heroku and its like: `web` serves, `worker` works. */
function procfile(project: Project, manifest: Manifest): readonly Start[] {
  for (const type of ['web', 'worker', 'bot', 'app']) {
    const line = firstMatch(
      project,
      joinPath(manifest.directory, 'Procfile'),
      new RegExp(`^${type}:[ \\t]*(.+)$`, 'm'),
    );
    if (!line) continue;
    const text = line.value.trim();
    const starts = startsAmong(
      project,
      manifest,
      programsIn(manifest, text, { value: text, from: line.from }),
      { value: text, from: line.from },
      [],
    );
    if (starts.length > 0) return starts;
  }
  return [];
}

/** What an earlier Dockerfile starts: ENTRYPOINT with CMD behind it, or CMD alone. */
function dockerfileCommand(project: Project, manifest: Manifest): readonly Start[] {
  const path = joinPath(manifest.directory, 'Dockerfile');
  const [entrypoint, command] = ['ENTRYPOINT', 'CMD'].map((name) =>
    firstMatch(project, path, new RegExp(`^${name}[ \\t]+(.+)$`, 'im')),
  );
  const folder = firstMatch(project, path, /^WORKDIR[ \t]+(\/\S*?)\/?[ \t]*$/im)?.value;
  const both = [entrypoint, command].filter((line) => line !== null && line !== undefined);
  for (const lines of [both, ...both.map((line) => [line]).reverse()]) {
    const [first] = lines;
    if (!first) continue;
    const line = lines.map(({ value }) => plainCommand(value.trim(), folder)).join(' ');
    const from = { value: first.value.trim(), from: first.from };
    const starts = startsAmong(project, manifest, programsIn(manifest, line, from), from, []);
    if (starts.length > 0) return starts;
  }
  return [];
}

/** A command line as seen from the folder that the image worked in. */
function plainCommand(text: string, folder: string | undefined): string {
  const line = text.startsWith('[') ? text.replaceAll(/[[\],]/g, ' ').trim() : text;
  return folder === undefined ? line : line.replaceAll(`${folder}/`, './');
}

/** A service of its own, not what helps a developer at the screen: a browser, a wait, a compiler that watches. */
const HELPERS =
  /^(?:open|open-cli|opener|xdg-open|start|explorer|sleep|echo|wait-on|wait-port|kill-port|ngrok|localtunnel|tail|tsc|tsc-watch|sass|node-sass|tailwindcss|esbuild|tsup|swc|babel|rollup|webpack|livereload|browser-sync|less-watch-compiler|onchange|chokidar|docker|docker-compose|redis-server|mongod)$/;

function isLasting({ words }: Program): boolean {
  return !HELPERS.test(baseName(words[0] ?? ''));
}

/** `npm start --prefix server`, `cd server && npm start`: the program of that package, where it needs no build. */
function nestedLaunch(
  project: Project,
  manifest: Manifest,
  { words, directory }: Program,
): Pick<Start, 'launch' | 'directory'> | null {
  if (!/^(?:npm|yarn|pnpm|node)$/.test(words[0] ?? '')) return null;
  const path = joinPath(directory, optionOf(words, ['--prefix', '--cwd', '-C', '--dir']) ?? '.');
  // only downwards, so that packages which start each other come to an end
  const inner =
    path === '.' || path.startsWith('..') ? null : readManifest(project, joinPath(manifest.directory, path));
  if (!inner || inner.directory === manifest.directory) return null;
  const runs = (file: string): boolean => project.isFile(joinPath(inner.directory, file));
  const own =
    words[0] === 'node' ? nodeStart(project, inner, { value: words[1] ?? '', from: inner.document.path }) : null;
  const start = own ?? startsOf(project, inner).find(({ launch }) => launch.kind === 'node' && runs(launch.file));
  return start?.launch.kind === 'node' && runs(start.launch.file)
    ? {
        launch: { ...start.launch, file: joinPath(path, start.launch.file) },
        directory: joinPath(path, start.directory),
      }
    : null;
}

/** The last program runs on; those before it prepare. Of programs side by side, each may be the service. */
function startsAmong(
  project: Project,
  manifest: Manifest,
  programs: readonly Program[],
  from: Fact,
  before: readonly Program[],
): readonly Start[] {
  const parallel = programs.filter((program) => program.isParallel);
  const candidates = parallel.length > 1 ? parallel : programs.slice(-1);
  return candidates.flatMap((program) => {
    const own = launchOf(project, manifest, program);
    const found = own ? { launch: own, directory: program.directory } : nestedLaunch(project, manifest, program);
    if (!found) return [];
    const earlier = parallel.length > 1 ? [] : programs.slice(0, -1);
    const beside = candidates.filter((other) => other !== program && isLasting(other));
    return [{ ...found, env: program.env, from, before: [...before, ...earlier], beside, path: program.path }];
  });
}
