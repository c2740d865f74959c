import type { Dockerfile } from '../dockerfile/file.ts';
import type { Project } from '../model/project.ts';
import { kindInContext, matchesInContext, openContext } from './context.ts';
import { contextPath } from './paths.ts';
import { viewOf } from './view.ts';

/**
 * The build context of a Dockerfile that does not lie at the project's root: its own folder, one above, or the project,
 * whichever has most of what it copies. Nothing in the file says it.
 */
export function chooseContext(project: Project, path: string, file: Dockerfile): string {
  const candidates = foldersAbove(path);
  const sources = viewOf(file, { path, context: null, today: '' })
    .stages.flatMap((stage) => stage.steps)
    .flatMap(({ copy }) => (copy === null || copy.from !== null ? [] : copy.sources))
    .flatMap((source) => (source.kind === 'path' && source.path !== null ? [contextPath(source.path)] : []))
    .filter((source) => source !== '.');
  const scored = candidates.map((directory) => {
    const context = openContext(project, path, directory);
    const found = sources.filter((source) =>
      matchesInContext(context, source).some((match) => kindInContext(context, match) !== null),
    );
    return { directory, count: found.length };
  });
  const most = Math.max(...scored.map((one) => one.count));
  return scored.find((one) => one.count === most)?.directory ?? '.';
}

/** `a/b`, `a`, `.` for `a/b/Dockerfile`. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('/')), '.'];
}
