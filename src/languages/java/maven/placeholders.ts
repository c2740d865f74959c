import type { Project } from '../../../model/project.ts';
import { joinPath } from '../../../project/search.ts';
import type { Module } from './module.ts';
import { findPlugin, modulePlugins } from './plugins.ts';

const GIT_PLUGINS = ['git-commit-id-plugin', 'git-commit-id-maven-plugin'];

/** `@git.commit.id.abbrev@` and `${git.branch}` in a file that the build fills in. */
const PLACEHOLDER = /@(git\.[\w.-]+)@|\$\{(git\.[\w.-]+)\}/g;

/**
 * Values for what a plugin would have read from version control, which is not in the build context. Left as it is, a mark
 * such as `@git.branch@` keeps a program from starting, since YAML does not allow it.
 */
export function gitFlags(project: Project, modules: readonly Module[]): readonly string[] {
  const names = modules
    .filter(readsGit)
    .flatMap(({ pom }) => namesIn(project, joinPath(pom.directory, 'src/main/resources')));
  return [...new Set(names)].sort().map((name) => `-D${name}=unknown`);
}

function readsGit(module: Module): boolean {
  const plugins = modulePlugins(module);
  return GIT_PLUGINS.some((name) => findPlugin(plugins, name) !== null);
}

function namesIn(project: Project, folder: string): readonly string[] {
  return project
    .entries(folder)
    .filter(({ kind, name }) => kind === 'file' && /\.(?:ya?ml|properties)$/.test(name))
    .flatMap(({ name }) => [...(project.source(joinPath(folder, name)) ?? '').matchAll(PLACEHOLDER)])
    .map(([, marked, braced]) => marked ?? braced ?? '');
}
