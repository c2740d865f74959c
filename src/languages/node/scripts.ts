import { readScript } from '../../dockerfile/shell.ts';
import type { Fact } from '../../model/fact.ts';
import { joinPath } from '../../project/search.ts';
import { type Manifest, scriptFact, type Texts } from './manifest.ts';
import { baseName, unwrap } from './wrappers.ts';

/** One program that a package script runs, after its wrappers were taken off and calls of other scripts were followed. */
export interface Program {
  readonly words: readonly string[];
  /** variables that are set for it */
  readonly env: Texts;
  /** where it runs, relative to the manifest's directory: after `cd client` */
  readonly directory: string;
  readonly isWatched: boolean;
  /** other programs run beside it (`concurrently`, `&`) */
  readonly isParallel: boolean;
  /** the script in which it stands, as the project wrote it */
  readonly from: Fact;
  /** names of the scripts that led to it, the outermost first; empty for a line that is no script */
  readonly path: readonly string[];
}

const DEEPEST = 8;

/** Options of concurrently that take the next word. */
const NAMED =
  /^(?:-n|--names|-c|--prefix-colors|-p|--prefix|-s|--success|-m|--max-processes|-l|--prefix-length|--restart-tries|--restart-after|--kill-signal|--name-separator|-t|--timestamp-format)$/;

/** Options by which a package manager runs a script of another package. */
const ELSEWHERE = /^(?:--prefix|--cwd|--dir|-C|-w|--workspace|--filter|-F)(?:=|$)/;

const MANAGERS = new Set(['npm', 'yarn', 'pnpm', 'bun']);

/** The programs of a script of the manifest, in order; `pre` and `post` scripts are left out. Empty where there is none. */
export function programsOf(manifest: Manifest, name: string): readonly Program[] {
  const fact = scriptFact(manifest, name);
  return fact ? expand(manifest, fact.value, fact, { directory: '.', env: {}, isParallel: false }, [name]) : [];
}

/** The same for a command line that stands elsewhere, in a Procfile for example. */
export function programsIn(manifest: Manifest, text: string, from: Fact): readonly Program[] {
  return expand(manifest, text, from, { directory: '.', env: {}, isParallel: false }, []);
}

interface Surroundings {
  readonly directory: string;
  readonly env: Texts;
  readonly isParallel: boolean;
}

function expand(
  manifest: Manifest,
  text: string,
  from: Fact,
  around: Surroundings,
  path: readonly string[],
): readonly Program[] {
  const programs: Program[] = [];
  let directory = around.directory;
  for (const unit of readScript(text).units) {
    for (const command of unit.commands) {
      const assigned = Object.fromEntries(command.assignments.map(({ name, value }) => [name, value.value]));
      const words = [...(command.name ? [command.name.value] : []), ...command.args.map((word) => word.value)];
      if (words[0] === 'cd') {
        directory = joinPath(directory, words[1] ?? '.');
        continue;
      }
      const unwrapped = unwrap(words);
      const here = {
        directory,
        env: { ...around.env, ...assigned, ...unwrapped.env },
        isParallel: around.isParallel || unit.isBackground,
      };
      programs.push(...follow(manifest, unwrapped.words, unwrapped.isWatched, from, here, path));
    }
  }
  return programs;
}

function follow(
  manifest: Manifest,
  words: readonly string[],
  isWatched: boolean,
  from: Fact,
  around: Surroundings,
  path: readonly string[],
): readonly Program[] {
  const called = calledScripts(manifest, words, around.directory);
  if (called === null || path.length >= DEEPEST)
    return words.length === 0 ? [] : [{ words, ...around, isWatched, from, path: path.filter((name) => name !== '') }];
  const isParallel = around.isParallel || called.isParallel;
  return called.texts.flatMap((text) => {
    const fact = text.script === null ? null : scriptFact(manifest, text.script);
    if (text.script !== null && (fact === null || path.includes(text.script))) return [];
    const line = [fact?.value ?? text.line, ...text.rest].join(' ');
    return expand(manifest, line, fact ?? from, { ...around, isParallel }, [...path, text.script ?? '']);
  });
}

interface Called {
  readonly texts: readonly {
    readonly script: string | null;
    readonly line: string;
    readonly rest: readonly string[];
  }[];
  readonly isParallel: boolean;
}

/** The scripts of this manifest that a program runs: `npm run x`, `yarn x`, `run-s a b`, `concurrently "npm:a" "b"`. */
function calledScripts(manifest: Manifest, words: readonly string[], directory: string): Called | null {
  if (directory !== '.') return null;
  const [program = '', ...args] = words;
  const name = baseName(program);
  if (MANAGERS.has(name)) {
    if (isElsewhere(manifest, name, args)) return null;
    const script = calledByManager(manifest, name, args);
    if (script === null) return null;
    return { texts: [{ script: script.name, line: '', rest: script.rest }], isParallel: false };
  }
  if (/^(?:run-s|run-p|npm-run-all2?)$/.test(name)) {
    const isParallel = name === 'run-p' || args.some((arg) => /^(?:-p|--parallel)$/.test(arg));
    const names = args
      .filter((arg) => !arg.startsWith('-'))
      .flatMap((arg) => matching(manifest, arg.split(' ')[0] ?? ''));
    return { texts: names.map((script) => ({ script, line: '', rest: [] })), isParallel };
  }
  if (name === 'concurrently' || name === 'conc') {
    const lines = args.filter((arg, at) => !arg.startsWith('-') && !NAMED.test(args[at - 1] ?? ''));
    return { texts: lines.flatMap((line) => concurrent(manifest, line)), isParallel: true };
  }
  return null;
}

/** npm takes its options up to `--`; for the others what follows the script's name is the script's own. */
function isElsewhere(manifest: Manifest, manager: string, args: readonly string[]): boolean {
  const end = args.findIndex((arg) => arg === '--' || (manager !== 'npm' && isScript(manifest, arg)));
  return args.slice(0, end === -1 ? args.length : end).some((arg) => ELSEWHERE.test(arg));
}

function concurrent(manifest: Manifest, line: string): Called['texts'] {
  const short = /^(?:npm|yarn|pnpm|bun):(\S+)(.*)$/.exec(line);
  if (!short) return [{ script: null, line, rest: [] }];
  return matching(manifest, short[1] ?? '').map((script) => ({ script, line: '', rest: [] }));
}

function calledByManager(
  manifest: Manifest,
  manager: string,
  args: readonly string[],
): { name: string; rest: readonly string[] } | null {
  const isQuiet = (word: string): boolean => /^(?:-s|--silent|--if-present|-q|--quiet)$/.test(word);
  const [first = '', ...others] = args.filter((word) => !isQuiet(word));
  const isRun = /^(?:run|run-script|rum)$/.test(first);
  const name = isRun ? (others[0] ?? '') : first === 'start' || first === 'test' || manager !== 'npm' ? first : '';
  if (!isScript(manifest, name)) return null;
  const rest = isRun ? others.slice(1) : others;
  return { name, rest: rest[0] === '--' ? rest.slice(1) : rest };
}

/** `build:*` names every script that starts so. */
function matching(manifest: Manifest, pattern: string): readonly string[] {
  if (!pattern.includes('*')) return isScript(manifest, pattern) ? [pattern] : [];
  const start = pattern.slice(0, pattern.indexOf('*'));
  return Object.keys(manifest.scripts).filter((name) => name.startsWith(start));
}

function isScript(manifest: Manifest, name: string): boolean {
  return Object.hasOwn(manifest.scripts, name);
}
