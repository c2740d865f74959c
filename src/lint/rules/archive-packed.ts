import { at, type Rule } from '../rule.ts';
import { shippedStages, stageNamed } from '../view.ts';

export const archivePacked: Rule = {
  id: 'archive-packed',
  concern: 'build',
  severity: 'warning',
  aliases: [],
  message: ({ source = '' }) => `ADD does not unpack ${source}: only archives of the build context are unpacked.`,
  advice: () => 'Write ADD --unpack=true, or unpack it with tar in a RUN.',
  find: (view) =>
    view.stages.flatMap((stage) =>
      stage.steps.flatMap((step) => {
        const { instruction, copy } = step;
        const source = copy?.sources.find(
          ({ kind, path }) => kind === 'remote' && /\.(?:tar|tgz|tar\.\w+)$/.test(path ?? ''),
        );
        const isFlagged = instruction.flags.some(({ name }) => name === 'unpack');
        if (instruction.keyword !== 'ADD' || source === undefined || isFlagged) return [];
        const later = view.stages.filter(
          (one) =>
            one === stage ||
            one.steps.some(
              ({ copy: other }) => other?.from != null && stageNamed(view, other.from, one.stage.index) === stage,
            ),
        );
        const steps = [...later, ...shippedStages(view)].flatMap((one) => one.steps);
        const isUnpacked = steps.some(
          (one) =>
            one.run !== null && /\b(?:tar|bsdtar|unzip|python\S*|x[zf]|gunzip)\b/.test(one.instruction.body.text),
        );
        return isUnpacked ? [] : [{ ...at(instruction), args: { source: source.path?.replace(/^.*\//, '') ?? '' } }];
      }),
    ),
};
