import { kindInContext } from '../context.ts';
import { scriptOf } from '../interpreters.ts';
import { absolutePath, baseName, below, contextPath } from '../paths.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { readStart } from '../start.ts';
import type { Step, View } from '../view.ts';

export const copyFlattens: Rule = {
  id: 'copy-flattens',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ source = '', target = '', path = '' }) =>
    `This copies what is in ${source} into ${target}, not the folder itself, but ${path} is started.`,
  advice: ({ source = '', name = '' }) => `Write COPY … ${source} ./${name}, or start the file without ${name}/.`,
  find: (view) => {
    const start = readStart(view);
    if (start === null || start.form === 'shell' || start.stage.end.workdir === null) return [];
    const { workdir } = start.stage.end;
    return start.invocations.flatMap((invocation) => {
      const written = invocation.path.includes('/') ? invocation.path : scriptOf(invocation)?.path;
      if (written === undefined) return [];
      const path = absolutePath(workdir, written);
      const copies = start.stage.allSteps.filter((step) => step.copy?.target != null);
      const reaching = copies.filter((step) => below(step.copy?.target ?? '', path) !== null);
      return reaching.length === 1 ? flattened(view, reaching[0], path, written) : [];
    });
  },
};

/** The one copy that could bring the file brings the contents of a folder that has the name of the path's first part. */
function flattened(view: View, step: Step | undefined, path: string, written: string): Catch[] {
  const { copy } = step ?? {};
  if (step === undefined || copy == null || copy.target === null || copy.sources.length !== 1) return [];
  const source = copy.sources[0]?.path ?? '';
  const name = baseName(source);
  const rest = below(copy.target, path) ?? '';
  if (!/^(?:dist|build|lib|out|target|bin|src|server|app)$/.test(name) || !rest.startsWith(`${name}/`)) return [];
  const { context } = view;
  if (copy.from === null && context !== null && kindInContext(context, `${contextPath(source)}/${rest}`) !== null)
    return [];
  const runs = (view.final?.allSteps ?? []).some(
    (one) => one.run !== null && one.instruction.index > step.instruction.index,
  );
  return runs ? [] : [{ ...at(step.instruction), args: { source, target: copy.target, path: written, name } }];
}
