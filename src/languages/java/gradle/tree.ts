import type { Fact } from '../../../model/fact.ts';
import type { Project } from '../../../model/project.ts';
import { joinPath } from '../../../project/search.ts';
import { type Catalog, readCatalog } from './catalog.ts';
import { allInScripts, blocks, firstInScripts, readScript, type Script, scriptIn, withoutBlocks } from './script.ts';

/** The projects that one settings file holds together. Paths are relative to the directory that is read. */
export interface GradleTree {
  readonly root: string;
  readonly name: Fact;
  /** what Gradle calls the root project in the image: without a name of its own, after the folder that it is copied to */
  readonly buildName: string;
  readonly settings: Script | null;
  readonly rootScript: Script | null;
  /** `:services:api` → its folder; the root is `:` */
  readonly projects: ReadonlyMap<string, string>;
  readonly catalog: Catalog;
  /** catalogs that the settings take from a repository, by the name that scripts call them */
  readonly published: ReadonlyMap<string, Published>;
}

/** Group and version of a catalog that is not in the project: its entries are called after its libraries. */
interface Published {
  readonly group: string;
  readonly version: string;
}

/** The tree whose settings stand in that folder; `null` where neither settings nor a build script do. */
export function readTree(project: Project, root: string): GradleTree | null {
  const settings = scriptIn(project, root, 'settings');
  const rootScript = scriptIn(project, root, 'build');
  if (!settings && !rootScript) return null;
  const named = settings && firstInScripts([settings], /rootProject\.name\s*=\s*["']([^"']+)["']/);
  return {
    root,
    name: named ?? {
      value: root === '.' ? project.name : root.slice(root.lastIndexOf('/') + 1),
      from: (settings ?? rootScript)?.path ?? root,
    },
    buildName: named?.value ?? 'app',
    settings,
    rootScript,
    projects: includedProjects(root, settings),
    catalog: readCatalog(project, root),
    published: publishedCatalogs(settings),
  };
}

function publishedCatalogs(settings: Script | null): ReadonlyMap<string, Published> {
  const form = /\bcreate\(\s*["'](\w+)["']\s*\)\s*(?:\.|\{\s*)from\(\s*["']([\w.-]+):[\w.-]+:([\w.-]+)["']/g;
  const found = (settings?.text ?? '').matchAll(form);
  return new Map([...found].map(([, name = '', group = '', version = '']) => [name, { group, version }]));
}

function includedProjects(root: string, settings: Script | null): ReadonlyMap<string, string> {
  const projects = new Map<string, string>([[':', root]]);
  if (!settings) return projects;
  for (const statement of settings.text.matchAll(/(?<![\w.])include\s*\(?\s*((?:["'][\w:./-]+["']\s*,?\s*)+)/g)) {
    for (const quoted of (statement[1] ?? '').matchAll(/["']([\w:./-]+)["']/g)) {
      const path = `:${(quoted[1] ?? '').replace(/^:/, '')}`;
      projects.set(path, joinPath(root, path.slice(1).replaceAll(':', '/')));
    }
  }
  const moved =
    /project\(\s*["'](:[\w:.-]+)["']\s*\)\.projectDir\s*=\s*(?:new File\([^,]*,\s*|file\()\s*["']([^"']+)["']/g;
  for (const [, path, folder] of settings.text.matchAll(moved)) {
    if (path && folder) projects.set(path, joinPath(root, folder.replace(/^\$rootDir\//, '')));
  }
  return projects;
}

/** The tree that a folder's project belongs to: the nearest settings at or above it that include it, or its own. */
export function treeOf(
  project: Project,
  directory: string,
): { readonly tree: GradleTree; readonly path: string } | null {
  const names = directory === '.' ? [] : directory.split('/');
  for (let count = names.length; count >= 0; count -= 1) {
    const root = names.slice(0, count).join('/') || '.';
    const tree = readTree(project, root);
    const path = tree?.settings && [...tree.projects].find(([, folder]) => folder === directory)?.[0];
    if (tree && path) return { tree, path };
  }
  const tree = readTree(project, directory);
  return tree && { tree, path: ':' };
}

/**
 * The scripts that configure one project, its own first: what the root says to all or to its subprojects, and the
 * conventions of `buildSrc` or of an included build that its plugins name.
 */
export function scriptsOf(project: Project, tree: GradleTree, path: string): readonly Script[] {
  const directory = tree.projects.get(path) ?? tree.root;
  const own = path === ':' ? rootOwn(tree) : (scriptIn(project, directory, 'build') ?? oddlyNamed(project, directory));
  const shared =
    tree.rootScript && path !== ':'
      ? [blocks(tree.rootScript, 'allprojects'), blocks(tree.rootScript, 'subprojects')]
      : [];
  const named = tree.rootScript && path !== ':' ? [projectBlock(tree.rootScript, path)] : [];
  const direct = [own, ...named, ...shared].filter((one) => one !== null);
  return [...direct, ...conventions(project, tree, direct), ...appliedFiles(project, tree, directory, direct)];
}

function rootOwn(tree: GradleTree): Script | null {
  return tree.rootScript && withoutBlocks(tree.rootScript, 'subprojects');
}

/** `project(':api') { … }` in the root script. */
function projectBlock(script: Script, path: string): Script {
  const escaped = path.replaceAll(/[.\\-]/g, '\\$&');
  return blocks(
    {
      ...script,
      text: script.text.replaceAll(new RegExp(`project\\(\\s*["']${escaped}["']\\s*\\)`, 'g'), (all) =>
        '_own_'.padEnd(all.length),
      ),
    },
    '_own_',
  );
}

/** Some trees call the script of a project after it: `api/api.gradle`. */
function oddlyNamed(project: Project, directory: string): Script | null {
  const name = directory.slice(directory.lastIndexOf('/') + 1);
  return scriptIn(project, directory, name);
}

function conventions(project: Project, tree: GradleTree, direct: readonly Script[]): readonly Script[] {
  const ids = new Set(pluginIds(direct, tree).map((fact) => fact.value));
  const folders = ['buildSrc', 'build-logic', 'gradle/build-logic', 'gradle/plugins', 'build-plugin'].map((name) =>
    joinPath(tree.root, name),
  );
  const found: Script[] = [];
  for (const path of folders.flatMap((folder) =>
    project.find({ under: folder, endings: ['.gradle', '.gradle.kts'], depth: 8, limit: 100 }),
  )) {
    const id = path.slice(path.lastIndexOf('/') + 1).replace(/\.gradle(?:\.kts)?$/, '');
    if (!ids.has(id) && ![...ids].some((one) => one.endsWith(`.${id}`))) continue;
    const script = readScript(project, path);
    if (!script) continue;
    found.push(script);
    // A convention may lean on another one of the same folder.
    for (const fact of pluginIds([script], tree)) ids.add(fact.value);
  }
  return found;
}

/** `apply from: 'gradle/java.gradle'` */
function appliedFiles(
  project: Project,
  tree: GradleTree,
  directory: string,
  direct: readonly Script[],
): readonly Script[] {
  return allInScripts(
    direct,
    /apply\s*\(?\s*from\s*[:=]\s*["'](?:\$\{?root(?:Project\.project)?Dir\}?\/)?([\w./-]+)["']/,
  )
    .map(
      (fact) =>
        readScript(project, joinPath(directory, fact.value)) ?? readScript(project, joinPath(tree.root, fact.value)),
    )
    .filter((script) => script !== null);
}

const PLUGIN_FORMS: readonly RegExp[] = [
  /\bid\s*\(?\s*["']([\w.-]+)["']\s*\)?(?![^\n]*apply\s*\(?\s*false)/,
  /\bapply\s*\(?\s*plugin\s*[:=]\s*["']([\w.-]+)["']/,
  /\bpluginManager\.apply\(\s*["']([\w.-]+)["']/,
];

/** Ids of the plugins that scripts apply, short names and the version catalog's aliases included. */
export function pluginIds(scripts: readonly Script[], { catalog, published }: GradleTree): readonly Fact[] {
  const named = PLUGIN_FORMS.flatMap((form) => allInScripts(scripts, form));
  const listed = scripts.map((script) => blocks(script, 'plugins'));
  const bare = allInScripts(
    listed,
    /(?:^|[\n;{])\s*`?(application|java|java-library|war|groovy|scala|kotlin-dsl)`?\s*(?=[\n;}]|$)/,
  );
  const kotlin = allInScripts(listed, /(\bkotlin\(\s*["']jvm["']\s*\))/).map((fact) => ({
    ...fact,
    value: 'org.jetbrains.kotlin.jvm',
  }));
  const aliases = allInScripts(
    listed,
    /\balias\s*\(?\s*libs\.plugins\.([\w.]+)\s*\)?(?![^\n]*apply\s*\(?\s*false)/,
  ).map((fact) => {
    const key = fact.value.replace(/\.(?:get|asProvider)$/, '').toLowerCase();
    const plugin = catalog.plugins.get(key);
    return { ...fact, value: plugin?.id ?? key, holds: fact.value };
  });
  const foreign = [...published].flatMap(([name, { group }]) =>
    allInScripts(
      listed,
      new RegExp(`\\balias\\s*\\(?\\s*(${name}\\.plugins\\.[\\w.]+)\\s*\\)?(?![^\\n]*apply\\s*\\(?\\s*false)`),
    ).map((fact) => ({ ...fact, value: `${group}.plugin`, holds: fact.value })),
  );
  return [...named, ...bare, ...kotlin, ...aliases, ...foreign];
}
