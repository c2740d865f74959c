import type { Project } from '../../model/project.ts';
import { type Document, textFact, textsAt } from '../../project/readers/document.ts';
import { readJson } from '../../project/readers/json.ts';
import { directoryOf, joinPath, relativePath } from '../../project/search.ts';

/** What a tsconfig.json says, its `extends` followed. Paths are relative to the project. */
export interface TsConfig {
  readonly path: string;
  readonly directory: string;
  readonly outDir: string | null;
  readonly rootDir: string | null;
  readonly emitsNothing: boolean;
  readonly isComposite: boolean;
  readonly module: string;
  /** names of path aliases: `@/*` */
  readonly aliases: readonly string[];
  /** where they lead: patterns with at most one `*`, and the project's paths that they stand for */
  readonly paths: readonly { readonly pattern: string; readonly targets: readonly string[] }[];
  /** `null`: every file below the directory */
  readonly include: readonly string[] | null;
  readonly exclude: readonly string[];
  readonly files: readonly string[];
}

const DEEPEST = 5;

/** Reads a tsconfig.json, `null` where there is none. Bases that are packages set no folders and are left out. */
export function readTsConfig(project: Project, path: string, depth = 0): TsConfig | null {
  const document = project.isFile(path) ? readLenient(project, path) : null;
  if (document === null || depth > DEEPEST) return null;
  const directory = directoryOf(path);
  const base = bases(document)
    .map((one) => readTsConfig(project, extended(directory, one), depth + 1))
    .reduce<TsConfig | null>((left, right) => right ?? left, null);
  const at = (key: string): string | null => textFact(document, 'compilerOptions', key)?.value ?? null;
  const folder = (key: string): string | null => {
    const value = at(key);
    return value === null ? null : joinPath(directory, value.replaceAll('${configDir}', '.'));
  };
  const paths = document.at('compilerOptions', 'paths');
  return {
    path,
    directory,
    outDir: folder('outDir') ?? base?.outDir ?? null,
    rootDir: folder('rootDir') ?? base?.rootDir ?? null,
    emitsNothing: flag(document, 'noEmit') ?? flag(document, 'emitDeclarationOnly') ?? base?.emitsNothing ?? false,
    isComposite: flag(document, 'composite') ?? base?.isComposite ?? false,
    module: (at('module') ?? base?.module ?? '').toLowerCase(),
    aliases: typeof paths === 'object' && paths !== null ? Object.keys(paths) : (base?.aliases ?? []),
    paths: pathsOf(document, joinPath(directory, at('baseUrl') ?? '.')) ?? base?.paths ?? [],
    include: listOf(document, 'include', directory) ?? base?.include ?? null,
    exclude: listOf(document, 'exclude', directory) ?? base?.exclude ?? [],
    files: listOf(document, 'files', directory) ?? [],
  };
}

/** A tsconfig.json that cannot be parsed stops no one: the compiler will say so. */
function readLenient(project: Project, path: string): Document | null {
  try {
    return readJson(project, path, 'lenient');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'file-malformed') return null;
    throw error;
  }
}

/** `"@/*": ["./src/*"]`, relative to `baseUrl`. */
function pathsOf(document: Document, folder: string): TsConfig['paths'] | null {
  const paths = document.at('compilerOptions', 'paths');
  if (typeof paths !== 'object' || paths === null) return null;
  return Object.keys(paths).map((pattern) => ({
    pattern,
    targets: textsAt(document, 'compilerOptions', 'paths', pattern).map((target) => joinPath(folder, target)),
  }));
}

function bases(document: Document): readonly string[] {
  const one = textFact(document, 'extends');
  return (one ? [one.value] : textsAt(document, 'extends')).filter((path) => /^\.{1,2}(?:\/|$)/.test(path));
}

function extended(directory: string, path: string): string {
  const joined = joinPath(directory, path);
  return joined.endsWith('.json') ? joined : `${joined}.json`;
}

function flag(document: Document, key: string): boolean | null {
  const value = document.at('compilerOptions', key);
  return typeof value === 'boolean' ? value : null;
}

function listOf(document: Document, key: string, directory: string): readonly string[] | null {
  const value = document.at(key);
  return Array.isArray(value) ? textsAt(document, key).map((path) => joinPath(directory, path)) : null;
}

const SOURCE = /\.[cm]?tsx?$/;

/**
 * Where the compiler writes a source file: `src/index.ts` → `dist/index.js`. The folder that is cut off is `rootDir`, or
 * the one that all compiled files share. `null` where it writes nothing.
 */
export function compiledFile(project: Project, config: TsConfig, source: string, compiler: number): string | null {
  if (config.emitsNothing || !SOURCE.test(source)) return null;
  const script = source
    .replace(/\.ts$/, '.js')
    .replace(/\.tsx$/, '.js')
    .replace(/\.mts$/, '.mjs')
    .replace(/\.cts$/, '.cjs');
  if (config.outDir === null) return script;
  const root = rootOf(project, config, compiler);
  return root === '.' || script.startsWith(`${root}/`) ? joinPath(config.outDir, relativePath(root, script)) : null;
}

/** TypeScript 6 made the configuration's own folder the default; before, it was the folder that all inputs share. */
function rootOf(project: Project, config: TsConfig, compiler: number): string {
  if (config.rootDir !== null) return config.rootDir;
  if (config.isComposite || compiler >= 6) return config.directory;
  return sharedFolder(inputsOf(project, config), config);
}

function sharedFolder(inputs: readonly string[], config: TsConfig): string {
  let root = inputs[0] === undefined ? config.directory : directoryOf(inputs[0]);
  for (const input of inputs) while (root !== '.' && !input.startsWith(`${root}/`)) root = directoryOf(root);
  return root;
}

const TESTS = /(?:^|\/)(?:tests?|e2e|cypress|spec|__tests__|__mocks__|__snapshots__)\/|\.(?:test|spec)\.[cm]?tsx?$/;

/** The compiler is given tests too, and without them it would write the others to another place. */
export function testsDecidePlace(project: Project, config: TsConfig, compiler: number): boolean {
  if (config.rootDir !== null || config.outDir === null || config.isComposite || compiler >= 6) return false;
  const inputs = inputsOf(project, config);
  const others = inputs.filter((path) => !TESTS.test(relativePath(config.directory, path)));
  return others.length > 0 && sharedFolder(inputs, config) !== sharedFolder(others, config);
}

function inputsOf(project: Project, config: TsConfig): readonly string[] {
  const roots = config.include?.map(fixedPart) ?? (config.files.length > 0 ? [] : [config.directory]);
  const excluded = [...config.exclude, ...(config.outDir === null ? [] : [config.outDir])].map(patternOf);
  const found = roots.flatMap((root) =>
    project.isFile(root)
      ? [root]
      : project.find({ under: root, endings: ['.ts', '.tsx', '.mts', '.cts'], limit: 1000 }),
  );
  const inputs = found.filter((path) => !path.endsWith('.d.ts') && !excluded.some((pattern) => pattern.test(path)));
  return [...inputs, ...config.files.filter((path) => !path.endsWith('.d.ts'))];
}

function fixedPart(pattern: string): string {
  const names = pattern.split('/');
  const end = names.findIndex((name) => /[*?]/.test(name));
  return names.slice(0, end === -1 ? names.length : end).join('/') || '.';
}

/** A folder that is left out, or a pattern such as `**\/*.spec.ts`. */
function patternOf(pattern: string): RegExp {
  const body = pattern
    .replaceAll(/[.+^$()|[\]\\{}]/g, '\\$&')
    .replaceAll('?', '[^/]')
    .replaceAll(/\*\*\/|\*\*|\*/g, (stars) => (stars === '*' ? '[^/]*' : stars === '**' ? '.*' : '(?:.*/)?'));
  return new RegExp(`^${body}(?:/|$)`);
}
