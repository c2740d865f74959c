import type { Source } from './sources.ts';

/** A `def` or `class` line. */
interface Opening {
  /** offset of its line */
  readonly index: number;
  readonly indent: number;
  readonly name: string;
  /** behind what was matched */
  readonly end: number;
}

/** What is asked of a file again and again, found in one pass: name → offsets of the values. */
interface SourceIndex {
  readonly assignments: ReadonlyMap<string, readonly number[]>;
  readonly fields: ReadonlyMap<string, readonly number[]>;
  readonly functions: readonly Opening[];
  readonly classes: readonly Opening[];
}

const indexes = new WeakMap<Source, SourceIndex>();

export function indexOf(source: Source): SourceIndex {
  const known = indexes.get(source);
  if (known) return known;
  const { code } = source;
  const index = {
    assignments: byName(code, /(?<=^|[\s,({;.])([A-Za-z_]\w*)\s*(?::[^=\n]{1,60})?=(?![=])\s*/gm),
    fields: byName(code, /^[ \t]*(?:self\.)?([A-Za-z_]\w*)\s*(?::[^=\n]{1,60})?=(?![=])[ \t]*(?!.*,\s*$)/gm),
    functions: openings(code, /^([ \t]*)(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(/gm),
    classes: openings(code, /^([ \t]*)class[ \t]+(\w+)/gm),
  };
  indexes.set(source, index);
  return index;
}

/** An annotation may hold the next name (`if x: y = 1`), so the search goes on behind the name, not behind the match. */
function byName(code: string, pattern: RegExp): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (let match = pattern.exec(code); match; match = pattern.exec(code)) {
    const name = match[1] ?? '';
    const offsets = found.get(name) ?? [];
    offsets.push(match.index + match[0].length);
    found.set(name, offsets);
    pattern.lastIndex = match.index + match[0].indexOf(name) + name.length;
  }
  return found;
}

function openings(code: string, pattern: RegExp): readonly Opening[] {
  return [...code.matchAll(pattern)].map((match) => ({
    index: match.index,
    indent: match[1]?.length ?? 0,
    name: match[2] ?? '',
    end: match.index + match[0].length,
  }));
}
