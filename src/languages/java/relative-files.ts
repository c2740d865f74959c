import type { Project } from '../../model/project.ts';
import { joinPath, relativePath } from '../../project/search.ts';
import type { Inputs } from './inputs.ts';

/** A text in quotes that may be a path below the working directory. */
const LITERAL = /"(\.?\/?[\w-][\w.-]*(?:\/[\w.-]+)*\/?)"/g;

/** Folders whose name alone says that a program reads them; others count only with a path or an ending. */
const TELLING = new Set([
  'public',
  'static',
  'web',
  'www',
  'webroot',
  'assets',
  'data',
  'config',
  'conf',
  'templates',
  'views',
]);

/** What a build needs and a program does not read. */
const NOT_READ =
  /^(?:src|src\/main|src\/test|pom\.xml|mvnw|gradlew|(?:build|settings)\.gradle(?:\.kts)?)$|^(?:target|build|gradle|src\/test|src\/main\/(?:java|kotlin|scala|groovy))(?:\/|$)/;

/** More than this is no list of files any more, and the sources were misread. */
const MOST = 12;

/**
 * Files and folders of the project that the code names by their path: `new File("data/users.json")`, or an embedded server
 * that serves `src/main/webapp`. They are not in any jar, so the image gets them at the same place beside the program.
 */
export function relativeFiles(project: Project, inputs: Inputs): readonly string[] {
  const found = new Set<string>();
  for (const source of inputs.sources) {
    for (const [, literal] of source.text.matchAll(LITERAL)) {
      const path = joinPath(literal ?? '');
      if (found.has(path) || !isTelling(path) || NOT_READ.test(path)) continue;
      const place = joinPath(inputs.directory, path);
      if (project.isFile(place) || project.isDirectory(place)) found.add(path);
    }
  }
  if (found.size > MOST) return [];
  const all = [...found].sort();
  return all.filter((path) => !all.some((other) => path !== other && relativePath(other, path) !== path));
}

function isTelling(path: string): boolean {
  return path.includes('/') || path.includes('.') || TELLING.has(path);
}
