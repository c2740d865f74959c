import { isSent, matchesInContext } from '../context.ts';
import { contextPath } from '../paths.ts';
import { at, type Rule } from '../rule.ts';
import { usedStages } from '../view.ts';

export const copySourceIgnored: Rule = {
  id: 'copy-source-ignored',
  concern: 'build',
  severity: 'error',
  aliases: ['CopyIgnoredFile'],
  message: ({ source = '', ignore = '' }) => `${source} is there, but ${ignore} keeps it out of the build.`,
  advice: ({ source = '', ignore = '' }) => `Add a line !${source} to ${ignore}, or take the pattern out.`,
  find: (view) => {
    const { context } = view;
    if (context?.ignorePath == null) return [];
    const ignore = context.ignorePath;
    const used = usedStages(view);
    return view.stages
      .filter((stage) => used.has(stage.stage.index))
      .flatMap((stage) => stage.steps)
      .flatMap((step) => {
        if (step.copy === null || step.copy.from !== null || step.copy.isFromOpen) return [];
        return step.copy.sources.flatMap(({ path, kind }) => {
          if (path === null || kind !== 'path' || contextPath(path) === '.') return [];
          const matches = matchesInContext(context, path);
          if (matches.length === 0 || matches.some((match) => isSent(context, match))) return [];
          return [{ ...at(step.instruction), args: { source: contextPath(path), ignore } }];
        });
      });
  },
};
