import type { Severity } from '../../model/finding.ts';
import { type Call, callsOf, hasOption } from '../commands.ts';
import { mountsOf } from '../mounts.ts';
import { at, type Rule } from '../rule.ts';
import { type StageView, type Step, shippedStages } from '../view.ts';

export const packageCacheLeft: Rule = {
  id: 'package-cache-left',
  concern: 'size',
  severity: 'warning',
  aliases: ['DL3009', 'DL3019', 'DL3042'],
  message: ({ what = '', path = '' }) => `${what} leaves ${path} in the image.`,
  advice: ({ advice = '' }) => advice,
  find: (view) =>
    shippedStages(view).flatMap((stage) =>
      stage.steps.flatMap((step) => {
        const found = callsOf(step)
          .map((call) => leftBy(stage, step, call))
          .find((one) => one !== null);
        if (found == null) return [];
        const { severity, ...args } = found;
        return [{ ...at(step.instruction), severity, args }];
      }),
    ),
};

interface Left {
  readonly severity: Severity;
  readonly what: string;
  readonly path: string;
  readonly advice: string;
}

function leftBy(stage: StageView, step: Step, call: Call): Left | null {
  const text = step.instruction.body.text + step.instruction.heredocs.map((heredoc) => heredoc.text).join('');
  const { program, args, operands } = call;
  if (stage.facts === null) return null;
  if (/^apt(?:-get)?$/.test(program) && operands[0] === 'update') {
    const isGone = /\/var\/lib\/apt(?:\/lists)?\b/.test(text) || hasMount(step, '/var/lib/apt');
    const advice = 'End the same RUN with rm -rf /var/lib/apt/lists/*.';
    return isGone ? null : { severity: 'warning', what: 'apt-get update', path: '/var/lib/apt/lists', advice };
  }
  if (/^(?:dnf|yum|microdnf)$/.test(program) && operands[0] === 'install') {
    const isGone = /\bclean all\b|\/var\/cache\/(?:dnf|yum)/.test(text) || hasMount(step, '/var/cache');
    const advice = `End the same RUN with ${program} clean all.`;
    return isGone ? null : { severity: 'warning', what: `${program} install`, path: 'its package lists', advice };
  }
  if (program === 'apk' && operands.includes('add')) {
    const isGone = hasOption(args, '--no-cache') || /\/var\/cache\/apk/.test(text) || hasMount(step, '/var/cache/apk');
    const updates = /apk\s+(?:-\S+\s+)*(?:update|upgrade)|--update\b|\s-U\b/.test(text);
    return isGone || !updates
      ? null
      : { severity: 'info', what: 'apk add', path: '/var/cache/apk', advice: 'Use apk add --no-cache.' };
  }
  if (/^pip3?$/.test(program) && operands[0] === 'install') {
    const isOff =
      hasOption(args, '--no-cache-dir', '--cache-dir') || stepSets(step, /^PIP_(?:NO_CACHE_DIR|CACHE_DIR)$/);
    const isGone = isOff || /\.cache/.test(text) || hasMount(step, '.cache') || hasMount(step, '/root');
    return isGone
      ? null
      : {
          severity: 'info',
          what: 'pip install',
          path: 'its download cache',
          advice: 'Add --no-cache-dir, or a cache mount at /root/.cache/pip.',
        };
  }
  return null;
}

function stepSets(step: Step, name: RegExp): boolean {
  return (
    [...step.scope.keys()].some((variable) => name.test(variable)) ||
    /PIP_(?:NO_CACHE_DIR|CACHE_DIR)=/.test(step.instruction.body.text)
  );
}

function hasMount(step: Step, path: string): boolean {
  return mountsOf(step.instruction).some(
    ({ type, target }) => (type === 'cache' || type === 'tmpfs') && target?.includes(path) === true,
  );
}
