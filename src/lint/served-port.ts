import { callsOf, type Invocation, optionValue } from './commands.ts';
import { textInContext } from './context.ts';
import { scriptOf } from './interpreters.ts';
import { fileOrigin } from './origin.ts';
import { absolutePath } from './paths.ts';
import { boundAddress, startedPrograms } from './servers.ts';
import { type ListenPort, listenPort } from './source-listen.ts';
import { readStart, type Start } from './start.ts';
import type { StageView, View } from './view.ts';

/** The port that the program listens on, and what says so: an option of the command, a file with its line, `ENV PORT`. */
export interface ServedPort {
  readonly port: string;
  readonly from: string;
}

/** `null` where several programs are started, or nothing says it for sure. */
export function servedPort(view: View): ServedPort | null {
  const start = readStart(view);
  if (
    /^nginx/.test(view.final?.facts?.family.id ?? '') &&
    (start === null || start.invocations[0]?.program === 'nginx')
  )
    return view.final === null ? null : nginxPort(view, view.final);
  const programs = start === null ? [] : startedPrograms(view, start);
  const [program] = programs;
  if (start === null || program === undefined || programs.length > 1) return null;
  const named = optionPorts(program);
  if (named.length > 0) return named.length === 1 ? { port: named[0] ?? '', from: program.program } : null;
  if (program.args.some((arg) => /port|bind|[$]/i.test(arg))) return null;
  return sourcePort(view, start, program) ?? portOfVariable(start.stage, program);
}

/** The one port of the configuration that is copied to where nginx looks. */
function nginxPort(view: View, stage: StageView): ServedPort | null {
  const places = ['/etc/nginx/conf.d/default.conf', '/etc/nginx/nginx.conf'];
  const found = places.flatMap((path) => fileOrigin(view, stage, path)?.contextPath ?? []);
  const [path] = found;
  const text = path === undefined || view.context === null ? null : textInContext(view.context, path);
  if (path === undefined || found.length > 1 || text === null || /\binclude\b.*conf\.d/.test(text)) return null;
  const listens = [...text.matchAll(/^\s*listen\s+(?:\[::\]:|[\d.*]+:)?(\d{2,5})\b/gm)];
  const ports = new Set(listens.map((match) => match[1] ?? ''));
  const [port] = ports;
  const line =
    text
      .slice(0, listens[0]?.index ?? 0)
      .trimEnd()
      .split('\n').length + 1;
  return port === undefined || ports.size > 1 ? null : { port, from: `${path}:${line}` };
}

/** Ports that the command itself names. */
function optionPorts(program: Invocation): readonly string[] {
  const bound = /:(\d{2,5})$/.exec(boundAddress(program) ?? '')?.[1] ?? '';
  const named = optionValue(program.args, '--port', '-p', '--server.port', '-Dserver.port') ?? '';
  return [bound, named].filter((port) => /^\d{2,5}$/.test(port));
}

function sourcePort(view: View, { stage }: Start, program: Invocation): ServedPort | null {
  const path = sourceOf(view, stage, program);
  const text = path === null || view.context === null ? null : textInContext(view.context, path);
  const found = path === null || text === null ? null : listenPort(text, path);
  if (found === null) return null;
  const port = inForce(stage, found);
  return port === null ? null : { port, from: port === found.port ? `${path}:${found.line}` : `ENV ${found.variable}` };
}

/** The variable counts where the source reads one and the stage sets it, and closes the matter where its value is open. */
function inForce({ scope }: StageView, { variable, port }: ListenPort): string | null {
  const set = variable === null ? undefined : scope.get(variable);
  if (set === undefined || set.kind === 'ARG') return port;
  return set.value !== null && /^\d{2,5}$/.test(set.value) ? set.value : null;
}

/** The source of what is started, as a path of the context: a script, what was compiled to it, `main.go`, the settings of Spring Boot. */
function sourceOf(view: View, stage: StageView, program: Invocation): string | null {
  const has = (path: string): boolean => view.context !== null && textInContext(view.context, path) !== null;
  const script = scriptOf(program);
  if (program.program === 'java') {
    const path = 'src/main/resources/application.properties';
    const isSteered = [...stage.scope.keys()].some((name) => /^(?:SERVER_PORT|SPRING_|JAVA_TOOL_OPTIONS)/.test(name));
    return !isSteered && has(path) ? path : null;
  }
  if (script === null) return isGoProgram(view, program) && has('main.go') ? 'main.go' : null;
  const folder = stage.end.workdir;
  if (folder === null) return null;
  const origin = script.tries
    .map((path) => fileOrigin(view, stage, absolutePath(folder, path)))
    .find((one) => one !== null);
  if (origin != null) return origin.contextPath;
  const compiled = /(?:^|\/)(?:dist|build|out)\/(.+)\.[cm]?js$/.exec(script.path)?.[1];
  return [`src/${compiled}.ts`, `${compiled}.ts`].find((path) => compiled !== undefined && has(path)) ?? null;
}

function isGoProgram(view: View, { path }: Invocation): boolean {
  const name = path.replace(/^.*\//, '');
  const builds = view.stages.flatMap((stage) => stage.steps.flatMap(callsOf)).filter(({ program }) => program === 'go');
  const outputs = builds.flatMap(({ args }) => optionValue(args, '-o') ?? []);
  return outputs.length === 1 && outputs[0]?.replace(/^.*\//, '') === name;
}

/** Servers that read PORT by themselves. */
function portOfVariable({ scope }: StageView, { program, args }: Invocation): ServedPort | null {
  const isRead = /^(?:next|gunicorn|puma|nuxt)$/.test(program) && !args.some((arg) => /^(?:-c|--config)/.test(arg));
  const set = isRead ? scope.get('PORT') : undefined;
  return set?.kind === 'ENV' && /^\d{2,5}$/.test(set.value ?? '') ? { port: set.value ?? '', from: 'ENV PORT' } : null;
}
