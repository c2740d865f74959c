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

/** One argument of a call: where its value starts, and its name where it has one. */
export interface Argument {
  readonly start: number;
  readonly name: string | null;
}

/** The arguments of the call, or the items of the list, whose bracket is at `open`. */
export function argumentsIn({ code }: { readonly code: string }, open: number): readonly Argument[] {
  const inside = insideBrackets(code, open);
  const found: Argument[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= inside.length; at += 1) {
    const character = inside[at];
    if (character === '(' || character === '[' || character === '{') depth += 1;
    else if (character === ')' || character === ']' || character === '}') depth -= 1;
    if (at < inside.length && (character !== ',' || depth > 0)) continue;
    const text = inside.slice(start, at);
    const [head = '', name] = /^\s*(?:(\w+)\s*=(?!=)\s*)?/.exec(text) ?? [];
    if (text.trim() !== '') found.push({ start: open + 1 + start + head.length, name: name ?? null });
    start = at + 1;
  }
  return found;
}

/** Where the value before a dot starts: names, calls, subscripts and texts in a row. */
export function receiverStart(code: string, dot: number): number {
  let at = dot;
  for (;;) {
    const before = code[at - 1] ?? '';
    if (before === ')' || before === ']') at = openingOf(code, at - 1);
    else if (/[\w.]/.test(before)) at -= 1;
    else return at;
  }
}

function openingOf(code: string, close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at -= 1) {
    if (/[)\]}]/.test(code[at] ?? '')) depth += 1;
    else if (/[([{]/.test(code[at] ?? '')) depth -= 1;
    if (depth === 0) return at;
  }
  return 0;
}
