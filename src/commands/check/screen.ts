import type { Severity } from '../../model/finding.ts';
import type { Style } from '../../ui/style.ts';
import { printable, wrap } from '../../ui/text.ts';

/** A finding as the screen shows it: where, which line, what is wrong, what to do. */
export interface ShownFinding {
  readonly rule: string;
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly advice: string;
  /** first line of the instruction; `null` where the file is another one */
  readonly source: string | null;
}

/** Findings for people, in the order given, none wider than `columns`. */
export function findingLines(findings: readonly ShownFinding[], columns: number, style: Style): string {
  return findings.map((finding) => findingText(finding, columns, style)).join('\n');
}

function findingText(finding: ShownFinding, columns: number, style: Style): string {
  const { severity, file, line, rule, aliases, message, advice, source } = finding;
  const paint = severity === 'error' ? style.removed : severity === 'warning' ? style.warning : style.dim;
  const ids = aliases.length === 0 ? rule : `${rule} (${aliases.join(', ')})`;
  const head = `${style.strong(printable(`${file}:${line}`))}  ${paint(severity)}  ${style.dim(ids)}`;
  const code = source === null ? [] : [style.dim(`  ${shortened(printable(source), columns - 2)}`)];
  const text = wrap(`  ${printable(message)}`, columns, '  ');
  return [head, ...code, ...text, ...wrap(`  ${printable(advice)}`, columns, '  ').map(style.added), ''].join('\n');
}

function shortened(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, Math.max(1, columns - 1))}…`;
}

/** `2 errors, 1 warning`, or that there is nothing to say. */
export function findingsSummary(
  counts: Readonly<Record<Severity, number>>,
  outcome: { readonly files: number; readonly silenced: number; readonly fixed: number },
): string {
  const words = (['error', 'warning', 'info'] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => plural(counts[severity], severity === 'info' ? 'note' : severity));
  const checked = plural(outcome.files, 'file');
  const extra = [
    ...(outcome.fixed > 0 ? [`${outcome.fixed} fixed`] : []),
    ...(outcome.silenced > 0 ? [`${outcome.silenced} silenced`] : []),
  ];
  const all = [...(words.length === 0 ? ['nothing found'] : words), ...extra].join(', ');
  return `${all} in ${checked}\n`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
