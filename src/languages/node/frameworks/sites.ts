import type { Fact } from '../../../model/fact.ts';
import { directoryOf, joinPath, relativePath } from '../../../project/search.ts';
import type { BuildStep } from '../build.ts';
import { optionOf } from '../compile.ts';
import { type Program, programsOf } from '../scripts.ts';
import { at, buildSteps, type Shape, type ShapeContext, type SiteShape } from '../shape.ts';
import { baseName } from '../wrappers.ts';
import { angularShape } from './angular.ts';
import { configFile, configValue, keyed, seenFromHere } from './config.ts';
import { type SiteTool, TOOLS } from './site-tools.ts';

/** A site: what its tool builds, behind a web server. `null` where the project starts a program of its own. */
export function siteShape(context: ShapeContext): Shape | null {
  const start = context.starts[0];
  if (start && start.launch.kind !== 'site' && start.launch.kind !== 'files') return null;
  if (
    context.project.isFile(joinPath(context.manifest.directory, 'angular.json')) &&
    context.installed('@angular/core')
  ) {
    const angular = angularShape(context);
    if (angular) return angular;
  }
  const tool = toolOf(context);
  if (!tool) return start?.launch.kind === 'files' ? servedFolder(context, start.from, start.launch) : null;
  if (!start && !context.build) return null;
  return fromTool(context, tool.tool, tool.fact);
}

function toolOf(context: ShapeContext): { readonly tool: SiteTool; readonly fact: Fact } | null {
  const launch = context.starts[0]?.launch;
  const named = launch?.kind === 'site' ? launch.tool : null;
  const builds = (context.build?.programs ?? []).map(({ words }) => baseName(words[0] ?? ''));
  const tools = TOOLS.filter(({ needs }) => needs === undefined || context.installed(needs));
  for (const names of [builds, named === null ? [] : [named]]) {
    const tool = tools.find((one) => one.programs.some((program) => names.includes(program)));
    if (tool) return { tool, fact: installedFact(context, tool) };
  }
  if (launch?.kind === 'files') return null;
  const tool = tools.find((one) => one.packages.some((name) => context.installed(name)));
  return tool && (context.build || launch) ? { tool, fact: installedFact(context, tool) } : null;
}

function installedFact(context: ShapeContext, tool: SiteTool): Fact {
  const found = tool.packages.map(context.installed).find((fact) => fact !== null);
  return { value: tool.name, ...(found ? at(found) : { from: context.manifest.document.path }) };
}

function fromTool(context: ShapeContext, tool: SiteTool, fact: Fact): SiteShape {
  const programs =
    context.build?.programs.filter(({ words }) => tool.programs.includes(baseName(words[0] ?? ''))) ?? [];
  const below = tool.below ? (folderArgument(programs) ?? '.') : '.';
  const config = settings(context, tool, programs, below);
  return {
    kind: 'site',
    tool: fact,
    output: withItsPage(context, tool, outputOf(context, tool, config, programs, below)),
    fallback: tool.fallback,
    base: servedBelow(context, tool, config, programs),
    steps: siteSteps(context, tool, programs),
    buildEnv: tool.buildEnv ?? {},
    notes: [],
  };
}

/** `docs` in `vitepress build docs`. */
function folderArgument(programs: readonly Program[]): string | null {
  const folders = programs.map(({ words }) => words.slice(1).find((word) => word !== 'build' && !word.startsWith('-')));
  return folders.find((folder) => folder !== undefined) ?? null;
}

/** The configuration that names the output folder; else the first that is there. What `--config` names comes first. */
function settings(context: ShapeContext, tool: SiteTool, programs: readonly Program[], below: string): string | null {
  const named = programs.map(({ words }) => optionOf(words, ['--config', '-c'])).filter((path) => path !== null);
  const names = [...named.map((path) => path.replace(/\.[cm]?[jt]s$/, '')), ...tool.configs];
  const files = names.map((name) => configFile(context, [joinPath(below, name)])).filter((path) => path !== null);
  const { outputKey } = tool;
  return files.find((path) => outputKey && configValue(context, path, outputKey) !== null) ?? files[0] ?? null;
}

/** The project's build script; a tool that no script calls for its build is called itself. */
function siteSteps(context: ShapeContext, tool: SiteTool, programs: readonly Program[]): readonly BuildStep[] {
  if (
    programs.length === 0 &&
    context.build &&
    !context.build.programs.some(({ words }) =>
      /^(?:npm|yarn|pnpm|gulp|grunt|node|turbo|nx|ng|vue-cli-service|react-scripts|make)$/.test(
        baseName(words[0] ?? ''),
      ),
    )
  )
    return [...context.build.steps, ownBuild(context, tool)];
  return buildSteps(context, tool.command);
}

/** Another script that calls the tool for its build (`build-storybook`), else the tool itself. */
function ownBuild({ manifest }: ShapeContext, tool: SiteTool): BuildStep {
  const builds = ([program = '', ...args]: readonly string[]): boolean =>
    tool.programs.includes(baseName(program)) && (args.includes('build') || /^build\b/.test(program));
  const name = Object.keys(manifest.scripts).find((one) =>
    programsOf(manifest, one).some(({ words }) => builds(words)),
  );
  return name === undefined ? { kind: 'program', words: tool.command, env: {} } : { kind: 'script', name };
}

function outputOf(
  context: ShapeContext,
  tool: SiteTool,
  config: string | null,
  programs: readonly Program[],
  below: string,
): Fact {
  for (const { words, from, env } of programs) {
    const option = optionOf(words, tool.outputOptions) ?? env['BUILD_PATH'] ?? null;
    if (option !== null) return { value: seenFromHere(rooted(tool, words, option)), ...at(from) };
  }
  const set = tool.outputKey && configValue(context, config, tool.outputKey);
  const root =
    tool.name === 'Vite'
      ? (configValue(context, config, keyed(/root\s*:[^,\n]*?["'`]([\w./-]+)["'`]/))?.value ?? '.')
      : below;
  if (set && config) return { ...set, value: namedFolder(context, config, root, set.value), holds: set.value };
  const asked = tool.below && programs[0] ? at(programs[0].from) : null;
  return { value: joinPath(root, tool.output), ...(asked ?? { from: config ?? context.manifest.document.path }) };
}

/** One text is a path seen from the root; several, or one behind `__dirname`, are seen from the configuration itself. */
function namedFolder(context: ShapeContext, config: string, root: string, value: string): string {
  const words = [...value.matchAll(/["'`]([^"'`]*)["'`]/g)].map(([, word]) => word ?? '');
  if (words.length === 0) return insideOf(root, value);
  return seenFromHere(relativePath(context.manifest.directory, directoryOf(config)), ...words);
}

/**
 * A bundler that writes no page writes beside one: `public/js` below `public/index.html`. Of a page in the service's own
 * directory nothing can be said: everything else lies there too.
 */
function withItsPage(context: ShapeContext, tool: SiteTool, output: Fact): Fact {
  if (!tool.isBundler || context.installed('html-webpack-plugin')) return output;
  const isPage = (folder: string): boolean =>
    context.project.isFile(joinPath(context.manifest.directory, folder, 'index.html'));
  for (let folder = output.value; folder !== '.' && !folder.startsWith('..'); folder = directoryOf(folder))
    if (isPage(folder)) return { ...output, value: folder, holds: output.holds ?? output.value };
  return output;
}

/** `vite build site` builds below its root. */
function rooted(tool: SiteTool, words: readonly string[], option: string): string {
  const root =
    tool.name === 'Vite'
      ? words.slice(1).find((word) => word !== 'build' && !word.startsWith('-') && word !== option)
      : undefined;
  return root === undefined ? option : insideOf(root, option);
}

function insideOf(root: string, path: string): string {
  return path.startsWith('/') ? path.slice(1) : seenFromHere(root, path);
}

function servedBelow(
  context: ShapeContext,
  tool: SiteTool,
  config: string | null,
  programs: readonly Program[],
): string {
  const option = programs
    .map(({ words }) => optionOf(words, tool.baseOptions ?? []))
    .find((path) => path?.startsWith('/'));
  const root =
    tool.name === 'Hexo'
      ? configValue(context, joinPath(context.manifest.directory, '_config.yml'), /^root:\s*["']?(\/[\w./-]*)/m)?.value
      : undefined;
  const homepage = tool.name === 'Create React App' ? context.manifest.document.at('homepage') : undefined;
  // Gatsby heeds its prefix only where it is told to
  const isHeeded = tool.name !== 'Gatsby' || programs.some(({ words }) => words.includes('--prefix-paths'));
  const set = isHeeded && tool.baseKey ? configValue(context, config, tool.baseKey)?.value : undefined;
  const path =
    option ?? root ?? (typeof homepage === 'string' ? homepage.replace(/^https?:\/\/[^/]+|[?#].*$/g, '') : set);
  const clean = path?.replaceAll(/^\/|\/$/g, '') ?? '';
  return /^[\w./-]+$/.test(clean) && clean !== '.' ? `/${clean}/` : '/';
}

/** `serve -s build`: the folder that the project itself would serve. */
function servedFolder(
  context: ShapeContext,
  from: Fact,
  launch: { readonly folder: string; readonly isSinglePage: boolean },
): SiteShape | null {
  const isThere = context.project.isDirectory(joinPath(context.manifest.directory, launch.folder));
  if (!isThere && !context.build) return null;
  return {
    kind: 'site',
    tool: { value: 'files', from: from.from, holds: from.value },
    output: { value: launch.folder, from: from.from, holds: from.value },
    fallback: launch.isSinglePage ? 'single-page' : 'pages',
    base: '/',
    steps: context.build?.steps ?? [],
    buildEnv: {},
    notes: [],
  };
}
