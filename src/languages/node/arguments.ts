/** Options of Node and of the TypeScript runners that take their value as the next word. */
const VALUED =
  /^(?:-r|--require|--import|--loader|--experimental-loader|-C|--conditions|-P|--project|-O|--compiler-options|--dir|--cwd|--tsconfig|-x|--extensions|--presets|--config-file|--env-file|--env-file-if-exists)$/;

/** Node's own options, the file that it runs, and the program's own arguments. */
export function splitFlags(args: readonly string[]): {
  flags: readonly string[];
  file: string | null;
  rest: readonly string[];
} {
  const flags: string[] = [];
  let at = 0;
  while (at < args.length) {
    const word = args[at] ?? '';
    if (!word.startsWith('-')) {
      return { flags, file: word, rest: withoutVariables(args.slice(at + 1)) };
    }
    if (/^(?:-e|--eval|-p|--print|--test|-v|--version)$/.test(word)) break;
    const isValued = VALUED.test(word);
    flags.push(isValued ? `${word}=${args[at + 1] ?? ''}` : word);
    at += isValued ? 2 : 1;
  }
  return { flags, file: null, rest: [] };
}

/**
 * Arguments as they are without a shell: `${PORT:-9000}` is its default, and `-p $PORT` is left out, so that the program
 * takes its own default or the variable itself.
 */
export function withoutVariables(args: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const arg of args) {
    const word = arg.replaceAll(/\$\{\w+:?[-=]([^{}$]*)\}/g, '$1');
    if (!word.includes('$')) kept.push(word);
    else if (word.startsWith('$') && /^--?[\w-]+$/.test(kept.at(-1) ?? '')) kept.pop();
  }
  return kept;
}

/** What is for a developer's machine is dropped: inspectors, watchers, files with local settings. */
export function keptFlags(flags: readonly string[]): readonly string[] {
  return flags.filter(
    (flag) =>
      !/^--(?:inspect|watch|env-file|expose-gc$|respawn|transpile-only|files)|\$|dotenv\/config|dotenv-flow\/config|^-[TF]$/.test(
        flag,
      ),
  );
}
