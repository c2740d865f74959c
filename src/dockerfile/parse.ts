import type { Comment, Directive, Dockerfile, Instruction, Range, Stage } from './file.ts';
import { readInstruction, type Source } from './instruction.ts';
import { lineEnd, nextLine } from './joined.ts';
import { lineTable } from './lines.ts';

/** The engine knows no others; any other one is a comment. */
const DIRECTIVE = /^#\s*(syntax|escape|check)\s*=\s*(.+?)\s*$/i;
const LIKE_DIRECTIVE = /^#\s*[a-zA-Z][a-zA-Z0-9]*\s*=\s*.+$/;

/**
 * Parses any text, by the rules of BuildKit's parser (frontend/dockerfile/parser); it never throws. What is no Dockerfile
 * gives instructions that are not `known`.
 */
export function parseDockerfile(text: string): Dockerfile {
  const lines = lineTable(text);
  const directives = readDirectives(text, lines);
  const escapeChar = directives.some(({ name, value }) => name === 'escape' && value === '`') ? '`' : '\\';
  const source: Source = { text, escape: escapeChar, lines };
  const instructions: Instruction[] = [];
  const comments: Comment[] = [];
  let stage: number | null = null;
  for (let at = textStart(text); at < text.length; ) {
    const end = lineEnd(text, at);
    const start = at + indentation(text.slice(at, end));
    at = nextLine(text, end);
    if (start === end || directives.some((directive) => directive.start === start)) continue;
    if (text.charAt(start) === '#') {
      comments.push(commentAt(source, start, end, null));
      continue;
    }
    const read = readInstruction(source, start, instructions.length);
    if (read.instruction.keyword === 'FROM') stage = (stage ?? -1) + 1;
    instructions.push({ ...read.instruction, stage });
    for (const inner of read.comments) comments.push(commentAt(source, inner.start, inner.end, read.instruction.index));
    at = nextLine(text, read.instruction.end);
  }
  return {
    text,
    escape: escapeChar,
    directives,
    comments,
    instructions,
    globals: instructions.filter((instruction) => instruction.stage === null),
    stages: readStages(instructions),
  };
}

/** Directives end at the first line that does not look like one. */
function readDirectives(text: string, lines: Source['lines']): Directive[] {
  const directives: Directive[] = [];
  for (let at = textStart(text); at < text.length; ) {
    const end = lineEnd(text, at);
    const start = at + indentation(text.slice(at, end));
    const line = text.slice(start, end);
    if (!LIKE_DIRECTIVE.test(line)) break;
    const [, name, value] = DIRECTIVE.exec(line) ?? [];
    const range = { start, end, line: lines.lineAt(start), endLine: lines.lineAt(start) };
    if (name !== undefined && value !== undefined) directives.push({ name: name.toLowerCase(), value, ...range });
    at = nextLine(text, end);
  }
  return directives;
}

function textStart(text: string): number {
  return text.startsWith('\uFEFF') ? 1 : 0;
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}

function commentAt(source: Source, start: number, end: number, inside: number | null): Comment {
  const range: Range = { start, end, line: source.lines.lineAt(start), endLine: source.lines.lineAt(start) };
  return { text: source.text.slice(start + 1, end).trim(), inside, ...range };
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
