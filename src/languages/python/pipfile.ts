import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { keysAt, textFact, textsAt } from '../../project/readers/document.ts';
import { readToml } from '../../project/readers/toml.ts';
import { normalName, type Requirement } from './requirement.ts';

export interface Pipfile {
  readonly path: string;
  readonly requirements: readonly Requirement[];
  readonly python: Fact | null;
}

/** `null` where there is none. Throws UserError `file-malformed`. */
export function readPipfile(project: Project, path: string): Pipfile | null {
  const document = readToml(project, path);
  if (!document) return null;
  const requirements = keysAt(document, 'packages').map((key): Requirement => {
    const version = textFact(document, 'packages', key, 'version') ?? textFact(document, 'packages', key);
    const from = `${path}:${document.line('packages', key)}`;
    return {
      name: normalName(key),
      extras: textsAt(document, 'packages', key, 'extras').map(normalName),
      specifier: version && version.value !== '*' ? version.value.replaceAll(/\s+/g, '') : '',
      marker: textFact(document, 'packages', key, 'markers')?.value ?? '',
      url: textFact(document, 'packages', key, 'git')?.value ?? null,
      from,
      text: key,
    };
  });
  const python =
    textFact(document, 'requires', 'python_full_version') ?? textFact(document, 'requires', 'python_version');
  return { path, requirements, python };
}
