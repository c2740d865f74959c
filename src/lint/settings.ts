import { UserError } from '../errors.ts';
import type { Severity } from '../model/finding.ts';
import type { RuleSettings } from './lint.ts';
import { RULES } from './rules/index.ts';

/** Where a project keeps its settings, relative to its directory. */
export const SETTINGS_FILE = '.multistage.json';

const SEVERITIES = ['off', 'info', 'warning', 'error'] as const;

/**
 * Reads `{"check": {"rules": {"floating-tag": {"severity": "off", "reason": "…"}}}}`. What makes a rule milder or turns it off
 * must say why. Throws UserError `file-malformed`.
 */
export function readSettings(text: string, path: string): RuleSettings {
  const rules = recordAt(recordAt(parse(text, path), 'check'), 'rules');
  const settings: Record<string, Severity | 'off'> = {};
  for (const [name, value] of Object.entries(rules)) {
    const rule = RULES.find(({ id, aliases }) => id === name || aliases.includes(name));
    const severity = SEVERITIES.find((one) => isRecord(value) && value['severity'] === one);
    const reason = isRecord(value) && typeof value['reason'] === 'string' ? value['reason'].trim() : '';
    if (rule === undefined)
      throw malformed(`${path}: there is no rule ${name}.`, 'The documentation has a list of the rules.');
    if (severity === undefined)
      throw malformed(
        `${path}: ${name} needs a severity: ${SEVERITIES.join(', ')}.`,
        `Write "${name}": {"severity": "off", "reason": "…"}.`,
      );
    if (reason === '' && (severity === 'off' || severity === 'info'))
      throw malformed(
        `${path}: ${name} is set to ${severity} without a reason.`,
        'Add "reason": a sentence for those who come after you.',
      );
    settings[rule.id] = severity;
  }
  return settings;
}

/** Settings from the command line: rules that are off for this run. Throws UserError `usage`. */
export function ignoredRules(names: readonly string[]): RuleSettings {
  return Object.fromEntries(
    names.map((name) => {
      const rule = RULES.find(({ id, aliases }) => id === name || aliases.includes(name));
      if (rule === undefined)
        throw new UserError(
          'usage',
          `--ignore ${name}: there is no such rule.`,
          'Give the id that stands beside a finding.',
        );
      return [rule.id, 'off'] as const;
    }),
  );
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw malformed(`${path} is no JSON.`, 'Mend it, or remove it.');
  }
}

function recordAt(value: unknown, key: string): Record<string, unknown> {
  const inner = isRecord(value) ? value[key] : undefined;
  return isRecord(inner) ? inner : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(message: string, hint: string): UserError {
  return new UserError('file-malformed', message, hint);
}
