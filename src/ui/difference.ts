import { createTwoFilesPatch } from 'diff';
import type { Style } from './style.ts';
import { printable, wrap } from './text.ts';

const MOST_LINES = 80;

/** The difference of two texts, as `diff -u` shows it, coloured and cut at 80 lines. */
export function differenceLines(before: string, after: string, columns: number, style: Style): string {
  const lines = patchLines(before, after, 2);
  const shown = paintedLines(lines.slice(0, MOST_LINES), columns, style, style.dim);
  const more = lines.length - MOST_LINES;
  return [...shown, ...(more > 0 ? [style.dim(`… ${more} lines more`)] : [])].join('\n');
}

/** The whole new text, with what was added and what was removed marked and coloured. */
export function markedText(before: string, after: string, columns: number, style: Style): string {
  const lines = patchLines(before, after, Number.MAX_SAFE_INTEGER).filter((line) => !line.startsWith('@@'));
  return paintedLines(lines, columns, style, (text) => text).join('\n');
}

function patchLines(before: string, after: string, context: number): string[] {
  const all = createTwoFilesPatch('', '', before, after, undefined, undefined, { context }).split('\n');
  const start = all.findIndex((line) => line.startsWith('@@'));
  return all.slice(Math.max(start, 0)).filter((line) => line !== '');
}

/** `plain` paints what stands in both. */
function paintedLines(
  lines: readonly string[],
  columns: number,
  style: Style,
  plain: (text: string) => string,
): string[] {
  return lines.flatMap((line) => {
    const paint = line.startsWith('+') ? style.added : line.startsWith('-') ? style.removed : plain;
    return wrap(printable(line.replace(/\r$/, '␍')), columns, '      ').map(paint);
  });
}
