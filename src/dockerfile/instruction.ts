import type { Instruction, Joined } from './file.ts';
import { readHeredocs } from './heredocs.ts';
import { joinLines, sliceJoined, sourceOffset } from './joined.ts';
import type { Lines } from './lines.ts';
import { execForm, splitFlags, splitWords } from './words.ts';

const KEYWORDS = new Set([
  ...['ADD', 'ARG', 'CMD', 'COPY', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'FROM', 'HEALTHCHECK', 'LABEL', 'MAINTAINER'],
  ...['ONBUILD', 'RUN', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'],
]);
const WITH_EXEC_FORM = new Set(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'RUN', 'SHELL', 'VOLUME']);
const WITH_HEREDOCS = new Set(['ADD', 'COPY', 'RUN']);

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

/** Reads the instruction that starts at `start`: keyword, flags, arguments, and the heredocs behind its logical line. */
export function readInstruction(source: Source, start: number, index: number): ReadInstruction {
  const { joined, comments, end } = joinLines(source.text, start, source.escape);
  return { instruction: readJoined(source, joined, index, { start, headEnd: end }), comments };
}

interface Place {
  readonly start: number;
  /** end of the logical line */
  readonly headEnd: number;
}

function readJoined(source: Source, joined: Joined, index: number, { start, headEnd }: Place): Instruction {
  const written = /^\S*/.exec(joined.text)?.[0] ?? '';
  const keyword = written.toUpperCase();
  const { flags, end: flagsEnd } = splitFlags(joined, written.length);
  const body = sliceJoined(joined, flagsEnd);
  const trigger = keyword === 'ONBUILD' && body.text !== '' ? readTrigger(source, body, index, headEnd) : null;
  const { heredocs, end } = WITH_HEREDOCS.has(trigger?.keyword ?? keyword)
    ? readHeredocs(source.text, body.text, headEnd)
    : { heredocs: [], end: headEnd };
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
    heredocs,
    trigger,
    start,
    end,
    line: source.lines.lineAt(start),
    endLine: source.lines.lineAt(Math.max(start, end - 1)),
  };
}

function readTrigger(source: Source, body: Joined, index: number, headEnd: number): Instruction {
  return readJoined(source, body, index, { start: sourceOffset(body, 0), headEnd });
}

function readExecForm(keyword: string, body: string): string[] | null {
  if (WITH_EXEC_FORM.has(keyword)) return execForm(body);
  if (keyword !== 'HEALTHCHECK') return null;
  const command = /^CMD\s/i.exec(body);
  return command === null ? null : execForm(body.slice(command[0].length));
}
