import { absolutePath } from '../paths.ts';
import { pathPresence } from '../presence.ts';
import { at, type Rule } from '../rule.ts';
import { stageNamed, usedStages } from '../view.ts';

export const copyPathMissing: Rule = {
  id: 'copy-path-missing',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ path = '', stage = '' }) => `Nothing in the stage ${stage} makes ${path}.`,
  advice: ({ workdir = '' }) => `Correct the path: that stage works in ${workdir}.`,
  find: (view) => {
    const used = usedStages(view);
    return view.stages
      .filter((stage) => used.has(stage.stage.index))
      .flatMap((stage) => stage.steps)
      .flatMap((step) => {
        const { copy } = step;
        const from = copy?.from == null ? null : stageNamed(view, copy.from, step.stage);
        if (copy == null || from === null) return [];
        return copy.sources.flatMap(({ path }) => {
          if (path === null || /[*?[]/.test(path) || pathPresence(view, from, absolutePath('/', path)) !== false)
            return [];
          const stage = from.stage.name ?? String(from.stage.index);
          return [{ ...at(step.instruction), args: { path, stage, workdir: from.end.workdir ?? '/' } }];
        });
      });
  },
};
