import type { Dockerfile } from '../dockerfile/file.ts';
import type { Project } from '../model/project.ts';
import { matchesInContext, openContext } from './context.ts';
import { contextPath } from './paths.ts';
import { viewOf } from './view.ts';

/** A build context, and whether anything speaks for it. */
export interface ChosenContext {
  readonly directory: string;
  readonly isSure: boolean;
}

/**
 * The build context of a Dockerfile: its own folder, one above, or the project, whichever has most of what it copies.
 * Nothing in the file says it, so it is sure only at the project's root, or where something of that is there.
 */
export function chooseContext(project: Project, path: string, file: Dockerfile): ChosenContext {
  const candidates = foldersAbove(path);
  const sources = viewOf(file, { path, context: null, today: '' })
    .stages.flatMap((stage) => stage.steps)
    .flatMap(({ copy }) => (copy === null || copy.from !== null ? [] : copy.sources))
    .flatMap((source) => (source.kind === 'path' && source.path !== null ? [contextPath(source.path)] : []))
    .filter((source) => source !== '.');
  const scored = candidates.map((directory) => {
    const context = openContext(project, path, directory);
    return { directory, count: sources.filter((source) => matchesInContext(context, source).length > 0).length };
  });
  const most = Math.max(...scored.map((one) => one.count));
  const directory = scored.find((one) => one.count === most)?.directory ?? '.';
  return { directory, isSure: candidates.length === 1 || most > 0 };
}

/** `a/b`, `a`, `.` for `a/b/Dockerfile`. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('/')), '.'];
}
