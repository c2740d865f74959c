import { expand } from '../../dockerfile/variables.ts';
import { callsOf, folderOf, hasShort } from '../commands.ts';
import { absolutePath, below } from '../paths.ts';
import { pathPresence } from '../presence.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { type StageView, type Step, shippedStages, type View } from '../view.ts';

export const removedTooLate: Rule = {
  id: 'removed-too-late',
  concern: 'size',
  severity: 'warning',
  aliases: [],
  message: ({ what = '' }) => `${what} hides what an earlier layer holds: the image carries it all the same.`,
  advice: ({ case: kind }) =>
    kind === 'copied'
      ? 'Do not copy it: name it in .dockerignore, or copy only what is needed.'
      : 'Remove it in the RUN that made it, or make it in a build stage and copy the rest.',
  find: (view) =>
    shippedStages(view).flatMap((stage) =>
      stage.steps.flatMap((step) => [...removed(view, stage, step), ...pruned(stage, step)]),
    ),
};

function removed(view: View, stage: StageView, step: Step): Catch[] {
  const earlier = stage.steps.filter(
    ({ instruction, copy }) => copy !== null && instruction.index < step.instruction.index,
  );
  for (const call of callsOf(step)) {
    const folder = folderOf(step, call);
    if (call.program !== 'rm' || !hasShort(call.args, 'r') || folder === null) continue;
    for (const operand of call.operands) {
      const path = expand(operand, step.scope, view.file.escape);
      const full = path === null || /[*?]/.test(path) ? null : absolutePath(folder, path);
      const isCopied =
        full !== null &&
        earlier.some(({ copy }) => below(copy?.target ?? '-', full) !== null || copy?.target === full) &&
        pathPresence(view, stage, full, step.instruction.index) === true &&
        !earlier.some(({ copy }) => copy === null);
      if (isCopied) return [{ ...at(step.instruction), args: { what: `rm ${operand}`, case: 'copied' } }];
    }
  }
  return [];
}

/** Development packages that an earlier RUN, or a copy, put there. */
function pruned(stage: StageView, step: Step): Catch[] {
  const calls = callsOf(step);
  const prune = calls.find(
    ({ program, args, operands }) =>
      /^(?:npm|pnpm)$/.test(program) && operands[0] === 'prune' && args.some((arg) => /omit|^--prod/.test(arg)),
  );
  const isSame = calls.some(
    ({ program, operands }) => program === prune?.program && /^(?:ci|i|install)$/.test(operands[0] ?? ''),
  );
  if (prune === undefined || isSame) return [];
  const isEarlier = stage.steps.some(
    (one) =>
      one.instruction.index < step.instruction.index &&
      callsOf(one).some(
        ({ program, operands }) => program === prune.program && /^(?:ci|i|install)$/.test(operands[0] ?? ''),
      ),
  );
  return isEarlier ? [{ ...at(step.instruction), args: { what: `${prune.program} prune`, case: 'made' } }] : [];
}
