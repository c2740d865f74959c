import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { type Document, follow, textFact } from '../../project/readers/document.ts';
import { readJson } from '../../project/readers/json.ts';
import { firstMatch } from '../../project/readers/lines.ts';
import { directoryOf, joinPath, relativePath } from '../../project/search.ts';
import type { Build, BuildStep } from './build.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { type Workspace, workspaceOf } from './workspace.ts';

/** An application of an Nx workspace: it has no script that builds it, but a target, written down or inferred. */
export interface Nx {
  /** directory of nx.json */
  readonly root: string;
  readonly name: Fact;
  readonly step: BuildStep;
  /** the program that the target runs, as if a script did; `null` for what Node runs */
  readonly program: readonly string[] | null;
  /** for Node: the compiled folder and file, relative to the root, and the source file; `null` for a site */
  readonly server: { readonly output: string; readonly file: string; readonly main: string | null } | null;
  readonly from: Fact;
}

/** The application in a directory; `null` where Nx has no part in how it is built, or builds it in a way that is not known. */
export function nxOf(project: Project, directory: string): Nx | null {
  const root = nxRoot(project, directory);
  if (root === null) return null;
  const own = readJson(project, joinPath(directory, 'project.json'), 'lenient');
  const manifest = readJson(project, joinPath(directory, 'package.json'), 'lenient');
  if (own?.at('projectType') === 'library' || manifest?.at('scripts', 'build') !== undefined) return null;
  const name = (own && textFact(own, 'name')) ?? (manifest && textFact(manifest, 'name'));
  if (!name || /-e2e$/.test(name.value)) return null;
  const target = own ? targetOf(own, [['targets'], ['architect']]) : null;
  const found = target ?? (manifest && targetOf(manifest, [['nx', 'targets']]));
  const made = found ? byExecutor(found, root, directory) : inferred(project, directory);
  if (!made) return null;
  const step: BuildStep = { kind: 'program', words: ['nx', 'build', name.value], env: {}, isOfRoot: true };
  return { root, name, step, from: found?.executor ?? name, ...made };
}

type Made = Pick<Nx, 'program' | 'server'>;

function nxRoot(project: Project, directory: string): string | null {
  for (let root = directory; root !== '.'; ) {
    root = directoryOf(root);
    if (project.isFile(joinPath(root, 'nx.json')) && project.isFile(joinPath(root, 'package.json'))) return root;
  }
  return null;
}

interface Target {
  readonly executor: Fact;
  readonly options: unknown;
}

function targetOf(document: Document, places: readonly (readonly string[])[]): Target | null {
  for (const place of places) {
    const executor =
      textFact(document, ...place, 'build', 'executor') ?? textFact(document, ...place, 'build', 'builder');
    if (executor) return { executor, options: document.at(...place, 'build', 'options') };
  }
  return null;
}

/** `@nx/vite:build`, `@nrwl/web:webpack`, `@angular-devkit/build-angular:browser` … */
function byExecutor({ executor, options }: Target, root: string, directory: string): Made | null {
  const text = (key: string): string | null => {
    const value = follow(options, [key]);
    return typeof value === 'string' ? value.replace(/^\{workspaceRoot\}\/?/, '') : null;
  };
  const output = text('outputPath') ?? text('outputPath.base') ?? `dist/${relativePath(root, directory)}`;
  const seen = fromDirectory(root, directory, output);
  const tool = executor.value.replace(/^@(?:nx|nrwl|nxext)\//, '');
  if (
    /^(?:esbuild:esbuild|js:(?:tsc|swc)|node:(?:build|webpack)|webpack:webpack|rspack:rspack|web:webpack)$/.test(tool)
  ) {
    if (/^(?:web:|webpack:|rspack:)/.test(tool) && text('target') !== 'node')
      return { program: ['webpack', '--output-path', seen], server: null };
    const main = text('main');
    return { program: null, server: { output, file: compiledName(tool, text('outputFileName'), main, options), main } };
  }
  if (/^vite:build$/.test(tool))
    return { program: ['vite', 'build', ...(text('outputPath') ? ['--outDir', seen] : [])], server: null };
  if (/^next:build$/.test(tool)) return null;
  if (/angular/.test(tool)) {
    const isNew = /:application$/.test(tool);
    return { program: ['ng', 'build', '--output-path', isNew ? `${seen}/browser` : seen], server: null };
  }
  return null;
}

function compiledName(tool: string, given: string | null, main: string | null, options: unknown): string {
  if (given !== null) return given;
  const base = (main ?? 'main.ts').replace(/^.*\//, '').replace(/\.[cm]?tsx?$/, '');
  if (tool.startsWith('js:')) return `src/${base}.js`;
  if (!tool.startsWith('esbuild:')) return 'main.js';
  const ending = follow(options, ['esbuildOptions', 'outExtension', '.js']);
  const isModule = String(follow(options, ['format', 0]) ?? 'esm') === 'esm';
  return `${base}${typeof ending === 'string' ? ending : isModule ? '.js' : '.cjs'}`;
}

/** No target is written down: a plugin of Nx makes it from the configuration of a tool. */
function inferred(project: Project, directory: string): Made | null {
  const config = (name: string): string | null =>
    ['.js', '.ts', '.mjs', '.mts', '.cjs', '.cts']
      .map((ending) => joinPath(directory, `${name}${ending}`))
      .find((path) => project.isFile(path)) ?? null;
  if (config('next.config')) return { program: ['next', 'build'], server: null };
  if (config('vite.config')) return { program: ['vite', 'build'], server: null };
  const webpack = config('webpack.config') ?? config('rspack.config');
  if (webpack === null) return null;
  const written = firstMatch(
    project,
    webpack,
    /\bpath\s*:\s*(?:path\.)?(?:join|resolve)\(\s*__dirname\s*,\s*["'`]([^"'`]+)["'`]/,
  );
  if (!firstMatch(project, webpack, /\btarget\s*:\s*["'`]node["'`]/))
    return { program: ['webpack', '--output-path', written?.value ?? 'dist'], server: null };
  const main = firstMatch(project, webpack, /\bmain\s*:\s*["'`](?:\.\/)?([^"'`]+)["'`]/)?.value;
  return {
    program: null,
    server: {
      output: joinPath(directory, written?.value ?? 'dist'),
      file: 'main.js',
      main: main === undefined ? null : joinPath(directory, main),
    },
  };
}

/** A path of the root, seen from a directory below it: `../../dist/apps/shop`. */
function fromDirectory(root: string, directory: string, path: string): string {
  const inside = relativePath(root, directory);
  if (path.startsWith(`${inside}/`)) return path.slice(inside.length + 1);
  return `${'../'.repeat(inside.split('/').length)}${path}`;
}

/** The manifest of an application without a package.json of its own: its dependencies are the root's. */
export function nxManifest(project: Project, directory: string, nx: Nx): Manifest | null {
  const own = readManifest(project, directory);
  if (own) return own;
  const manifest = readManifest(project, nx.root);
  return manifest && { ...manifest, directory, name: nx.name.value, scripts: {} };
}

/** Where the packages are installed: the root, and what of it is a package of its own. */
export function nxWorkspace(project: Project, nx: Nx): Workspace | null {
  const known = workspaceOf(project, nx.root);
  if (known) return known;
  const manifest = readManifest(project, nx.root);
  return manifest && { root: nx.root, manifest, members: [], declared: nx.name };
}

/** The target as a build script would be. */
export function nxBuild(nx: Nx): Build {
  const program = {
    words: nx.program ?? [],
    env: {},
    directory: '.',
    isWatched: false,
    isParallel: false,
    from: nx.from,
    path: [],
  };
  return { steps: [nx.step], programs: nx.program ? [program] : [], from: nx.from };
}
