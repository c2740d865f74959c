import type { Json } from '../model/json.ts';

/*
 * To know which values a line was made from, a template is filled in a second time with every text of the plan wrapped in
 * marks. They are private-use characters, which a plan's own texts may not contain, and which JSON leaves as they are.
 */
const OPEN = '\uE000';
const MIDDLE = '\uE001';
const CLOSE = '\uE002';
const MARKED = /\uE000([^\uE001]*)\uE001/g;

/** The same plan, each text wrapped with its path: `runtime.image`, `runtime.copies.0.target`. */
export function markTexts(value: Json, path = ''): Json {
  if (value === '') return value;
  if (typeof value === 'string') return `${OPEN}${path}${MIDDLE}${value}${CLOSE}`;
  if (typeof value === 'number') return markTexts(String(value), path);
  if (value === null || typeof value !== 'object') return value;
  const below = (key: string | number) => (path === '' ? String(key) : `${path}.${key}`);
  if (isList(value)) return value.map((item, index) => markTexts(item, below(index)));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, markTexts(item, below(key))]));
}

export function unmarked(text: string): string {
  return text.replaceAll(MARKED, '').replaceAll(CLOSE, '');
}

/** Paths of the values on a marked line, in order, each once. */
export function markedPaths(line: string): readonly string[] {
  return [...new Set([...line.matchAll(MARKED)].map((match) => match[1] ?? ''))];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
