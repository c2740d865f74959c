import type { Base } from '../base.ts';
import type { Reason } from '../conversion.ts';
import type { Scope } from '../trace.ts';

/**
 * What a command is for:
 * - `build`: makes files; they are all that matters of it afterwards
 * - `packages`: installs packages of the operating system
 * - `system`: changes the operating system otherwise (users, locale, configuration) and can be done again on another base
 * - `files`: makes or changes files at known paths with what every image has; the paths decide
 * - `program`: runs a program of the project; what it leaves is only known to lie below its directory and in the home
 * - `cleanup`: removes what installs leave
 * - `neutral`: changes nothing
 * - `unknown`
 */
export type Role = 'build' | 'packages' | 'system' | 'files' | 'program' | 'cleanup' | 'neutral' | 'unknown';

export interface Verdict {
  readonly role: Role;
  readonly why: Reason;
  /** absolute paths; a directory stands for all that is below it */
  readonly writes: readonly string[];
  /** what it makes directly in a directory of `writes`, needed where that directory is not the application's own */
  readonly names: readonly string[];
  /** absolute paths that it reads and that are not part of a base image */
  readonly reads: readonly string[];
  /** what it leaves that nobody needs when the program runs */
  readonly leaves: readonly Leftover[];
  /** words of a package installation, in order */
  readonly packages: readonly string[];
  /** programs beyond its own name that it starts */
  readonly uses: readonly string[];
}

/** `kind` is a key of the table of sizes. */
interface Leftover {
  readonly kind:
    | 'npm-cache'
    | 'pip-cache'
    | 'maven-cache'
    | 'go-cache'
    | 'cargo-cache'
    | 'gem-cache'
    | 'composer-cache'
    | 'tool'
    | 'objects';
  readonly name: string;
}

/** A command as it is started: wrappers taken off, variables replaced as far as they are known. */
export interface Invocation {
  /** last part of the program's path: `pip` for `/opt/venv/bin/pip` */
  readonly name: string;
  /** as it is written */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly home: string;
  readonly user: string;
  readonly scope: Scope;
  readonly base: Base;
  /** virtual environment whose programs come first, absolute */
  readonly venv: string | null;
  /** settings of tools that the file makes by a command, as `tool:setting` */
  readonly settings: ReadonlySet<string>;
}

export type Judge = (invocation: Invocation) => Verdict;

export function verdict(
  role: Role,
  code: string,
  more: Partial<Omit<Verdict, 'role' | 'why'>> & { args?: Record<string, string> } = {},
): Verdict {
  const { args = {}, ...rest } = more;
  return { role, why: { code, args }, writes: [], names: [], reads: [], leaves: [], packages: [], uses: [], ...rest };
}

/** Arguments that are no options. `withValue`: options whose value is the next word. */
export function operands(args: readonly string[], withValue: readonly string[] = []): string[] {
  const found: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word === '--') return [...found, ...args.slice(at + 1)];
    if (withValue.includes(word)) at += 1;
    else if (!word.startsWith('-') || word === '-') found.push(word);
  }
  return found;
}

/** Value of an option: `-o x`, `-ox` for a single letter, `--output x`, `--output=x`. */
export function option(args: readonly string[], ...names: readonly string[]): string | null {
  for (const [index, word] of args.entries()) {
    for (const name of names) {
      if (word === name) return args[index + 1] ?? null;
      if (name.startsWith('--') && word.startsWith(`${name}=`)) return word.slice(name.length + 1);
      if (/^-[A-Za-z]$/.test(name) && word.startsWith(name) && word.length > 2) return word.slice(2).replace(/^=/, '');
    }
  }
  return null;
}

export function has(args: readonly string[], ...names: readonly string[]): boolean {
  return args.some((word) => names.some((name) => word === name || word.startsWith(`${name}=`)));
}
