/** Which line an offset is on. */
export interface Lines {
  /** 1-based */
  lineAt(offset: number): number;
}

export function lineTable(text: string): Lines {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), (match) => match.index + 1)];
  return { lineAt: (offset) => lastNotAfter(starts, offset) + 1 };
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
