import type { Instruction, Joined } from './file.ts';
import { readHeredocs } from './heredocs.ts';
import { joinLines, nextLine, sliceJoined, sourceOffset } from './joined.ts';
import type { Lines } from './lines.ts';
import { execForm, splitFlags, splitWords } from './words.ts';

const KEYWORDS = new Set([
  ...['ADD', 'ARG', 'CMD', 'COPY', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'FROM', 'HEALTHCHECK', 'LABEL', 'MAINTAINER'],
  ...['ONBUILD', 'RUN', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'],
]);
const WITH_EXEC_FORM = new Set(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'RUN', 'SHELL', 'VOLUME']);
const WITH_HEREDOCS = new Set(['ADD', 'COPY', 'RUN', 'ONBUILD']);

export interface Source {
  readonly text: string;
  readonly escape: string;
  readonly lines: Lines;
}

export interface ReadInstruction {
  /** its `stage` is still open */
  readonly instruction: Instruction;
  readonly comments: readonly { readonly start: number; readonly end: number }[];
}

/** Reads the instruction in `[start, end)`: keyword, flags, arguments, and the heredocs behind its logical line. */
export function readInstruction(source: Source, start: number, end: number, index: number): ReadInstruction {
  const { joined, comments, end: headEnd } = joinLines(source.text, start, end, source.escape);
  const instruction = readJoined(source, joined, index, { start, headEnd, end });
  return { instruction, comments };
}

function readJoined(
  source: Source,
  joined: Joined,
  index: number,
  place: { readonly start: number; readonly headEnd: number; readonly end: number },
): Instruction {
  const written = /^\S*/.exec(joined.text)?.[0] ?? '';
  const keyword = written.toUpperCase();
  const { flags, end: flagsEnd } = splitFlags(joined, written.length);
  const body = sliceJoined(joined, flagsEnd);
  const after = nextLine(source.text, place.headEnd, place.end);
  return {
    index,
    stage: null,
    keyword,
    written,
    known: KEYWORDS.has(keyword),
    flags,
    body,
    words: splitWords(body),
    json: readExecForm(keyword, body.text),
    heredocs: WITH_HEREDOCS.has(keyword) ? readHeredocs(source.text, body.text, after, place.end) : [],
    trigger: keyword === 'ONBUILD' && body.text !== '' ? readTrigger(source, body, index, place) : null,
    start: place.start,
    end: place.end,
    line: source.lines.lineAt(place.start),
    endLine: source.lines.lineAt(Math.max(place.start, place.end - 1)),
  };
}

function readTrigger(
  source: Source,
  body: Joined,
  index: number,
  place: { readonly headEnd: number; readonly end: number },
): Instruction {
  return readJoined(source, body, index, { ...place, start: sourceOffset(body, 0) });
}

function readExecForm(keyword: string, body: string): string[] | null {
  if (WITH_EXEC_FORM.has(keyword)) return execForm(body);
  if (keyword !== 'HEALTHCHECK') return null;
  const command = /^CMD\s/i.exec(body);
  return command === null ? null : execForm(body.slice(command[0].length));
}
