import type { Fact } from '../../../model/fact.ts';
import type { Project } from '../../../model/project.ts';
import { childAt, childrenAt, type Element, readXml } from '../../../project/readers/xml.ts';
import { directoryOf, joinPath } from '../../../project/search.ts';
import { activeSections, type Surroundings } from './profiles.ts';

/** One pom.xml as it is written: nothing inherited, nothing interpolated. */
export interface Pom {
  readonly path: string;
  readonly directory: string;
  readonly root: Element;
}

/** Parents are asked for by each of their modules; a project never changes while it is read. */
const READ = new WeakMap<Project, Map<string, Pom | null>>();

/** `null` where there is no such file, or where it is XML of another kind. Throws UserError `file-malformed`. */
export function readPom(project: Project, path: string): Pom | null {
  const known = READ.get(project) ?? new Map<string, Pom | null>();
  READ.set(project, known);
  const before = known.get(path);
  if (before !== undefined) return before;
  const root = readXml(project, path);
  const pom = root?.name === 'project' ? { path, directory: directoryOf(path), root } : null;
  known.set(path, pom);
  return pom;
}

/** The text of an element of this pom as a fact; an empty one counts as absent. */
export function elementFact(pom: Pom, element: Element | null): Fact | null {
  return element && element.text !== '' ? { value: element.text, from: `${pom.path}:${element.line}` } : null;
}

export function pomFact(pom: Pom, ...names: readonly string[]): Fact | null {
  return elementFact(pom, childAt(pom.root, ...names));
}

/** A folder that a pom lists as its module, and the profile that must be on for it, if it is listed only there. */
export interface ModuleEntry {
  readonly path: string;
  readonly profile: string | null;
}

/** Paths of the poms that this one lists as modules, relative to the project. Maven takes a folder or a file. */
export function listedModules(surroundings: Surroundings, pom: Pom): readonly ModuleEntry[] {
  const { project } = surroundings;
  const active = new Set(activeSections(pom, surroundings));
  const sections = [...active, ...childrenAt(pom.root, 'profiles', 'profile').filter((one) => !active.has(one))];
  const entries: ModuleEntry[] = [];
  for (const section of sections) {
    const profile = active.has(section) ? null : (childAt(section, 'id')?.text ?? null);
    for (const module of [
      ...childrenAt(section, 'modules', 'module'),
      ...childrenAt(section, 'subprojects', 'subproject'),
    ]) {
      const path = pomPath(project, joinPath(pom.directory, module.text));
      if (path && !entries.some((one) => one.path === path)) entries.push({ path, profile });
    }
  }
  return entries;
}

/** A pom's own path for what `<module>` and `<relativePath>` name: a folder, or the file itself; `null` where it is not there. */
export function pomPath(project: Project, path: string): string | null {
  const inside = joinPath(path, 'pom.xml');
  if (project.isFile(inside)) return inside;
  return project.isFile(path) ? path : null;
}
