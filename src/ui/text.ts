/**
 * Control characters and marks of text direction, shown instead of sent: a file's contents must not be able to move the
 * cursor or to hide what stands on the screen. Line breaks stay.
 */
export function printable(text: string): string {
  return text.replaceAll(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

/**
 * Breaks each line of a text at blanks, so that none is wider than `columns`; the lines that follow start with `indent`.
 * A word that is wider than that is broken too.
 */
export function wrap(text: string, columns: number, indent = ''): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(columns, indent.length + 10), indent));
}

function wrapLine(text: string, columns: number, indent: string): readonly string[] {
  if (text.length <= columns) return [text];
  const lines: string[] = [];
  let line = /^ */.exec(text)?.[0] ?? '';
  let isStart = true;
  for (const word of text.trim().split(/ +/)) {
    if (!isStart && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = indent;
      isStart = true;
    }
    line += isStart ? word : ` ${word}`;
    isStart = false;
    for (; line.length > columns; line = indent + line.slice(columns)) lines.push(line.slice(0, columns));
  }
  return [...lines, line];
}
