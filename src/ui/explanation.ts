import type { Explanation } from '../model/output.ts';
import type { Style } from './style.ts';
import { printable, wrap } from './text.ts';

/** Every line of the files with the reason and the facts behind it; the lines of one instruction share their reason. */
export function explanationText(explanations: readonly Explanation[], columns: number, style: Style): string {
  const lines: string[] = [];
  let before: Explanation | null = null;
  for (const one of explanations) {
    if (one.path !== before?.path) lines.push(...(before ? [''] : []), style.strong(one.path), '');
    lines.push(`${style.dim(String(one.line).padStart(4))}  ${printable(one.text)}`);
    for (const reason of reasons(one))
      lines.push(...wrap(reason, columns - 8).map((line) => `        ${style.dim(line)}`));
    before = one;
  }
  return `${lines.join('\n')}\n`;
}

function reasons({ rule, why, facts }: Explanation): readonly string[] {
  const found = facts.map(({ from, value, holds }) => `${from} says ${holds ?? JSON.stringify(value)}`);
  return [`${rule}: ${why}`, ...found].map(printable);
}
