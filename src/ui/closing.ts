import type { Style } from './style.ts';
import { wrap } from './text.ts';

/** A file of the result: what became of it, and where the old one is. */
export interface ClosedFile {
  readonly path: string;
  readonly action: string;
  readonly backup: string | null;
}

/** What was written, one file a row. */
export function writtenRows(files: readonly ClosedFile[], columns: number, style: Style): string {
  const left = Math.max(...files.map(({ path }) => path.length)) + 2;
  return files
    .flatMap(({ path, action, backup }) => {
      const outcome = backup === null ? action : `${action}, the old one is ${backup}`;
      const row = path.padEnd(left) + outcome;
      if (row.length <= columns) return [path.padEnd(left) + style.dim(outcome)];
      return [path, ...wrap(`  ${outcome}`, columns, '  ').map(style.dim)];
    })
    .join('\n');
}
