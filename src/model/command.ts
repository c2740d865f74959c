/** What a command may use of the terminal and the machine. `cli.ts` makes the real one, tests make their own. */
export interface CommandIo {
  /** the result, what a program may read; text ends with a line break */
  out(text: string): void;
  /** everything else: progress, notes, next steps */
  info(text: string): void;
  /** questions may be asked: standard input and output are terminals, and `CI` is not set */
  readonly interactive: boolean;
  /** colours may be used: a terminal, and no `NO_COLOR` */
  readonly colour: boolean;
  readonly columns: number;
  readonly cwd: string;
  /** ISO date */
  readonly today: string;
  /** aborted by Ctrl-C or SIGTERM; a command then cleans up and its caller exits with 130 */
  readonly signal: AbortSignal;
  readonly asker: Asker;
}

/** Questions to a person. A cancelled question throws UserError `cancelled`. */
export interface Asker {
  select(question: {
    readonly message: string;
    readonly options: readonly { readonly value: string; readonly label: string; readonly hint?: string }[];
    readonly initial?: string;
  }): Promise<string>;
  text(question: {
    readonly message: string;
    readonly initial?: string;
    readonly placeholder?: string;
    /** the complaint, or `null` when the value will do */
    readonly check: (value: string) => string | null;
  }): Promise<string>;
  confirm(question: { readonly message: string; readonly initial: boolean }): Promise<boolean>;
  /** a titled block of text */
  note(title: string, text: string): void;
  /** first and last line of a run; optional, so that a scripted asker need not have them */
  intro?(title: string): void;
  outro?(text: string): void;
}

/** 0 done, 1 findings or a failed verification, 2 could not run, 130 cancelled. */
export type ExitCode = 0 | 1 | 2 | 130;
