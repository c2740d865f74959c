export type CommandName = 'generate' | 'check' | 'verify' | 'convert';

/** One row of the options table. */
export interface Option {
  /** without dashes; the same name means the same kind in every command */
  readonly name: string;
  /** one letter, or `null` */
  readonly short: string | null;
  /** `switch` takes no value, `value` one, `list` may be given several times */
  readonly kind: 'switch' | 'value' | 'list';
  /** what stands for the value in the help: `IMAGE`; `null` for a switch */
  readonly placeholder: string | null;
  /** the only values that will do; `null`: any */
  readonly values: readonly string[] | null;
  readonly commands: readonly CommandName[];
  /** one sentence */
  readonly help: string;
  /** the question that it answers, by id; `null`: it answers none */
  readonly question: string | null;
}

/** A command of the program: what its help says about it. */
export interface Command {
  readonly name: CommandName;
  /** what follows the program's name */
  readonly usage: string;
  readonly help: string;
}

export const COMMANDS: readonly Command[] = [
  {
    name: 'generate',
    usage: '[dir]',
    help: 'Make a multi-stage Dockerfile and a .dockerignore for the project in dir.',
  },
  { name: 'check', usage: 'check [dir]', help: 'Say before any build what would not build, not start, or leak.' },
  { name: 'verify', usage: 'verify [dir]', help: 'Build the image, start it, and show that it works.' },
  {
    name: 'convert',
    usage: 'convert [dir]',
    help: 'Turn a single-stage Dockerfile into a multi-stage one that behaves the same.',
  },
];

export function flag(
  name: string,
  commands: readonly CommandName[],
  help: string,
  short: string | null = null,
): Option {
  return { name, short, kind: 'switch', placeholder: null, values: null, commands, help, question: null };
}

export function value(
  name: string,
  placeholder: string,
  commands: readonly CommandName[],
  help: string,
  values: readonly string[] | null = null,
): Option {
  return { name, short: null, kind: 'value', placeholder, values, commands, help, question: null };
}

/** May be given several times. */
export function list(name: string, placeholder: string, commands: readonly CommandName[], help: string): Option {
  return { ...value(name, placeholder, commands, help), kind: 'list' };
}

/** Answers the question of that id. */
export function answer(
  name: string,
  placeholder: string,
  commands: readonly CommandName[],
  help: string,
  values: readonly string[] | null = null,
): Option {
  return { ...value(name, placeholder, commands, help, values), question: name };
}
