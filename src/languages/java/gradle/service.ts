import type { Fact, Note } from '../../../model/fact.ts';
import type { Project } from '../../../model/project.ts';
import { joinPath, relativePath } from '../../../project/search.ts';
import { insideContext } from '../artefact.ts';
import type { GradleBuild } from '../build.ts';
import type { Dependency } from '../dependency.ts';
import { recognise } from '../framework.ts';
import type { Inputs } from '../inputs.ts';
import type { JavaService } from '../service.ts';
import { tomcatFor } from '../servlet.ts';
import { readSources, sourceFolders } from '../sources.ts';
import { readSettings } from '../spring.ts';
import { gradlePackaged } from './artefact.ts';
import { projectDependencies, scriptDependencies } from './dependencies.ts';
import { imageGradle } from './image-version.ts';
import { scriptLevel } from './level.ts';
import { allInScripts, blocks, firstInScripts, type Script } from './script.ts';
import { type GradleTree, pluginIds, scriptsOf, treeOf } from './tree.ts';
import { markedValue, type Values, valuesOf } from './values.ts';
import { findGradleWrapper } from './wrapper.ts';

/** All that a Gradle project says about one service; `null` where no build script stands in the folder. */
export function readGradleService(project: Project, directory: string): JavaService | null {
  const found = treeOf(project, directory);
  if (!found) return null;
  const { tree, path } = found;
  const scripts = scriptsOf(project, tree, path);
  const values = valuesOf(project, tree, directory, scripts);
  const plugins = new Set(pluginIds(scripts, tree).map((fact) => fact.value));
  const inputs = inputsOf(project, tree, path, scripts, values, plugins);
  const { wrapper, version: named, note } = findGradleWrapper(project, tree.root);
  const everyScript = tree.rootScript ? [...scripts, tree.rootScript] : scripts;
  const image = wrapper ? null : imageGradle(named, everyScript, inputs.bootVersion);
  const { artefact, task, from, main } = gradlePackaged({
    directory,
    name: path === ':' ? tree.buildName : path.slice(path.lastIndexOf(':') + 1),
    scripts,
    plugins,
    values: versionAware(values, tree, directory, project),
    bootVersion: inputs.bootVersion?.value ?? null,
    server: tomcatFor(inputs.dependencies, inputs.sources),
    settings: inputs.settings,
  });
  const level = scriptLevel(scripts, values);
  return {
    context: tree.root,
    inputs,
    artefact: insideContext(artefact, tree.root),
    artefactFrom: from,
    main,
    levels: level ? [level] : [],
    build: {
      tool: 'gradle',
      wrapper: wrapper && { directory: relativePath(tree.root, wrapper.directory), command: wrapper.command },
      version: image?.version ?? named?.value ?? null,
      task: path === ':' ? `:${task}` : `${path}:${task}`,
      excluded: [path, ...usedProjects(project, tree, path)].flatMap((one) => withoutGit(project, tree, one)),
      scripts: buildScripts(project, tree),
      isMultiProject: tree.projects.size > 1,
      hasConfigurationCache: hasConfigurationCache(project, tree.root),
    } satisfies GradleBuild,
    notes: [note, image && !named ? assumedNote(image.version, image.sign) : null].filter((one) => one !== null),
  };
}

/** Without a wrapper nothing but the scripts says which Gradle the project was written for. */
function assumedNote(version: string, sign: Fact): Note {
  const args = { major: version.replace(/\..*$/, ''), sign: sign.value };
  return { code: 'gradle-assumed', severity: 'info', places: [sign.from], args };
}

/** Tasks that stop without version control, which is not in the build context. */
function withoutGit(project: Project, tree: GradleTree, path: string): readonly string[] {
  const ids = pluginIds(scriptsOf(project, tree, path), tree).map((fact) => fact.value);
  const own = path === ':' ? ':' : `${path}:`;
  return ids.includes('com.gorylenko.gradle-git-properties') ? [`${own}generateGitProperties`] : [];
}

function hasConfigurationCache(project: Project, root: string): boolean {
  return /^\s*org\.gradle\.(?:unsafe\.)?configuration-cache\s*=\s*true/m.test(
    project.source(joinPath(root, 'gradle.properties')) ?? '',
  );
}

/** `version` may also stand in gradle.properties, where it is not told from other values by its place. */
function versionAware(values: Values, tree: GradleTree, directory: string, project: Project): Values {
  return (name) => {
    if (name !== 'gradle.properties:version') return values(name);
    for (const folder of [directory, tree.root]) {
      const set = /^\s*version\s*=\s*(\S+)\s*$/m.exec(project.source(joinPath(folder, 'gradle.properties')) ?? '')?.[1];
      if (set) return { value: set, from: joinPath(folder, 'gradle.properties') };
    }
    return null;
  };
}

function inputsOf(
  project: Project,
  tree: GradleTree,
  path: string,
  scripts: readonly Script[],
  values: Values,
  plugins: ReadonlySet<string>,
): Inputs {
  const directory = tree.projects.get(path) ?? tree.root;
  const used = usedProjects(project, tree, path);
  const folders = [directory, ...used.map((one) => tree.projects.get(one) ?? tree.root)];
  const all = [scripts, ...used.map((one) => scriptsOf(project, tree, one))];
  const boot = bootVersion(scripts, tree, values);
  const dependencies = [
    ...all.flatMap((one) => scriptDependencies(one, tree, values)),
    ...pluginDependencies(plugins, boot, scripts[0]?.path ?? directory),
    ...micronautServer(scripts),
  ];
  const manifest = scripts[0]?.path ?? tree.settings?.path ?? directory;
  return {
    directory,
    manifest,
    name: path === ':' ? tree.name : { value: path.slice(path.lastIndexOf(':') + 1), from: manifest },
    framework: recognise(dependencies).id,
    bootVersion: boot,
    dependencies,
    sources: readSources(
      project,
      folders.flatMap((folder) => [...sourceFolders(folder), ...oldSourceFolders(project, folder)]),
    ),
    settings: readSettings(
      project,
      folders.flatMap((folder) => [joinPath(folder, 'src/main/resources'), joinPath(folder, 'config'), folder]),
      ['application', 'bootstrap', 'META-INF/microprofile-config'],
      (name) => markedValue(name, scripts, values)?.value ?? null,
    ),
  };
}

/** Ktor's generator once wrote sources to `src` itself. */
function oldSourceFolders(project: Project, folder: string): readonly string[] {
  return project.isDirectory(joinPath(folder, 'src/main')) ? [] : [joinPath(folder, 'src')];
}

function usedProjects(project: Project, tree: GradleTree, path: string): readonly string[] {
  const found: string[] = [path];
  for (const one of found) {
    for (const used of projectDependencies(scriptsOf(project, tree, one), tree))
      if (!found.includes(used)) found.push(used);
  }
  return found.slice(1);
}

/** Spring Boot's version: its plugin's, wherever that is named, or that of the classpath of an old build script. */
function bootVersion(scripts: readonly Script[], tree: GradleTree, values: Values): Fact | null {
  const all = tree.rootScript ? [...scripts, tree.rootScript] : scripts;
  const withSettings = tree.settings ? [...all, tree.settings] : all;
  const forms = [
    /["']org\.springframework\.boot["']\s*\)?\s*version\s*\(?\s*["']([^"']+)["']/,
    /org\.springframework\.boot:spring-boot-(?:gradle-plugin|dependencies):([\w.${}-]+)/,
  ];
  for (const form of forms) {
    const fact = firstInScripts(withSettings, form);
    if (!fact) continue;
    if (/^\d/.test(fact.value)) return fact;
    const named = values(fact.value.replaceAll(/[${}]/g, ''));
    if (named) return named;
  }
  const plugin = [...tree.catalog.plugins.values()].find((one) => one.id === 'org.springframework.boot');
  return plugin?.version ?? null;
}

/** What a plugin stands for, as if it were a bill of materials. */
function pluginDependencies(plugins: ReadonlySet<string>, boot: Fact | null, place: string): readonly Dependency[] {
  const known: readonly (readonly [string, string, string])[] = [
    ['org.springframework.boot', 'org.springframework.boot', 'spring-boot-dependencies'],
    ['io.quarkus', 'io.quarkus.platform', 'quarkus-bom'],
    ['io.micronaut.application', 'io.micronaut.platform', 'micronaut-platform'],
    ['io.micronaut.minimal.application', 'io.micronaut.platform', 'micronaut-platform'],
    ['io.ktor.plugin', 'io.ktor', 'ktor-server-core'],
  ];
  return known
    .filter(([id]) => plugins.has(id))
    .map(([id, group, name]) => ({
      group,
      name,
      version: id === 'org.springframework.boot' ? boot : null,
      scope: 'import',
      type: 'pom',
      classifier: null,
      place,
    }));
}

/** `micronaut { runtime("netty") }` brings the server along. */
function micronautServer(scripts: readonly Script[]): readonly Dependency[] {
  const blocksOf = scripts.map((script) => blocks(script, 'micronaut'));
  const server = firstInScripts(blocksOf, /\bruntime\s*\(?\s*["'](netty|jetty|tomcat|undertow)["']/);
  if (!server) return [];
  const name = `micronaut-http-server-${server.value}`;
  return [
    { group: 'io.micronaut', name, version: null, scope: null, type: 'jar', classifier: null, place: server.from },
  ];
}

/** What Gradle reads before it compiles: scripts, properties, the catalog, and the folders that hold conventions. */
function buildScripts(project: Project, tree: GradleTree): readonly string[] {
  const names = ['settings.gradle', 'settings.gradle.kts', 'build.gradle', 'build.gradle.kts', 'gradle.properties'];
  const folders = ['gradle', 'buildSrc', 'build-logic', ...includedBuilds(tree)];
  return [
    ...names.filter((name) => project.isFile(joinPath(tree.root, name))),
    ...[...new Set(folders)].filter((name) => project.isDirectory(joinPath(tree.root, name))),
  ];
}

function includedBuilds(tree: GradleTree): readonly string[] {
  if (!tree.settings) return [];
  return allInScripts([tree.settings], /\bincludeBuild\s*\(?\s*["']([\w./-]+)["']/)
    .map((fact) => fact.value.replace(/^\.\//, ''))
    .filter((path) => !path.startsWith('..'));
}
