/**
 * A parsed Dockerfile: an index into its text. All offsets are UTF-16 offsets into `Dockerfile.text`, ranges are
 * `[start, end)`, lines are 1-based and inclusive. Slicing the text at these offsets gives back every byte.
 */
export interface Dockerfile {
  readonly text: string;
  /** what continues a line: a backslash, or the backtick of `# escape=` */
  readonly escape: string;
  /** `# syntax=`, `# escape=`, `# check=`: the lines at the head that are not comments */
  readonly directives: readonly Directive[];
  /** all comments, also those inside a continued instruction; never a line of a heredoc */
  readonly comments: readonly Comment[];
  readonly instructions: readonly Instruction[];
  /** what stands before the first FROM: global ARGs, and whatever does not belong there */
  readonly globals: readonly Instruction[];
  readonly stages: readonly Stage[];
}

export interface Range {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly endLine: number;
}

export interface Directive extends Range {
  /** lower case */
  readonly name: string;
  readonly value: string;
}

export interface Comment extends Range {
  /** without the `#`, trimmed */
  readonly text: string;
  /** index of the continued instruction that it stands in; `null` between instructions */
  readonly inside: number | null;
}

export interface Instruction extends Range {
  /** position in `Dockerfile.instructions` */
  readonly index: number;
  /** position in `Dockerfile.stages`; `null` before the first FROM */
  readonly stage: number | null;
  /** upper case */
  readonly keyword: string;
  /** as it is written */
  readonly written: string;
  /** the engine knows this keyword */
  readonly known: boolean;
  readonly flags: readonly Flag[];
  /** what follows the flags, in one line: continuations, their comments and blank lines are out, heredoc bodies too */
  readonly body: Joined;
  /** the body, split at blanks as the engine does it; quotes are still there */
  readonly words: readonly Word[];
  /** exec form. For HEALTHCHECK it is what follows CMD. `null`: shell form, or an instruction that has none */
  readonly json: readonly string[] | null;
  readonly heredocs: readonly Heredoc[];
  /** the instruction that ONBUILD holds back; its `index` and `stage` are those of the ONBUILD */
  readonly trigger: Instruction | null;
}

export interface Flag {
  /** `mount` for `--mount=type=cache` */
  readonly name: string;
  /** quotes removed; `null` for a flag without `=` */
  readonly value: string | null;
  readonly start: number;
  readonly end: number;
}

export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface Heredoc {
  readonly name: string;
  /** variables are replaced: the name was not quoted */
  readonly expands: boolean;
  /** `<<-`: leading tabs are removed */
  readonly chomps: boolean;
  /** the lines between, without the one that ends them */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Text put together from pieces of the source, with the way back: piece `i` starts at `at` here and at `source` there. */
export interface Joined {
  readonly text: string;
  readonly pieces: readonly { readonly at: number; readonly source: number }[];
}

export interface Stage extends Range {
  readonly index: number;
  /** lower case; `null` without AS */
  readonly name: string | null;
  /** as it is written, variables and all: `node:${NODE_VERSION}-slim`, or the name of an earlier stage */
  readonly image: string;
  readonly platform: string | null;
  readonly from: Instruction;
  /** what follows FROM */
  readonly instructions: readonly Instruction[];
}
