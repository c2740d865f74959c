import type { ShellCommand } from '../dockerfile/script.ts';
import type { Step } from './view.ts';

/** A program by its plain name, with what is written behind it. */
export interface Invocation {
  /** without its folder: `npm` for `/usr/local/bin/npm`, but `./mvnw` keeps its `./` */
  readonly program: string;
  /** as it is written: `/usr/local/bin/npm` */
  readonly path: string;
  /** without quotes; what is only known at run time stands as it is written */
  readonly args: readonly string[];
  /** arguments that are no flags */
  readonly operands: readonly string[];
}

/** A command of a script. */
export interface Call extends Invocation {
  readonly command: ShellCommand;
}

/** Prefixes that run another program in their place. */
const WRAPPERS = new Set(['exec', 'env', 'time', 'nice', 'command', 'sudo', 'nohup', 'ionice', 'eatmydata']);

/** The calls of a RUN in the order of its text; those without a name (assignments alone) are left out. */
export function callsOf(step: Step): readonly Call[] {
  if (step.run === null) return [];
  return step.run.script.units.flatMap((unit) => unit.commands).flatMap(callOf);
}

export function callOf(command: ShellCommand): readonly Call[] {
  if (command.name === null) return [];
  const invocation = invocationOf([command.name.value, ...command.args.map((word) => word.value)]);
  return invocation === null ? [] : [{ ...invocation, command }];
}

/** Takes an argument list apart; what only runs another program (`exec`, `env A=1`, `sudo`) is looked through. */
export function invocationOf(words: readonly string[]): Invocation | null {
  const [path, ...args] = words;
  if (path === undefined) return null;
  const program = /^\.{1,2}\//.test(path) ? path : path.replace(/^.*\//, '');
  if (!WRAPPERS.has(program)) return { program, path, args, operands: args.filter((arg) => !arg.startsWith('-')) };
  const rest = args.findIndex((arg) => !arg.startsWith('-') && !/^\w+=/.test(arg));
  return rest < 0 ? null : invocationOf(args.slice(rest));
}

/** `--name=value` or `--name value`; `null` if it is not there, `''` without a value. */
export function optionValue(args: readonly string[], ...names: readonly string[]): string | null {
  for (const [index, arg] of args.entries()) {
    if (names.includes(arg)) return args[index + 1] ?? '';
    const name = names.find((candidate) => arg.startsWith(`${candidate}=`));
    if (name !== undefined) return arg.slice(name.length + 1);
  }
  return null;
}

export function hasOption(args: readonly string[], ...names: readonly string[]): boolean {
  return optionValue(args, ...names) !== null;
}

/** A short option, also within a bundle: `y` in `-qy`. */
export function hasShort(args: readonly string[], letter: string): boolean {
  return args.some((arg) => /^-[a-zA-Z]+$/.test(arg) && arg.includes(letter));
}

/** A command that needs what stands in its RUN before it: inside a loop, a condition or a pipeline nothing is sure. */
export function isCertain(call: Call): boolean {
  return !call.command.isNested && !call.command.isPiped;
}

/** The folder that a command runs in, as long as no `cd` in its RUN moves it; `null` then. */
export function folderOf(step: Step, call: Call): string | null {
  const before = callsOf(step).slice(
    0,
    callsOf(step).findIndex((other) => other.command === call.command),
  );
  return before.some((other) => other.program === 'cd' || other.program === 'pushd') ? null : step.workdir;
}
