import type { Instruction } from '../dockerfile/file.ts';
import type { Edit } from '../dockerfile/pieces.ts';
import { applyEdits } from '../dockerfile/pieces.ts';
import type { Part } from './judge.ts';
import type { PackageWord } from './packages.ts';

/** A unit of a RUN that stays in the final stage, with the packages of it that change. */
export interface KeptPart {
  readonly part: Part;
  readonly words: readonly PackageWord[];
}

/**
 * The text of a RUN of which only some units are left: slices of the original with its own separators, comments and
 * layout. `null`: nothing is left.
 */
export function keptRun(
  text: string,
  instruction: Instruction,
  parts: readonly Part[],
  kept: readonly KeptPart[],
): string | null {
  const [first] = parts;
  const last = kept.at(-1);
  if (first === undefined || last === undefined) return null;
  const isWhole =
    kept.length === parts.length &&
    kept.every((one) => one.words.every(({ fates }) => fates.every((fate) => fate.kind === 'keep')));
  if (isWhole) return text.slice(instruction.start, instruction.end);
  let result = text.slice(instruction.start, first.unit.start);
  for (const [index, one] of kept.entries()) {
    const position = parts.indexOf(one.part);
    const before = parts[position - 1];
    if (index > 0 && before !== undefined) result += text.slice(before.unit.end, one.part.unit.start);
    result += unitText(text, one);
  }
  const isLast = last.part === parts.at(-1);
  const rest = text.slice(isLast ? last.part.unit.end : (parts.at(-1)?.unit.end ?? instruction.end), instruction.end);
  return isLast || instruction.heredocs.length > 0 ? result + rest : result;
}

/** Words of packages that only build are cut out with the blanks (and line) before them. */
function unitText(text: string, { part, words }: KeptPart): string {
  const { start, end } = part.unit;
  const edits: Edit[] = [];
  // two header packages may stand for the same library
  const seen = new Set(words.flatMap(({ names, fates }) => names.filter((_, index) => fates[index]?.kind === 'keep')));
  for (const { word, names, fates } of words) {
    const next = names.flatMap((name, index) => {
      const fate = fates[index];
      if (fate === undefined || fate.kind === 'keep') return [name];
      if (fate.kind === 'drop') return [];
      const fresh = fate.packages.filter((one) => !seen.has(one));
      for (const one of fresh) seen.add(one);
      return fresh;
    });
    if (fates.every((fate) => fate.kind === 'keep')) continue;
    if (next.length > 0) edits.push({ start: word.start - start, end: word.end - start, text: next.join(' ') });
    else edits.push({ start: gapBefore(text, word.start) - start, end: word.end - start, text: '' });
  }
  return applyEdits(text.slice(start, end), edits);
}

/** Where the blanks, continuation and line break before an offset begin; a comment line in between stays. */
function gapBefore(text: string, at: number): number {
  const match = /(?:[ \t]*[\\`]\r?\n)?[ \t]*$/.exec(text.slice(0, at));
  return match === null ? at : match.index;
}
