import type { Dockerfile } from './file.ts';

/** A stretch of the text: an instruction or a directive, or the gap between two of them. */
export interface Piece {
  readonly kind: 'instruction' | 'directive' | 'gap';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A replacement of `[start, end)`; `start === end` inserts. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The whole text in order; joined together the pieces are the text, byte for byte. */
export function filePieces(file: Dockerfile): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const add = (kind: Piece['kind'], start: number, end: number): void => {
    if (end > start) pieces.push({ kind, text: file.text.slice(start, end), start, end });
  };
  const nodes = [
    ...file.directives.map((directive) => ({ ...directive, kind: 'directive' as const })),
    ...file.instructions.map((instruction) => ({ ...instruction, kind: 'instruction' as const })),
  ];
  for (const node of nodes) {
    add('gap', at, node.start);
    add(node.kind, Math.max(at, node.start), node.end);
    at = Math.max(at, node.end);
  }
  add('gap', at, file.text.length);
  return pieces;
}

/** Applies edits by offset and leaves every other byte alone. Of two edits that overlap the later one is left out. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((one, other) => one.start - other.start || one.end - other.end);
  let result = '';
  let at = 0;
  for (const edit of sorted) {
    if (edit.start < at) continue;
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}
