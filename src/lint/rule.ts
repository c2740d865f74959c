import type { Finding, Severity } from '../model/finding.ts';
import type { View } from './view.ts';

type RuleArgs = Readonly<Record<string, string>>;

/** What a rule hands back: a finding without what is the same for all of the rule's. */
export interface Catch {
  readonly line: number;
  readonly endLine: number;
  readonly args: RuleArgs;
  /** where this one is graver or milder than the rule */
  readonly severity?: Severity;
  /** another file than the Dockerfile: its ignore file */
  readonly file?: string;
  readonly fix?: NonNullable<Finding['fix']>;
}

/** One rule, one file. It speaks only when it is sure: a false alarm is worse than a miss. */
export interface Rule {
  /** the name of its file and of its page in `docs/rules` */
  readonly id: string;
  readonly concern: 'build' | 'start' | 'safety' | 'size' | 'rebuild';
  readonly severity: Severity;
  /** ids of other linters' rules that say the same: `DL3020` (hadolint), `SecretsUsedInArgOrEnv` (docker build --check) */
  readonly aliases: readonly string[];
  /** what is wrong, one sentence */
  readonly message: (args: RuleArgs) => string;
  /** what to do, one sentence */
  readonly advice: (args: RuleArgs) => string;
  readonly find: (view: View) => readonly Catch[];
}

/** Line range of a node, for a catch. */
export function at(node: { readonly line: number; readonly endLine: number }): { line: number; endLine: number } {
  return { line: node.line, endLine: node.endLine };
}
