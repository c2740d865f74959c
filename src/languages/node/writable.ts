import type { Project } from '../../model/project.ts';
import { directoryOf, joinPath } from '../../project/search.ts';
import { COMMON_IGNORES, readIgnoreGroups } from '../shared/ignore.ts';
import type { Manifest } from './manifest.ts';
import type { ServerShape } from './shape.ts';
import { type Sources, whatRuns } from './sources.ts';
import { isFilePath, writtenPaths } from './writes.ts';

/** A place that the program writes to, relative to the service's directory or from the root. */
export type Writable = {
  readonly path: string;
  readonly isFile: boolean;
  /** a file, or a folder with files of the project; one that is only kept for Git is made as if it were not there */
  readonly isThere: boolean;
  /** its folder is a part of the project: what is mounted there hides files */
  readonly isAmongFiles: boolean;
  readonly from: string;
};

/** What a framework writes to, and what the sources name. */
export function writable(
  project: Project,
  manifest: Manifest,
  shape: ServerShape,
  sources: Sources,
): readonly Writable[] {
  const found = [
    ...shape.writes.map((path) => ({ value: path, from: '' })),
    ...writtenPaths(manifest.directory, shape.runsIn, whatRuns(sources)),
  ];
  const paths = new Map<string, Writable>();
  const ignored = found.length > 0 ? readIgnoreGroups(COMMON_IGNORES) : null;
  const isSent = (path: string): boolean => ignored?.excludes(path) !== true;
  for (const { value, from } of found) {
    const isAbsolute = value.startsWith('/');
    const path = isAbsolute ? value : compiledPlace(value, shape);
    const full = joinPath(manifest.directory, value);
    const isFile = project.isFile(full) || (isFilePath(path) && !project.isDirectory(full));
    const isThere = !isAbsolute && ((project.isFile(full) && isSent(full)) || holdsFiles(project, full, isSent));
    const isAmongFiles = !isAbsolute && project.isDirectory(isFile ? directoryOf(full) : full);
    if (!paths.has(path)) paths.set(path, { path, isFile, isThere, isAmongFiles, from });
  }
  return [...paths.values()];
}

/** A path beside a source file is one beside the compiled file. */
function compiledPlace(path: string, shape: ServerShape): string {
  const output = shape.ships[0]?.target;
  return shape.layout === 'outputs' && output !== undefined && path.startsWith('src/')
    ? joinPath(output, path.slice(4))
    : path;
}

/** More than what keeps an empty folder in version control, and than logs, which no image gets. */
function holdsFiles(project: Project, directory: string, isSent: (path: string) => boolean): boolean {
  const files = project.isDirectory(directory) ? project.find({ under: directory, limit: 20 }) : [];
  return files.some((path) => !path.slice(path.lastIndexOf('/') + 1).startsWith('.') && isSent(path));
}
