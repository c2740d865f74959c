import type { Instruction } from '../dockerfile/file.ts';
import type { Script } from '../dockerfile/script.ts';
import { readRun, readScript } from '../dockerfile/shell.ts';
import type { Base } from './base.ts';
import type { Invocation } from './commands/verdict.ts';
import { operands } from './commands/verdict.ts';
import { composeCommands } from './compose.ts';
import { type Context, type Copy, contextPath, isSent } from './copies.ts';
import { invocationOf, type ShellState, stateAfter } from './invocation.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { absolute } from './paths.ts';
import type { Step, Trace } from './trace.ts';

/** What the container starts, followed through scripts and package scripts. */
export interface Start {
  readonly entrypoint: Instruction | null;
  readonly command: Instruction | null;
  /** every program that may be started, in the order found */
  readonly calls: readonly Invocation[];
  /** those that only a compose file or the health check starts */
  readonly sideCalls: readonly Invocation[];
  /** package scripts that run: `path of the manifest` → names; `*` for a name that is only known at run time */
  readonly scripts: readonly { readonly manifest: Manifest; readonly name: string }[];
  /** files of the project that were read on the way, paths in the project */
  readonly files: readonly string[];
  /** words of the commands, absolute where they could be a path */
  readonly words: readonly string[];
  /** a word holds a variable or a pattern, so that not every path is known */
  readonly isOpen: boolean;
  /** somewhere a command is given: in the file or in a compose file */
  readonly isGiven: boolean;
}

export interface Surveying {
  readonly base: Base;
  readonly context: Context;
  readonly copies: readonly Copy[];
  readonly trace: Trace;
  /** files that RUNs copied or moved: new path → old path */
  readonly moved: ReadonlyMap<string, string>;
}

const DEEPEST = 6;

interface Found {
  readonly calls: Invocation[];
  readonly scripts: { manifest: Manifest; name: string }[];
  readonly files: Set<string>;
  readonly words: Set<string>;
  isOpen: boolean;
}

/** Reads ENTRYPOINT, CMD, HEALTHCHECK, and the commands of compose files, and follows them into the project. */
export function surveyStart(surveying: Surveying): Start {
  const { trace, base } = surveying;
  const last = (keyword: string) => trace.steps.findLast((step) => step.instruction.keyword === keyword);
  const entrypoint = last('ENTRYPOINT');
  const command = last('CMD');
  const health = last('HEALTHCHECK');
  const found: Found = { calls: [], scripts: [], files: new Set(), words: new Set(), isOpen: false };
  const start = stateOf(trace.end);
  const argv = [...argvOf(entrypoint), ...argvOf(command)];
  if (argv.length > 0) followWords(argv, start, surveying, found, 0);
  for (const step of [entrypoint, command]) {
    if (step !== undefined && step.instruction.json === null)
      follow(readRun(step.instruction).script, start, surveying, found, 0);
  }
  const mainCalls = found.calls.length;
  if (health !== undefined)
    follow(readRun(healthBody(health.instruction)).script, stateOf(health), surveying, found, 0);
  const composed = composeCommands(surveying.context);
  for (const text of composed) follow(readScript(text), start, surveying, found, 0);
  const isOnlyBase = entrypoint === undefined && command === undefined;
  return {
    entrypoint: entrypoint?.instruction ?? null,
    command: command?.instruction ?? null,
    calls: isOnlyBase ? found.calls : found.calls.slice(0, mainCalls),
    sideCalls: isOnlyBase ? [] : found.calls.slice(mainCalls),
    scripts: found.scripts,
    files: [...found.files],
    words: [...found.words],
    isOpen: found.isOpen,
    isGiven: !isOnlyBase || composed.length > 0 || servesByItself(base),
  };
}

/** The base image's own command is a service: a web server, an interpreter behind one. */
function servesByItself(base: Base): boolean {
  if (base.family?.id === 'nginx') return true;
  return base.family?.id === 'php' ? /apache|fpm/.test(base.tag) : base.family === null;
}

function argvOf(step: Step | undefined): readonly string[] {
  return step?.instruction.json ?? [];
}

/** `HEALTHCHECK --interval=5s CMD curl …`: what follows CMD. */
function healthBody(instruction: Instruction): Instruction {
  const text = instruction.body.text
    .replace(/^(\s*)CMD\b/i, (word) => ' '.repeat(word.length))
    .replace(/^\s*NONE\s*$/i, '');
  return { ...instruction, body: { ...instruction.body, text } };
}

function stateOf(step: Omit<Step, 'instruction'>): ShellState {
  return {
    cwd: step.cwd,
    home: step.home,
    user: step.user,
    scope: step.scope,
    venv: null,
    variables: new Map(),
    settings: new Set(),
  };
}

function followWords(
  argv: readonly string[],
  state: ShellState,
  surveying: Surveying,
  found: Found,
  depth: number,
): void {
  const quoted = argv.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  follow(readScript(quoted), state, surveying, found, depth);
}

function follow(script: Script, start: ShellState, surveying: Surveying, found: Found, depth: number): void {
  if (depth > DEEPEST) return;
  let state = start;
  for (const command of script.units.flatMap((unit) => unit.commands)) {
    const call = invocationOf(command, state, surveying.base);
    for (const word of [command.name, ...command.args]) {
      if (word !== null && !word.isLiteral && /[/.]/.test(word.value.replace(/\$\{?\w+[^}]*\}?/g, '')))
        found.isOpen = true;
    }
    if (call !== null) {
      const wrapper = command.name?.value ?? '';
      for (const word of [wrapper, call.program].filter((one) => one.includes('/'))) addPath(word, call.cwd, found);
      for (const word of pathWords(call.args)) addPath(word, call.cwd, found);
      found.calls.push(call);
      if (wrapper !== call.program)
        found.calls.push({ ...call, name: wrapper.split('/').at(-1) ?? '', program: wrapper, args: [] });
      followCall(call, state, surveying, found, depth);
    }
    state = stateAfter(command, call, state);
  }
}

/** Arguments that look like a path, or stand where one is expected: a bare word may be a subcommand. */
function pathWords(args: readonly string[]): readonly string[] {
  return args.filter(
    (word, index) =>
      /[./*]/.test(word) || /^-(jar|cp|classpath|f|c)$|^--(class-path|config|file)$/.test(args[index - 1] ?? ''),
  );
}

/** Words that may be paths: `-jar app.jar`, `--config=/etc/x`, `-Dfile=a/b`, `a:b` of a class path. */
function addPath(word: string, cwd: string, found: Found): void {
  for (const part of word.replace(/^-[\w.-]*[=:]/, '').split(':')) {
    if (/^[\w./@+-][\w./@+*?-]*$/.test(part) && !part.startsWith('-')) found.words.add(absolute(cwd, part));
  }
}

function followCall(call: Invocation, state: ShellState, surveying: Surveying, found: Found, depth: number): void {
  const { context } = surveying;
  if (/^(ba|da|a)?sh$/.test(call.name)) {
    const at = call.args.findIndex((word) => /^-[a-z]*c$/.test(word));
    if (at >= 0) follow(readScript(call.args[at + 1] ?? ''), { ...state, cwd: call.cwd }, surveying, found, depth + 1);
  }
  if (/^(npm|yarn|pnpm|bun)$/.test(call.name)) followPackageScript(call, state, surveying, found, depth);
  // a class by its name: it is looked for in the working directory
  if (
    call.name === 'java' &&
    !call.args.some((word) => /^(-jar|-cp|-classpath|--class-path.*|-m|--module)$/.test(word))
  )
    found.isOpen = true;
  if (call.name === 'supervisord') followSupervisor(call, state, surveying, found, depth);
  const paths = [
    ...placesOf(call.program, call, surveying),
    ...operands(call.args)
      .slice(0, 3)
      .map((word) => absolute(call.cwd, word)),
  ];
  for (const path of paths) {
    const place =
      contextPath(context, surveying.copies, path) ??
      contextPath(context, surveying.copies, surveying.moved.get(path) ?? path);
    if (place === null || found.files.has(place) || !context.project.isFile(place)) continue;
    found.files.add(place);
    const text = context.project.source(place);
    if (text === null || (!/^#!.*\b(ba|da|a)?sh\b/.test(text) && !/\.sh$/.test(place))) continue;
    follow(readScript(text.replaceAll('\r\n', '\n')), { ...state, cwd: call.cwd }, surveying, found, depth + 1);
    found.isOpen ||=
      /"\$@"|\$\*/.test(text) && surveying.trace.steps.every((step) => step.instruction.keyword !== 'CMD');
  }
}

/** Where a program may lie: beside the working directory, or in a folder of PATH when it is called by its bare name. */
function placesOf(program: string, call: Invocation, { trace }: Surveying): string[] {
  if (program.includes('/')) return [absolute(call.cwd, program)];
  return trace.end.path.map((folder) => absolute(folder, program));
}

function followPackageScript(
  call: Invocation,
  state: ShellState,
  surveying: Surveying,
  found: Found,
  depth: number,
): void {
  const [first = call.name === 'yarn' ? 'install' : '', second] = operands(call.args, [
    '--prefix',
    '-C',
    '--cwd',
    '--dir',
    '--filter',
    '-w',
  ]);
  const name = /^(run|run-script|rum|urn)$/.test(first) ? second : first;
  const prefix = call.args[call.args.findIndex((word) => /^(--prefix|-C|--cwd|--dir)$/.test(word)) + 1];
  const folder = call.args.some((word) => /^(--prefix|-C|--cwd|--dir)$/.test(word))
    ? absolute(call.cwd, prefix ?? '.')
    : call.cwd;
  const place = contextPath(surveying.context, surveying.copies, absolute(folder, 'package.json'));
  const manifest = place === null ? null : readManifest(surveying.context.project, place);
  if (manifest === null || name === undefined) return;
  const isDynamic = name.includes('$');
  const names = isDynamic ? Object.keys(manifest.scripts) : [`pre${name}`, name, `post${name}`];
  for (const one of names) {
    const body = manifest.scripts[one];
    if (body === undefined || found.scripts.some((seen) => seen.manifest.path === manifest.path && seen.name === one))
      continue;
    found.scripts.push({ manifest, name: one });
    follow(readScript(body), { ...state, cwd: folder }, surveying, found, depth + 1);
  }
}

/** The programs that a supervisor starts stand in its configuration, `command=…`. */
function followSupervisor(
  call: Invocation,
  state: ShellState,
  surveying: Surveying,
  found: Found,
  depth: number,
): void {
  const { context, copies } = surveying;
  const given = call.args[call.args.findIndex((word) => word === '-c' || word === '--configuration') + 1];
  const candidates = copies
    .filter((copy) => copy.from === null && copy.sources.some((source) => /supervisor/i.test(source)))
    .flatMap((copy) => copy.sources.filter((source) => isSent(context, source)));
  const own = given === undefined ? null : contextPath(context, copies, absolute(call.cwd, given));
  for (const place of new Set([...(own === null ? [] : [own]), ...candidates])) {
    found.files.add(place);
    for (const match of (context.project.source(place) ?? '').matchAll(/^\s*command\s*=\s*(.+)$/gm)) {
      follow(readScript(match[1] ?? ''), state, surveying, found, depth + 1);
    }
  }
}
