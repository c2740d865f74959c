import type { ContractRow } from '../../convert/contract.ts';
import type { ConversionReport } from '../../convert/report.ts';
import { differenceLines } from '../../ui/difference.ts';
import type { Style } from '../../ui/style.ts';

/** Everything about a conversion, for people: difference, moves, copies, contract, estimate, notes. */
export function conversionScreen(
  before: string,
  after: string,
  report: ConversionReport,
  columns: number,
  style: Style,
): string {
  const blocks = [
    titled('Difference', differenceLines(before, after, columns, style), style),
    titled('What went where', moveLines(report).join('\n'), style),
    titled('Copied from the build stage', copyLines(report).join('\n'), style),
    titled('Runtime contract, old against new', contractLines(report.contract, style).join('\n'), style),
    titled('Estimate', estimateText(report), style),
    titled('Good to know', report.notes.map((note) => `- ${note}`).join('\n'), style),
  ];
  const improvements = report.improvements.map(({ sentence }) => `- ${sentence}`).join('\n');
  if (improvements !== '') blocks.push(titled('Changed on request', improvements, style));
  return `${blocks.join('\n\n')}\n`;
}

function titled(title: string, text: string, style: Style): string {
  return `${style.strong(title)}\n${text}`;
}

function moveLines({ moves }: ConversionReport): string[] {
  return moves.map(
    ({ line, instruction, where, why }) => `${String(line).padStart(4)}  ${where.padEnd(12)} ${instruction}: ${why}`,
  );
}

function copyLines({ copies }: ConversionReport): string[] {
  return copies.map(({ path, why }) => `  ${path}: ${why}`);
}

function contractLines(rows: readonly ContractRow[], style: Style): string[] {
  const width = Math.max(...rows.map(({ what }) => what.length));
  return rows.map(({ what, before, after, verdict }) => {
    const name = what.padEnd(width);
    if (verdict === 'same') return `  ${name}  ${before} ${style.dim('(the same)')}`;
    return style.warning(`  ${name}  ${before} → ${after}`);
  });
}

function estimateText({ estimate }: ConversionReport): string {
  const percent = Math.round((1 - estimate.after / estimate.before) * 100);
  const largest = estimate.savings.slice(0, 3).map(({ what, megabytes }) => `${what} −${megabytes} MB`);
  return `  about ${estimate.before} MB → ${estimate.after} MB (−${percent} %), not measured: ${largest.join(', ')}`;
}
