import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { firstMatch } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';

/** The file by which the `config` package, and Feathers with it, sets its values from variables. */
const FILES = ['json', 'yaml', 'yml', 'json5'].map((ending) => `config/custom-environment-variables.${ending}`);

/** The variable that sets this key: `"port": "PORT"`, `port: PORT`, `"port": { "__name": "PORT" }`. */
export function mappedVariable(project: Project, directory: string, key: string): Fact | null {
  const pattern = new RegExp(
    `^\\s*["']?${key}["']?\\s*:\\s*(?:\\{\\s*["']?__name["']?\\s*:\\s*)?["']?([A-Z][A-Z0-9_]*)\\b`,
    'm',
  );
  for (const name of FILES) {
    const fact = firstMatch(project, joinPath(directory, name), pattern);
    if (fact) return fact;
  }
  return null;
}
