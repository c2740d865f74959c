import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { directoryOf, joinPath } from '../../project/search.ts';
import { optionOf } from './compile.ts';
import { type Manifest, readManifest, scriptFact } from './manifest.ts';
import { type Program, programsOf } from './scripts.ts';
import { baseName } from './wrappers.ts';

/** One command of the build stage: a package script, or a program of the project's dependencies with its arguments. */
export type BuildStep =
  | { readonly kind: 'script'; readonly name: string }
  | {
      readonly kind: 'program';
      readonly words: readonly string[];
      readonly env: Readonly<Record<string, string>>;
      /** it works for the whole workspace, from its root */
      readonly isOfRoot?: true;
    };

export interface Build {
  readonly steps: readonly BuildStep[];
  /** what the steps run, in order */
  readonly programs: readonly Program[];
  readonly from: Fact;
}

/** Names that people give to the script that makes what runs, the usual ones first. */
const SCRIPTS = [
  'build',
  'build:prod',
  'build:production',
  'build-prod',
  'prod:build',
  'compile',
  'build:server',
  'build:ts',
  'build-ts',
  'build:app',
  'tsc',
  'transpile',
  'heroku-postbuild',
  'gcp-build',
  'bundle',
  'dist',
  'prod',
];

/** Programs that make nothing that a container runs: a script of these alone is no build. */
const MAKES_NOTHING =
  /^(?:echo|exit|true|:|test|docker|docker-compose|podman|eslint|prettier|biome|jest|vitest|mocha|ava|tap|nyc|c8|pkg|nexe|electron-builder|electron-packager|electron-forge|electron|serverless|sls|vercel|netlify|firebase|wrangler|cdk|sam|amplify|heroku|gh-pages|typedoc|jsdoc|git|husky|np|release-it|semantic-release|standard|xo|lint-staged|open|start|nodemon|rm|rimraf|del-cli|mkdir|mkdirp|now|surge|eas|npm|pnpm|yarn)$/;

/** Programs that prepare what the service runs from; anything else before the service's own program needs its surroundings. */
const BUILDS =
  /^(?:tsc|vue-tsc|tsc-alias|babel|swc|webpack|webpack-cli|rollup|esbuild|tsup|tsdown|unbuild|ncc|vite|next|nuxt|nuxi|nest|gulp|grunt|sass|node-sass|lessc|stylus|postcss|tailwindcss|tailwind|rimraf|del-cli|cpx2?|cpy|copyfiles|cp|copy|mkdir|mkdirp|mv|rm|shx|ncp|parcel|browserify|remix|react-router|astro|ng|react-scripts|vue-cli-service|mix|encore|graphql-codegen|tsoa|svelte-kit|eleventy|copy-files-from-to|tspath|tscpaths|resolve-tspaths|microbundle|pkgroll|rspack|turbo|nx|lerna|echo)$/;

/** The build script of a manifest, and what its `pre` and `post` scripts add; `null` where there is none that makes anything. */
export function buildOf(manifest: Manifest): Build | null {
  for (const name of SCRIPTS) {
    const from = scriptFact(manifest, name);
    if (!from) continue;
    const programs = [`pre${name}`, name, `post${name}`].flatMap((one) => programsOf(manifest, one));
    if (programs.length === 0 || programs.every(({ words }) => makesNothing(words))) continue;
    return { steps: [{ kind: 'script', name }], programs, from };
  }
  return null;
}

/** Tools that build pages; their script goes by any name: `docs:build`. */
const BUILDS_PAGES = /^(?:vitepress|vuepress|docusaurus|slidev|astro|eleventy|hexo|gatsby|storybook)$/;

/** The script that builds pages beside, or instead of, what the package itself is; `null` where there is none. */
export function pagesBuildOf(manifest: Manifest): Build | null {
  for (const name of Object.keys(manifest.scripts)) {
    const from = scriptFact(manifest, name);
    const programs = [`pre${name}`, name, `post${name}`].flatMap((one) => programsOf(manifest, one));
    const builds = ({ words: [program = '', ...args] }: Program): boolean =>
      BUILDS_PAGES.test(baseName(program)) && args[0] === 'build';
    if (from && programs.some(builds)) return { steps: [{ kind: 'script', name }], programs, from };
  }
  return null;
}

function makesNothing(words: readonly string[]): boolean {
  const name = baseName(words[0] ?? '');
  if (name === 'tsc' || name === 'vue-tsc')
    return words.includes('--noEmit') && optionOf(words, ['--noEmit']) !== 'false';
  // an install or a script of another package (`npm --prefix client run build`) does make something
  if (/^(?:npm|pnpm|yarn)$/.test(name))
    return words.length === 1 || /^(?:test|audit|publish|version|lint)$/.test(words[1] ?? '');
  return MAKES_NOTHING.test(name);
}

/** Programs that ran before the service's own, as steps of the build; `left` are those that cannot run there. */
export function stepsBefore(
  before: readonly Program[],
  build: Build | null,
  /** the scripts that led to the service's own program: of these, none is a step */
  path: readonly string[],
): { readonly steps: readonly BuildStep[]; readonly programs: readonly Program[]; readonly left: readonly Program[] } {
  const known = new Set((build?.steps ?? []).map((step) => (step.kind === 'script' ? step.name : '')));
  const steps: BuildStep[] = [];
  const programs: Program[] = [];
  const left: Program[] = [];
  for (const program of before) {
    const [first = '', ...args] = program.words;
    const isInstall =
      /^(?:npm|yarn|pnpm|bun)$/.test(first) && (args.length === 0 || /^(?:i|ci|install|add)$/.test(args[0] ?? ''));
    if (isInstall || isCleaning(program) || isKnown(build, program)) continue;
    if (!isBuilding(program)) {
      left.push(program);
      continue;
    }
    programs.push(program);
    const script = program.path.find((name, at) => name !== path[at]);
    const step: BuildStep =
      script === undefined
        ? { kind: 'program', words: program.words, env: program.env }
        : { kind: 'script', name: script };
    if (step.kind === 'script' && known.has(step.name)) continue;
    if (step.kind === 'script') known.add(step.name);
    steps.push(step);
  }
  return { steps, programs, left };
}

/** The image starts from a fresh copy of the sources: there is nothing to take away. */
function isCleaning({ words, path }: Program): boolean {
  const name = baseName(words[0] ?? '');
  return /^(?:rm|rimraf|del|del-cli)$|-clean$/.test(name) || /^clean\b/.test(path.at(-1) ?? '');
}

/** The build script runs it already. */
function isKnown(build: Build | null, { words }: Program): boolean {
  return build?.programs.some((one) => one.words.join(' ') === words.join(' ')) ?? false;
}

function isBuilding({ words, path }: Program): boolean {
  const name = baseName(words[0] ?? '');
  if (name === 'prisma') return words[1] === 'generate';
  if (/^(?:npm|yarn|pnpm)$/.test(name)) return words.some((word) => /build/.test(word));
  return BUILDS.test(name) || path.slice(1).some((script) => /build|compile|bundle/.test(script));
}

/** The package inside this one that a started file belongs to: Node looks for what it loads there. Paths are the project's. */
export function startedPackage(project: Project, manifest: Manifest, entry: string | null): string | null {
  let directory = entry === null ? '.' : directoryOf(entry);
  for (; directory !== '.' && directory !== manifest.directory; directory = directoryOf(directory)) {
    const inner = readManifest(project, directory);
    if (inner && Object.keys(inner.production).length > 0) return directory;
  }
  return null;
}

/** Folders with a package.json of their own that these programs work in: `cd client && npm run build`, `--prefix client`. */
export function nestedPackages(project: Project, manifest: Manifest, programs: readonly Program[]): readonly string[] {
  const found = new Set<string>();
  for (const { words, directory } of programs) {
    const option = optionOf(words, ['--prefix', '-C', '--cwd', '--dir', '-prefix']);
    for (const path of [directory, ...(option === null ? [] : [`${directory}/${option}`])]) {
      const inside = joinPath(manifest.directory, path);
      if (inside !== manifest.directory && project.isFile(joinPath(inside, 'package.json'))) found.add(inside);
    }
  }
  return [...found].sort();
}
