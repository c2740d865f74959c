import { argumentsIn, insideBrackets } from './python-text.ts';
import { indexOf } from './source-index.ts';
import type { Source } from './sources.ts';

/** The function that a place of a source is in. */
export interface Enclosing {
  /** offset of its `def` */
  readonly start: number;
  /** the name that it is called by: that of the class for `__init__` */
  readonly calledAs: string;
  readonly parameters: readonly string[];
}

/** The nearest `def` above a place that is not further to the right; `null` at the level of the module. */
export function enclosing(source: Source, offset: number): Enclosing | null {
  const line = source.code.lastIndexOf('\n', offset) + 1;
  const indent = /^[ \t]*/.exec(source.code.slice(line, line + 80))?.[0].length ?? 0;
  const { functions, classes } = indexOf(source);
  const found = functions.findLast((one) => one.end <= offset && (one.indent < indent || one.index >= line));
  if (!found) return null;
  const parameters = insideBrackets(source.code, found.end - 1)
    .split(',')
    .map((one) => /^\s*\*{0,2}(\w+)/.exec(one)?.[1] ?? '')
    .filter((name) => !/^(?:self|cls|)$/.test(name));
  const owner = classes.findLast((one) => one.end <= found.index)?.name;
  return { start: found.index, calledAs: found.name === '__init__' ? (owner ?? found.name) : found.name, parameters };
}

/** Where the calls of a function give a parameter its value. */
export function givenAt(source: Source, one: Enclosing, name: string): readonly number[] {
  const at = one.parameters.indexOf(name);
  return [...source.code.matchAll(new RegExp(`(?<!\\b(?:def|class)\\s+)\\b${one.calledAs}\\s*\\(`, 'g'))].flatMap(
    (match) => {
      const given = argumentsIn(source, match.index + match[0].length - 1);
      const value = given.find((each) => each.name === name) ?? (given[at]?.name === null ? given[at] : undefined);
      return value ? [value.start] : [];
    },
  );
}
