import type { IgnoreGroup } from '../model/plan.ts';
import type { Style } from './style.ts';
import { wrap } from './text.ts';

/** A Dockerfile for the screen: no line is wider than `columns`, comments step back, instructions stand out. */
export function dockerfileLines(text: string, columns: number, style: Style): string {
  return text
    .trimEnd()
    .split('\n')
    .flatMap((line) => wrap(line, columns, '      ').map((part, index) => (index === 0 ? painted(part, style) : part)))
    .join('\n');
}

function painted(line: string, style: Style): string {
  if (line.startsWith('#')) return style.dim(line);
  return line.replace(/^[A-Z]+(?= )/, (keyword) => style.name(keyword));
}

/** A .dockerignore for the screen: it is long and dull, so each block is one line of patterns. */
export function ignoreLines(groups: readonly IgnoreGroup[], columns: number, style: Style): string {
  return groups
    .flatMap(({ title, patterns }) => [style.dim(`# ${title}`), ...wrap(patterns.join('  '), columns)])
    .join('\n');
}
