import type { Fact } from '../../../model/fact.ts';
import { joinPath } from '../../../project/search.ts';
import type { BuildStep } from '../build.ts';
import { optionOf } from '../compile.ts';
import type { Program } from '../scripts.ts';
import { at, buildSteps, type Shape, type ShapeContext, type SiteShape } from '../shape.ts';
import { baseName } from '../wrappers.ts';
import { angularShape } from './angular.ts';
import { configFile, configValue } from './config.ts';

/** A tool that builds a folder of files. */
interface SiteTool {
  readonly name: string;
  /** names of its program */
  readonly programs: readonly string[];
  readonly packages: readonly string[];
  /** what builds it where no script does */
  readonly command: readonly string[];
  readonly configs: readonly string[];
  /** key of the output folder in its configuration, option on its command line, and what it is otherwise */
  readonly outputKey: RegExp | null;
  readonly outputOptions: readonly string[];
  readonly output: string;
  /** key of the path below which it is served */
  readonly baseKey: RegExp | null;
  readonly fallback: SiteShape['fallback'];
}

const text = (key: string): RegExp => new RegExp(`^[^/\\n]*\\b${key}\\s*:[^,\\n]*?["'\`]([\\w./@-]+)["'\`]`, 'm');
const base = (key: string): RegExp => new RegExp(`^[^/\\n]*\\b${key}\\s*:[^,\\n]*?["'\`](/[\\w./-]+?)/?["'\`]`, 'm');

const SINGLE = { fallback: 'single-page' } as const;
const PAGES = { fallback: 'pages' } as const;

/** Tools, the more particular first: a project of Quasar has Vite as well. */
const TOOLS: readonly SiteTool[] = [
  {
    ...PAGES,
    name: 'Gatsby',
    programs: ['gatsby'],
    packages: ['gatsby'],
    command: ['gatsby', 'build'],
    configs: [],
    outputKey: null,
    outputOptions: [],
    output: 'public',
    baseKey: null,
  },
  {
    ...PAGES,
    name: 'Docusaurus',
    programs: ['docusaurus'],
    packages: ['@docusaurus/core'],
    command: ['docusaurus', 'build'],
    configs: ['docusaurus.config'],
    outputKey: null,
    outputOptions: ['--out-dir'],
    output: 'build',
    baseKey: base('baseUrl'),
  },
  {
    ...PAGES,
    name: 'VitePress',
    programs: ['vitepress'],
    packages: ['vitepress'],
    command: ['vitepress', 'build'],
    configs: [],
    outputKey: null,
    outputOptions: ['--outDir'],
    output: '.vitepress/dist',
    baseKey: null,
  },
  {
    ...PAGES,
    name: 'VuePress',
    programs: ['vuepress'],
    packages: ['vuepress'],
    command: ['vuepress', 'build'],
    configs: [],
    outputKey: null,
    outputOptions: ['-d', '--dest'],
    output: '.vuepress/dist',
    baseKey: null,
  },
  {
    ...PAGES,
    name: 'Eleventy',
    programs: ['eleventy'],
    packages: ['@11ty/eleventy'],
    command: ['eleventy'],
    configs: ['.eleventy', 'eleventy.config'],
    outputKey: /\boutput\s*:\s*["'`]([\w./-]+)["'`]/,
    outputOptions: ['--output'],
    output: '_site',
    baseKey: null,
  },
  {
    ...PAGES,
    name: 'Hexo',
    programs: ['hexo'],
    packages: ['hexo'],
    command: ['hexo', 'generate'],
    configs: [],
    outputKey: null,
    outputOptions: [],
    output: 'public',
    baseKey: null,
  },
  {
    ...SINGLE,
    name: 'Quasar',
    programs: ['quasar'],
    packages: ['@quasar/app-vite', '@quasar/app', '@quasar/app-webpack'],
    command: ['quasar', 'build'],
    configs: ['quasar.config', 'quasar.conf'],
    outputKey: text('distDir'),
    outputOptions: [],
    output: 'dist/spa',
    baseKey: base('publicPath'),
  },
  {
    ...SINGLE,
    name: 'Create React App',
    programs: ['react-scripts', 'react-app-rewired', 'craco'],
    packages: ['react-scripts'],
    command: ['react-scripts', 'build'],
    configs: [],
    outputKey: null,
    outputOptions: [],
    output: 'build',
    baseKey: null,
  },
  {
    ...SINGLE,
    name: 'Vue CLI',
    programs: ['vue-cli-service'],
    packages: ['@vue/cli-service'],
    command: ['vue-cli-service', 'build'],
    configs: ['vue.config'],
    outputKey: text('outputDir'),
    outputOptions: ['--dest'],
    output: 'dist',
    baseKey: base('publicPath'),
  },
  {
    ...SINGLE,
    name: 'Ember',
    programs: ['ember'],
    packages: ['ember-cli'],
    command: ['ember', 'build', '--environment=production'],
    configs: [],
    outputKey: null,
    outputOptions: ['--output-path', '-o'],
    output: 'dist',
    baseKey: null,
  },
  {
    ...SINGLE,
    name: 'Stencil',
    programs: ['stencil'],
    packages: ['@stencil/core'],
    command: ['stencil', 'build'],
    configs: [],
    outputKey: null,
    outputOptions: [],
    output: 'www',
    baseKey: null,
  },
  {
    ...SINGLE,
    name: 'Preact CLI',
    programs: ['preact'],
    packages: ['preact-cli'],
    command: ['preact', 'build'],
    configs: [],
    outputKey: null,
    outputOptions: ['--dest'],
    output: 'build',
    baseKey: null,
  },
  {
    ...SINGLE,
    name: 'Umi',
    programs: ['umi', 'max'],
    packages: ['umi', '@umijs/max'],
    command: ['umi', 'build'],
    configs: ['.umirc', 'config/config'],
    outputKey: text('outputPath'),
    outputOptions: [],
    output: 'dist',
    baseKey: base('base'),
  },
  {
    ...SINGLE,
    name: 'Rsbuild',
    programs: ['rsbuild'],
    packages: ['@rsbuild/core'],
    command: ['rsbuild', 'build'],
    configs: ['rsbuild.config'],
    outputKey: /\bdistPath\s*:\s*\{[^}]*\broot\s*:\s*["'`]([\w./-]+)["'`]/,
    outputOptions: [],
    output: 'dist',
    baseKey: base('assetPrefix'),
  },
  {
    ...SINGLE,
    name: 'Vite',
    programs: ['vite'],
    packages: ['vite'],
    command: ['vite', 'build'],
    configs: ['vite.config'],
    outputKey: text('outDir'),
    outputOptions: ['--outDir'],
    output: 'dist',
    baseKey: base('base'),
  },
  {
    ...SINGLE,
    name: 'Snowpack',
    programs: ['snowpack'],
    packages: ['snowpack'],
    command: ['snowpack', 'build'],
    configs: ['snowpack.config'],
    outputKey: text('out'),
    outputOptions: [],
    output: 'build',
    baseKey: null,
  },
  {
    ...SINGLE,
    name: 'Parcel',
    programs: ['parcel'],
    packages: ['parcel', 'parcel-bundler'],
    command: ['parcel', 'build', 'index.html'],
    configs: [],
    outputKey: null,
    outputOptions: ['--dist-dir', '-d', '--out-dir'],
    output: 'dist',
    baseKey: null,
  },
  {
    ...SINGLE,
    name: 'webpack',
    programs: ['webpack', 'webpack-dev-server'],
    packages: ['webpack'],
    command: ['webpack', '--mode', 'production'],
    configs: [
      'webpack.config',
      'webpack.prod',
      'webpack.prod.config',
      'webpack.config.prod',
      'config/webpack.prod',
      'webpack/webpack.prod',
    ],
    outputKey: /\bpath\s*:\s*(?:path\.)?(?:resolve|join)\s*\(\s*__dirname\s*,\s*["'`]([\w./-]+)["'`]/,
    outputOptions: ['--output-path', '-o'],
    output: 'dist',
    baseKey: null,
  },
  {
    ...SINGLE,
    name: 'Rollup',
    programs: ['rollup'],
    packages: ['rollup'],
    command: ['rollup', '-c'],
    configs: [],
    outputKey: null,
    outputOptions: [],
    output: 'public',
    baseKey: null,
  },
];

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
  for (const names of [builds, named === null ? [] : [named]]) {
    const tool = TOOLS.find((one) => one.programs.some((program) => names.includes(program)));
    if (tool) return { tool, fact: installedFact(context, tool) };
  }
  if (launch?.kind === 'files') return null;
  const tool = TOOLS.find((one) => one.packages.some((name) => context.installed(name)));
  return tool && (context.build || launch) ? { tool, fact: installedFact(context, tool) } : null;
}

function installedFact(context: ShapeContext, tool: SiteTool): Fact {
  const found = tool.packages.map(context.installed).find((fact) => fact !== null);
  return { value: tool.name, ...(found ? at(found) : { from: context.manifest.document.path }) };
}

function fromTool(context: ShapeContext, tool: SiteTool, fact: Fact): SiteShape {
  const config = configFile(context, tool.configs);
  const programs =
    context.build?.programs.filter(({ words }) => tool.programs.includes(baseName(words[0] ?? ''))) ?? [];
  const folder = outputOf(context, tool, config, programs);
  const steps = siteSteps(context, tool, programs);
  return {
    kind: 'site',
    tool: fact,
    output: folder,
    fallback: tool.fallback,
    base: servedBelow(context, tool, config),
    steps,
    buildEnv: tool.name === 'Gatsby' ? { GATSBY_TELEMETRY_DISABLED: '1' } : {},
    notes: [],
  };
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
    return [...context.build.steps, { kind: 'program', words: tool.command, env: {} }];
  return buildSteps(context, tool.command);
}

function outputOf(context: ShapeContext, tool: SiteTool, config: string | null, programs: readonly Program[]): Fact {
  for (const { words, from, env } of programs) {
    const option = optionOf(words, tool.outputOptions) ?? env['BUILD_PATH'] ?? null;
    if (option !== null) return { value: joinPath(rooted(tool, words, option)), ...at(from) };
    if (/Press$/.test(tool.name)) {
      const folder = words.slice(1).find((word) => word !== 'build' && !word.startsWith('-'));
      return { value: joinPath(folder ?? '.', tool.output), ...at(from) };
    }
  }
  const set = tool.outputKey && configValue(context, config, tool.outputKey);
  const root =
    tool.name === 'Vite'
      ? (configValue(context, config, /^[^/\n]*\broot\s*:[^,\n]*?["'`]([\w./-]+)["'`]/m)?.value ?? '.')
      : '.';
  if (set) return { ...set, value: insideOf(root, set.value), holds: set.value };
  const from = config ?? context.manifest.document.path;
  return { value: joinPath(root, tool.output), from };
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
  return path.startsWith('/') ? path.slice(1) : joinPath(root, path);
}

function servedBelow(context: ShapeContext, tool: SiteTool, config: string | null): string {
  const homepage = tool.name === 'Create React App' ? context.manifest.document.at('homepage') : undefined;
  const path =
    typeof homepage === 'string'
      ? homepage.replace(/^https?:\/\/[^/]+/, '')
      : tool.baseKey && configValue(context, config, tool.baseKey)?.value;
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
