import { countBySeverity, type ReportedFile } from './reported.ts';

/** The result for programs; `version` changes when a field changes its meaning. */
export function jsonReport(files: readonly ReportedFile[]): string {
  return `${JSON.stringify({ version: 1, counts: countBySeverity(files), files }, null, 2)}\n`;
}
