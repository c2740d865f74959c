import fc from 'fast-check';
import type { Files } from './seeds.ts';

/** Texts that have broken programs: instructions, shell, quotes, paths, marks, and much of the same. */
export const NASTY: readonly string[] = [
  'x\nRUN touch /injected',
  'x\r\nUSER root\r\n',
  'x \\\nRUN injected',
  '<<EOF',
  '$(touch injected)',
  '`touch injected`',
  '${HOME}',
  '$HOME',
  `"; touch injected; "`,
  `'; touch injected; '`,
  '"',
  "'",
  '\\',
  '&& touch injected',
  '| sh',
  '-rf',
  '--from=evil',
  '# syntax=evil',
  '../../../etc/passwd',
  '/etc/passwd',
  '.',
  '..',
  '',
  ' ',
  '\u0000',
  '\u001b[2J',
  '\u2028',
  '\u202e',
  '\uE000runtime\uE001',
  '\uFEFF',
  '日本 語',
  'héllo wörld',
  '😀',
  '*',
  '**/*',
  '[',
  ']',
  '{{this}}',
  '{{> header}}',
  '__proto__',
  'constructor',
  'toString',
  '1e999',
  'NaN',
  '99999999999999999999.99999999999.9999999',
  '>=0',
  '*.*.*',
  '^^^',
  '||',
  'a'.repeat(20_000),
  ' '.repeat(20_000),
  '('.repeat(5_000),
  '-'.repeat(5_000),
  '1.'.repeat(5_000),
  '/'.repeat(5_000),
  '"'.repeat(5_001),
];

const nasty: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
);

/** One change of one text. */
type Mutation = (text: string) => string;

const cut = fc.double({ min: 0, max: 1, noNaN: true });

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 2, arbitrary: cut.map((part) => (text: string) => text.slice(0, Math.floor(text.length * part))) },
  {
    weight: 6,
    arbitrary: fc.tuple(cut, nasty).map(
      ([part, word]) =>
        (text: string) =>
          replacedWord(text, part, word),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(cut, nasty).map(
      ([part, word]) =>
        (text: string) =>
          replacedText(text, part, word),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(cut, nasty).map(
      ([part, word]) =>
        (text: string) =>
          inserted(text, part, word),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(cut, cut).map(
      ([from, to]) =>
        (text: string) =>
          without(text, from, to),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(cut, fc.constantFrom(...JSON_VALUES())).map(
      ([part, value]) =>
        (text: string) =>
          replacedValue(text, part, value),
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom<Mutation>(crlf, bom, doubled, reversedLines, () => '') },
);

function JSON_VALUES(): readonly string[] {
  return ['null', '[]', '{}', '1', 'true', '[[["x"]]]', '{"a":{"b":1}}', '["x", 1, null]', '-0.5', '['.repeat(3000)];
}

/** One of the words of a text, as a reader would split it, replaced. */
function replacedWord(text: string, part: number, word: string): string {
  const words = [...text.matchAll(/[\w.^~><=*/:@-]+/g)];
  const found = words[Math.floor(words.length * part)];
  if (!found) return word;
  return text.slice(0, found.index) + word + text.slice(found.index + found[0].length);
}

/** What stands between a pair of quotes or tags, replaced; in JSON and TOML escaped, so that the file stays well-formed. */
function replacedText(text: string, part: number, word: string): string {
  const texts = [...text.matchAll(/"([^"\n]*)"|>([^<>\n]+)</g)];
  const found = texts[Math.floor(texts.length * part)];
  if (!found) return text;
  const isTag = found[2] !== undefined;
  const escaped = isTag ? `>${word.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}<` : JSON.stringify(word);
  return text.slice(0, found.index) + escaped + text.slice(found.index + found[0].length);
}

function replacedValue(text: string, part: number, value: string): string {
  const texts = [...text.matchAll(/(?<=[:=,[]\s*)"[^"\n]*"/g)];
  const found = texts[Math.floor(texts.length * part)];
  if (!found) return value;
  return text.slice(0, found.index) + value + text.slice(found.index + found[0].length);
}

function inserted(text: string, part: number, word: string): string {
  const at = Math.floor(text.length * part);
  return text.slice(0, at) + word + text.slice(at);
}

function without(text: string, from: number, to: number): string {
  const [start, end] = [Math.min(from, to), Math.max(from, to)];
  return text.slice(0, Math.floor(text.length * start)) + text.slice(Math.floor(text.length * end));
}

function crlf(text: string): string {
  return text.replaceAll('\n', '\r\n');
}

function bom(text: string): string {
  return `\uFEFF${text}`;
}

function doubled(text: string): string {
  return text + text;
}

function reversedLines(text: string): string {
  return text.split('\n').reverse().join('\n');
}

/** A folder or file name that a file system allows. */
const name = nasty
  .map((text) => text.replaceAll(/[/\u0000]/g, '').slice(0, 60))
  .filter((text) => !['', '.', '..'].includes(text));

/** A project with one to three changes in its files, sometimes in a folder or with a file of an odd name. */
export function mutated(seed: Files): fc.Arbitrary<Files> {
  const paths = Object.keys(seed);
  const changes = fc.array(fc.tuple(fc.constantFrom(...paths), mutation), { minLength: 1, maxLength: 3 });
  return fc.tuple(changes, fc.option(name, { freq: 6 }), fc.option(name, { freq: 6 })).map(([all, folder, renamed]) => {
    const files: Record<string, string> = { ...seed };
    for (const [path, change] of all) files[path] = change(files[path] ?? '');
    const entries = Object.entries(files).map(([path, text]) => [
      (folder === null ? '' : `${folder}/`) +
        (renamed === null ? path : path.replace(/[^/.]+(?=\.(?:py|ts|js|java)$)/, renamed)),
      text,
    ]);
    return Object.fromEntries(entries);
  });
}
