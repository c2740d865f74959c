import type { Instruction } from '../../dockerfile/file.ts';
import { sourceRange } from '../../dockerfile/joined.ts';
import { execForm } from '../../dockerfile/words.ts';
import { at, type Catch, type Rule } from '../rule.ts';

export const execFormBroken: Rule = {
  id: 'exec-form-broken',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ keyword = '' }) =>
    `This looks like the exec form but is no JSON, so ${keyword} is taken as shell text and fails.`,
  advice: () => 'Use straight double quotes and commas: ["program", "argument"].',
  find: (view) => view.file.instructions.flatMap(broken),
};

function broken(instruction: Instruction): Catch[] {
  const { keyword, body, json } = instruction;
  if (!['CMD', 'ENTRYPOINT', 'SHELL', 'VOLUME', 'RUN'].includes(keyword) || json !== null) return [];
  const text = body.text.trim();
  if (keyword === 'RUN') return /^\["/.test(text) ? [{ ...at(instruction), args: { keyword } }] : [];
  const looksClosed = /^\[\s*["'“”‘’`\w/]/u.test(text) && /\]$/.test(text) && !/^\[\s+-/.test(text);
  // a comma after the first string: no test of the shell, whatever stands behind the bracket
  if (!looksClosed && !/^\[\s*"[^"$]*"\s*,/.test(text)) return [];
  const repaired = text
    .replaceAll(/[“”„]/gu, '"')
    .replaceAll(/[‘’]/gu, "'")
    .replaceAll(/'([^'"\\]*)'/g, '"$1"')
    .replace(/,\s*\]$/, ']');
  const args = { keyword };
  if (execForm(repaired) === null || body.pieces.length > 1) return [{ ...at(instruction), args }];
  const start = body.text.indexOf(text);
  return [{ ...at(instruction), args, fix: { ...sourceRange(body, start, start + text.length), text: repaired } }];
}
