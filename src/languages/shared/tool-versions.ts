import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { textFact } from '../../project/readers/document.ts';
import { readLines } from '../../project/readers/lines.ts';
import { readToml } from '../../project/readers/toml.ts';
import { joinPath } from '../../project/search.ts';

/**
 * Versions that asdf's `.tool-versions` and mise's `mise.toml` set for a tool, under any of its names
 * (`nodejs` and `node`), in a service's directory and then in its build context.
 */
export function toolVersions(
  project: Project,
  directories: readonly string[],
  names: readonly string[],
): readonly Fact[] {
  return [...new Set(directories)].flatMap((directory) => [
    ...fromToolVersions(project, joinPath(directory, '.tool-versions'), names),
    ...['mise.toml', '.mise.toml'].flatMap((file) => fromMise(project, joinPath(directory, file), names)),
  ]);
}

function fromToolVersions(project: Project, path: string, names: readonly string[]): readonly Fact[] {
  const facts: Fact[] = [];
  for (const line of readLines(project, path) ?? []) {
    const [name, version] = line.text.replace(/#.*$/, '').trim().split(/\s+/);
    if (name && version && names.includes(name)) facts.push({ value: version, from: line.place });
  }
  return facts;
}

function fromMise(project: Project, path: string, names: readonly string[]): readonly Fact[] {
  const document = readToml(project, path);
  if (!document) return [];
  return names.flatMap((name) => {
    const places = [
      ['tools', name],
      ['tools', name, 'version'],
      ['tools', name, 0],
    ];
    const fact = places.map((keys) => textFact(document, ...keys)).find((one) => one !== null);
    return fact ? [fact] : [];
  });
}
