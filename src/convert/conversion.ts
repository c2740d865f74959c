/** What the conversion says, as data: sentences are made in `sentences.ts`. */
export interface Reason {
  readonly code: string;
  readonly args: Readonly<Record<string, string>>;
}

/**
 * `compiled`: what was made is copied onto a runtime image. `interpreted`: the program with what was installed for it.
 * `installed`: nothing of its own is built; compilers and caches are left behind.
 */
export type ConversionClass = 'compiled' | 'interpreted' | 'installed';
