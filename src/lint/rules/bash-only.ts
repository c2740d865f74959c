import { at, type Rule } from '../rule.ts';
import type { StageView, Step } from '../view.ts';

export const bashOnly: Rule = {
  id: 'bash-only',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ word = '', image = '' }) => `${word} is of bash, and RUN uses sh, which ${image} has no such thing in.`,
  advice: ({ word = '' }) =>
    word === '[['
      ? 'Write [ … ] with one =, or SHELL ["/bin/bash", "-c"] above.'
      : 'Write it out, or SHELL ["/bin/bash", "-o", "pipefail", "-c"] above.',
  find: (view) =>
    view.stages.flatMap((stage) => {
      const hasShell = stage.allSteps.some(({ instruction }) => instruction.keyword === 'SHELL');
      return hasShell || stage.facts === null
        ? []
        : stage.steps.flatMap((step) => {
            const word = foreignWord(stage, step);
            return word === null
              ? []
              : [{ ...at(step.instruction), args: { word, image: stage.facts?.reference ?? '' } }];
          });
    }),
};

/** Tried with dash 0.5.12 of Debian 12 and 13 on 2026-11-29; that of 13 knows pipefail. BusyBox' sh knows both and no braces. */
function foreignWord(stage: StageView, { instruction, run }: Step): string | null {
  const system = stage.facts?.system;
  if (run?.form !== 'shell' || instruction.heredocs.length > 0) return null;
  const text = instruction.body.text.replaceAll(/'[^']*'|"(?:\\.|[^"\\])*"/g, '""');
  if (/\b(?:ba|z)sh\b/.test(text)) return null;
  const isDash = system === 'debian' || system === 'ubuntu';
  if (isDash && /(?:^|[\s;&|(!])\[\[\s/.test(text)) return '[[';
  const isOld = /^(?:bullseye|bookworm|jammy|noble|focal)$/.test(stage.facts?.suite ?? '');
  if (isDash && isOld && /\bset\s+-\w*o\s+pipefail/.test(text)) return 'pipefail';
  const brace = /\b(?:mkdir|touch|cp|mv|rm|chown|chmod)\s[^;&|]*?((?<!\$)\{[\w./-]+(?:,[\w./-]*)+\})/.exec(text)?.[1];
  return (isDash || system === 'alpine') && brace !== undefined ? brace : null;
}
