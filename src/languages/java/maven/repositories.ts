import type { Fact } from '../../../model/fact.ts';
import { childAt, childrenAt } from '../../../project/readers/xml.ts';
import { type Module, sectionsOf } from './module.ts';
import { elementFact } from './pom.ts';

/** Hosts whose packages nobody gets without a token, even where the package is public. */
const PRIVATE =
  /maven\.pkg\.github\.com|pkgs\.dev\.azure\.com|\.pkg\.visualstudio\.com|codeartifact\.[\w-]+\.amazonaws\.com|gitlab[\w.-]*\/api\/v4\/|\.jfrog\.io\/(?!artifactory\/(?:libs-release|public))|-maven\.pkg\.dev|artifactregistry:\/\//;

/** Repositories of a module that need credentials. */
export function privateRepositories(module: Module): readonly Fact[] {
  return sectionsOf(module).flatMap(
    ({ pom, section }) =>
      [
        ...childrenAt(section, 'repositories', 'repository'),
        ...childrenAt(section, 'pluginRepositories', 'pluginRepository'),
      ]
        .map((repository) => elementFact(pom, childAt(repository, 'url')))
        .filter((fact) => fact !== null && PRIVATE.test(fact.value)) as Fact[],
  );
}

/** A repository that is reached without TLS, which Maven refuses since 3.8.1. */
export interface PlainRepository {
  readonly id: string;
  readonly url: string;
  readonly from: Fact;
}

export function plainRepositories(module: Module): readonly PlainRepository[] {
  const found: PlainRepository[] = [];
  for (const { pom, section } of sectionsOf(module)) {
    const declared = [
      ...childrenAt(section, 'repositories', 'repository'),
      ...childrenAt(section, 'pluginRepositories', 'pluginRepository'),
    ];
    for (const repository of declared) {
      const from = elementFact(pom, childAt(repository, 'url'));
      const id = childAt(repository, 'id')?.text ?? '';
      const isPlain = from?.value.startsWith('http://') && /^[\w.-]+$/.test(id) && /^[\w.:/~%-]+$/.test(from.value);
      if (from && isPlain && !found.some((one) => one.id === id)) {
        found.push({ id, url: from.value.replace('http://', 'https://'), from });
      }
    }
  }
  return found;
}
