import type { Flag, Joined, Word } from './file.ts';
import { sourceOffset, sourceRange } from './joined.ts';

/** Splits at blanks, as the engine splits the arguments of COPY, USER and the like: quotes do not hold a word together. */
export function splitWords(joined: Joined): Word[] {
  return Array.from(joined.text.matchAll(/\S+/g), (match) => ({
    text: match[0],
    ...sourceRange(joined, match.index, match.index + match[0].length),
  }));
}

/** The flags at the head of an instruction's arguments, and where they end in the joined text. */
export function splitFlags(joined: Joined, start: number): { flags: Flag[]; end: number } {
  const flags: Flag[] = [];
  let at = skipBlanks(joined.text, start);
  while (joined.text.startsWith('--', at)) {
    const end = quotedWordEnd(joined.text, at);
    const written = joined.text.slice(at, end);
    const following = skipBlanks(joined.text, end);
    if (written === '--') return { flags, end: following };
    flags.push({ ...nameAndValue(written.slice(2)), ...sourceRange(joined, at, end) });
    at = following;
  }
  return { flags, end: at };
}

/** Exec form as the engine reads it: a JSON array of strings and nothing else; anything else is shell form. */
export function execForm(body: string): string[] | null {
  const trimmed = body.trim();
  if (!trimmed.startsWith('[')) return null;
  try {
    const value: unknown = JSON.parse(trimmed);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A name and its value, quotes kept; `null` where there is no `=`. */
export interface Pair {
  readonly name: string;
  readonly value: string | null;
  readonly start: number;
  readonly end: number;
}

/** The pairs of ENV and LABEL; the old form `ENV KEY value with blanks` is one pair. */
export function keyValues(body: Joined): Pair[] {
  const words = quotedWords(body);
  const [first] = words;
  if (first === undefined) return [];
  if (!first.text.includes('=')) {
    const rest = body.text.trim().slice(first.text.length).trim();
    return [{ name: first.text, value: rest === '' ? null : rest, start: first.start, end: lastEnd(body) }];
  }
  return words.map(pairOf);
}

/** The pairs of ARG: one instruction may declare several, with and without a default. */
export function declaredArgs(body: Joined): Pair[] {
  return quotedWords(body).map(pairOf);
}

/** Splits at blanks outside quotes. */
function quotedWords(joined: Joined): Word[] {
  const words: Word[] = [];
  let at = skipBlanks(joined.text, 0);
  while (at < joined.text.length) {
    const end = quotedWordEnd(joined.text, at);
    words.push({ text: joined.text.slice(at, end), ...sourceRange(joined, at, end) });
    at = skipBlanks(joined.text, end);
  }
  return words;
}

function pairOf({ text, start, end }: Word): Pair {
  const equals = text.indexOf('=');
  if (equals < 0) return { name: text, value: null, start, end };
  return { name: text.slice(0, equals), value: text.slice(equals + 1), start, end };
}

function lastEnd(body: Joined): number {
  const length = body.text.trimEnd().length;
  return length === 0 ? sourceOffset(body, 0) : sourceOffset(body, length - 1) + 1;
}

function nameAndValue(flag: string): { name: string; value: string | null } {
  const equals = flag.indexOf('=');
  if (equals < 0) return { name: flag, value: null };
  return { name: flag.slice(0, equals), value: flag.slice(equals + 1).replaceAll(/["']/g, '') };
}

function skipBlanks(text: string, at: number): number {
  let next = at;
  while (next < text.length && /\s/.test(text.charAt(next))) next += 1;
  return next;
}

function quotedWordEnd(text: string, start: number): number {
  let quote = '';
  for (let at = start; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\' && quote !== "'") at += 1;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (/\s/.test(char)) return at;
  }
  return text.length;
}
