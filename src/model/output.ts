import type { Fact } from './fact.ts';
import type { Json } from './json.ts';

/** A file that is not on disk yet. `path` is relative to the project, with `/`. */
export interface OutputFile {
  readonly path: string;
  readonly contents: string;
}

/** Why one line of an output file is there. */
export interface Explanation {
  readonly path: string;
  /** 1-based */
  readonly line: number;
  readonly text: string;
  readonly rule: string;
  readonly why: string;
  readonly facts: readonly Fact<Json>[];
}
