const OPERATORS = /^(?:&&|\|\||[|;&<>]|\d?>>?(?:&\d)?)$/;

/** A command as a list of words: a JSON list as it is, or words with quotes as in a shell, without its other features. */
export function parseCommand(text: string): readonly string[] {
  const list = jsonList(text);
  if (list !== null) return list;
  const words = text.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_all, double, single) => double ?? single ?? ''));
}

/** The complaint about a command that a person typed, or `null`. No shell will read it, so nothing may need one. */
export function commandComplaint(text: string): string | null {
  const list = jsonList(text);
  if (list === null && /["']/.test(text.replaceAll(/"[^"]*"|'[^']*'/g, ''))) return 'a quote is not closed';
  const words = list ?? parseCommand(text);
  const first = words[0] ?? '';
  if (first === '') return 'a command has at least one word';
  if (list !== null) return null;
  if (/^[A-Za-z_]\w*=/.test(first)) return 'no shell reads it, so a variable cannot be set before the program';
  if (words.some((word) => OPERATORS.test(word)))
    return 'no shell reads it; where one is needed, write ["sh", "-c", "…"]';
  return null;
}

function jsonList(text: string): readonly string[] | null {
  if (!text.trimStart().startsWith('[')) return null;
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
