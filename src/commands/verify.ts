import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { findEngine } from '../engine/find.ts';
import { UserError } from '../errors.ts';
import type { CommandIo, ExitCode } from '../model/command.ts';
import type { Comparison, Report } from '../model/report.ts';
import { styleFor } from '../ui/style.ts';
import { compareReports } from '../verify/compare.ts';
import { reportHtml } from '../verify/html.ts';
import { comparisonMarkdown, reportMarkdown } from '../verify/markdown.ts';
import { verify } from '../verify/verify.ts';
import { otherRequest, readRequest, readWishes, type VerifyOptions, type Wishes } from './verify/options.ts';
import { createProgressLines } from './verify/progress.ts';
import { comparisonScreen, reportScreen } from './verify/screen.ts';

export type { VerifyOptions } from './verify/options.ts';

/**
 * Builds the image, starts it, and shows what was found. 0: every required property holds; 1: one fails. Throws UserError
 * `engine-missing`, `dockerfile-missing`, `cancelled` and the like, and has cleaned up by then.
 */
export async function runVerify(options: VerifyOptions, io: CommandIo): Promise<ExitCode> {
  const wishes = readWishes(options);
  const request = readRequest(options, io.cwd);
  const other = otherRequest(request, options, io.cwd);
  const engine = await findEngine(wishes, io.signal);
  const progress = createProgressLines(wishes.json ? { ...io, info: () => {}, interactive: false } : io);
  try {
    const before = other === null ? null : await verify(other, engine, progress.onEvent);
    const after = await verify(request, engine, progress.onEvent);
    progress.end();
    const comparison = before === null ? null : compareReports(before, after);
    if (wishes.html !== null) writeHtml(wishes.html, reportHtml(after, comparison), io);
    io.out(resultText(after, comparison, wishes, io));
    return after.ok ? 0 : 1;
  } finally {
    progress.end();
  }
}

function resultText(report: Report, comparison: Comparison | null, wishes: Wishes, io: CommandIo): string {
  if (wishes.json) return `${JSON.stringify(comparison ?? report, null, 2)}\n`;
  if (wishes.markdown) return comparison === null ? reportMarkdown(report) : comparisonMarkdown(comparison);
  const style = styleFor(io.colour);
  const screen = reportScreen(report, io.columns, style);
  return comparison === null ? `\n${screen}` : `\n${screen}\n${comparisonScreen(comparison, io.columns, style)}`;
}

function writeHtml(file: string, page: string, io: CommandIo): void {
  try {
    writeFileSync(resolve(io.cwd, file), page);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UserError(
      'target-unwritable',
      `${file} cannot be written (${error.code}).`,
      'Name another file with --html.',
    );
  }
  io.info(`The page is in ${file}.\n`);
}
