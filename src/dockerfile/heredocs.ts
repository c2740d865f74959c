import type { Heredoc } from './file.ts';
import { lineEnd, nextLine } from './joined.ts';

/** Reads the bodies behind an instruction whose logical line is `head` and ends at `headEnd`, and says where the last one ends. */
export function readHeredocs(text: string, head: string, headEnd: number): { heredocs: Heredoc[]; end: number } {
  const heredocs: Heredoc[] = [];
  let end = headEnd;
  for (const { name, expands, chomps } of heredocNames(head)) {
    const start = nextLine(text, end);
    let stop = text.length;
    end = text.length;
    for (let at = start; at < text.length; at = nextLine(text, at)) {
      const lineStop = lineEnd(text, at);
      const line = text.slice(at, lineStop);
      if ((chomps ? line.replace(/^\t+/, '') : line) !== name) continue;
      stop = at;
      end = lineStop;
      break;
    }
    heredocs.push({ name, expands, chomps, text: text.slice(start, stop), start, end: stop });
  }
  return { heredocs, end };
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
