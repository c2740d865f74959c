import type { Fact } from '../../../model/fact.ts';
import type { Project } from '../../../model/project.ts';
import { childAt, childrenAt, type Element } from '../../../project/readers/xml.ts';
import { joinPath } from '../../../project/search.ts';
import { elementFact, type Pom, pomFact, pomPath, readPom } from './pom.ts';
import { activeSections, type Surroundings } from './profiles.ts';

interface Coordinates {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: Fact | null;
}

/** A pom with all that it inherits inside the project: what Maven calls the effective model, as far as files here tell. */
export interface Module {
  readonly pom: Pom;
  /** the pom itself, then its parents in the project, nearest first */
  readonly chain: readonly Pom[];
  /** the first parent that comes from a repository */
  readonly remoteParent: Coordinates | null;
  readonly surroundings: Surroundings;
}

/** A pom, and a part of it that holds: the pom itself or one of its active profiles. */
export interface Section {
  readonly pom: Pom;
  readonly section: Element;
}

/** Longer chains exist only where poms are each other's parents. */
const LONGEST_CHAIN = 12;

export function readModule(project: Project, pom: Pom, userProperties: ReadonlyMap<string, Fact>): Module {
  const chain: Pom[] = [pom];
  for (let here: Pom | null = pom; here && chain.length < LONGEST_CHAIN; ) {
    const parent: Pom | null = localParent(project, here);
    if (parent && !chain.some((one) => one.path === parent.path)) chain.push(parent);
    else break;
    here = parent;
  }
  const top = chain.at(-1) ?? pom;
  const surroundings = { project, directory: pom.directory, userProperties };
  const bare: Module = { pom, chain, remoteParent: null, surroundings };
  const parent = childAt(top.root, 'parent');
  if (!parent) return bare;
  const version = pomFact(top, 'parent', 'version');
  return {
    ...bare,
    remoteParent: {
      groupId: childAt(parent, 'groupId')?.text ?? '',
      artifactId: childAt(parent, 'artifactId')?.text ?? '',
      version: version && resolve(bare, version),
    },
  };
}

/** The parent's pom, where `<relativePath>` (by default the folder above) leads to it: Maven also compares its name. */
function localParent(project: Project, pom: Pom): Pom | null {
  const parent = childAt(pom.root, 'parent');
  if (!parent) return null;
  const relative = childAt(parent, 'relativePath');
  if (relative?.text === '') return null;
  const path = pomPath(project, joinPath(pom.directory, relative?.text ?? '..'));
  const found = path === null || path === pom.path ? null : readPom(project, path);
  return found && childAt(found.root, 'artifactId')?.text === childAt(parent, 'artifactId')?.text ? found : null;
}

/** What holds in the build of a module, the strongest first. */
export function sectionsOf({ chain, surroundings }: Module): readonly Section[] {
  return chain.flatMap((pom) => activeSections(pom, surroundings).map((section) => ({ pom, section })));
}

/** A property as Maven would see it, still with its own `${…}` resolved; `null` where nothing in the project sets it. */
export function property(module: Module, name: string): Fact | null {
  const raw = rawProperty(module, name);
  return raw && resolve(module, raw);
}

function rawProperty(module: Module, name: string): Fact | null {
  const given = module.surroundings.userProperties.get(name);
  if (given) return given;
  for (const { pom, section } of sectionsOf(module)) {
    // The last one wins where a property is set twice.
    const set = childrenAt(section, 'properties', name).at(-1);
    const fact = set ? elementFact(pom, set) : null;
    if (fact) return fact;
  }
  return builtIn(module, name.replace(/^(?:project|pom)\./, ''));
}

/** `<suffix/>`: set to nothing, which is a value too within a longer one. */
function isEmptied(module: Module, name: string): boolean {
  return sectionsOf(module).some(({ section }) => childrenAt(section, 'properties', name).length > 0);
}

/** What every project has without setting it; `null` for the rest. */
function builtIn(module: Module, name: string): Fact | null {
  switch (name) {
    case 'version':
      return rawVersion(module);
    case 'parent.version':
      return pomFact(module.pom, 'parent', 'version');
    case 'groupId':
      return pomFact(module.pom, 'groupId') ?? pomFact(module.pom, 'parent', 'groupId');
    case 'artifactId':
    case 'name':
      return pomFact(module.pom, name) ?? pomFact(module.pom, 'artifactId');
    case 'parent.artifactId':
      return pomFact(module.pom, 'parent', 'artifactId');
    case 'packaging':
      return pomFact(module.pom, 'packaging') ?? { value: 'jar', from: module.pom.path };
    case 'build.finalName':
      return rawFinalName(module);
    case 'build.directory':
      return { value: 'target', from: module.pom.path };
    case 'build.outputDirectory':
      return { value: 'target/classes', from: module.pom.path };
    case 'basedir':
      return { value: '.', from: module.pom.path };
    default:
      return null;
  }
}

function rawVersion(module: Module): Fact | null {
  return pomFact(module.pom, 'version') ?? pomFact(module.pom, 'parent', 'version');
}

function rawFinalName(module: Module): Fact | null {
  for (const { pom, section } of sectionsOf(module)) {
    const fact = elementFact(pom, childAt(section, 'build', 'finalName'));
    if (fact) return fact;
  }
  const version = property(module, 'project.version');
  if (!version) return null;
  const value = `${artifactId(module).value}-${version.value}`;
  return { value, from: version.from, holds: version.holds ?? version.value };
}

/** How often `${a}` may lead to `${b}`: properties that name each other never end. */
const DEEPEST = 20;

/** Fills in every `${…}` of a value; `null` where one of them is not known from the project's files. */
export function resolve(module: Module, fact: Fact, depth = 0): Fact | null {
  if (!fact.value.includes('${')) return fact;
  if (depth > DEEPEST) return null;
  const alone = /^\$\{([^${}]+)\}$/.exec(fact.value)?.[1];
  if (alone !== undefined) {
    const set = rawProperty(module, alone);
    return set && resolve(module, set, depth + 1);
  }
  let missing = false;
  const value = fact.value.replaceAll(/\$\{([^${}]+)\}/g, (_all, name: string) => {
    const set = rawProperty(module, name);
    const known = set && resolve(module, set, depth + 1);
    if (!known && !isEmptied(module, name)) missing = true;
    return known?.value ?? '';
  });
  return missing ? null : { value, from: fact.from, holds: fact.value };
}

export function artifactId(module: Module): Fact {
  const fact = pomFact(module.pom, 'artifactId');
  return (fact && resolve(module, fact)) ?? { value: 'app', from: module.pom.path };
}

export function packaging(module: Module): string {
  return property(module, 'project.packaging')?.value ?? 'jar';
}
