import type { Project } from '../../model/project.ts';
import { directoryOf, joinPath } from '../../project/search.ts';
import type { Manifest } from './manifest.ts';
import type { Sources } from './sources.ts';

const LITERAL = /["'`](?:\.{0,2}\/)*([\w@][\w@.-]*(?:\/[\w@.*-]+)*)\/?["'`]/g;

/** Folders that hold what a program serves, renders or reads, whatever the sources say. */
const USUAL = new Set([
  'views',
  'public',
  'templates',
  'static',
  'locales',
  'i18n',
  'lang',
  'emails',
  'email-templates',
  'proto',
  'protos',
  'prisma',
  'drizzle',
  'migrations',
  'assets',
  'resources',
]);

const NEVER =
  /^(?:node_modules|tests?|__tests__|specs?|e2e|cypress|coverage|docs?|examples?|scripts?|dist|build|out|\.git.*|\.github|\.husky|\.vscode|types|typings|benchmarks?|k8s|helm|terraform|deploy|infra|ci|docker|nginx|flow-typed)$/;
const DATA =
  /\.(?:json|ya?ml|html?|txt|csv|proto|graphql|gql|sql|xml|toml|ini|ejs|hbs|pug|njk|mustache|md|wasm|bin|mmdb|ttf|otf|png|svg|ico)$/i;
const NOT_DATA =
  /^(?:package|package-lock|npm-shrinkwrap|tsconfig.*|jsconfig|nest-cli|angular|turbo|nx|lerna|renovate|\.?eslintrc.*|\.?prettierrc.*|tslint|nodemon|vercel|netlify|firebase|app|composer|biome|components|jest\.config|cypress|typedoc|now|openapitools|README|CHANGELOG|LICENSE|CONTRIBUTING|CODE_OF_CONDUCT|SECURITY|pnpm-lock|pnpm-workspace|docker-compose.*|compose.*)\.(?:json|ya?ml|md|txt|toml)$/i;

/**
 * Files and folders beside a compiled program that it reads at run time, relative to the service's directory: those that a
 * text in the sources names, and the usual ones.
 */
export function runtimeFiles(
  project: Project,
  manifest: Manifest,
  sources: Sources,
  outputs: readonly string[],
): readonly string[] {
  const named = namedPaths(sources);
  const shipped = new Set<string>();
  for (const { name, kind } of project.entries(manifest.directory)) {
    if (outputs.some((output) => output === name || output.startsWith(`${name}/`)) || name.startsWith('.')) continue;
    if (kind === 'file' && named.has(name) && DATA.test(name) && !NOT_DATA.test(name)) shipped.add(name);
    if (kind !== 'directory' || NEVER.test(name)) continue;
    if (isSourceFolder(project, manifest, sources, name)) {
      for (const path of dataBelow(project, manifest, name, named)) shipped.add(path);
    } else if ((USUAL.has(name) && hasFiles(project, manifest, name)) || hasNamed(named, name)) shipped.add(name);
  }
  return [...shipped].sort();
}

/** Every text in the sources that looks like a path, and the folders that it starts with. */
function namedPaths(sources: Sources): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { text } of sources.all) {
    for (const match of text.matchAll(LITERAL)) {
      const parts = (match[1] ?? '').split('/');
      for (let end = 1; end <= parts.length && end <= 6; end += 1) named.add(parts.slice(0, end).join('/'));
    }
  }
  return named;
}

function hasNamed(named: ReadonlySet<string>, name: string): boolean {
  return named.has(name);
}

/** A folder of code: what of it runs was compiled. */
function isSourceFolder(project: Project, manifest: Manifest, sources: Sources, name: string): boolean {
  const folder = joinPath(manifest.directory, name);
  return (
    sources.reached.some(({ path }) => path.startsWith(`${folder}/`)) || (name === 'src' && project.isDirectory(folder))
  );
}

/** `src/views`, where a text names it in full: the compiler does not copy it. */
function dataBelow(project: Project, manifest: Manifest, name: string, named: ReadonlySet<string>): readonly string[] {
  const folder = joinPath(manifest.directory, name);
  const files = project.find({ under: folder, limit: 500 }).filter((path) => DATA.test(path));
  const cut = (path: string): string => (manifest.directory === '.' ? path : path.slice(manifest.directory.length + 1));
  return [...new Set(files.flatMap((path) => [cut(path), cut(directoryOf(path))]))]
    .filter((path) => path.includes('/') && named.has(path))
    .filter((path, _at, all) => !all.some((other) => path.startsWith(`${other}/`)));
}

function hasFiles(project: Project, manifest: Manifest, name: string): boolean {
  return project.find({ under: joinPath(manifest.directory, name), limit: 1 }).length > 0;
}
