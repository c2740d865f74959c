import type { Role, Verdict } from './commands/verdict.ts';
import { verdict } from './commands/verdict.ts';

/** Which of two roles a unit has that does both; pairs that cannot be done in one place are `unknown`. */
const TOGETHER: Readonly<Record<string, Role>> = {
  'build files': 'build',
  'build program': 'build',
  'files program': 'program',
  'files system': 'system',
  'packages system': 'system',
  'files packages': 'system',
};

/** One verdict for commands that cannot be taken apart. */
export function combine(verdicts: readonly Verdict[]): Verdict {
  const lists = {
    writes: verdicts.flatMap((one) => one.writes),
    names: verdicts.flatMap((one) => one.names),
    reads: verdicts.flatMap((one) => one.reads),
    leaves: verdicts.flatMap((one) => one.leaves),
    packages: verdicts.flatMap((one) => one.packages),
    uses: verdicts.flatMap((one) => one.uses),
  };
  const counting = verdicts.filter(
    (one) => one.role !== 'neutral' && one.role !== 'cleanup' && !isTransfer(one, verdicts),
  );
  const [first] = counting;
  if (first === undefined) {
    const [some] = verdicts.filter((one) => one.role === 'cleanup').concat(verdicts);
    return some === undefined ? verdict('neutral', 'nothing-changed') : { ...some, ...lists };
  }
  const unknown = counting.find((one) => one.role === 'unknown');
  if (unknown !== undefined) return { ...unknown, ...lists };
  let role: Role = first.role;
  let why = first.why;
  // what a pipeline writes, not what it reads, says what it is
  let decided = first.writes.length > 0;
  for (const { role: next, why: reason, writes } of counting.slice(1)) {
    if (next === role) {
      if (!decided) why = reason;
      decided ||= writes.length > 0;
      continue;
    }
    const together = TOGETHER[[role, next].sort().join(' ')];
    if (together === undefined) return { ...verdict('unknown', 'mixed'), ...lists };
    if (together === next) why = reason;
    role = together;
  }
  return { ...first, why, role, ...lists };
}

/** A download that only feeds the next program of a pipeline is no work of its own. */
function isTransfer(one: Verdict, all: readonly Verdict[]): boolean {
  return (
    one.why.code === 'download' &&
    one.writes.length === 0 &&
    all.some((other) => other.role === 'system' || other.role === 'unknown')
  );
}
