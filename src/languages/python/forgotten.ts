import { compare, satisfies } from '@renovatebot/pep440';
import type { Fact, Note } from '../../model/fact.ts';
import { own } from '../../project/own.ts';
import type { Application } from './application.ts';
import { HELD_BACK, NEEDS_PKG_RESOURCES, REMOVED, SETUPTOOLS } from './compatibility-data.ts';
import { type Dependencies, hasPackage } from './dependencies.ts';
import { newestAllowed, normalName, type Requirement } from './requirement.ts';
import { releaseFor, SERVERS, serverOf } from './server.ts';
import { placeIn, type Source } from './sources.ts';
import { distributionOf, undeclaredImports } from './third-party.ts';

/** What must be installed besides what is declared: bounds that old releases do not set themselves, and setuptools. */
export function forgotten(
  dependencies: Dependencies,
  reached: readonly Source[],
  optional: readonly Requirement[],
  python: string,
): readonly Fact[] {
  const asks = setuptoolsNeed(dependencies, reached, python);
  const last = asks && !hasPackage(dependencies, 'setuptools') ? [asks] : [];
  // What is locked, with hashes or as a whole, is meant as it stands.
  if (dependencies.lockFile || dependencies.requirementsFiles?.hashes) return last;
  const imported = undeclared(dependencies, reached, optional);
  const bounds = heldBack(dependencies, reached);
  const isBound = (name: string) => bounds.some((fact) => boundName(fact) === normalName(name));
  return [...imported.filter((fact) => !isBound(fact.value)), ...bounds, ...last];
}

/** Upper bounds for what the project does not name itself; of two for the same distribution the lower one. */
function heldBack(dependencies: Dependencies, reached: readonly Source[]): readonly Fact[] {
  const named = new Set(dependencies.requirements.filter((one) => one.specifier !== '').map((one) => one.name));
  const facts = new Map<string, Fact>();
  for (const fact of [...byRequirement(dependencies), ...byImport(reached)]) {
    const known = facts.get(boundName(fact));
    if (named.has(boundName(fact)) || (known && compare(limitOf(known), limitOf(fact)) <= 0)) continue;
    facts.set(boundName(fact), fact);
  }
  return [...facts.values()];
}

function byRequirement(dependencies: Dependencies): readonly Fact[] {
  return dependencies.requirements.flatMap((one) => {
    const pin = newestAllowed(one);
    return HELD_BACK.filter(
      ({ package: name, releases }) =>
        name === one.name && (releases === '*' || (pin !== null && satisfies(pin, releases, { prereleases: true }))),
    ).flatMap(({ hold }) => hold.map((value) => ({ value, from: one.from, holds: '' })));
  });
}

/** What the source imports as soon as it is loaded, and newer releases do not have any more. */
function byImport(reached: readonly Source[]): readonly Fact[] {
  return reached.flatMap((source) =>
    source.imports
      .filter((one) => one.level === 0 && one.isTopLevel)
      .flatMap((one) =>
        REMOVED.filter(
          ({ module, names }) => module.test(one.module) && (!names || (one.name !== null && names.test(one.name))),
        ).flatMap(({ hold }) =>
          hold.map((value) => ({ value, from: placeIn(source, one.offset), holds: one.name ?? one.module })),
        ),
      ),
  );
}

function boundName(fact: Fact): string {
  return fact.value.split('<')[0] ?? '';
}

function limitOf(fact: Fact): string {
  return fact.value.split('<')[1] ?? '';
}

/** What the way of starting needs, and the project does not declare. */
export function needed(dependencies: Dependencies, application: Application | null, python: string): readonly Fact[] {
  if (application?.site && dependencies.manager !== 'listed')
    return application.needs.map((value) => ({ value, from: application.from, holds: '' }));
  if (!application || dependencies.lockFile || dependencies.requirements.length === 0) return [];
  return application.needs
    .filter((name) => SERVERS.some((one) => one.package === name) && !hasPackage(dependencies, name))
    .map((name) => ({
      value: `${name}==${releaseFor(serverOf(name), python) ?? ''}`,
      from: application.from,
      holds: application.holds,
    }));
}

/** Distributions whose modules the program imports and that nothing declares. */
function undeclared(
  dependencies: Dependencies,
  reached: readonly Source[],
  optional: readonly Requirement[],
): readonly Fact[] {
  return undeclaredImports(reached, dependencies, optional)
    .slice(0, 10)
    .map((fact) => ({ value: distributionOf(fact.value) ?? fact.value, from: fact.from, holds: fact.value }));
}

function setuptoolsNeed(dependencies: Dependencies, reached: readonly Source[], python: string): Fact | null {
  const importing = reached.find((source) =>
    /^[ \t]*(?:import|from)[ \t]+(?:pkg_resources|setuptools|distutils)\b/m.test(source.code),
  );
  if (importing) return { value: SETUPTOOLS, from: importing.full, holds: '' };
  const all = [
    ...dependencies.requirements.map((one) => ({ name: one.name, version: newestAllowed(one), from: one.from })),
    ...dependencies.locked,
  ];
  const needing = all.find(({ name, version }) => {
    const releases = own(NEEDS_PKG_RESOURCES, name);
    return (
      releases !== undefined &&
      (releases === '>=0' || (version !== null && satisfies(version, releases, { prereleases: true })))
    );
  });
  if (needing) return { value: SETUPTOOLS, from: needing.from, holds: '' };
  // Until Python 3.11 every virtual environment had setuptools in it, and packages came to rely on that. That of 3.6 still has.
  const minor = Number(python.split('.')[1]);
  const isOld = minor <= 11 && minor >= 7 && dependencies.requirements.length > 0 && dependencies.locked.length === 0;
  return isOld ? { value: SETUPTOOLS, from: dependencies.manifest?.from ?? '', holds: '' } : null;
}

export function undeclaredNotes(
  dependencies: Dependencies,
  reached: readonly Source[],
  optional: readonly Requirement[],
): readonly Note[] {
  if (dependencies.lockFile || dependencies.requirementsFiles?.hashes) return [];
  return undeclared(dependencies, reached, optional).map((fact) => ({
    code: 'import-undeclared',
    severity: 'warning',
    places: [fact.from],
    args: { module: fact.holds ?? fact.value, name: fact.value },
  }));
}

/** Bounds that stand in the Dockerfile and in no file of the project. */
export function heldBackNotes(dependencies: Dependencies, reached: readonly Source[]): readonly Note[] {
  if (dependencies.lockFile || dependencies.requirementsFiles?.hashes) return [];
  const bounds = heldBack(dependencies, reached);
  if (bounds.length === 0) return [];
  const args = { bounds: bounds.map((fact) => fact.value).join(', ') };
  return [
    { code: 'versions-held-back', severity: 'info', places: [...new Set(bounds.map((fact) => fact.from))], args },
  ];
}
