import { childAt, childrenAt, type Element } from '../../../project/readers/xml.ts';
import type { Dependency } from '../dependency.ts';
import { type Module, resolve, sectionsOf } from './module.ts';
import { elementFact, type Pom } from './pom.ts';

/** Dependencies of a module and those that it inherits, each with the version that is declared or managed in the project. */
export function moduleDependencies(module: Module): readonly Dependency[] {
  const managed = sectionsOf(module).flatMap(({ pom, section }) =>
    childrenAt(section, 'dependencyManagement', 'dependencies', 'dependency').map((element) =>
      toDependency(module, pom, element),
    ),
  );
  return sectionsOf(module).flatMap(({ pom, section }) =>
    childrenAt(section, 'dependencies', 'dependency').map((element) => {
      const one = toDependency(module, pom, element);
      const manager = managed.find((other) => other.group === one.group && other.name === one.name);
      return { ...one, version: one.version ?? manager?.version ?? null, scope: one.scope ?? manager?.scope ?? null };
    }),
  );
}

/** Bills of materials that a module imports. */
export function importedBoms(module: Module): readonly Dependency[] {
  return sectionsOf(module).flatMap(({ pom, section }) =>
    childrenAt(section, 'dependencyManagement', 'dependencies', 'dependency')
      .filter((element) => childAt(element, 'scope')?.text === 'import')
      .map((element) => toDependency(module, pom, element)),
  );
}

function toDependency(module: Module, pom: Pom, element: Element): Dependency {
  const text = (name: string) => {
    const fact = elementFact(pom, childAt(element, name));
    return fact && (resolve(module, fact) ?? fact);
  };
  return {
    group: text('groupId')?.value ?? '',
    name: text('artifactId')?.value ?? '',
    version: text('version'),
    scope: text('scope')?.value ?? null,
    type: text('type')?.value ?? 'jar',
    classifier: text('classifier')?.value ?? null,
    place: `${pom.path}:${childAt(element, 'artifactId')?.line ?? element.line}`,
  };
}
