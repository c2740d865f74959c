import { UserError } from '../../../errors.ts';
import type { Fact } from '../../../model/fact.ts';
import type { Project } from '../../../model/project.ts';
import { directoryOf, joinPath, relativePath } from '../../../project/search.ts';
import { moduleDependencies } from './dependencies.ts';
import { artifactId, type Module, readModule } from './module.ts';
import { listedModules, type Pom, readPom } from './pom.ts';
import { userProperties } from './settings.ts';

/** Poms that are built in one run: a root that lists the others, directly or through them. */
export interface Reactor {
  /** pom that is given to Maven */
  readonly root: Pom;
  /** every pom of the run by path, with the profile that must be on for it, if it is listed only there */
  readonly members: ReadonlyMap<string, { readonly module: Module; readonly profile: string | null }>;
}

/** The reactor in which a pom is built: the topmost pom above it that lists it, or the pom alone. */
export function reactorOf(project: Project, pomPath: string): Reactor | null {
  const directory = directoryOf(pomPath);
  for (const above of ancestors(directory)) {
    const reactor = readReactor(project, joinPath(above, 'pom.xml'));
    if (reactor?.members.has(pomPath)) return reactor;
  }
  return readReactor(project, pomPath);
}

/** `.`, `a`, `a/b` for `a/b`. */
function ancestors(directory: string): readonly string[] {
  const names = directory === '.' ? [] : directory.split('/');
  return ['.', ...names.map((_name, at) => names.slice(0, at + 1).join('/'))];
}

/** More modules than any build has; a reactor that lists itself ends before. */
const MOST_MODULES = 500;

export function readReactor(project: Project, path: string): Reactor | null {
  const root = readReadablePom(project, path);
  if (!root) return null;
  const given = userProperties(project, root.directory);
  const members = new Map<string, { readonly module: Module; readonly profile: string | null }>();
  const waiting: { readonly pom: Pom; readonly profile: string | null }[] = [{ pom: root, profile: null }];
  for (let next = waiting.shift(); next && members.size < MOST_MODULES; next = waiting.shift()) {
    if (members.has(next.pom.path)) continue;
    members.set(next.pom.path, { module: readModule(project, next.pom, given), profile: next.profile });
    for (const entry of listedModules({ project, directory: next.pom.directory, userProperties: given }, next.pom)) {
      const pom = readReadablePom(project, entry.path);
      if (pom) waiting.push({ pom, profile: next.profile ?? entry.profile });
    }
  }
  return { root, members };
}

/** A broken pom somewhere in a tree (a test's, a template's) is none of this service's business; its own one is read strictly. */
function readReadablePom(project: Project, path: string): Pom | null {
  try {
    return readPom(project, path);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** The modules of the reactor that a module depends on, directly or not, itself first. With those for tests: what `-am` builds. */
export function builtWith(reactor: Reactor, module: Module, withTests: boolean): readonly Module[] {
  const byName = new Map([...reactor.members.values()].map((one) => [artifactId(one.module).value, one.module]));
  const found: Module[] = [module];
  for (const one of found) {
    for (const dependency of moduleDependencies(one)) {
      const local = byName.get(dependency.name);
      const counts = withTests || dependency.scope !== 'test';
      if (local && counts && !found.includes(local)) found.push(local);
    }
  }
  return found;
}

/**
 * The folder that holds every pom that the build reads: those of the reactor and the parents of all of them. A parent may
 * stand beside the modules (`../parent`), so this can be above the root.
 */
export function contextOf(reactor: Reactor): string {
  const directories = [...reactor.members.values()].flatMap(({ module }) => module.chain.map((pom) => pom.directory));
  return directories.reduce(commonDirectory, reactor.root.directory);
}

function commonDirectory(a: string, b: string): string {
  const [left, right] = [a === '.' ? [] : a.split('/'), b === '.' ? [] : b.split('/')];
  const common = left.filter((_name, at) => left.slice(0, at + 1).join('/') === right.slice(0, at + 1).join('/'));
  return common.join('/') || '.';
}

/** How a module is called behind `-pl`: its folder seen from the root; `null` where it is the root itself. */
export function moduleSelector(reactor: Reactor, module: Module): Fact | null {
  if (module.pom.path === reactor.root.path) return null;
  const value = module.pom.path.endsWith('/pom.xml')
    ? relativePath(reactor.root.directory, module.pom.directory)
    : relativePath(reactor.root.directory, module.pom.path);
  return { value: value.startsWith('../') ? `:${artifactId(module).value}` : value, from: module.pom.path };
}
