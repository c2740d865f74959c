/** The known word that is most like the given one, for "did you mean"; `null` where none is near. */
export function nearest(word: string, known: Iterable<string>): string | null {
  let best: { readonly word: string; readonly distance: number } | null = null;
  for (const candidate of known) {
    const distance = candidate.startsWith(word) && word.length > 1 ? 1 : editDistance(word, candidate);
    if (distance <= Math.max(2, Math.floor(candidate.length / 3)) && distance < (best?.distance ?? Infinity)) {
      best = { word: candidate, distance };
    }
  }
  return best?.word ?? null;
}

/** Levenshtein: insertions, deletions and replacements, one row at a time. */
function editDistance(from: string, to: string): number {
  // A long argument is no misspelt flag, and the table below grows with its length.
  if (from.length > 40) return from.length;
  let row = Array.from({ length: to.length + 1 }, (_cell, index) => index);
  for (let at = 1; at <= from.length; at += 1) {
    const next = [at];
    for (let other = 1; other <= to.length; other += 1) {
      const replaced = (row[other - 1] ?? 0) + (from[at - 1] === to[other - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[other] ?? 0) + 1, (next[other - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? to.length;
}
