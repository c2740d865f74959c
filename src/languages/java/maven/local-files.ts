import type { Project } from '../../../model/project.ts';
import { childAt, childrenAt } from '../../../project/readers/xml.ts';
import { directoryOf, joinPath } from '../../../project/search.ts';
import { type Module, packaging, resolve, sectionsOf } from './module.ts';
import { findPlugin, modulePlugins, setting, settingsNamed } from './plugins.ts';
import { elementFact, type Pom } from './pom.ts';

/**
 * Folders with libraries that the poms take from the project itself: dependencies of the scope `system`, repositories in a
 * folder, jars that the build installs first. Maven looks for them before it compiles anything.
 */
export function localLibraries(project: Project, module: Module): readonly string[] {
  const paths = [...systemPaths(module), ...installedFiles(module)].map((path) => directoryOf(path));
  const folders = [...paths, ...fileRepositories(module)].filter((path) => path !== '.' && project.isDirectory(path));
  return [...new Set(folders)].sort();
}

/** The descriptor of a web application: without it, older versions of the war plugin refuse to pack anything. */
export function webDescriptor(project: Project, module: Module): string | null {
  if (packaging(module) !== 'war') return null;
  const war = findPlugin(modulePlugins(module), 'maven-war-plugin');
  const path = setting(module, war, 'webXml')?.value ?? 'src/main/webapp/WEB-INF/web.xml';
  const place = joinPath(module.pom.directory, path);
  return project.isFile(place) ? place : null;
}

/** Files of properties that a plugin reads into the build before anything else. */
export function propertiesFiles(project: Project, module: Module): readonly string[] {
  const reader = findPlugin(modulePlugins(module), 'properties-maven-plugin');
  return settingsNamed(module, reader, 'file')
    .map((fact) => inProject(module, module.pom, fact.value))
    .filter((path) => path !== null && project.isFile(path)) as string[];
}

function systemPaths(module: Module): readonly string[] {
  return sectionsOf(module).flatMap(({ pom, section }) =>
    childrenAt(section, 'dependencies', 'dependency')
      .map((dependency) => elementFact(pom, childAt(dependency, 'systemPath')))
      .map((fact) => fact && inProject(module, pom, fact.value))
      .filter((path) => path !== null),
  );
}

function installedFiles(module: Module): readonly string[] {
  const install = findPlugin(modulePlugins(module), 'maven-install-plugin');
  return settingsNamed(module, install, 'file').map((fact) => joinPath(module.pom.directory, fact.value));
}

function fileRepositories(module: Module): readonly string[] {
  return sectionsOf(module).flatMap(({ pom, section }) =>
    childrenAt(section, 'repositories', 'repository')
      .map((repository) => childAt(repository, 'url')?.text ?? '')
      .filter((url) => url.startsWith('file:'))
      .map((url) => inProject(module, pom, url.replace(/^file:\/*/, '')))
      .filter((path) => path !== null),
  );
}

/** A path that starts at the pom's folder; `null` for one outside of the project. */
function inProject(module: Module, pom: Pom, path: string): string | null {
  const own = path.replace(
    /^\$\{(?:project\.)?basedir\}\/?|^\$\{project\.parent\.basedir\}\/?|^\$\{maven\.multiModuleProjectDirectory\}\/?/,
    '',
  );
  const known = resolve(module, { value: own, from: pom.path });
  if (!known || known.value.startsWith('/')) return null;
  const base = path.includes('multiModuleProjectDirectory') ? (module.chain.at(-1)?.directory ?? '.') : pom.directory;
  return joinPath(base, known.value);
}
