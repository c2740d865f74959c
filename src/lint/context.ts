import { type IgnoreFile, ignoreFileCandidates, readIgnoreFile } from '../dockerfile/ignore.ts';
import type { Project } from '../model/project.ts';
import { contextPath, hasWildcard, joinPaths, matchesComponent } from './paths.ts';

/** The build context: the files that COPY can reach. Paths are relative to it, `.` for itself. */
export interface BuildContext {
  readonly project: Project;
  /** relative to the project */
  readonly directory: string;
  /** relative to the project; `null`: there is none */
  readonly ignorePath: string | null;
  readonly ignore: IgnoreFile;
  /** it was given, or the files speak for it; otherwise nothing is known to be missing */
  readonly isSure: boolean;
}

/** Opens the context of a Dockerfile with the ignore file that the engine would take. */
export function openContext(project: Project, dockerfile: string, directory: string, isSure = true): BuildContext {
  const ignorePath = ignoreFileCandidates(dockerfile, directory).find((path) => project.isFile(path)) ?? null;
  const text = ignorePath === null ? null : project.source(ignorePath);
  return { project, directory, ignorePath, ignore: readIgnoreFile(text ?? ''), isSure };
}

/** What is on disk there, whether or not it is sent to the engine. */
export function kindInContext(context: BuildContext, path: string): 'file' | 'directory' | null {
  const full = joinPaths(context.directory, path);
  if (context.project.isFile(full)) return 'file';
  return context.project.isDirectory(full) ? 'directory' : null;
}

/** Text of a file of the context; `null` if there is none or it cannot be read. */
export function textInContext(context: BuildContext, path: string): string | null {
  return context.project.source(joinPaths(context.directory, path));
}

/** Whether a path reaches the engine. A directory does if anything below it can. */
export function isSent(context: BuildContext, path: string): boolean {
  const kind = kindInContext(context, path);
  if (kind === null) return false;
  if (!context.ignore.excludes(path)) return true;
  return kind === 'directory' && context.ignore.hasExceptions && someFileSent(context, path, 6);
}

/** Paths that a COPY source stands for, on disk: itself, or the matches of its pattern. */
export function matchesInContext(context: BuildContext, source: string): string[] {
  const path = contextPath(source);
  if (!hasWildcard(path)) return kindInContext(context, path) === null ? [] : [path];
  let found = ['.'];
  const components = path.split('/');
  for (const [depth, component] of components.entries()) {
    const isLast = depth === components.length - 1;
    found = found.flatMap((directory) => matchComponent(context, directory, component, isLast));
  }
  return [...new Set(found)];
}

function matchComponent(context: BuildContext, directory: string, component: string, isLast: boolean): string[] {
  if (component === '**') {
    const nested = folders(context, directory, 8);
    return isLast ? nested.flatMap((folder) => names(context, folder)) : nested;
  }
  if (!hasWildcard(component)) {
    const path = joinPaths(directory, component);
    return kindInContext(context, path) === null ? [] : [path];
  }
  return names(context, directory).filter((path) => matchesComponent(component, path.slice(path.lastIndexOf('/') + 1)));
}

function names(context: BuildContext, directory: string): string[] {
  const full = joinPaths(context.directory, directory);
  return context.project.entries(full).map((entry) => joinPaths(directory, entry.name));
}

const HEAVY = new Set(['node_modules', '.git', '.venv', 'target']);

function folders(context: BuildContext, directory: string, depth: number): string[] {
  if (depth === 0) return [directory];
  const inner = context.project
    .entries(joinPaths(context.directory, directory))
    .filter((entry) => entry.kind === 'directory' && !HEAVY.has(entry.name))
    .flatMap((entry) => folders(context, joinPaths(directory, entry.name), depth - 1));
  return [directory, ...inner];
}

function someFileSent(context: BuildContext, directory: string, depth: number): boolean {
  return context.project.entries(joinPaths(context.directory, directory)).some((entry) => {
    const path = joinPaths(directory, entry.name);
    if (!context.ignore.excludes(path)) return true;
    return entry.kind === 'directory' && depth > 0 && someFileSent(context, path, depth - 1);
  });
}
