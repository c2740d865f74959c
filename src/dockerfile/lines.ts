/** Where each line of a text starts. A lone carriage return ends a line too, as it does for the parser. */
export interface Lines {
  /** 1-based line of an offset */
  lineAt(offset: number): number;
  /** offset of a 0-based line and character */
  offsetAt(position: { readonly line: number; readonly character: number }): number;
}

export function lineTable(text: string): Lines {
  const starts = [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), (match) => match.index + match[0].length)];
  return {
    lineAt: (offset) => lastNotAfter(starts, offset) + 1,
    offsetAt: ({ line, character }) => (starts[line] ?? text.length) + character,
  };
}

function lastNotAfter(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
