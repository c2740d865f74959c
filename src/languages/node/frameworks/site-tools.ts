import type { Texts } from '../manifest.ts';
import type { SiteShape } from '../shape.ts';
import { keyed } from './config.ts';

/** A tool that builds a folder of files. */
export interface SiteTool {
  readonly name: string;
  /** names of its program */
  readonly programs: readonly string[];
  readonly packages: readonly string[];
  /** what builds it where no script does */
  readonly command: readonly string[];
  /** without their ending; below the folder that the program is given, where `below` says so */
  readonly configs: readonly string[];
  /** its sources, its configuration and its output lie in the folder that is its first argument: `vitepress build docs` */
  readonly below?: boolean;
  /** key of the output folder in its configuration, option on its command line, and what it is otherwise */
  readonly outputKey: RegExp | null;
  readonly outputOptions: readonly string[];
  readonly output: string;
  /** key of the path below which it is served */
  readonly baseKey: RegExp | null;
  /** option of its command line for the same */
  readonly baseOptions?: readonly string[];
  readonly fallback: SiteShape['fallback'];
  /** it writes scripts and styles; the page that loads them may be the project's own */
  readonly isBundler?: boolean;
  /** without this package it builds something else than a site */
  readonly needs?: string;
  readonly buildEnv?: Texts;
}

const text = (key: string): RegExp => keyed(new RegExp(`${key}\\s*:[^,\\n]*?["'\`]([\\w./@-]+)["'\`]`));
const base = (key: string): RegExp => keyed(new RegExp(`${key}\\s*:[^,\\n]*?["'\`](/[\\w./-]+?)/?["'\`]`));

/** `path: path.resolve(__dirname, 'public', 'build')`: all words, as they stand. */
const FROM_HERE = /\bpath\s*:\s*(?:path\.)?(?:resolve|join)\s*\(\s*__dirname\s*,\s*((?:["'`][\w./-]+["'`][\s,]*)+)\)/;

const SINGLE = { fallback: 'single-page' } as const;
const PAGES = { fallback: 'pages' } as const;

/** Tools, the more particular first: a project of Quasar has Vite as well. */
export const TOOLS: readonly SiteTool[] = [
  {
    ...PAGES,
    name: 'Gatsby',
    programs: ['gatsby'],
    packages: ['gatsby'],
    command: ['gatsby', 'build'],
    configs: ['gatsby-config'],
    outputKey: null,
    outputOptions: [],
    output: 'public',
    baseKey: base('pathPrefix'),
    buildEnv: { GATSBY_TELEMETRY_DISABLED: '1' },
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
    configs: ['.vitepress/config', '.vitepress/config/index'],
    below: true,
    outputKey: text('outDir'),
    outputOptions: ['--outDir'],
    output: '.vitepress/dist',
    baseKey: base('base'),
    baseOptions: ['--base'],
  },
  {
    ...PAGES,
    name: 'VuePress',
    programs: ['vuepress'],
    packages: ['vuepress'],
    command: ['vuepress', 'build'],
    configs: ['.vuepress/config'],
    below: true,
    outputKey: null,
    outputOptions: ['-d', '--dest'],
    output: '.vuepress/dist',
    baseKey: base('base'),
  },
  {
    ...SINGLE,
    name: 'Slidev',
    programs: ['slidev'],
    packages: ['@slidev/cli'],
    command: ['slidev', 'build'],
    configs: [],
    outputKey: null,
    outputOptions: ['--out', '-o'],
    output: 'dist',
    baseKey: null,
    baseOptions: ['--base'],
  },
  {
    ...SINGLE,
    name: 'Expo',
    programs: ['expo'],
    packages: ['expo'],
    command: ['expo', 'export', '--platform', 'web'],
    configs: [],
    outputKey: null,
    outputOptions: ['--output-dir'],
    output: 'dist',
    baseKey: null,
    needs: 'react-native-web',
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
    baseOptions: ['--base'],
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
      'webpack.common',
      'webpack.base',
      'config/webpack.common',
      'webpack/webpack.common',
    ],
    outputKey: FROM_HERE,
    outputOptions: ['--output-path', '-o'],
    output: 'dist',
    baseKey: null,
    isBundler: true,
  },
  {
    ...SINGLE,
    name: 'Rspack',
    programs: ['rspack'],
    packages: ['@rspack/cli'],
    command: ['rspack', 'build'],
    configs: ['rspack.config'],
    outputKey: FROM_HERE,
    outputOptions: ['--output-path', '-o'],
    output: 'dist',
    baseKey: null,
    isBundler: true,
  },
  {
    ...SINGLE,
    name: 'Rollup',
    programs: ['rollup'],
    packages: ['rollup'],
    command: ['rollup', '-c'],
    configs: ['rollup.config'],
    outputKey: /\bfile\s*:\s*["'`](\w[\w./-]*)\/[\w.-]+["'`]/,
    outputOptions: [],
    output: 'public',
    baseKey: null,
    isBundler: true,
  },
  {
    ...SINGLE,
    name: 'Angular',
    programs: ['ng'],
    packages: ['@angular/core'],
    command: ['ng', 'build'],
    configs: [],
    outputKey: null,
    outputOptions: ['--output-path'],
    output: 'dist',
    baseKey: null,
  },
];
