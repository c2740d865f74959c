import { kindInContext } from '../context.ts';
import { contextPath } from '../paths.ts';
import { at, type Rule } from '../rule.ts';
import { usedStages } from '../view.ts';

/** Folders that no build wants from outside: history, and what tools installed for the machine they ran on. */
const UNWANTED = ['.git', 'node_modules', '.venv', 'venv', '__pycache__', 'target', '.gradle', '.next'];

export const contextUnfiltered: Rule = {
  id: 'context-unfiltered',
  concern: 'size',
  severity: 'warning',
  aliases: [],
  message: ({ folders = '' }) => `This copies ${folders} of your machine into the build.`,
  advice: ({ patterns = '', ignore = '' }) => `Write ${patterns} into ${ignore}.`,
  find: (view) => {
    const { context } = view;
    if (context === null) return [];
    const used = usedStages(view);
    const folders = UNWANTED.filter(
      (name) =>
        kindInContext(context, name) === 'directory' &&
        !context.ignore.excludes(name) &&
        !isSource(name, context.project.isDirectory('src')),
    );
    if (folders.length === 0) return [];
    const step = view.stages
      .filter((stage) => used.has(stage.stage.index))
      .flatMap((stage) => stage.steps)
      .find(
        ({ copy }) =>
          copy?.from === null &&
          copy.excludes.length === 0 &&
          copy.sources.some((source) => source.path !== null && contextPath(source.path) === '.'),
      );
    if (step === undefined) return [];
    const patterns = folders.map((name) => `**/${name}`).join(' and ');
    return [
      {
        ...at(step.instruction),
        args: { folders: folders.join(', '), patterns, ignore: context.ignorePath ?? 'a .dockerignore' },
      },
    ];
  },
};

/** `target` is build output beside sources, and may be anything elsewhere. */
function isSource(name: string, hasSources: boolean): boolean {
  return name === 'target' && !hasSources;
}
