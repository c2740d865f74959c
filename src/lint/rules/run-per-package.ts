import { callsOf } from '../commands.ts';
import { isSystemInstall } from '../installs.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { type Step, shippedStages } from '../view.ts';

const FEWEST = 3;

export const runPerPackage: Rule = {
  id: 'run-per-package',
  concern: 'size',
  severity: 'info',
  aliases: ['DL3059'],
  message: ({ count = '' }) =>
    `${count} RUN instructions in a row install one thing each: as many layers, and package lists that differ in age.`,
  advice: () => 'Write them as one RUN with all the packages.',
  find: (view) => shippedStages(view).flatMap((stage) => rows(stage.steps)),
};

function rows(steps: readonly Step[]): Catch[] {
  const found: Catch[] = [];
  let row: Step[] = [];
  for (const step of [...steps, null]) {
    if (step !== null && isInstall(step)) row.push(step);
    else {
      const [first] = row;
      if (row.length >= FEWEST && first !== undefined)
        found.push({ ...at(first.instruction), args: { count: String(row.length) } });
      row = [];
    }
  }
  return found;
}

function isInstall(step: Step): boolean {
  const all = callsOf(step);
  // `apt-get update` in a RUN of its own belongs to the row.
  if (all.length === 1 && /^(?:apt-get|apt|apk)$/.test(all[0]?.program ?? '') && all[0]?.operands[0] === 'update')
    return true;
  const calls = all.filter((call) => !/^(?:rm|apt-get|apt)$/.test(call.program) || call.operands[0] === 'install');
  const [only] = calls;
  if (calls.length !== 1 || only === undefined) return false;
  return (
    isSystemInstall(only) ||
    (/^pip3?$/.test(only.program) && only.operands[0] === 'install' && !only.args.includes('-r'))
  );
}
