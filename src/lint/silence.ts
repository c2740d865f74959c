import type { Comment, Dockerfile } from '../dockerfile/file.ts';
import type { Rule } from './rule.ts';

/** `# multistage ignore=rule,rule -- reason` above an instruction or inside it; `ignore-file=` speaks for the whole file. */
export interface Silence {
  readonly comment: Comment;
  readonly rules: readonly string[];
  readonly reason: string;
  /** lines that it covers, inclusive; `null`: all */
  readonly lines: { readonly first: number; readonly last: number } | null;
  /** another linter's comment, which needs no reason of ours */
  readonly isForeign: boolean;
}

/** The rule that only the engine can apply: it knows which silences were used. */
export const SILENCE_IDLE = 'silence-idle';

const OWN = /^multistage\s+ignore(-file)?\s*=\s*([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?:--\s*(.*))?$/;
const HADOLINT = /^hadolint\s+(global\s+)?ignore\s*=\s*([\w-]+(?:\s*,\s*[\w-]+)*)/;

/** All silencing comments of a file, and those that `# check=skip=` of BuildKit and hadolint's pragmas amount to. */
export function readSilences(file: Dockerfile): Silence[] {
  const silences: Silence[] = [];
  for (const comment of file.comments) {
    const own = OWN.exec(comment.text);
    const found = own ?? HADOLINT.exec(comment.text);
    if (found === null) continue;
    silences.push({
      comment,
      rules: (found[2] ?? '').split(',').map((rule) => rule.trim()),
      reason: own?.[3]?.trim() ?? '',
      lines: found[1] === undefined ? coveredLines(file, comment) : null,
      isForeign: own === null,
    });
  }
  return [...silences, ...skippedChecks(file)];
}

/** Whether a silence speaks of a rule, by its own id or by one of its aliases. */
export function names(silence: Silence, rule: Rule): boolean {
  return silence.rules.some((id) => id === rule.id || rule.aliases.includes(id));
}

function coveredLines(file: Dockerfile, comment: Comment): { first: number; last: number } {
  const inside = comment.inside === null ? undefined : file.instructions[comment.inside];
  const target = inside ?? file.instructions.find((instruction) => instruction.start > comment.start);
  return target === undefined ? { first: 0, last: 0 } : { first: target.line, last: target.endLine };
}

function skippedChecks(file: Dockerfile): Silence[] {
  return file.directives.flatMap((directive) => {
    const skipped = directive.name === 'check' ? /skip=([\w,\s]+)/.exec(directive.value)?.[1] : undefined;
    if (skipped === undefined || skipped === 'all') return [];
    const { start, end, line, endLine } = directive;
    const comment: Comment = { text: directive.value, inside: null, start, end, line, endLine };
    const rules = skipped.split(',').map((rule) => rule.trim());
    return [{ comment, rules, reason: '', lines: null, isForeign: true }];
  });
}
