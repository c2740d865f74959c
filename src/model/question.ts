import type { Place } from './fact.ts';

/** Answers by question id, as text: what a flag, an answers file or a prompt gives. */
export type Answers = Readonly<Record<string, string>>;

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** one line: size, C library, shell, user, end of life, and why */
  readonly hint?: string;
}

/** What the user decides. Whether it is asked depends on `open`; it can always be answered by its flag. */
export interface Question {
  /** a key of the options table, which gives it its flag and help: `build-image`, `runtime-image`, `port`, `command` … */
  readonly id: string;
  readonly message: string;
  readonly choices?: readonly Choice[];
  /** with `choices`: any other value may be typed as well */
  readonly allowsOther?: boolean;
  /** what `--yes` takes; `null`: no answer would be safe, so it must be given */
  readonly recommended: string | null;
  /** where the recommendation comes from */
  readonly from: readonly Place[];
  /** the files leave it open: a wizard asks it. Otherwise it is only settable by its flag. */
  readonly open: boolean;
  /** how an answer is checked */
  readonly format: 'image' | 'port' | 'command' | 'path' | 'file' | 'text' | 'choice';
}
