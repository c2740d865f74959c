import { mavenArtefact } from '../maven.ts';
import { absolutePath } from '../paths.ts';
import { pathPresence } from '../presence.ts';
import { at, type Rule } from '../rule.ts';
import { type StageView, stageNamed, usedStages, type View } from '../view.ts';

export const copyPathMissing: Rule = {
  id: 'copy-path-missing',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ path = '', stage = '' }) => `Nothing in the stage ${stage} makes ${path}.`,
  advice: ({ workdir = '', artefact = '' }) =>
    artefact === ''
      ? `Correct the path: that stage works in ${workdir}.`
      : `Maven makes ${artefact} from this pom.xml.`,
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
          if (path === null || /[*?[]/.test(path)) return [];
          const artefact = otherArtefact(view, from, absolutePath('/', path));
          if (artefact === '' && mayBeThere(view, from, absolutePath('/', path))) return [];
          const stage = from.stage.name ?? String(from.stage.index);
          return [{ ...at(step.instruction), args: { path, stage, workdir: from.end.workdir ?? '/', artefact } }];
        });
      });
  },
};

/** What Maven makes instead of `path`; `''` where it makes just that, or more than the files tell. */
function otherArtefact(view: View, stage: StageView, path: string): string {
  if (!/\/target\/[^/]+\.[jw]ar$/.test(path) || pathPresence(view, stage, path) === true) return '';
  const artefact = mavenArtefact(view, stage);
  const isBesides = artefact === null || path.startsWith(artefact.replace(/\.[jw]ar$/, ''));
  const renames = stage.allSteps.some(
    ({ instruction }) => /\b(?:mv|cp|ln|install|jar)\b/.test(instruction.body.text) && instruction.keyword === 'RUN',
  );
  return isBesides || renames || artefact.replace(/[^/]+$/, '') !== path.replace(/[^/]+$/, '') ? '' : artefact;
}

/** A file that is copied into a folder makes the folder. */
function mayBeThere(view: View, stage: StageView, path: string): boolean {
  const isFolder = stage.allSteps.some(({ copy }) => copy?.isFolder === true && copy.target === path);
  return isFolder || pathPresence(view, stage, path) !== false;
}
