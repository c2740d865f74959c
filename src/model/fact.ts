import type { Json } from './json.ts';

/** Where something stands in the project: `path:line` (1-based), or `path` alone when the file's presence is what speaks. */
export type Place = string;

/** A value and where the project says so. */
export interface Fact<T extends Json = string> {
  readonly value: T;
  readonly from: Place;
  /**
   * The text that stands at `from` and from which `value` was worked out, when it is not the value itself:
   * `>=20` for the version 24. A test looks for it (or for the value) on that very line.
   */
  readonly holds?: string;
}

/**
 * Something that the user should know about the project, as data: sentences are made when it is shown,
 * by the `messages` of the language (or the common ones).
 */
export interface Note {
  /** kebab-case, a key of the language's messages, e.g. `lock-file-missing` */
  readonly code: string;
  readonly severity: 'info' | 'warning';
  readonly places: readonly Place[];
  readonly args: Readonly<Record<string, string>>;
}

/** Note code → sentence. A sentence says what is wrong and what to do next; it never repeats the places. */
export type Messages = Readonly<Record<string, (args: Readonly<Record<string, string>>) => string>>;
