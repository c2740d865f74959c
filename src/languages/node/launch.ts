import type { Project } from '../../model/project.ts';
import { own } from '../../project/own.ts';
import { textFact } from '../../project/readers/document.ts';
import { readJson } from '../../project/readers/json.ts';
import { firstMatch } from '../../project/readers/lines.ts';
import { joinPath, relativePath } from '../../project/search.ts';
import { keptFlags, splitFlags } from './arguments.ts';
import { isCompiler } from './compile.ts';
import type { Manifest } from './manifest.ts';
import type { Program } from './scripts.ts';
import { resolveFile } from './sources.ts';
import { FILE_SERVERS, SITE_TOOLS, TYPESCRIPT } from './tools.ts';
import { baseName } from './wrappers.ts';

/** What a program is, for an image. Paths are relative to the service's directory. */
export type Launch =
  /** Node with a JavaScript file; `flags` are Node's own */
  | {
      readonly kind: 'node';
      readonly file: string;
      readonly flags: readonly string[];
      readonly args: readonly string[];
    }
  /** a TypeScript file through a compiler at run time */
  | {
      readonly kind: 'typescript';
      readonly runner: 'ts-node' | 'tsx' | 'other';
      readonly file: string;
      readonly flags: readonly string[];
      readonly args: readonly string[];
      /** the words as they stand in the script */
      readonly words: readonly string[];
    }
  /** a file for Bun, which reads TypeScript itself */
  | { readonly kind: 'bun'; readonly file: string; readonly args: readonly string[] }
  /** a development or preview server of a tool that builds a site */
  | { readonly kind: 'site'; readonly tool: string; readonly args: readonly string[] }
  /** a server for a folder of files */
  | { readonly kind: 'files'; readonly folder: string; readonly isSinglePage: boolean }
  /** a program that a package installs */
  | { readonly kind: 'bin'; readonly name: string; readonly args: readonly string[] }
  /** a shell script of the project */
  | { readonly kind: 'shell'; readonly words: readonly string[] };

/** `null` for what cannot be the service's program: a test, a linter, something that only builds. */
export function launchOf(project: Project, manifest: Manifest, program: Program): Launch | null {
  const [first = '', ...args] = program.words;
  if (program.directory !== '.' && project.isFile(joinPath(manifest.directory, program.directory, 'package.json')))
    return null;
  const inner = (path: string): string => joinPath(program.directory, path);
  const name = baseName(first).replace(/^.*\/bin\/(node)$/, '$1');
  if (name === 'node' || name === 'nodejs') return nodeLaunch(project, manifest, args, inner, program.words);
  if (name === 'nodemon') return nodemonLaunch(project, manifest);
  if (name === 'bun') return bunLaunch(project, manifest, args, inner);
  const runner = own(TYPESCRIPT, name);
  if (runner) return typescriptLaunch(project, manifest, runner, args, inner, program.words);
  if (name === 'nest' && args[0] === 'start') return { kind: 'node', file: inner('dist/main.js'), flags: [], args: [] };
  if (FILE_SERVERS.has(name)) return fileServer(name, args);
  if (SITE_TOOLS.has(name)) return siteLaunch(name, args);
  if (/^(?:sh|bash|dash|zsh)$/.test(name) && args[0]?.endsWith('.sh')) return { kind: 'shell', words: program.words };
  if (/\.(?:sh|bash)$/.test(name)) return { kind: 'shell', words: program.words };
  const file = joinPath(manifest.directory, program.directory, first);
  if (/\.[cm]?js$/.test(name) || project.isFile(file)) {
    const interpreter = interpreterOf(project, file);
    if (interpreter[0] !== 'node') return { kind: 'shell', words: program.words };
    return nodeLaunch(project, manifest, [...interpreter.slice(1), ...program.words], inner, program.words);
  }
  return !isCompiler(name) && installedProgram(manifest, name) ? { kind: 'bin', name, args } : null;
}

/** What the first line of a file that is started by its own name says: `#!/usr/bin/env -S node -r esm`. */
function interpreterOf(project: Project, file: string): readonly string[] {
  const line = /^#!\s*(?:\/usr\/bin\/env\s+)?(?:-S\s+)?(.+)/.exec(project.source(file) ?? '')?.[1];
  const [program = 'node', ...flags] = line?.trim().split(/\s+/) ?? [];
  return [/(?:^|\/)node(?:js)?$/.test(program) ? 'node' : program, ...flags];
}

/** Programs that people start and that come from a package of the project; tools that build and test are none. */
function installedProgram(manifest: Manifest, name: string): boolean {
  if (
    !/^[\w@][\w./-]*$/.test(name) ||
    /^(?:echo|exit|true|false|test|eslint|prettier|jest|vitest|mocha|docker|docker-compose|make|rm|rimraf|mkdir|cp|mv|cpx|copyfiles|lerna|turbo|nx|lage|rush|wsrun|npm|yarn|pnpm|npx|electron|electron-forge|wrangler|serverless|sls|netlify|vercel|firebase|func|amplify|cdk|react-native|cordova|nw|prisma|sequelize|knex|typeorm|migrate|sam|heroku|open|wait-on|husky|cargo|python3?|go|deno|gulp|grunt|tsc-watch|wait-port|open-cli|opener|kill-port|start-server-and-test|snyk)$/.test(
      name,
    )
  )
    return false;
  const packages = { ...manifest.production, ...manifest.development };
  return Object.keys(packages).some(
    (one) =>
      one === name ||
      one.endsWith(`/${name}`) ||
      one.startsWith(name) ||
      one.startsWith(`@${name}`) ||
      name.startsWith(`${one}-`) ||
      one.split(/[@/-]/).includes(name),
  );
}

function nodeLaunch(
  project: Project,
  manifest: Manifest,
  args: readonly string[],
  inner: (path: string) => string,
  words: readonly string[],
): Launch | null {
  const { flags, file, rest } = splitFlags(args);
  if (file === null) return null;
  const compiles = flags.some((flag) =>
    /(?:ts-node|tsx|@swc-node|esbuild-register|@babel\/register|tsm|@esbuild-kit|sucrase|swc-register|jiti)/.test(flag),
  );
  if (/(?:^|\/)(?:ecosystem|pm2|process)\b[\w.-]*\.(?:c?js|json|ya?ml)$/.test(file))
    return ecosystemLaunch(project, manifest, inner(file), words);
  const path = inner(file);
  if (compiles) {
    const runner = flags.some((flag) => /tsx/.test(flag))
      ? 'tsx'
      : flags.some((flag) => /ts-node\/register/.test(flag))
        ? 'ts-node'
        : 'other';
    return { kind: 'typescript', runner, file: path, flags: keptFlags(flags), args: rest, words };
  }
  const isFolder = project.isDirectory(joinPath(manifest.directory, path));
  const main = isFolder && path === '.' ? textFact(manifest.document, 'main')?.value : undefined;
  const target = isFolder ? joinPath(path, main ?? 'index.js') : path;
  return { kind: 'node', file: withEnding(project, manifest, target), flags: keptFlags(flags), args: rest };
}

/** `node server` is `node server.js`; a path that is not there yet is made by the build and gets the usual ending. */
function withEnding(project: Project, manifest: Manifest, path: string): string {
  if (/\.[cm]?[jt]s$/.test(path)) return path;
  const at = (ending: string): boolean => project.isFile(joinPath(manifest.directory, `${path}${ending}`));
  if (at('')) return path;
  const ending = ['.js', '.mjs', '.cjs', '/index.js'].find(at);
  if (ending) return `${path}${ending}`;
  return /^(?:dist|build|lib|out)$/.test(path) ? `${path}/index.js` : `${path}.js`;
}

function typescriptLaunch(
  project: Project,
  manifest: Manifest,
  runner: 'ts-node' | 'tsx' | 'other',
  args: readonly string[],
  inner: (path: string) => string,
  words: readonly string[],
): Launch | null {
  const start = args[0] === 'watch' || args[0] === 'run' ? args.slice(1) : args;
  const { flags, file, rest } = splitFlags(start);
  if (file === null) return null;
  const found = resolveFile(project, joinPath(manifest.directory, inner(file)));
  const path = found === null ? inner(file) : relativePath(manifest.directory, found);
  return { kind: 'typescript', runner, file: path, flags: keptFlags(flags), args: rest, words };
}

/** `bun run --hot src/index.ts`; `null` for Bun's other commands. */
function bunLaunch(
  project: Project,
  manifest: Manifest,
  args: readonly string[],
  inner: (path: string) => string,
): Launch | null {
  const words = args.filter((word) => !word.startsWith('-') && word !== 'run');
  const [file, ...rest] = words;
  if (file === undefined) return null;
  const path = inner(file);
  const isFile = /\.[cm]?[jt]sx?$/.test(path) || project.isFile(joinPath(manifest.directory, path));
  return isFile ? { kind: 'bun', file: path, args: rest } : null;
}

/** `nodemon` alone reads nodemon.json or `nodemonConfig`, and else starts the package's main file. */
function nodemonLaunch(project: Project, manifest: Manifest): Launch | null {
  const settings = readJson(project, joinPath(manifest.directory, 'nodemon.json'), 'lenient');
  const exec = (settings && textFact(settings, 'exec')) ?? textFact(manifest.document, 'nodemonConfig', 'exec');
  const words = exec?.value.split('&&').at(-1)?.trim().split(/\s+/) ?? [];
  if (words.length > 0) {
    const from = exec ?? { value: '', from: manifest.document.path };
    return launchOf(project, manifest, {
      words: words[0] === 'npx' ? words.slice(1) : words,
      env: {},
      directory: '.',
      isWatched: true,
      isParallel: false,
      from,
      path: [],
    });
  }
  const main = textFact(manifest.document, 'main')?.value ?? 'index.js';
  const file = withEnding(project, manifest, joinPath(main));
  return { kind: 'node', file, flags: [], args: [] };
}

function fileServer(name: string, args: readonly string[]): Launch {
  const { flags, file } = splitFlags(
    args.filter((_arg, at) => !/^(?:-l|--listen|-p|--port|-a|-c|--cors)$/.test(args[at - 1] ?? '')),
  );
  const isSinglePage = flags.some((flag) => /^(?:-s|--single)$/.test(flag));
  return { kind: 'files', folder: joinPath(file ?? (name === 'http-server' ? 'public' : '.')), isSinglePage };
}

function siteLaunch(name: string, args: readonly string[]): Launch | null {
  if (/^(?:build|generate|export|test|lint|check|sync|prepare|add|e2e|typegen)$/.test(args[0] ?? '')) return null;
  if (
    name === 'webpack' &&
    !/^(?:serve|s|server)$/.test(args[0] ?? '') &&
    !args.some((arg) => /^--(?:watch|hot|serve)/.test(arg))
  )
    return null;
  if (name === 'rollup' && !args.some((arg) => /^(?:-\w*w\w*|--watch)$/.test(arg))) return null;
  return { kind: 'site', tool: name, args };
}

/** The script that a configuration file of PM2 starts. */
function ecosystemLaunch(project: Project, manifest: Manifest, path: string, words: readonly string[]): Launch | null {
  const pattern = /["']?\bscript["']?\s*:\s*["']([^"']+)["']/;
  const script = firstMatch(project, joinPath(manifest.directory, path), pattern);
  if (script === null) return null;
  const file = script.value.trim();
  const inner = (one: string): string => joinPath(path, '..', one);
  return nodeLaunch(project, manifest, [file], inner, ['node', file, ...words.slice(2)]);
}
