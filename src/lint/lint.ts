import type { Finding, Severity } from '../model/finding.ts';
import type { Catch, Rule } from './rule.ts';
import { names, readSilences, SILENCE_IDLE, type Silence } from './silence.ts';
import type { View } from './view.ts';

/** A rule's severity in the configuration, or `off`. */
export type RuleSettings = Readonly<Record<string, Severity | 'off'>>;

export interface LintResult {
  /** by line, then by rule */
  readonly findings: readonly Finding[];
  /** what a comment or the configuration keeps quiet */
  readonly silenced: number;
}

/** Runs rules over a file and leaves out what is silenced. Pure: the same file and context give the same findings. */
export function lint(view: View, rules: readonly Rule[], settings: RuleSettings = {}): LintResult {
  const silences = readSilences(view.file);
  const findings: Finding[] = [];
  const used = new Set<Silence>();
  let silenced = 0;
  for (const rule of rules) {
    const setting = settings[rule.id];
    if (setting === 'off') continue;
    for (const caught of rule.find(view)) {
      const finding = findingOf(view, rule, caught, setting);
      const silence = silences.find((candidate) => covers(candidate, rule, finding, view.path));
      if (silence === undefined) findings.push(finding);
      else {
        silenced += 1;
        used.add(silence);
      }
    }
  }
  const idle = settings[SILENCE_IDLE] === 'off' ? [] : idleSilences(view, rules, silences, used, settings);
  const sorted = [...findings, ...idle].sort((one, other) => one.line - other.line || (one.rule < other.rule ? -1 : 1));
  return { findings: unique(sorted), silenced };
}

function findingOf(view: View, rule: Rule, caught: Catch, setting: Severity | undefined): Finding {
  const { line, endLine, args, fix } = caught;
  const finding = {
    rule: rule.id,
    severity: setting ?? caught.severity ?? rule.severity,
    file: caught.file ?? view.path,
    line,
    endLine,
    args,
  };
  return fix === undefined ? finding : { ...finding, fix };
}

function covers(silence: Silence, rule: Rule, finding: Finding, path: string): boolean {
  if (!names(silence, rule)) return false;
  if (!silence.isForeign && silence.reason === '') return false;
  if (silence.lines === null) return true;
  return finding.file === path && silence.lines.first <= finding.line && finding.line <= silence.lines.last;
}

/** Silences with a reason that speak of no rule, or have nothing to silence. Only here is it known which were used. */
function idleSilences(
  view: View,
  rules: readonly Rule[],
  silences: readonly Silence[],
  used: ReadonlySet<Silence>,
  settings: RuleSettings,
): Finding[] {
  const setting = settings[SILENCE_IDLE];
  const own = setting === 'off' ? undefined : setting;
  const idle = silences.filter((silence) => !silence.isForeign && silence.reason !== '' && !used.has(silence));
  return idle.map((silence) => {
    const isKnown = (id: string): boolean => rules.some((rule) => rule.id === id || rule.aliases.includes(id));
    const unknown = silence.rules.find((id) => !isKnown(id));
    return {
      rule: SILENCE_IDLE,
      severity: own ?? (unknown === undefined ? 'info' : 'warning'),
      file: view.path,
      line: silence.comment.line,
      endLine: silence.comment.endLine,
      args: { rule: unknown ?? silence.rules.join(', '), known: unknown === undefined ? 'yes' : 'no' },
    } as const;
  });
}

function unique(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = JSON.stringify([finding.rule, finding.file, finding.line, finding.args]);
    return seen.has(key) ? false : seen.add(key);
  });
}

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Whether a severity reaches a threshold. */
export function reaches(severity: Severity, threshold: Severity): boolean {
  return RANK[severity] >= RANK[threshold];
}
