import type { Fact, Note } from '../../model/fact.ts';
import { joinPath } from '../../project/search.ts';
import { withoutVariables } from './arguments.ts';
import { binFile } from './bins.ts';
import { type Build, type BuildStep, stepsBefore } from './build.ts';
import { chooseStart, exists, inService, isProduction, sourceOf } from './choose-start.ts';
import { type Compile, compileOf, fromConfig, onlyChecks } from './compile.ts';
import type { Launch } from './launch.ts';
import { servedCommand } from './served-commands.ts';
import { type ServerShape, type ShapeContext, server } from './shape.ts';
import { resolveFile } from './sources.ts';
import type { Start } from './start.ts';
import { readTsConfig } from './tsconfig.ts';
import { compiledInstead } from './typescript.ts';

/** What the build makes of the sources, and the steps that do it. */
interface Made {
  readonly compile: Compile | null;
  readonly steps: readonly BuildStep[];
}

/** A service that starts a program of the project's own. `null`: nothing that could be started was found. */
export function serviceShape(context: ShapeContext): ServerShape | null {
  const start = chooseStart(context);
  if (!start) return null;
  const earlier = start.before.filter(({ words }) => !onlyChecks(context.project, context.manifest, words));
  const before = stepsBefore(earlier, context.build, start.path);
  const made = madeBy(context, context.build, before, start.launch);
  const notes: Note[] = before.left.map((program) => ({
    code: 'start-step-dropped',
    severity: 'warning',
    places: [start.from.from],
    args: { step: program.words.join(' ') },
  }));
  for (const program of start.beside)
    notes.push({
      code: 'beside-dropped',
      severity: 'info',
      places: [start.from.from],
      args: { program: program.words.join(' ') },
    });
  const shape = fromLaunch(context, start, made);
  const settingsFile = settingsFileOf(context, start);
  const env = Object.entries({ ...start.env, ...shape.env }).filter(([name]) => name !== 'DOTENV_CONFIG_PATH');
  // what was compiled lies elsewhere, and is started from the service's directory
  const runsIn = shape.layout === 'outputs' || shape.runtime === 'bun' ? '.' : start.directory;
  return { ...shape, runsIn, env: Object.fromEntries(env), settingsFile, notes: [...notes, ...shape.notes] };
}

/** `--env-file=x`, `dotenv -e x`, `env-cmd -f x`, `DOTENV_CONFIG_PATH=x`: where the file is a part of the project. */
function settingsFileOf(context: ShapeContext, start: Start): Fact | null {
  const named =
    /(?:DOTENV_CONFIG_PATH=|--env-file(?:-if-exists)?[= ]|\b(?:dotenvx?|env-cmd)\s+(?:run\s+)?(?:-[ef]\s+)?)["']?((?:[\w@-]+\/|\.\/)*[\w@-]*\.?env[\w.-]*|(?:[\w@-]+\/|\.\/)*\.env[\w.-]*)/.exec(
      start.from.value,
    )?.[1];
  const path = named === undefined ? null : inService(context, named);
  return path !== null && context.project.isFile(path)
    ? { value: path, from: start.from.from, holds: start.from.value }
    : null;
}

function madeBy(
  context: ShapeContext,
  build: Build | null,
  before: ReturnType<typeof stepsBefore>,
  launch: Launch,
): Made {
  const steps = [...(build?.steps ?? []), ...before.steps];
  const compile = compileOf(context.project, context.manifest, [...(build?.programs ?? []), ...before.programs]);
  if (steps.length > 0 || launch.kind !== 'node' || exists(context, launch.file)) return { compile, steps };
  // no script compiles, and what shall be started is not there: the compiler makes it
  const config = readTsConfig(context.project, inService(context, 'tsconfig.json'));
  if (!config) return { compile, steps };
  return {
    compile: fromConfig('tsc', config, context.project, context.manifest),
    steps: [{ kind: 'program', words: ['tsc'], env: {} }],
  };
}

function fromLaunch(context: ShapeContext, start: Start, made: Made): ServerShape {
  const { launch } = start;
  switch (launch.kind) {
    case 'node':
      return nodeService(context, start, launch, made);
    case 'typescript':
      return typescriptService(context, start, launch, made);
    case 'bun':
      return whole(context, made, {
        runtime: 'bun',
        command: commandFact(start, ['bun', launch.file, ...launch.args]),
        entry: inService(context, launch.file),
      });
    case 'bin':
      return binService(context, start, launch, made);
    case 'shell':
      return whole(context, made, {
        command: commandFact(start, [...launch.words]),
        notes: [
          {
            code: 'shell-start',
            severity: 'warning',
            places: [start.from.from],
            args: { script: launch.words.join(' ') },
          },
        ],
      });
    default:
      throw new Error(`a ${launch.kind} is no service`);
  }
}

function nodeService(
  context: ShapeContext,
  start: Start,
  launch: Extract<Launch, { kind: 'node' }>,
  made: Made,
): ServerShape {
  const isSource = exists(context, launch.file);
  const entry = isSource ? inService(context, launch.file) : sourceOf(context, launch.file, made.compile);
  const flags = launch.flags.flatMap((flag) => splitFlag(withoutSourceMapPackage(context, flag)));
  const command = commandFact(start, ['node', ...flags, launch.file, ...launch.args]);
  const shared = { command, entry };
  if (isSource) return whole(context, made, shared);
  const output = outputFolder(launch.file, made.compile);
  if (output === null) return whole(context, made, shared);
  return server({
    ...shared,
    layout: 'outputs',
    ships: [{ source: output, target: output }],
    steps: made.steps,
  });
}

/** The folder of a compiled file that is shipped as a whole: `dist` for `dist/src/main.js`; `null`: beside the sources. */
function outputFolder(file: string, compile: Compile | null): string | null {
  const folder = compile?.output ?? null;
  if (folder !== null && folder !== '.' && file.startsWith(`${folder}/`)) return folder;
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : null;
}

/** Node reads source maps itself: no development dependency has to stay for them. */
function withoutSourceMapPackage({ manifest, node }: ShapeContext, flag: string): string {
  const isPackage = /^(?:-r|--require|--import)=source-map-support\/register/.test(flag);
  return isPackage && !('source-map-support' in manifest.production) && node >= 14 ? '--enable-source-maps' : flag;
}

/** `--require=x` as Node takes it for its short options too: `-r x`. */
function splitFlag(flag: string): readonly string[] {
  const short = /^(-\w)=(.*)$/.exec(flag);
  return short ? [short[1] ?? '', short[2] ?? ''] : [flag];
}

function typescriptService(
  context: ShapeContext,
  start: Start,
  launch: Extract<Launch, { kind: 'typescript' }>,
  made: Made,
): ServerShape {
  const compiled = compiledInstead(context, launch, made.compile);
  if (compiled !== null) {
    const node: Launch = { kind: 'node', file: compiled, flags: [], args: launch.args };
    return nodeService(context, start, node, made);
  }
  const runner = runnerCommand(launch, context);
  return whole(context, made, {
    command: commandFact(start, [...runner, ...launch.args]),
    entry: inService(context, launch.file),
    keepsDevelopment: runsOnProduction(context, launch)
      ? null
      : { value: 'typescript-at-run-time', from: start.from.from },
    notes: [
      {
        code: 'typescript-at-run-time',
        severity: 'info',
        places: [start.from.from],
        args: { program: launch.words[0] ?? '', kept: runsOnProduction(context, launch) ? 'production' : 'all' },
      },
    ],
  });
}

/** The runner and the compiler are among the dependencies that stay in any case. */
function runsOnProduction(context: ShapeContext, launch: Extract<Launch, { kind: 'typescript' }>): boolean {
  const needed =
    launch.runner === 'tsx'
      ? ['tsx']
      : launch.runner === 'ts-node'
        ? ['ts-node', 'typescript']
        : [launch.words[0] ?? ''];
  return needed.every((name) => name in context.manifest.production);
}

/** The runner as a part of Node itself, so that signals reach the program. */
function runnerCommand(launch: Extract<Launch, { kind: 'typescript' }>, context: ShapeContext): readonly string[] {
  const kept = launch.flags
    .filter((flag) => /^(?:-r|--require|--import|--loader|--experimental)/.test(flag))
    .flatMap(splitFlag);
  if (launch.runner === 'tsx') {
    const loads = kept.some((flag) => /tsx/.test(flag))
      ? kept
      : [...(context.node >= 20 ? ['--import', 'tsx'] : ['--require', 'tsx/cjs']), ...kept];
    return ['node', ...loads, launch.file];
  }
  if (launch.runner === 'ts-node') {
    if (context.manifest.isModule && !kept.some((flag) => /loader|import/.test(flag)))
      return ['node', '--loader', 'ts-node/esm', ...kept, launch.file];
    const register = kept.some((flag) => /ts-node/.test(flag)) ? [] : ['--require', 'ts-node/register/transpile-only'];
    return ['node', ...register, ...kept, launch.file];
  }
  const [first = '', ...words] = launch.words;
  return /^node/.test(first)
    ? ['node', ...kept, launch.file]
    : [`node_modules/.bin/${first.replace(/^.*\//, '')}`, ...words];
}

function binService(
  context: ShapeContext,
  start: Start,
  launch: Extract<Launch, { kind: 'bin' }>,
  made: Made,
): ServerShape {
  const file = binFile(launch.name, (name) => context.installed(name)?.value ?? null);
  const args = withoutVariables(launch.args);
  const served = servedCommand(launch.name, args);
  const own = [...args, ...(served?.hostWords ?? [])];
  const words = file === null ? [`node_modules/.bin/${launch.name}`, ...own] : ['node', file, ...own];
  const isDevelopment = !isProduction(context.manifest, launch.name);
  const entry =
    args
      .map((arg) => resolveFile(context.project, inService(context, arg)))
      .find((path) => path !== null && /\.[cm]?[jt]sx?$/.test(path)) ?? null;
  const compiled = entry === null ? compiledArgument(context, args, made) : null;
  const shared = {
    command: commandFact(start, words),
    entry: entry ?? compiled?.entry ?? null,
    keepsDevelopment: isDevelopment ? { value: launch.name, from: start.from.from } : null,
    ...(served && {
      port: { value: served.port, from: start.from.from, holds: start.from.value },
      portVariable: served.portVariable,
      hostVariable: served.hostVariable,
    }),
  };
  return compiled === null || isDevelopment
    ? whole(context, made, shared)
    : server({ ...shared, layout: 'outputs', ships: compiled.ships, steps: made.steps });
}

/** `fastify start dist/app.js`: what the program loads was compiled, and its folder is enough. */
function compiledArgument(
  context: ShapeContext,
  args: readonly string[],
  made: Made,
): { readonly entry: string; readonly ships: ServerShape['ships'] } | null {
  for (const arg of args.filter((one) => /\.[cm]?js$/.test(one))) {
    const file = joinPath(arg);
    const output = outputFolder(file, made.compile);
    const entry = sourceOf(context, file, made.compile);
    if (output !== null && entry !== null) return { entry, ships: [{ source: output, target: output }] };
  }
  return null;
}

/** The files as they are, or all that the build stage holds where a build adds to them. */
function whole(
  _context: ShapeContext,
  made: Made,
  shape: Partial<ServerShape> & Pick<ServerShape, 'command'>,
): ServerShape {
  return server({ ...shape, layout: made.steps.length > 0 ? 'whole' : 'source', steps: made.steps });
}

function commandFact(start: Start, words: readonly string[]): Fact<readonly string[]> {
  return { value: words, from: start.from.from, holds: start.from.value };
}
