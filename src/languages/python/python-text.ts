/** A text in a source: what stands between its quotes, and where it starts and ends with them (UTF-16 offsets). */
export interface PythonString {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/**
 * The code of a Python source with comments and texts blanked out, character for character, so that offsets stay and a pattern
 * never finds what is only talked about. Quotes stay, and the texts are listed.
 */
export function maskPython(text: string): { readonly code: string; readonly strings: readonly PythonString[] } {
  const strings: PythonString[] = [];
  const token =
    /#[^\n]*|("""|''')(?:\\[\s\S]|(?!\1)[\s\S])*(?:\1|$)|"(?:\\[\s\S]|[^"\\\n])*(?:"|(?=\n)|$)|'(?:\\[\s\S]|[^'\\\n])*(?:'|(?=\n)|$)/g;
  const code = text.replace(token, (found: string, triple: string | undefined, start: number) => {
    if (found.startsWith('#')) return ' '.repeat(found.length);
    const quote = triple?.length ?? 1;
    const isClosed = found.length >= quote * 2 && found.endsWith(found.slice(0, quote));
    const value = found.slice(quote, isClosed ? -quote : undefined);
    strings.push({ start, end: start + found.length, value });
    const blank = value.replaceAll(/[^\n]/g, ' ');
    return `${found.slice(0, quote)}${blank}${isClosed ? found.slice(-quote) : ''}`;
  });
  return { code, strings };
}

/** What stands between the bracket at `open` and its partner, without them; to the end of the code where there is none. */
export function insideBrackets(code: string, open: number): string {
  let depth = 0;
  for (let at = open; at < code.length; at += 1) {
    const character = code[at];
    if (character === '(' || character === '[' || character === '{') depth += 1;
    else if (character === ')' || character === ']' || character === '}') depth -= 1;
    if (depth === 0) return code.slice(open + 1, at);
  }
  return code.slice(open + 1);
}
