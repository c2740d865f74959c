import type { ContractRow } from '../../convert/contract.ts';
import type { ConversionReport } from '../../convert/report.ts';
import { markedText } from '../../ui/difference.ts';
import type { Style } from '../../ui/style.ts';
import { printable, wrap } from '../../ui/text.ts';

/** Below this width what belongs to a name stands under it. */
const NARROW = 64;
const INDENT = '      ';

/** Everything about a conversion, for people: new file, moves, copies, contract, estimate, notes, improvements. */
export function conversionScreen(
  before: string,
  after: string,
  report: ConversionReport,
  columns: number,
  style: Style,
): string {
  const notes = (sentences: readonly string[]) => sentences.flatMap((one) => wrap(`- ${one}`, columns, '  '));
  const blocks = [
    titled('New file (+ new, - gone)', [markedText(before, after, columns, style)], style),
    titled('What went where, and why', moveLines(report, columns), style),
    titled('Copied from the build stage', copyLines(report, columns), style),
    titled('Runtime contract, old against new', contractLines(report.contract, columns, style), style),
    titled('Estimate', wrap(`  ${estimateText(report)}`, columns, '  '), style),
    titled('Good to know', notes(report.notes), style),
  ];
  const improvements = notes(report.improvements.map(({ sentence }) => sentence));
  if (improvements.length > 0) blocks.push(titled('Changed on request', improvements, style));
  const offered = notes(report.offered.map(({ sentence }) => sentence));
  if (offered.length > 0) blocks.push(titled('Left as it is; --harden changes it', offered, style));
  return `${blocks.join('\n\n')}\n`;
}

function titled(title: string, lines: readonly string[], style: Style): string {
  return `${style.strong(title)}\n${lines.join('\n')}`;
}

function moveLines({ moves }: ConversionReport, columns: number): string[] {
  return moves.flatMap(({ line, instruction, where, why }) => {
    const head = `${String(line).padStart(4)}  ${where.padEnd(11)}  `;
    const text = printable(`${instruction}: ${why}`);
    if (columns < NARROW) return [head.trimEnd(), ...wrap(`${INDENT}${text}`, columns, INDENT)];
    return headed(head, text, columns);
  });
}

function copyLines({ copies }: ConversionReport, columns: number): string[] {
  return copies.flatMap(({ path, why }) => wrap(`  ${path}: ${why}`, columns, INDENT));
}

/** What the file promises, and what differs; what one base image sets and the other too is left out. */
function contractLines(all: readonly ContractRow[], columns: number, style: Style): string[] {
  const rows = all.filter(({ before, verdict }) => verdict !== 'same' || before !== 'set by the base image');
  const width = Math.max(...rows.map(({ what }) => what.length));
  const lines = rows.flatMap(({ what, before, after, verdict }) => {
    const text = printable(verdict === 'same' ? before : `${before} → ${after}`);
    const mark = verdict === 'same' ? '=' : '≠';
    const paint = verdict === 'same' ? style.dim : style.warning;
    const head = `  ${mark} ${what.padEnd(width)}  `;
    const short = `  ${mark} ${what}  ${text}`;
    if (columns >= NARROW) return headed(head, text, columns).map(paint);
    return (
      short.length <= columns ? [short] : [`  ${mark} ${what}`, ...wrap(`${INDENT}${text}`, columns, INDENT)]
    ).map(paint);
  });
  const others = rows.filter(({ verdict }) => verdict !== 'same').length;
  const end =
    others === 0
      ? '  All of it is the same.'
      : `  ${others} of ${rows.length} differ, by the base image alone or as asked.`;
  return [...lines, ...wrap(end, columns, '  ')];
}

/** A text behind its name, its further lines below its first. */
function headed(head: string, text: string, columns: number): string[] {
  const blank = ' '.repeat(head.length);
  const [first = '', ...more] = wrap(`${blank}${text}`, columns, blank);
  return [head + first.slice(head.length), ...more];
}

function estimateText({ estimate }: ConversionReport): string {
  const percent = Math.round((1 - estimate.after / estimate.before) * 100);
  const largest = estimate.savings.slice(0, 3).map(({ what, megabytes }) => `${what} −${megabytes} MB`);
  return `about ${estimate.before} MB → ${estimate.after} MB (−${percent} %), not measured: ${largest.join(', ')}`;
}
