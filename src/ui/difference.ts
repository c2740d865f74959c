import { createTwoFilesPatch } from 'diff';
import type { Style } from './style.ts';
import { printable, wrap } from './text.ts';

const MOST_LINES = 80;

/** The difference of two texts, as `diff -u` shows it, coloured and cut at 80 lines. */
export function differenceLines(before: string, after: string, columns: number, style: Style): string {
  const patch = createTwoFilesPatch('', '', before, after, undefined, undefined, { context: 2 });
  const all = patch.split('\n');
  const start = Math.max(
    all.findIndex((line) => line.startsWith('@@')),
    0,
  );
  const lines = all.slice(start).filter((line) => line !== '');
  const shown = lines
    .slice(0, MOST_LINES)
    .flatMap((line) =>
      wrap(printable(line.replace(/\r$/, '␍')), columns, '      ').map((part) => painted(line, part, style)),
    );
  const more = lines.length - MOST_LINES;
  return [...shown, ...(more > 0 ? [style.dim(`… ${more} lines more`)] : [])].join('\n');
}

function painted(line: string, part: string, style: Style): string {
  if (line.startsWith('+')) return style.added(part);
  if (line.startsWith('-')) return style.removed(part);
  return style.dim(part);
}
