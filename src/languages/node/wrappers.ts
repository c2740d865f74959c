/** What stands before a program in a package script and is not needed in an image, taken off. */
export interface Unwrapped {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** it was started by something that watches files or restarts it */
  readonly isWatched: boolean;
}

/** Programs that run the rest of the line, and how many of their own words follow them. */
const PLAIN = new Set(['exec', 'time', 'sudo', 'command', 'nohup', 'npx', 'bunx', 'pnpx', 'tini', 'dumb-init']);

/** The rest of the line stands behind `--`, or after the options. */
const WITH_OPTIONS = new Set([
  'dotenv',
  'dotenvx',
  'doppler',
  'infisical',
  'op',
  'env-cmd',
  'dotenv-flow',
  'dotenv-cli',
]);

const WATCHERS = new Set([
  'nodemon',
  'supervisor',
  'node-dev',
  'forever',
  'pm2',
  'pm2-runtime',
  'pm2-dev',
  'pm2-docker',
]);

/** Options of the programs above that take a value of their own. */
const VALUED =
  /^(?:-p|--package|-e|--ext|-w|--watch|-i|--ignore|-f|--file|-c|--config|--env-file|-x|--exec|-d|--delay|-n|--name|--signal|--cwd|-l|--log|-o|--output|--error|--only|--env|--interpreter|--max-memory-restart|--node-args|--exec-mode|--instances|--environments|-r|--require|-V|--project|-P|--environment)$/;

/** Options that stand for a value and are no wrapper's own but the runtime's. */
export function unwrap(given: readonly string[]): Unwrapped {
  let words = [...given];
  const env: Record<string, string> = {};
  let isWatched = false;
  for (let turn = 0; turn < 10; turn += 1) {
    const program = baseName(words[0] ?? '');
    if (program === 'cross-env' || program === 'cross-env-shell' || program === 'env') {
      words = words.slice(1);
      while (/^\w+=/.test(words[0] ?? '')) {
        const pair = words.shift() ?? '';
        env[pair.slice(0, pair.indexOf('='))] = pair.slice(pair.indexOf('=') + 1);
      }
      if (words.length === 1 && /\s/.test(words[0] ?? '')) words = (words[0] ?? '').split(/\s+/);
      continue;
    }
    if (PLAIN.has(program)) {
      words = dropOptions(words.slice(1));
      continue;
    }
    if (WITH_OPTIONS.has(program)) {
      words = behindOptions(program, words.slice(1));
      continue;
    }
    if (
      (program === 'npm' || program === 'pnpm' || program === 'yarn' || program === 'bun') &&
      /^(?:exec|x|dlx|node)$/.test(words[1] ?? '')
    ) {
      words = words[1] === 'node' ? words.slice(1) : dropOptions(words.slice(2));
      continue;
    }
    if (WATCHERS.has(program)) {
      isWatched = true;
      words = watched(program, words.slice(1));
      continue;
    }
    break;
  }
  return { words, env, isWatched };
}

/** Packages whose program has another name than they, as `npx` calls them. */
const PROGRAMS: Readonly<Record<string, string>> = { '@angular/cli': 'ng', '@vue/cli-service': 'vue-cli-service' };

/** `./node_modules/.bin/tsx` and `@11ty/eleventy@2` are called by the program's name. */
export function baseName(word: string): string {
  const name = word.replace(/^(?:\.\/)?node_modules\/\.bin\//, '').replace(/(?<=.)@[\d^~*.x-]+$|(?<=.)@latest$/, '');
  return PROGRAMS[name] ?? name.replace(/^@[\w.-]+\//, '');
}

function dropOptions(words: readonly string[]): string[] {
  let at = 0;
  while (at < words.length && (words[at] ?? '').startsWith('-')) {
    const option = words[at] ?? '';
    at += option === '--' ? 1 : VALUED.test(option) ? 2 : 1;
    if (option === '--') break;
  }
  return words.slice(at);
}

function behindOptions(program: string, words: readonly string[]): string[] {
  const end = words.indexOf('--');
  if (end !== -1) return words.slice(end + 1);
  const rest = /^(?:dotenvx|doppler|infisical|op)$/.test(program) && words[0] === 'run' ? words.slice(1) : words;
  const left = dropOptions(rest);
  // `env-cmd .env node x` of older versions names the file without an option
  return program === 'env-cmd' && /^\.{0,2}\/?[\w./]*env[\w./-]*$/.test(left[0] ?? '') ? left.slice(1) : left;
}

/** The file and its arguments; process managers take options of their own until `--`. */
function ownWords(program: string, words: readonly string[]): readonly string[] {
  const [file, ...rest] = words.filter((word, at) => at > 0 || word !== '--');
  if (file === undefined) return [];
  const end = rest.indexOf('--');
  if (program === 'nodemon' || program === 'node-dev' || program === 'supervisor')
    return [file, ...rest.filter((word) => !word.startsWith('-'))];
  return [file, ...(end === -1 ? [] : rest.slice(end + 1))];
}

/** What a watcher starts: `--exec "ts-node src/index.ts"`, or a file, which Node (or by its ending ts-node) runs. */
function watched(program: string, words: readonly string[]): string[] {
  const rest = /^(?:start|run)$/.test(words[0] ?? '') && program !== 'nodemon' ? words.slice(1) : words;
  const at = rest.findIndex((word) => word === '--exec' || word === '-x');
  const exec = at === -1 ? rest.find((word) => word.startsWith('--exec='))?.slice(7) : rest[at + 1];
  const inner = exec === undefined ? [] : exec.split(/\s+/);
  const left = dropOptions(at === -1 ? rest : [...rest.slice(0, at), ...rest.slice(at + 2)]);
  const files = ownWords(program, left);
  if (inner.length > 0) return inner.some((word) => /\.[cm]?[jt]sx?$/.test(word)) ? inner : [...inner, ...files];
  if (files.length === 0) return program === 'nodemon' || program === 'node-dev' ? ['nodemon'] : [];
  return [/\.[cm]?tsx?$/.test(files[0] ?? '') ? 'ts-node' : 'node', ...files];
}
