import { type Invocation, optionValue } from './commands.ts';

/** Options that take the next word as their value. */
const VALUE_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  node: [
    '-r',
    '--require',
    '--import',
    '--loader',
    '--experimental-loader',
    '--env-file',
    '-C',
    '--conditions',
    '--title',
  ],
  python: ['-W', '-X', '--check-hash-based-pycs'],
  ruby: ['-r', '-I', '-C'],
  php: ['-d', '-c', '-S', '-t'],
  sh: ['-o', '-O'],
};

/** What an interpreter shall run: paths one of which must be there. */
export interface ScriptFile {
  /** as it is written */
  readonly path: string;
  /** the file names that the interpreter tries */
  readonly tries: readonly string[];
}

/** The file that an invocation of an interpreter runs; `null` where it runs none, or nobody can tell. */
export function scriptOf({ program, args }: Invocation): ScriptFile | null {
  const name = program.replace(/[\d.]+$/, '').replace(/^(?:ba|da|a)sh$/, 'sh');
  if (name === 'java') return jarOf(args);
  const options = VALUE_OPTIONS[name];
  if (options === undefined) return null;
  const path = firstOperand(args, options, INLINE[name]);
  if (path === null || /[$*`]/.test(path) || path === '-') return null;
  if (name === 'node') return { path, tries: nodeTries(path) };
  return { path, tries: name === 'python' ? [path, `${path}/__main__.py`] : [path] };
}

function jarOf(args: readonly string[]): ScriptFile | null {
  const jar = optionValue(args, '-jar');
  return jar === null || jar === '' || /[$*]/.test(jar) ? null : { path: jar, tries: [jar] };
}

/** Options with which the code or a module follows, and no file. */
const INLINE: Readonly<Record<string, RegExp>> = {
  node: /^(?:-e|-p|-pe|--eval|--print|--run(?:=.*)?|-v|--version|--test|-i)$/,
  python: /^-(?:\w*[cm]\w*|V|-version)$/,
  sh: /^-\w*[cs]$/,
  ruby: /^-(?:e|S|v)$/,
  php: /^-(?:r|S|v|m|a)$/,
};

function firstOperand(args: readonly string[], options: readonly string[], inline: RegExp | undefined): string | null {
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (inline?.test(arg) === true || arg === 'inspect') return null;
    if (arg === '--') return args[index + 1] ?? null;
    if (options.includes(arg)) index += 1;
    else if (!arg.startsWith('-')) return arg;
  }
  return null;
}

function nodeTries(path: string): string[] {
  const endings = [
    '',
    '.js',
    '.cjs',
    '.mjs',
    '.json',
    '.node',
    '/index.js',
    '/index.cjs',
    '/index.json',
    '/package.json',
  ];
  return endings.map((ending) => `${path.replace(/\/$/, '')}${ending}`);
}
