import type { Note } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { joinPath } from '../../project/search.ts';
import type { Sources } from './sources.ts';

/** Files that show which variables a program takes. */
const EXAMPLES = ['.env.example', '.env.sample', '.env.template', '.env.dist', 'example.env', 'env.example'];

/** What Varlock is told of the variables, by their names and kinds: it reads the file when it builds and when it starts. */
export const SCHEMA = '.env.schema';

export function hasSchema(project: Project, directory: string): boolean {
  return project.isFile(joinPath(directory, SCHEMA));
}

/** As many are named; the file has the others. */
const MOST = 6;

/** Variables that an example lists and the sources name, and that the image does not set. */
export function neededVariables(
  project: Project,
  directory: string,
  sources: Sources,
  given: readonly (string | null)[],
): readonly Note[] {
  const path = EXAMPLES.map((name) => joinPath(directory, name)).find((one) => project.isFile(one));
  if (path === undefined) return [];
  const listed = [...(project.source(path) ?? '').matchAll(/^(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=/gm)].map(
    (match) => match[1] ?? '',
  );
  const code = sources.all.map(({ text }) => text).join('\n');
  const names = [...new Set(listed)].filter(
    (name) => name !== 'NODE_ENV' && !given.includes(name) && new RegExp(`\\b${name}\\b`).test(code),
  );
  if (names.length === 0) return [];
  const shown = names.length > MOST ? `${names.slice(0, MOST).join(', ')} …` : names.join(', ');
  return [{ code: 'variables', severity: 'info', places: [path], args: { file: path, names: shown } }];
}
