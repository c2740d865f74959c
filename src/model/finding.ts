/** In rising order; `check --fail-on` takes one of them. */
export type Severity = 'info' | 'warning' | 'error';

/** What a rule found, as data: its sentence is made when it is shown. */
export interface Finding {
  /** kebab-case id of the rule, the name of its file: `copy-source-missing` */
  readonly rule: string;
  readonly severity: Severity;
  /** file, relative to the directory that was checked */
  readonly file: string;
  /** 1-based, inclusive */
  readonly line: number;
  readonly endLine: number;
  /** what the rule's sentence needs */
  readonly args: Readonly<Record<string, string>>;
  /** replaces `[start, end)`, UTF-16 offsets in the file's text; only where the behaviour cannot change */
  readonly fix?: { readonly start: number; readonly end: number; readonly text: string };
}
