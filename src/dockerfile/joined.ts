import type { Joined } from './file.ts';

/** A continued instruction in one line, what was left out of it, and where it ends: what follows are heredoc bodies. */
export interface JoinedLines {
  readonly joined: Joined;
  readonly comments: readonly { readonly start: number; readonly end: number }[];
  readonly end: number;
}

/**
 * Joins the physical lines of one instruction as BuildKit's parser does: an escape character continues a line unless
 * another one precedes it; comment lines and blank lines inside a continuation do not count.
 */
export function joinLines(text: string, start: number, escapeChar: string): JoinedLines {
  const pieces: { at: number; source: number }[] = [];
  const comments: { start: number; end: number }[] = [];
  let joined = '';
  let end = start;
  for (let at = start; at < text.length; at = nextLine(text, end)) {
    end = lineEnd(text, at);
    const line = text.slice(at, end);
    const trimmed = line.trimStart();
    const isInner = at > start;
    if (isInner && trimmed.startsWith('#')) {
      comments.push({ start: at + line.length - trimmed.length, end });
    } else if (!isInner || trimmed !== '') {
      const kept = continuedPart(line, escapeChar);
      pieces.push({ at: joined.length, source: at });
      joined += kept ?? line;
      if (kept === null) break;
    }
  }
  return { joined: { text: joined, pieces }, comments, end };
}

/** Offset in the source of the character at `offset`; the end of the text maps to just after its last character. */
export function sourceOffset(joined: Joined, offset: number): number {
  const piece = joined.pieces.findLast((candidate) => candidate.at <= offset);
  return piece === undefined ? 0 : piece.source + offset - piece.at;
}

/** Source range of `[start, end)`; an end at a seam stays in the piece before it. */
export function sourceRange(joined: Joined, start: number, end: number): { start: number; end: number } {
  const from = sourceOffset(joined, start);
  return { start: from, end: end > start ? sourceOffset(joined, end - 1) + 1 : from };
}

/** The part `[start, end)` as a joined text of its own. */
export function sliceJoined(joined: Joined, start: number, end = joined.text.length): Joined {
  const first = { at: 0, source: sourceOffset(joined, start) };
  const rest = joined.pieces.filter((piece) => piece.at > start && piece.at < end);
  return {
    text: joined.text.slice(start, end),
    pieces: [first, ...rest.map((piece) => ({ at: piece.at - start, source: piece.source }))],
  };
}

/** End of the line that holds `at`, without its line break. */
export function lineEnd(text: string, at: number): number {
  const found = text.indexOf('\n', at);
  const end = found < 0 ? text.length : found;
  return end > at && found >= 0 && text.charAt(end - 1) === '\r' ? end - 1 : end;
}

/** Start of the line after the one that holds `end`. */
export function nextLine(text: string, end: number): number {
  const found = text.indexOf('\n', end);
  return found < 0 ? text.length : found + 1;
}

function continuedPart(line: string, escapeChar: string): string | null {
  const trimmed = line.replace(/[ \t]+$/, '');
  if (!trimmed.endsWith(escapeChar) || trimmed.at(-2) === escapeChar) return null;
  return trimmed.slice(0, -1);
}
