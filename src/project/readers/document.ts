import { UserError } from '../../errors.ts';
import type { Fact } from '../../model/fact.ts';

export type Key = string | number;

/** A parsed file that still knows where each value stands. The same for JSON, TOML, YAML and XML-like files. */
export interface Document {
  readonly path: string;
  /** the value at these keys, `undefined` where there is none; with no keys, the whole file */
  at(...keys: readonly Key[]): unknown;
  /** 1-based line of the value at these keys; where there is none, the line of the nearest one above it */
  line(...keys: readonly Key[]): number;
}

/** A text or number as a fact; `null` for anything else. Blanks around it are dropped, an empty one counts as absent. */
export function textFact(document: Document, ...keys: readonly Key[]): Fact | null {
  const value = document.at(...keys);
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value).trim();
  return text === '' ? null : { value: text, from: `${document.path}:${document.line(...keys)}` };
}

/** The keys of the object there, in the file's order; empty for anything else. */
export function keysAt(document: Document, ...keys: readonly Key[]): readonly string[] {
  const value = document.at(...keys);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

/** The texts of the list there; what is not a text is left out. */
export function textsAt(document: Document, ...keys: readonly Key[]): readonly string[] {
  const value = document.at(...keys);
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

export function malformed(path: string, kind: string, line: number, reason: string): UserError {
  return new UserError(
    'file-malformed',
    `${path} is not valid ${kind}: line ${line}: ${reason}.`,
    'Mend the file and run again; nothing was written.',
  );
}

/** Follows own properties only: a key such as `__proto__` finds nothing. */
export function follow(value: unknown, keys: readonly Key[]): unknown {
  let here = value;
  for (const key of keys) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = Reflect.get(here, key);
  }
  return here;
}

/** Parsers call themselves for what is nested; a file made to exhaust them is malformed, and no mistake of ours. */
export function notTooDeep<T>(path: string, kind: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof RangeError) throw malformed(path, kind, 1, 'it is nested too deeply');
    throw error;
  }
}
