import { at, type Rule } from '../rule.ts';

export const workdirRelative: Rule = {
  id: 'workdir-relative',
  concern: 'build',
  severity: 'warning',
  aliases: ['DL3000', 'WorkdirRelativePath'],
  message: ({ path = '' }) => `WORKDIR ${path} is relative: where it lies depends on the base image.`,
  advice: ({ path = '' }) => `Write it from the root: WORKDIR /${path.replace(/^(?:\.\/)+/, '')}.`,
  find: (view) =>
    view.stages.flatMap((stage) => {
      const first = stage.allSteps.find(({ instruction }) => instruction.keyword === 'WORKDIR');
      const path = first?.instruction.body.text.trim().replaceAll(/^["']|["']$/g, '') ?? '';
      const isOwn = first !== undefined && first.stage === stage.stage.index;
      return !isOwn || path === '' || /^(?:[/$\\]|[A-Za-z]:)/.test(path)
        ? []
        : [{ ...at(first.instruction), args: { path } }];
    }),
};
