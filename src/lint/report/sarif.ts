import type { Severity } from '../../model/finding.ts';
import type { Rule } from '../rule.ts';
import type { ReportedFile, ReportedFinding } from './reported.ts';

const LEVELS: Readonly<Record<Severity, string>> = { info: 'note', warning: 'warning', error: 'error' };

/** The result as SARIF 2.1.0 (OASIS), which code hosts show beside the lines. */
export function sarifReport(files: readonly ReportedFile[], rules: readonly Rule[], toolVersion: string): string {
  const results = files.flatMap((file) => file.findings);
  const used = rules.filter((rule) => results.some((result) => result.rule === rule.id));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'create-multistage-docker', version: toolVersion, rules: used.map(ruleDescriptor) },
        },
        columnKind: 'utf16CodeUnits',
        results: results.map((finding) => resultOf(finding, used)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleDescriptor(rule: Rule): object {
  return {
    id: rule.id,
    defaultConfiguration: { level: LEVELS[rule.severity] },
    shortDescription: { text: rule.id.replaceAll('-', ' ') },
    properties: { tags: [rule.concern, ...rule.aliases] },
  };
}

function resultOf(finding: ReportedFinding, used: readonly Rule[]): object {
  return {
    ruleId: finding.rule,
    ruleIndex: used.findIndex((rule) => rule.id === finding.rule),
    level: LEVELS[finding.severity],
    message: { text: `${finding.message} ${finding.advice}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(finding.file) },
          region: { startLine: finding.line, endLine: finding.endLine },
        },
      },
    ],
  };
}
