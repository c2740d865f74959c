/** A shell script as far as a Dockerfile needs it. Offsets are UTF-16 offsets in the source, ranges `[start, end)`. */
export interface Script {
  /** the text that was parsed: continuations joined */
  readonly text: string;
  /** in the order in which they run */
  readonly units: readonly Unit[];
  /** the parser found errors; the units are what it could save */
  readonly isBroken: boolean;
}

/** What can be taken out of a script as a whole: a command of a `&&` chain, or a compound (`a || b`, `if`, a pipeline). */
export interface Unit {
  readonly kind: 'simple' | 'pipeline' | 'compound';
  readonly text: string;
  /** every command in it, in the order of the text; those in substitutions too */
  readonly commands: readonly ShellCommand[];
  /** `and`: runs only if the unit before it succeeded (`&&`); `list`: first, or after `;`, `&` or a line break */
  readonly follows: 'list' | 'and';
  /** its statement ends in `&` */
  readonly isBackground: boolean;
  readonly start: number;
  readonly end: number;
}

export interface ShellCommand {
  /** `null`: assignments or redirections alone */
  readonly name: ShellWord | null;
  readonly args: readonly ShellWord[];
  readonly assignments: readonly { readonly name: string; readonly value: ShellWord }[];
  readonly redirections: readonly Redirection[];
  /** inside a loop, a condition, a group or a substitution */
  readonly isNested: boolean;
  readonly isPiped: boolean;
  readonly start: number;
  readonly end: number;
}

export interface ShellWord {
  /** as it is written */
  readonly text: string;
  /** quotes removed; what is only known at run time stands as it is written: `$HOME/bin` */
  readonly value: string;
  /** names of the variables in it */
  readonly variables: readonly string[];
  /** `value` is what the command gets: no expansion, no pattern */
  readonly isLiteral: boolean;
  readonly isGlob: boolean;
  readonly start: number;
  readonly end: number;
}

export interface Redirection {
  /** `>`, `>>`, `<`, `<<`, `<<<`, `&>` … */
  readonly operator: string;
  readonly descriptor: number | null;
  readonly target: ShellWord | null;
  /** body of a heredoc */
  readonly text: string | null;
  readonly start: number;
  readonly end: number;
}
