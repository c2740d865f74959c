import { type Call, callsOf, hasOption, hasShort, isCertain } from '../commands.ts';
import { mountsOf } from '../mounts.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import type { StageView, Step } from '../view.ts';

export const aptIncomplete: Rule = {
  id: 'apt-incomplete',
  concern: 'build',
  severity: 'error',
  aliases: ['DL3014'],
  message: ({ case: kind }) =>
    kind === 'question'
      ? 'apt-get install asks a question that nobody can answer in a build.'
      : 'apt-get install finds no package: the image has no package lists at this point.',
  advice: ({ case: kind }) => (kind === 'question' ? 'Add -y.' : 'Write apt-get update && apt-get install in one RUN.'),
  find: (view) => view.stages.flatMap((stage) => stage.steps.flatMap((step) => incomplete(stage, step))),
};

function incomplete(stage: StageView, step: Step): Catch[] {
  const calls = callsOf(step);
  const install = calls.find(
    (call) => /^apt(?:-get)?$/.test(call.program) && call.operands[0] === 'install' && isCertain(call),
  );
  if (install === undefined || stage.facts === null || step.run?.script.isBroken === true) return [];
  if (asks(stage, step, install)) return [{ ...at(step.instruction), args: { case: 'question' } }];
  return hasLists(stage, step) || isLocalFile(install) ? [] : [{ ...at(step.instruction), args: { case: 'lists' } }];
}

function asks(stage: StageView, step: Step, { args, operands }: Call): boolean {
  const isAnswered =
    hasShort(args, 'y') ||
    hasOption(args, '--yes', '--assume-yes', '--force-yes') ||
    args.some((arg) => /^-(?:qq|y)|Assume-Yes/.test(arg));
  const isSettled = stage.allSteps.some(({ instruction }) => /Assume-Yes|apt\.conf/i.test(instruction.body.text));
  return !isAnswered && !isSettled && operands.length > 1 && !step.instruction.body.text.includes('yes |');
}

function hasLists(stage: StageView, step: Step): boolean {
  const before = stage.allSteps.filter((one) => one.instruction.index < step.instruction.index);
  // A RUN that takes the lists away again leaves none for those behind it.
  const removed = before.findLastIndex(removesLists);
  return [...before.slice(removed + 1), step].some((one) => {
    const heredocs = one.instruction.heredocs.map((heredoc) => heredoc.text).join('');
    const isUpdate = /\bupdate\b|apt-fast|nodesource|setup_|\.sh\b|bash|\bsh\b|add-apt-repository/.test(
      one.instruction.body.text + heredocs,
    );
    const mounts = mountsOf(one.instruction).some(({ options }) => /\/var\/lib\/apt|from=/.test(options));
    return mounts || (one.run !== null && isUpdate) || (one.copy?.target ?? '').startsWith('/var/lib/apt');
  });
}

function removesLists(step: Step): boolean {
  return callsOf(step).some(
    (call) =>
      call.program === 'rm' &&
      isCertain(call) &&
      call.args.some((arg) => /^\/var\/lib\/apt\/lists(?:\/\*?)?$/.test(arg)),
  );
}

function isLocalFile({ operands }: Call): boolean {
  return operands
    .slice(1)
    .every((operand) => operand.includes('/') || operand.includes('$') || operand.endsWith('.deb'));
}
