import { kindInContext } from '../context.ts';
import { contextPath } from '../paths.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { type StageView, type Step, usedStages, type View } from '../view.ts';

export const workdirMissing: Rule = {
  id: 'workdir-missing',
  concern: 'build',
  severity: 'warning',
  aliases: [],
  message: ({ image = '' }) =>
    `No WORKDIR is set, and ${image} starts in /: the project is copied among the folders of the system.`,
  advice: () => 'Set WORKDIR /app before it.',
  find: (view) => {
    const used = usedStages(view);
    return view.stages.filter(({ stage }) => used.has(stage.index)).flatMap((stage) => spilled(view, stage));
  },
};

function spilled(view: View, stage: StageView): Catch[] {
  if (stage.facts?.workdir !== '/') return [];
  if (stage.allSteps.some(({ instruction }) => instruction.keyword === 'WORKDIR')) return [];
  const first = stage.steps.find((step) => isSpilling(view, step));
  return first === undefined ? [] : [{ ...at(first.instruction), args: { image: stage.facts.reference } }];
}

/** A folder of the project, or several files of it, to a relative target that is the root. */
function isSpilling(view: View, { instruction, copy }: Step): boolean {
  const words = instruction.json ?? instruction.words.map(({ text }) => text);
  if (copy?.target !== '/' || copy.from !== null || !/^\.\/?$/.test(words.at(-1) ?? '')) return false;
  const paths = copy.sources.flatMap(({ path }) => (path === null ? [] : contextPath(path)));
  const { context } = view;
  return paths.some((path) => path === '.' || (context !== null && kindInContext(context, path) === 'directory'));
}
