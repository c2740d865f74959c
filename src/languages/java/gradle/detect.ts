import type { Project } from '../../../model/project.ts';
import type { Evidence } from '../../../model/service.ts';
import { directoryOf } from '../../../project/search.ts';
import { isWeb, recognise } from '../framework.ts';
import { findMainClass } from '../main-class.ts';
import { readSources, sourceFolders } from '../sources.ts';
import { scriptDependencies } from './dependencies.ts';
import { firstInScripts, type Script } from './script.ts';
import { type GradleTree, pluginIds, readTree, scriptsOf } from './tree.ts';
import { valuesOf } from './values.ts';

const SCRIPTS = ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts'];

/** Folders whose scripts serve the build itself. */
const BUILD_LOGIC = /(?:^|\/)(?:buildSrc|build-logic|gradle|src\/(?:test|main))(?:\/|$)/;

/** What is built for a phone, a game, an editor or another build, and is not started by itself. */
const NO_SERVICE =
  /^(?:com\.android\.|android|fabric-loom|net\.minecraftforge|net\.neoforged|org\.jetbrains\.intellij|com\.gradle\.plugin-publish|java-gradle-plugin|kotlin-dsl|org\.jetbrains\.kotlin\.multiplatform)/;

/** Every project of every tree; a tree is read once, from its topmost folder. */
export function detectGradle(project: Project): readonly Evidence[] {
  const seen = new Set<string>();
  const evidence: Evidence[] = [];
  for (const script of project.find({ names: SCRIPTS, depth: 4, limit: 300 })) {
    const directory = directoryOf(script);
    if (seen.has(directory) || BUILD_LOGIC.test(`${directory}/`)) continue;
    const tree = readTree(project, directory);
    if (!tree) continue;
    for (const [path, folder] of tree.projects) {
      if (!seen.has(folder) && project.isDirectory(folder)) evidence.push(judge(project, tree, path, folder));
      seen.add(folder);
    }
  }
  return evidence;
}

function judge(project: Project, tree: GradleTree, path: string, directory: string): Evidence {
  const scripts = scriptsOf(project, tree, path);
  const values = valuesOf(project, tree, directory, scripts);
  const plugins = pluginIds(scripts, tree).map((fact) => fact.value);
  const found = (strength: number, what: string): Evidence => ({
    language: 'java',
    directory,
    place: scripts[0]?.path ?? tree.settings?.path ?? directory,
    strength,
    what,
  });
  if (plugins.some((id) => NO_SERVICE.test(id))) return found(15, 'Gradle project of another kind than a service');
  const dependencies = scriptDependencies(scripts, tree, values);
  const sources = readSources(project, sourceFolders(directory));
  const hasMain = findMainClass(sources, '') !== null || namesMain(scripts);
  const web = isWeb(recognise(dependencies).id, dependencies, sources);
  const has = (id: string) => plugins.includes(id);
  if (has('io.quarkus')) return found(95, 'Gradle script of a Quarkus application');
  if (has('org.springframework.boot') && hasMain)
    return found(web ? 96 : 92, 'Gradle script of a Spring Boot application');
  if (has('application') || has('io.ktor.plugin') || has('io.micronaut.application')) {
    return found(web ? 94 : 88, 'Gradle script of an application');
  }
  if (has('war')) return found(88, 'Gradle script of a web application');
  if (hasMain) return found(web ? 90 : 80, 'Gradle script with a main class');
  return found(sources.length > 0 ? 45 : 25, 'Gradle script of a library');
}

function namesMain(scripts: readonly Script[]): boolean {
  return firstInScripts(scripts, /\bmainClass(?:Name)?\b|Main-Class/) !== null;
}
