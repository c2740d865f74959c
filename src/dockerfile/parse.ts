import { DockerfileParser } from 'dockerfile-ast';
import type { Comment, Directive, Dockerfile, Instruction, Range, Stage } from './file.ts';
import { readInstruction, type Source } from './instruction.ts';
import { lineTable } from './lines.ts';

const DIRECTIVES = new Set(['syntax', 'escape', 'check']);

/** Parses any text; it never throws. What is no Dockerfile gives instructions that are not `known`. */
export function parseDockerfile(text: string): Dockerfile {
  const lines = lineTable(text);
  const indexed = DockerfileParser.parse(hideFalseContinuations(text));
  const source: Source = { text, escape: indexed.getEscapeCharacter(), lines };
  const directives: Directive[] = [];
  for (const found of indexed.getDirectives()) {
    const name = found.getName().toLowerCase();
    const start = lines.offsetAt(found.getRange().start);
    const end = lines.offsetAt(found.getRange().end);
    const value = text.slice(lines.offsetAt(found.getValueRange().start), end).trim();
    if (DIRECTIVES.has(name)) directives.push({ name, value, ...rangeOf(source, start, end) });
  }
  const instructions: Instruction[] = [];
  const inner: Comment[] = [];
  let stage: number | null = null;
  for (const found of indexed.getInstructions()) {
    const start = lines.offsetAt(found.getRange().start);
    const end = lines.offsetAt(found.getRange().end);
    const { instruction, comments } = readInstruction(source, start, end, instructions.length);
    if (instruction.keyword === 'FROM') stage = (stage ?? -1) + 1;
    instructions.push({ ...instruction, stage });
    for (const comment of comments) inner.push(commentAt(source, comment.start, comment.end, instruction.index));
  }
  const comments = [...outerComments(source, directives, instructions), ...inner];
  return {
    text,
    escape: source.escape,
    directives,
    comments: comments.sort((one, other) => one.start - other.start),
    instructions,
    globals: instructions.filter((instruction) => instruction.stage === null),
    stages: readStages(instructions),
  };
}

/**
 * The parser takes a line that ends in two escape characters as continued; the engine does not. It only gives us
 * offsets, so it may read a copy of the same length in which the second one is another character.
 */
function hideFalseContinuations(text: string): string {
  return text.replaceAll(/([\\`])\1(?=[ \t]*\r?$)/gm, '$1x');
}

function outerComments(
  source: Source,
  directives: readonly Directive[],
  instructions: readonly Instruction[],
): Comment[] {
  const comments: Comment[] = [];
  const taken: readonly Range[] = [...directives, ...instructions];
  let at = 0;
  for (const end of [...taken.map((range) => range.start), source.text.length]) {
    const gap = source.text.slice(at, end);
    for (const match of gap.matchAll(/^\uFEFF?[ \t]*(#[^\r\n]*)/gm)) {
      const stop = at + match.index + match[0].length;
      comments.push(commentAt(source, stop - (match[1] ?? '').length, stop, null));
    }
    at = taken.find((range) => range.start === end)?.end ?? end;
  }
  return comments;
}

function commentAt(source: Source, start: number, end: number, inside: number | null): Comment {
  return { text: source.text.slice(start + 1, end).trim(), inside, ...rangeOf(source, start, end) };
}

function rangeOf(source: Source, start: number, end: number): Range {
  return { start, end, line: source.lines.lineAt(start), endLine: source.lines.lineAt(end) };
}

function readStages(instructions: readonly Instruction[]): Stage[] {
  const stages: Stage[] = [];
  for (const from of instructions.filter((instruction) => instruction.keyword === 'FROM')) {
    const own = instructions.filter((instruction) => instruction.stage === stages.length && instruction !== from);
    const [image, as, name] = from.words;
    const last = own.at(-1) ?? from;
    stages.push({
      index: stages.length,
      name: as?.text.toUpperCase() === 'AS' && name !== undefined ? name.text.toLowerCase() : null,
      image: image?.text ?? '',
      platform: from.flags.find((flag) => flag.name === 'platform')?.value ?? null,
      from,
      instructions: own,
      start: from.start,
      end: last.end,
      line: from.line,
      endLine: last.endLine,
    });
  }
  return stages;
}
