import type { Project } from '../../model/project.ts';
import { own } from '../../project/own.ts';
import { textFact } from '../../project/readers/document.ts';
import { readJson } from '../../project/readers/json.ts';
import { joinPath } from '../../project/search.ts';
import { isInstalled, type Manifest } from './manifest.ts';
import type { Program } from './scripts.ts';
import { compiledFile, readTsConfig, type TsConfig, testsDecidePlace } from './tsconfig.ts';
import { baseName } from './wrappers.ts';

/** What a build script does to the service's own sources. Paths are relative to the service's directory. */
export interface Compile {
  readonly tool: string;
  /** dependencies are put into the output, so development ones may be among them */
  readonly isBundler: boolean;
  /** folder that is written to; `.`: beside the sources; `null`: not known */
  readonly output: string | null;
  /** where a source file ends up; `null` where that cannot be told */
  readonly compiled: (source: string) => string | null;
  /** its module paths are resolved as the sources write them (bundlers, Nest, tsc-alias) */
  readonly resolvesAliases: boolean;
}

type Reader = (words: readonly string[], project: Project, manifest: Manifest) => Compile | null;

/** By the program's name: what is written where. */
const TOOLS: Readonly<Record<string, Reader>> = {
  tsc: (words, project, manifest) => typescript('tsc', words, project, manifest),
  'vue-tsc': () => null,
  nest,
  swc: (words) => folderTool('swc', words, ['-d', '--out-dir'], words.includes('--strip-leading-paths')),
  babel: (words) => folderTool('babel', words, ['-d', '--out-dir'], true),
  esbuild,
  tsup: (words) => bundler('tsup', optionOf(words, ['-d', '--out-dir']) ?? 'dist'),
  tsdown: (words) => bundler('tsdown', optionOf(words, ['-d', '--out-dir']) ?? 'dist'),
  unbuild: () => bundler('unbuild', 'dist'),
  ncc: (words) => fixed('ncc', optionOf(words, ['-o', '--out']) ?? 'dist', 'index.js'),
  webpack: (words) => bundler('webpack', optionOf(words, ['-o', '--output-path']) ?? 'dist'),
  rollup: (words) => bundler('rollup', optionOf(words, ['-d', '--dir']) ?? 'dist'),
  rspack: (words) => bundler('rspack', optionOf(words, ['-o', '--output-path']) ?? 'dist'),
  pkgroll: () => bundler('pkgroll', 'dist'),
  microbundle: () => bundler('microbundle', 'dist'),
  bun: (words) => (words[1] === 'build' ? bundler('bun', optionOf(words, ['--outdir']) ?? 'dist') : null),
  vite: (words) => (words[1] === 'build' ? bundler('vite', optionOf(words, ['--outDir']) ?? 'dist') : null),
};

/** A compiler or bundler, also one that watches: what it makes is started, never it. */
export function isCompiler(name: string): boolean {
  return own(TOOLS, name) !== undefined;
}

/** The first program of a build that compiles; `null` where none is known to. */
export function compileOf(project: Project, manifest: Manifest, programs: readonly Program[]): Compile | null {
  const aliases = programs.some(({ words }) =>
    /^(?:tsc-alias|tscpaths|resolve-tspaths|tspath|ttsc|tsconfig-replace-paths)$/.test(baseName(words[0] ?? '')),
  );
  for (const { words, directory } of programs) {
    if (directory !== '.') continue;
    const compile = TOOLS[baseName(words[0] ?? '')]?.(words, project, manifest) ?? null;
    if (compile) return aliases ? { ...compile, resolvesAliases: true } : compile;
  }
  return null;
}

function typescript(tool: string, words: readonly string[], project: Project, manifest: Manifest): Compile | null {
  const isTold = optionOf(words, ['--noEmit']) === 'false';
  if ((words.includes('--noEmit') && !isTold) || words.includes('--emitDeclarationOnly')) return null;
  const named = optionOf(words, ['-p', '--project', '-b', '--build']);
  const config = readTsConfig(project, configPath(project, manifest.directory, named ?? 'tsconfig.json'));
  const outDir = optionOf(words, ['--outDir', '--outdir']);
  const given = outDir === null ? {} : { outDir: joinPath(manifest.directory, outDir) };
  const read = config && { ...config, ...given, ...(isTold ? { emitsNothing: false } : {}) };
  return read ? fromConfig(tool, read, project, manifest) : null;
}

/** `tsc` writes what the service starts to a place that follows from its tests as well. */
export function compilesTests(project: Project, manifest: Manifest, words: readonly string[]): boolean {
  if (baseName(words[0] ?? '') !== 'tsc') return false;
  const named = optionOf(words, ['-p', '--project', '-b', '--build']) ?? 'tsconfig.json';
  const config = readTsConfig(project, configPath(project, manifest.directory, named));
  return config !== null && testsDecidePlace(project, config, typescriptMajor(manifest));
}

function configPath(project: Project, directory: string, named: string): string {
  const path = joinPath(directory, named.startsWith('-') ? 'tsconfig.json' : named);
  return project.isDirectory(path) ? joinPath(path, 'tsconfig.json') : path;
}

/** `null` for a configuration that writes nothing: it only checks types. */
export function fromConfig(tool: string, config: TsConfig, project: Project, manifest: Manifest): Compile | null {
  if (config.emitsNothing) return null;
  const compiler = typescriptMajor(manifest);
  const relative = (path: string | null): string | null => (path === null ? null : below(manifest.directory, path));
  return {
    tool,
    isBundler: false,
    output: relative(config.outDir) ?? '.',
    compiled: (source) => relative(compiledFile(project, config, joinPath(manifest.directory, source), compiler)),
    resolvesAliases: false,
  };
}

function below(directory: string, path: string): string {
  return directory === '.' ? path : path === directory ? '.' : path.replace(`${directory}/`, '');
}

function typescriptMajor(manifest: Manifest): number {
  const range = { ...manifest.production, ...manifest.development }['typescript'] ?? '5';
  return Number(/\d+/.exec(range)?.[0] ?? 5);
}

/** `tsc` with settings by which it writes nothing. */
export function onlyChecks(project: Project, manifest: Manifest, words: readonly string[]): boolean {
  return (
    /^(?:vue-)?tsc$/.test(baseName(words[0] ?? '')) &&
    !/^(?:-b|--build)$/.test(words[1] ?? '') &&
    readTsConfig(project, joinPath(manifest.directory, 'tsconfig.json')) !== null &&
    typescript('tsc', words, project, manifest) === null
  );
}

/** `nest build` compiles by tsconfig.build.json, and bundles a project of a monorepo below dist/apps. */
function nest(words: readonly string[], project: Project, manifest: Manifest): Compile | null {
  if (words[1] !== 'build') return null;
  const settings = readJson(project, joinPath(manifest.directory, 'nest-cli.json'), 'lenient');
  const named = settings && textFact(settings, 'compilerOptions', 'tsConfigPath')?.value;
  const paths = [named, 'tsconfig.build.json', 'tsconfig.json'].filter((path) => typeof path === 'string');
  const path = paths.map((one) => joinPath(manifest.directory, one)).find((one) => project.isFile(one));
  const config = path === undefined ? null : readTsConfig(project, path);
  const compile =
    config &&
    fromConfig('nest', { ...config, outDir: config.outDir ?? joinPath(manifest.directory, 'dist') }, project, manifest);
  return compile && { ...compile, resolvesAliases: true };
}

/** Compilers that take a folder and write the same tree elsewhere: `babel src -d dist`. */
function folderTool(tool: string, words: readonly string[], outputs: readonly string[], strips: boolean): Compile {
  const output = optionOf(words, outputs);
  const input = words.slice(1).find((word) => !word.startsWith('-') && word !== output) ?? 'src';
  const from = joinPath(input);
  const script = (source: string): string => source.replace(/\.[cm]?[jt]sx?$/, '.js');
  return {
    tool,
    isBundler: false,
    output: output === null ? null : joinPath(output),
    compiled: (source) => {
      if (output === null || !strips || !source.startsWith(`${from}/`)) return null;
      return joinPath(output, script(source.slice(from.length + 1)));
    },
    resolvesAliases: false,
  };
}

function esbuild(words: readonly string[]): Compile {
  const value = (name: string): string | null =>
    words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? null;
  const file = value('outfile');
  const folder = value('outdir');
  const entries = words.slice(1).filter((word) => !word.startsWith('-'));
  const output = file === null ? folder : file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
  return {
    tool: 'esbuild',
    isBundler: words.includes('--bundle') && !words.includes('--packages=external'),
    output: output === null ? null : joinPath(output),
    compiled: (source) => {
      if (file !== null) return joinPath(file);
      const name = source
        .slice(source.lastIndexOf('/') + 1)
        .replace(/\.[cm]?[jt]sx?$/, `${value('out-extension:.js') ?? '.js'}`);
      return folder !== null && entries.length === 1 ? joinPath(folder, name) : null;
    },
    resolvesAliases: words.includes('--bundle'),
  };
}

function bundler(tool: string, output: string): Compile {
  return { tool, isBundler: true, output: joinPath(output), compiled: () => null, resolvesAliases: true };
}

function fixed(tool: string, output: string, file: string): Compile {
  return { ...bundler(tool, output), compiled: () => joinPath(output, file) };
}

/** Value of `--name value` or `--name=value`. */
export function optionOf(words: readonly string[], names: readonly string[]): string | null {
  for (const [at, word] of words.entries()) {
    const name = names.find((one) => word === one || word.startsWith(`${one}=`));
    if (name === undefined) continue;
    return word === name ? (words[at + 1] ?? null) : word.slice(name.length + 1);
  }
  return null;
}

/** Compiles with the project's own TypeScript where no script does. */
export function canCompile(project: Project, manifest: Manifest): boolean {
  return isInstalled(manifest, 'typescript') && project.isFile(joinPath(manifest.directory, 'tsconfig.json'));
}
