import type { Finding, Severity } from '../../model/finding.ts';
import type { Rule } from '../rule.ts';

/** A finding with its sentences, for every form of output. */
export interface ReportedFinding {
  readonly rule: string;
  /** ids of other linters' rules that say the same */
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly message: string;
  readonly advice: string;
  /** `--fix` can put it right */
  readonly fixable: boolean;
}

/** The outcome for one Dockerfile. */
export interface ReportedFile {
  readonly file: string;
  /** build context, relative to the project */
  readonly context: string;
  readonly findings: readonly ReportedFinding[];
  /** how many a comment or the settings keep quiet */
  readonly silenced: number;
  /** how many `--fix` has put right */
  readonly fixed: number;
}

/** Makes the sentences. A finding of a rule that is not in the list is a mistake of ours. */
export function reported(finding: Finding, rules: readonly Rule[]): ReportedFinding {
  const rule = rules.find((candidate) => candidate.id === finding.rule);
  if (rule === undefined) throw new Error(`no rule ${finding.rule}`);
  const { severity, file, line, endLine, args } = finding;
  return {
    rule: rule.id,
    aliases: rule.aliases,
    severity,
    file,
    line,
    endLine,
    message: rule.message(args),
    advice: rule.advice(args),
    fixable: finding.fix !== undefined,
  };
}

/** How many findings there are of each severity. */
export function countBySeverity(files: readonly ReportedFile[]): Readonly<Record<Severity, number>> {
  const counts = { info: 0, warning: 0, error: 0 };
  for (const finding of files.flatMap((file) => file.findings)) counts[finding.severity] += 1;
  return counts;
}
