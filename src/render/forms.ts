import { unmarked } from './marks.ts';

/** Exec form of ENTRYPOINT, CMD and HEALTHCHECK CMD: a JSON list with a blank after each comma. */
export function execForm(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
}

/** Value of an ENV entry. The builder expands `$NAME` in it, on purpose; quotes only where the value needs them. */
export function quotedValue(value: string): string {
  if (/^[\w./:@%+,=$~-]*$/.test(unmarked(value))) return value;
  return `"${value.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`;
}

/**
 * Sources and target of a COPY. A name with a blank, a quote or a bracket needs the JSON form; `$` would be expanded by
 * the builder in both forms, and is escaped.
 */
export function pathList(paths: readonly string[]): string {
  const escaped = paths.map((path) => path.replaceAll('$', '\\$'));
  if (escaped.every((path) => /^[^\s"'[\]\\]+$/.test(unmarked(path).replaceAll('\\$', '')))) return escaped.join(' ');
  return execForm(escaped);
}
