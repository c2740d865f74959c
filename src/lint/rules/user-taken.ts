import { type Call, callsOf, hasOption, hasShort, isCertain, optionValue } from '../commands.ts';
import { at, type Rule } from '../rule.ts';
import type { StageView } from '../view.ts';

export const userTaken: Rule = {
  id: 'user-taken',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ id = '', image = '', owner = '' }) =>
    `${image} already has ${owner} with the id ${id}, so this command fails.`,
  advice: ({ owner = '' }) => `Use the user ${owner} that is there, or another id, 10001 say.`,
  find: (view) =>
    view.stages.flatMap((stage) =>
      stage.steps.flatMap((step) => {
        for (const call of callsOf(step)) {
          const taken = isCertain(call) ? takenBy(stage, call) : null;
          if (taken !== null && !isFreed(stage, step.instruction.index, taken.owner)) {
            return [{ ...at(step.instruction), args: { ...taken, image: stage.facts?.reference ?? '' } }];
          }
        }
        return [];
      }),
    ),
};

function takenBy(stage: StageView, { program, args, operands }: Call): { id: string; owner: string } | null {
  const users = stage.facts?.users ?? {};
  if (!['useradd', 'adduser', 'groupadd', 'addgroup'].includes(program)) return null;
  if (hasOption(args, '--non-unique') || hasShort(args, 'o') || hasShort(args, 'f')) return null;
  const id =
    program.startsWith('user') || program === 'adduser'
      ? optionValue(args, '-u', '--uid')
      : optionValue(args, '-g', '--gid');
  const name = program.endsWith('add') ? (operands.at(-1) ?? '') : '';
  const own = stage.facts?.family.users[name];
  if (own !== undefined) return { id: String(own), owner: name };
  const byId = Object.entries(users).find(([, uid]) => id !== null && String(uid) === id);
  if (byId !== undefined && byId[1] >= 1000 && byId[1] < 60000) return { id: byId[1].toString(), owner: byId[0] };
  return null;
}

/** Removed or renamed above, or in the same RUN. */
function isFreed(stage: StageView, before: number, owner: string): boolean {
  return stage.allSteps
    .filter((step) => step.instruction.index <= before)
    .flatMap(callsOf)
    .some(
      (call) =>
        /^(?:userdel|deluser|groupdel|delgroup|usermod|groupmod)$/.test(call.program) && call.args.includes(owner),
    );
}
