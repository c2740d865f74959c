import type { IgnoreGroup } from '../model/plan.ts';
import type { Style } from './style.ts';
import { wrap } from './text.ts';

/** A Dockerfile for the screen: no line is wider than `columns`, comments step back, instructions stand out. */
export function dockerfileLines(text: string, columns: number, style: Style): string {
  return text
    .trimEnd()
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('#')) return wrap(line, columns, '#   ').map(style.dim);
      const [first = '', ...more] = wrap(line, columns, '      ');
      return [first.replace(/^[A-Z]+(?= )/, style.name), ...more];
    })
    .join('\n');
}

/** A .dockerignore for the screen: it is long and dull, so each block is one paragraph of patterns. */
export function ignoreLines(groups: readonly IgnoreGroup[], columns: number, style: Style): string {
  return groups
    .flatMap(({ title, patterns }) => [
      ...wrap(`# ${title}`, columns, '#   ').map(style.dim),
      ...wrap(patterns.join(', '), columns),
    ])
    .join('\n');
}
