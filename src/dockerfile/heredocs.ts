import type { Heredoc } from './file.ts';
import { lineEnd, nextLine } from './joined.ts';

/** Reads the bodies that follow an instruction whose logical line is `head`; `at` is where the line after it starts. */
export function readHeredocs(text: string, head: string, at: number, limit: number): Heredoc[] {
  const heredocs: Heredoc[] = [];
  let next = at;
  for (const { name, expands, chomps } of heredocNames(head)) {
    const start = next;
    let end = limit;
    while (next < limit) {
      const lineStop = lineEnd(text, next, limit);
      const line = text.slice(next, lineStop);
      const after = nextLine(text, lineStop, limit);
      if ((chomps ? line.replace(/^\t+/, '') : line) === name) {
        end = next;
        next = after;
        break;
      }
      next = after;
    }
    heredocs.push({ name, expands, chomps, text: text.slice(start, end), start, end });
  }
  return heredocs;
}

/** Only whole words count: `foo<<EOF` and `a << b` are not heredocs for the engine. */
function heredocNames(head: string): { name: string; expands: boolean; chomps: boolean }[] {
  const names: { name: string; expands: boolean; chomps: boolean }[] = [];
  for (const match of withoutQuotedText(head).matchAll(
    /(?<=^|\s)\d*<<(-?)("[^"]*"|'[^']*'|[^\s<"'|&;]+)(?=$|\s|[|&;>)])/g,
  )) {
    const written = match[2] ?? '';
    const name = written.replaceAll(/["']/g, '');
    if (name !== '') names.push({ name, expands: name === written, chomps: match[1] === '-' });
  }
  return names;
}

/** Quoted text cannot open a heredoc, but the heredoc's own name may be quoted. */
function withoutQuotedText(head: string): string {
  return head.replaceAll(/(<<-?)?("(?:\\.|[^"\\])*"|'[^']*')/g, (whole, opener?: string) =>
    opener === undefined ? ' '.repeat(whole.length).replace(/^ | $/g, '_') : whole,
  );
}
