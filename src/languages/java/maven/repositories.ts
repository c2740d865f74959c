import type { Fact } from '../../../model/fact.ts';
import { childAt, childrenAt } from '../../../project/readers/xml.ts';
import { sectionsOf } from './dependencies.ts';
import type { Module } from './module.ts';
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
