import { type Call, hasOption, type Invocation, optionValue } from './commands.ts';

/** What a command writes below one folder. */
export interface Written {
  /** relative to where the command works, or absolute */
  readonly folder: string;
  /** `false`: it never makes this path below the folder; left out: anything may be there */
  readonly makes?: (rest: string) => boolean;
  /** the file of the context that a compiled one comes from; left out: there is no such file */
  readonly source?: (rest: string) => string | null;
}

/** What a tool looks at beside its words. */
export interface Surroundings {
  /** text of a file beside the manifest */
  readonly text: (path: string) => string | null;
  /** a file of the context whose path ends so; `null`: there is surely none; `''`: that cannot be told */
  readonly find: (ending: string) => string | null;
  /** whether the project names a package */
  readonly uses: (name: RegExp) => boolean;
  /** a variable in force; `null`: not set, or not known */
  readonly variable: (name: string) => string | null;
}

type Tool = (call: Invocation, around: Surroundings) => readonly Written[] | null;

const NOTHING: Tool = () => [];
const at = (folder: string): readonly Written[] => [{ folder }];

/** Sites and servers that Vite builds for with a folder of their own. */
const OTHER_VITE =
  /^(?:@sveltejs\/kit|@remix-run\/dev|@react-router\/dev|@tanstack\/.*start|@?solid.*start|vinxi|nitro|vike|vite-plugin-ssr|waku|astro|@builder\.io\/qwik.*|@analogjs\/.*|nuxt|vitepress|laravel-vite-plugin|@crxjs\/.*|electron-vite|vite-plugin-singlefile)$/;

/** Node.js tools by their names. A tool is known only where its defaults, or its own words, say where it writes. */
const NODE_TOOLS: Readonly<Record<string, Tool>> = {
  tsc,
  'vue-tsc': (call, around) => (hasOption(call.args, '--declaration', '-d') ? null : tsc(call, around)),
  vite: ({ args, operands }, around) => {
    const config = configText(around, 'vite.config', ['ts', 'js', 'mts', 'mjs']);
    const isOwn = operands[0] === 'build' && operands.length === 1 && !hasOption(args, '--ssr', '--config', '-c');
    if (!isOwn || around.uses(OTHER_VITE) || /\b(?:outDir|root|build\s*\()/.test(config)) return null;
    return at(optionValue(args, '--outDir') ?? 'dist');
  },
  next: ({ operands }, around) => {
    const config = configText(around, 'next.config', ['js', 'mjs', 'ts']);
    if (operands[0] !== 'build' || operands.length > 1 || /distDir|withNx|compose/.test(config)) return null;
    const isStandalone = /standalone/.test(config) || around.variable('NEXT_PRIVATE_STANDALONE') !== null;
    return [{ folder: '.next', makes: (rest) => isStandalone || !/^standalone(?:\/|$)/.test(rest) }, { folder: 'out' }];
  },
  'react-scripts': ({ operands }, around) =>
    operands[0] === 'build' && around.variable('BUILD_PATH') === null && !/BUILD_PATH/.test(envText(around))
      ? at('build')
      : null,
  'vue-cli-service': ({ args, operands }, around) =>
    operands[0] === 'build' && !/outputDir/.test(configText(around, 'vue.config', ['js', 'cjs', 'ts']))
      ? at(optionValue(args, '--dest') ?? 'dist')
      : null,
  astro: ({ args, operands }, around) =>
    operands[0] === 'build' && !/outDir/.test(configText(around, 'astro.config', ['mjs', 'js', 'ts']))
      ? at(optionValue(args, '--outDir') ?? 'dist')
      : null,
  ...Object.fromEntries(['eslint', 'prettier', 'rimraf', 'del-cli', 'rm', 'biome'].map((name) => [name, NOTHING])),
};

/** What a Node.js tool writes; `null`: not known. */
export function nodeToolWrites(call: Invocation, around: Surroundings): readonly Written[] | null {
  return Object.hasOwn(NODE_TOOLS, call.program) ? (NODE_TOOLS[call.program]?.(call, around) ?? null) : null;
}

/** What a tool of another language writes below its working folder; `null`: not known. */
export function otherToolWrites({ program, args, operands }: Call, around: Surroundings): readonly Written[] | null {
  const [first = '', second = ''] = operands;
  if (program === 'go') {
    if (first === 'mod' && /^(?:download|verify)$/.test(second)) return [];
    const output = optionValue(args, '-o');
    return first === 'build' && output !== null && output !== '' && !output.includes('$') ? at(output) : null;
  }
  if (program === 'uv') return first === 'sync' ? at(around.variable('UV_PROJECT_ENVIRONMENT') ?? '.venv') : null;
  if (program === 'poetry') return poetry(first, operands, around);
  return /^pip3?$/.test(program) && first === 'install' && isPlainPip(args) ? [] : null;
}

/** Into the interpreter's own folders, none of which is the working one. */
function isPlainPip(args: readonly string[]): boolean {
  const isElsewhere = hasOption(
    args,
    '-t',
    '--target',
    '--prefix',
    '--root',
    '-e',
    '--editable',
    '--src',
    '--cache-dir',
  );
  return !isElsewhere && !args.some((arg) => arg.startsWith('.'));
}

/** Without a setting, Poetry makes its environments in its cache folder; it only uses one in the project that is there. */
function poetry(first: string, operands: readonly string[], around: Surroundings): readonly Written[] | null {
  if (first === 'config') return operands[1]?.startsWith('virtualenvs.') === true ? [] : null;
  if (first !== 'install') return null;
  const isInside =
    /^(?:1|true)$/i.test(around.variable('POETRY_VIRTUALENVS_IN_PROJECT') ?? '') ||
    /in-project\s*=\s*true/.test(around.text('poetry.toml') ?? '');
  return isInside ? at('.venv') : [];
}

function tsc({ args }: Invocation, around: Surroundings): readonly Written[] | null {
  if (hasOption(args, '--noEmit')) return [];
  const named = optionValue(args, '-p', '--project', '-b', '--build') ?? '';
  const path = named === '' || named.startsWith('-') ? 'tsconfig.json' : named.replace(/^\.\//, '');
  const given = optionValue(args, '--outDir', '--outdir');
  return compiled(path, given, around, 3);
}

function compiled(path: string, given: string | null, around: Surroundings, depth: number): readonly Written[] | null {
  const settings = plainJson(around.text(path) ?? around.text(`${path}/tsconfig.json`));
  if (settings === null || depth === 0) return null;
  if (/"noEmit"\s*:\s*true/.test(settings)) return [];
  const references = [
    ...(/"references"\s*:\s*\[([^\]]*)\]/.exec(settings)?.[1] ?? '').matchAll(/"path"\s*:\s*"([^"]+)"/g),
  ];
  if (references.length > 0) {
    const inner = references.map(([, one = '']) => compiled(one.replace(/^\.\//, ''), null, around, depth - 1));
    return /"files"\s*:\s*\[\s*\]/.test(settings) && !inner.includes(null) ? inner.flatMap((list) => list ?? []) : null;
  }
  if (/"(?:declarationDir|outFile)"\s*:/.test(settings)) return null;
  const own = given ?? /"outDir"\s*:\s*"([^"$]+)"/.exec(settings)?.[1];
  const base = /"extends"\s*:\s*"(\.{1,2}\/[^"]+|[\w-]+\.json)"/.exec(settings)?.[1];
  const folder = own ?? (base === undefined ? undefined : outDirOf(base.replace(/^\.\//, ''), around));
  return folder === undefined
    ? null
    : [{ folder, makes: (rest) => hasSource(rest, around), source: (rest) => sourceOf(rest, around) }];
}

function outDirOf(path: string, around: Surroundings): string | undefined {
  return /"outDir"\s*:\s*"([^"$]+)"/.exec(plainJson(around.text(path)) ?? '')?.[1];
}

/** A compiled file has a source of its name somewhere, and a copied JSON file itself; everything else may be there. */
function hasSource(rest: string, around: Surroundings): boolean {
  if (/(?:^|\/)node_modules(?:\/|$)/.test(rest)) return false;
  if (/\.(?:json|node)$/.test(rest)) return around.find(rest) !== null;
  return !/\.[cm]?js$/.test(rest) || SOURCES.some((ending) => around.find(withEnding(rest, ending)) !== null);
}

function sourceOf(rest: string, around: Surroundings): string | null {
  const found = SOURCES.map((ending) => around.find(withEnding(rest, ending))).find((path) => path !== null);
  return found === undefined || found === '' || !/\.[cm]?js$/.test(rest) ? null : found;
}

function withEnding(path: string, ending: string): string {
  return path.replace(/\.[cm]?js$/, `.${ending}`);
}

const SOURCES = ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'];

function configText(around: Surroundings, name: string, endings: readonly string[]): string {
  return endings.map((ending) => around.text(`${name}.${ending}`) ?? '').join('\n');
}

function envText(around: Surroundings): string {
  return ['.env', '.env.production'].map((name) => around.text(name) ?? '').join('\n');
}

function plainJson(text: string | null): string | null {
  return text?.replaceAll(/(?:^|\s)\/\/.*$|\/\*[\s\S]*?\*\//gm, '') ?? null;
}
