import { type Call, callsOf, hasOption, hasShort, isCertain } from '../commands.ts';
import type { ImageFacts } from '../images/facts.ts';
import { mountsOf } from '../mounts.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import type { StageView, Step } from '../view.ts';

export const aptIncomplete: Rule = {
  id: 'apt-incomplete',
  concern: 'build',
  severity: 'error',
  aliases: ['DL3014'],
  message: ({ case: kind }) => {
    if (kind === 'question') return 'apt-get install asks a question that nobody can answer in a build.';
    return kind === 'question-perhaps'
      ? 'apt-get install asks as soon as it brings a package that is not named, and nobody can answer in a build.'
      : 'apt-get install finds no package: the image has no package lists at this point.';
  },
  advice: ({ case: kind }) => (kind === 'lists' ? 'Write apt-get update && apt-get install in one RUN.' : 'Add -y.'),
  find: (view) => view.stages.flatMap((stage) => stage.steps.flatMap((step) => incomplete(stage, step))),
};

function incomplete(stage: StageView, step: Step): Catch[] {
  const calls = callsOf(step);
  const install = calls.find(
    (call) => /^apt(?:-get)?$/.test(call.program) && call.operands[0] === 'install' && isCertain(call),
  );
  if (install === undefined || stage.facts === null || step.run?.script.isBroken === true) return [];
  if (!hasLists(stage, step) && !isLocalFile(install)) return [{ ...at(step.instruction), args: { case: 'lists' } }];
  if (!asks(stage, step, install)) return [];
  return bringsOthers(stage.facts, install)
    ? [{ ...at(step.instruction), args: { case: 'question' } }]
    : [{ ...at(step.instruction), severity: 'warning', args: { case: 'question-perhaps' } }];
}

/** What is named and nothing else is installed without a question; on a full image most of the rest is there already. */
function bringsOthers({ reference, family }: ImageFacts, { operands }: Call): boolean {
  const isBare = /^(?:debian|ubuntu)$/.test(family.id) || /slim/.test(reference);
  return isBare && operands.slice(1).some((name) => WITH_OTHERS.test(name.replace(/[=:].*$/, '')));
}

const WITH_OTHERS =
  /-dev$|^(?:build-essential|gcc|g\+\+|clang|cmake|curl|wget|git|vim|python3?(?:-pip|-venv)?|nodejs|npm|ruby|php|(?:default|openjdk-\d+)-j(?:dk|re)(?:-headless)?|maven|imagemagick|ffmpeg|nginx|apache2|supervisor|redis-server|(?:postgresql|default-mysql|mysql)-client|software-properties-common)$/;

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
