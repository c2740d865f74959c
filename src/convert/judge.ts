import type { Dockerfile } from '../dockerfile/file.ts';
import type { Script, ShellCommand, Unit } from '../dockerfile/script.ts';
import { readRun, readScript } from '../dockerfile/shell.ts';
import type { Base } from './base.ts';
import { combine } from './combine.ts';
import { judgeOf } from './commands/index.ts';
import { type Invocation, type Verdict, verdict } from './commands/verdict.ts';
import { type Context, type Copy, contextPath } from './copies.ts';
import { installerVerdict, isPipedInstaller } from './installers.ts';
import { invocationOf, resolveIn, type ShellState, startState, stateAfter } from './invocation.ts';
import { absolute } from './paths.ts';
import { reachesOut } from './reach.ts';
import type { Step } from './trace.ts';

/** A unit of a RUN and what it is for. */
export interface Part {
  readonly unit: Unit;
  readonly verdict: Verdict;
  readonly invocations: readonly Invocation[];
}

export interface Judging {
  readonly file: Dockerfile;
  readonly base: Base;
  readonly context: Context;
  readonly copies: readonly Copy[];
  /** texts of the heredocs of this instruction */
  readonly heredocs: readonly string[];
  /** virtual environments that earlier instructions made */
  readonly venvs: ReadonlySet<string>;
}

/** How deep a script may call another one of the project. */
const DEEPEST = 4;

/** Judges each unit of a RUN. */
export function judgeRun(step: Step, judging: Judging): Part[] {
  const { form, script } = readRun(step.instruction);
  if (script.isBroken) {
    return script.units.map((unit) => ({ unit, verdict: verdict('unknown', 'shell-unreadable'), invocations: [] }));
  }
  // a heredoc for another interpreter has a body that nobody here can read
  if (
    form === 'shell' &&
    step.instruction.heredocs.length > 0 &&
    script.units.every((unit) => unit.commands.length === 0)
  ) {
    return [];
  }
  return judgeScript(script, startState(step, judging), judging, 0);
}

function judgeScript(script: Script, start: ShellState, judging: Judging, depth: number): Part[] {
  const parts: Part[] = [];
  let state = start;
  for (const unit of script.units) {
    const { verdicts, invocations, after } = judgeUnit(unit, state, judging, depth);
    parts.push({ unit, verdict: combine(verdicts), invocations });
    state = unit.kind === 'simple' ? after : { ...state, variables: after.variables };
  }
  return parts;
}

function judgeUnit(
  unit: Unit,
  start: ShellState,
  judging: Judging,
  depth: number,
): { verdicts: Verdict[]; invocations: Invocation[]; after: ShellState } {
  const verdicts: Verdict[] = [];
  const invocations: Invocation[] = [];
  let state = start;
  for (const command of unit.commands) {
    const invocation = invocationOf(command, state, judging.base);
    if (invocation !== null) {
      invocations.push(invocation);
      const piped = command.isPiped && isPipedInstaller(invocation);
      verdicts.push(piped ? installerVerdict(unit, invocation) : judgeInvocation(invocation, command, judging, depth));
    }
    verdicts.push(...redirected(command, state));
    state = stateAfter(command, invocation, state);
  }
  return { verdicts, invocations, after: state };
}

function judgeInvocation(call: Invocation, command: ShellCommand, judging: Judging, depth: number): Verdict {
  const inner = scriptOf(call, judging);
  if (inner !== null) {
    if (depth >= DEEPEST) return verdict('unknown', 'script-deep');
    const { cwd, home, user, scope, venv, settings } = call;
    const state: ShellState = { cwd, home, user, scope, venv, variables: new Map(), settings };
    return combine(judgeScript(readScript(inner), state, judging, depth + 1).map((part) => part.verdict));
  }
  const judge = judgeOf(call.name);
  if (judge !== null) {
    const found = judge(call);
    const isOutside = found.role === 'program' && reachesOut(call, judging.context, judging.copies, judging.heredocs);
    return isOutside ? verdict('unknown', 'program-outside', { args: found.why.args }) : found;
  }
  if (/(^|\/)(node_modules\/\.bin|vendor\/bin|bin)\/[^/]+$/.test(call.program) && !call.program.startsWith('/')) {
    return verdict('build', 'project-tool', { writes: [call.cwd] });
  }
  if (command.name?.isLiteral === false)
    return verdict('unknown', 'command-variable', { args: { command: call.program } });
  return verdict('unknown', 'program-unknown', { args: { program: call.name } });
}

const SHELLS = /^(ba|da|a|z)?sh$/;

/** Text of the shell script that is called: `sh -c '…'`, `bash build.sh`, `./build.sh`. */
function scriptOf(call: Invocation, judging: Judging): string | null {
  let path: string | undefined = call.program;
  if (SHELLS.test(call.name)) {
    const at = call.args.findIndex((word) => /^-[a-z]*c$/.test(word));
    if (at >= 0) return call.args[at + 1] ?? '';
    path = call.args.find((word) => !word.startsWith('-'));
    if (path === undefined) return null;
  } else if (!path.includes('/') || judgeOf(call.name) !== null) return null;
  const place = contextPath(judging.context, judging.copies, absolute(call.cwd, path));
  const text = place === null ? null : judging.context.project.source(place);
  if (text === null) return null;
  const shebang = /^#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(text);
  const first = shebang?.[1]?.split('/').at(-1);
  const interpreter = first === 'env' ? shebang?.[2] : first;
  if (SHELLS.test(call.name) || (interpreter !== undefined && SHELLS.test(interpreter)))
    return text.replaceAll('\r\n', '\n');
  return null;
}

/** A redirection into a file changes that file. */
function redirected(command: ShellCommand, state: ShellState): Verdict[] {
  const writes = command.redirections
    .filter((redirection) => /^(>|>>|>\||&>|&>>|<>)$/.test(redirection.operator))
    .map((redirection) => redirection.target?.value ?? '')
    .filter((path) => path !== '' && !/^\/dev\/|^\d+$|^&/.test(path));
  const reads = command.redirections
    .filter(({ operator, target }) => operator === '<' && target !== null && !target.value.startsWith('/dev/'))
    .map(({ target }) => resolveIn(state, target?.value ?? ''));
  if (writes.length === 0) return reads.length === 0 ? [] : [verdict('neutral', 'nothing-changed', { reads })];
  return [verdict('files', 'files-changed', { reads, writes: writes.map((path) => resolveIn(state, path)) })];
}
