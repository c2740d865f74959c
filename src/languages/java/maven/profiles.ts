import type { Fact } from '../../../model/fact.ts';
import type { Project } from '../../../model/project.ts';
import { childAt, childrenAt, type Element } from '../../../project/readers/xml.ts';
import { joinPath } from '../../../project/search.ts';
import type { Pom } from './pom.ts';

/** What a module is built in: Maven asks its profiles, and those that it inherits, about the module's own folder. */
export interface Surroundings {
  readonly project: Project;
  readonly directory: string;
  /** `-D` of `.mvn/maven.config`, by name */
  readonly userProperties: ReadonlyMap<string, Fact>;
}

/**
 * The parts of a pom that hold in a build without any `-P`: the active profiles, which win, and the project itself. Those
 * that are active by default are so only while no other profile of the same pom is.
 */
export function activeSections(pom: Pom, surroundings: Surroundings): readonly Element[] {
  const profiles = childrenAt(pom.root, 'profiles', 'profile');
  const switchedOn = profiles.filter((profile) => holds(profile, surroundings));
  const active = switchedOn.length > 0 ? switchedOn : profiles.filter(isDefault);
  return [...active, pom.root];
}

function isDefault(profile: Element): boolean {
  return childAt(profile, 'activation', 'activeByDefault')?.text === 'true';
}

/** All conditions must hold. Those about the JDK or the processor are not known before an image is chosen, and count as false. */
function holds(profile: Element, surroundings: Surroundings): boolean {
  const activation = childAt(profile, 'activation');
  const conditions = activation?.children.filter((one) => one.name !== 'activeByDefault') ?? [];
  return conditions.length > 0 && conditions.every((one) => conditionHolds(one, surroundings));
}

function conditionHolds(condition: Element, surroundings: Surroundings): boolean {
  switch (condition.name) {
    case 'property':
      return propertyHolds(condition, surroundings);
    case 'file':
      return filesHold(condition, surroundings);
    case 'os':
      return condition.children.every(isLinux);
    default:
      return false;
  }
}

function propertyHolds(condition: Element, { userProperties }: Surroundings): boolean {
  const name = childAt(condition, 'name')?.text ?? '';
  const set = userProperties.get(name.replace(/^!/, ''))?.value ?? null;
  if (name.startsWith('!')) return set === null;
  const wanted = childAt(condition, 'value')?.text ?? '';
  if (wanted === '') return set !== null;
  return wanted.startsWith('!') ? set !== wanted.slice(1) : set === wanted;
}

function filesHold(condition: Element, { project, directory }: Surroundings): boolean {
  const path = filePath(directory, condition);
  if (path === null) return false;
  const isThere = project.isFile(path) || project.isDirectory(path);
  return condition.children.every((one) => (one.name === 'missing' ? !isThere : isThere));
}

/** `null` where the path leans on something that is not known here. */
function filePath(directory: string, condition: Element): string | null {
  const named = condition.children[0]?.text.replaceAll(/\$\{(?:project\.)?basedir\}/g, '.') ?? '';
  return named === '' || named.includes('$') || named.startsWith('/') ? null : joinPath(directory, named);
}

/** `<family>unix</family>`, `<name>!windows</name>`: images are built on Linux. */
function isLinux(one: Element): boolean {
  if (one.name !== 'family' && one.name !== 'name') return false;
  const isNegated = one.text.startsWith('!');
  return /^!?(?:unix|linux)$/i.test(one.text) !== isNegated;
}

/** Files whose presence switches profiles on: they must be there whenever Maven reads the poms. */
export function profileFiles(poms: readonly Pom[], { project, directory }: Surroundings): readonly string[] {
  return poms
    .flatMap((pom) => childrenAt(pom.root, 'profiles', 'profile'))
    .map((profile) => childAt(profile, 'activation', 'file'))
    .filter((file) => file !== null)
    .map((file) => filePath(directory, file))
    .filter((path) => path !== null && path !== joinPath(directory, 'pom.xml') && project.isFile(path)) as string[];
}

/** A profile for developers that a plain build takes, where there is another one for production. */
export function developmentProfile(poms: readonly Pom[]): { readonly used: Fact; readonly production: string } | null {
  for (const pom of poms) {
    const profiles = childrenAt(pom.root, 'profiles', 'profile');
    const named = (form: RegExp) => profiles.filter((profile) => form.test(childAt(profile, 'id')?.text ?? ''));
    const used = named(/^(?:dev|develop|development|local)$/i).find(isDefault);
    const production = childAt(named(/^(?:prod|production)$/i)[0] ?? pom.root, 'id')?.text;
    if (used && production) {
      const value = childAt(used, 'id')?.text ?? '';
      return { used: { value, from: `${pom.path}:${used.line}` }, production };
    }
  }
  return null;
}
