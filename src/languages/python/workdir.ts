import type { Project } from '../../model/project.ts';
import { joinPath } from '../../project/search.ts';
import type { Source } from './sources.ts';

/**
 * The folder to run in: the service's directory, unless more of the files and folders that the source names by relative paths
 * (`directory="templates"`, `open("model.pkl")`) are found beside the program than there. Paths are relative to the service.
 */
export function workdirOf(project: Project, directory: string, reached: readonly Source[], folder: string): string {
  if (folder === '.') return '.';
  const named = relativePaths(reached);
  let here = 0;
  let there = 0;
  for (const text of named) {
    const isHere = exists(project, joinPath(directory), text);
    const isThere = exists(project, joinPath(directory, folder), text);
    if (isHere && !isThere) here += 1;
    if (isThere && !isHere) there += 1;
  }
  return there > here ? folder : '.';
}

/** Whether the program reads files that stand in a folder of the project, from where it runs; tools for its database do so as well. */
export function readsFiles(project: Project, directory: string, reached: readonly Source[]): boolean {
  if (['alembic.ini', 'manage.py'].some((file) => project.isFile(joinPath(directory, file)))) return true;
  return [...relativePaths(reached)].some((text) => exists(project, joinPath(directory), text));
}

function relativePaths(reached: readonly Source[]): ReadonlySet<string> {
  return new Set(
    reached.flatMap((source) => source.strings.map((text) => text.value)).filter((text) => isRelativePath(text)),
  );
}

/** Something with a slash or an ending, or one of the names that people give such folders. */
function isRelativePath(text: string): boolean {
  if (text.length > 100 || !/^(?!\/|\.\.)[\w.][\w ./-]*$/.test(text)) return false;
  return (
    /\/|\.\w{1,5}$/.test(text) ||
    /^(?:static|templates?|data|models?|assets|public|uploads|config|media|frontend|dist)$/.test(text)
  );
}

function exists(project: Project, directory: string, text: string): boolean {
  const path = joinPath(directory, text);
  return path !== '.' && (project.isFile(path) || project.isDirectory(path));
}
