import type { Instruction } from '../dockerfile/file.ts';
import { readRun } from '../dockerfile/shell.ts';
import { callOf, type Invocation, invocationOf } from './commands.ts';
import type { StageView, View } from './view.ts';

/** What the container starts, as far as the file says it. */
export interface Start {
  readonly stage: StageView;
  /** ENTRYPOINT or CMD that names the program: where to point */
  readonly instruction: Instruction;
  readonly entrypoint: Instruction | null;
  readonly command: Instruction | null;
  /** the program runs below a shell that the instruction asks for: shell form, or `sh -c` */
  readonly form: 'exec' | 'shell';
  /** programs in the order in which they start; of a shell script those that are no part of a condition */
  readonly invocations: readonly Invocation[];
  /** shell text; `''` in exec form */
  readonly script: string;
  /** the whole argument list of an exec form, the base image's entry point before it; `null` for shell form */
  readonly argv: readonly string[] | null;
}

/** Programs that start what is behind them and nothing else. Their own options end at `--` or at the first operand. */
const INIT = /^(?:tini|tini-static|dumb-init|catatonit|docker-init)$/;

/** What the final stage starts; `null` where the base image says it, or nothing does. */
export function readStart(view: View): Start | null {
  return view.final === null ? null : stageStart(view.final);
}

export function stageStart(stage: StageView): Start | null {
  const { entrypoint, command } = lastCommands(stage);
  const instruction = entrypoint ?? command;
  if (instruction === null) return null;
  const shellText = instruction.json === null ? instruction.body.text : null;
  if (shellText !== null) return shellStart(stage, instruction, entrypoint, command, shellText);
  const own = entrypoint?.json ?? baseEntrypoint(stage);
  const argv = [...own, ...(command?.json ?? (command === null ? [] : ['/bin/sh', '-c', command.body.text]))];
  const program = afterInit(argv);
  const script = shellScript(program);
  if (script !== null) return { ...shellStart(stage, instruction, entrypoint, command, script), argv };
  const invocation = invocationOf(program);
  const invocations = invocation === null ? [] : [invocation];
  return { stage, instruction, entrypoint, command, form: 'exec', invocations, script: '', argv };
}

/** The text behind `sh -c`; `null` for another program. */
export function shellScript(argv: readonly string[]): string | null {
  const [program = '', flag = '', text] = argv;
  return /(^|\/)(?:ba|da|a)?sh$/.test(program) && /^-\w*c$/.test(flag) ? (text ?? null) : null;
}

function shellStart(
  stage: StageView,
  instruction: Instruction,
  entrypoint: Instruction | null,
  command: Instruction | null,
  script: string,
): Start {
  const text = { ...instruction, json: null, heredocs: [], body: { text: script, pieces: [{ at: 0, source: 0 }] } };
  const commands = readRun(text).script.units.flatMap((unit) => unit.commands);
  const invocations = commands.filter((one) => !one.isNested && !one.isPiped).flatMap(callOf);
  return { stage, instruction, entrypoint, command, form: 'shell', invocations, script, argv: null };
}

/** A base image's entry point counts only where it is no script that hands over to the command. */
function baseEntrypoint(stage: StageView): readonly string[] {
  const entrypoint = stage.facts?.family.entrypoint ?? [];
  return entrypoint.some((word) => word.endsWith('.sh') || word.endsWith('-entrypoint')) ? [] : entrypoint;
}

function afterInit(argv: readonly string[]): readonly string[] {
  const [first = '', ...rest] = argv;
  if (!INIT.test(first.replace(/^.*\//, ''))) return argv;
  const end = rest.indexOf('--');
  return end >= 0 ? rest.slice(end + 1) : rest.slice(rest.findIndex((word) => !word.startsWith('-')));
}

/** ENTRYPOINT and CMD in force: a new ENTRYPOINT takes the CMD of an earlier stage away. */
function lastCommands(stage: StageView): { entrypoint: Instruction | null; command: Instruction | null } {
  const inherited = stage.parent === null ? { entrypoint: null, command: null } : lastCommands(stage.parent);
  const own = (keyword: string): Instruction | null =>
    stage.stage.instructions.findLast((instruction) => instruction.keyword === keyword) ?? null;
  const entrypoint = own('ENTRYPOINT');
  return {
    entrypoint: entrypoint ?? inherited.entrypoint,
    command: own('CMD') ?? (entrypoint === null ? inherited.command : null),
  };
}
