import type { ShellCommand, ShellWord } from '../dockerfile/script.ts';
import {
  ALPINE_LIBRARIES,
  BRINGS_CERTIFICATES,
  BROUGHT_ALONG,
  BUILD_PACKAGES,
  PROVIDES,
  RUNTIME_OF,
} from './data/packages.ts';
import { RUNTIME_LIBRARIES } from './data/runtime-libraries.ts';
import type { Part } from './judge.ts';

type Manager = 'apt' | 'apk' | 'dnf';

/** What becomes of a package in the final stage. */
export type PackageFate =
  | { readonly kind: 'keep' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'replace'; readonly packages: readonly string[] };

const KEEP: PackageFate = { kind: 'keep' };
const DROP: PackageFate = { kind: 'drop' };

/** What decides about a package beside its name. */
export interface Surroundings {
  readonly manager: Manager;
  readonly suite: string | null;
  /** programs that run in the final stage: a package that brings one of them stays */
  readonly needed: ReadonlySet<string>;
  /** the base image is a distribution without a language of its own: what is dropped may be the only source of something */
  readonly isBare: boolean;
  /** sources or build files ask for OpenMP, whose library comes with the compiler */
  readonly usesOpenMp: boolean;
  /** family of the final stage's base image */
  readonly runtime: string | null;
  /** Python is there for node-gyp */
  readonly servesGyp: boolean;
}

/**
 * A header package becomes the libraries that belong to it, a tool of the build what it brings along for the program;
 * what is in no table stays as it is.
 */
export function packageFate(written: string, surroundings: Surroundings): PackageFate {
  const { manager, suite, needed } = surroundings;
  const name = written.replace(/[=~<>/:@].*$/, '');
  const plain = name.replace(/-\d+(\.\d+)*$/, '');
  if (surroundings.runtime === 'node' && /^(nodejs|npm)$/.test(name)) return DROP;
  if ([...(PROVIDES[name] ?? []), name, plain].some((program) => needed.has(program))) return KEEP;
  // node-gyp is a Python program: beside a compiler that is what Python is there for
  if (surroundings.runtime === 'node' && surroundings.servesGyp && /^python[23]?(-is-python[23])?$/.test(name))
    return DROP;
  const jdk = /^(openjdk-?\d+|default|java-.*-openjdk|java-\d+-amazon-corretto)-(jdk|devel)(-headless)?$/.exec(name);
  if (jdk !== null && manager !== 'dnf') {
    return needed.has('javac') ? KEEP : { kind: 'replace', packages: [`${jdk[1]}-jre${jdk[3] ?? ''}`] };
  }
  const libraries =
    manager === 'apk' ? ALPINE_LIBRARIES[name] : manager === 'apt' ? runtimeLibraries(name, suite) : null;
  if (libraries !== null && libraries !== undefined) return instead(libraries);
  const isBuild =
    BUILD_PACKAGES[manager].includes(name) || BUILD_PACKAGES[manager].includes(plain) || BUILD_NAMES.test(name);
  return isBuild ? instead(broughtAlong(name, plain, surroundings)) : KEEP;
}

const BUILD_NAMES = /^(python\d?(\.\d+)?-(dev|venv|pip)|linux-headers-.*|lib(stdc\+\+|gcc)-\d+-dev|g\+\+-\d+|gcc-\d+)$/;

function instead(packages: readonly string[]): PackageFate {
  return packages.length === 0 ? DROP : { kind: 'replace', packages };
}

/** What of a dropped package's dependencies the program may need. The images of a language have theirs anyway. */
function broughtAlong(name: string, plain: string, surroundings: Surroundings): readonly string[] {
  const { manager, needed, isBare, usesOpenMp } = surroundings;
  const versioned = /^(python\d\.\d+)-(dev|venv)$/.exec(name)?.[1];
  if (versioned !== undefined) return [versioned];
  const runtime = Object.hasOwn(RUNTIME_OF, name) ? RUNTIME_OF[name] : undefined;
  const isThere = runtime?.program === surroundings.runtime;
  const started =
    runtime !== undefined && !isThere && needed.has(runtime.program) && manager !== 'dnf' ? [runtime[manager]] : [];
  if (!isBare) return started;
  const table = BROUGHT_ALONG[manager];
  const along =
    (Object.hasOwn(table, name) ? table[name] : Object.hasOwn(table, plain) ? table[plain] : undefined) ?? [];
  const certificates = manager === 'apt' && BRINGS_CERTIFICATES.has(name) ? ['ca-certificates'] : [];
  const openMp =
    manager === 'apt' && usesOpenMp && /^(gcc|g\+\+|build-essential|clang)$/.test(plain) ? ['libgomp1'] : [];
  return [...started, ...along, ...certificates, ...openMp];
}

/** Libraries of a header package in a suite; `null`: the table does not say. */
export function runtimeLibraries(name: string, suite: string | null): readonly string[] | null {
  const entry = Object.hasOwn(RUNTIME_LIBRARIES, name) ? RUNTIME_LIBRARIES[name] : undefined;
  if (entry === undefined) return null;
  if (Array.isArray(entry)) return entry;
  return (
    (entry as Readonly<Record<string, readonly string[]>>)[suite ?? '*'] ??
    (entry as Readonly<Record<string, readonly string[]>>)['*'] ??
    null
  );
}

/** A word of an installation and what becomes of it. */
export interface PackageWord {
  readonly word: ShellWord;
  readonly names: readonly string[];
  readonly fates: readonly PackageFate[];
}

/** The package names of one `install` command, word by word; options and the subcommand are left out. */
export function packageWords(
  command: ShellCommand,
  expandedWords: (word: ShellWord) => readonly string[],
  fate: (name: string) => PackageFate,
): PackageWord[] {
  const words: PackageWord[] = [];
  let isBehind = false;
  let skipsNext = false;
  for (const word of command.args) {
    if (skipsNext) {
      skipsNext = false;
      continue;
    }
    if (word.value.startsWith('-')) {
      skipsNext = /^(-t|--target-release|--virtual|-o|-c|-X|--repository|--setopt)$/.test(word.value);
      continue;
    }
    if (!isBehind) {
      isBehind = /^(install|add|in)$/.test(word.value);
      continue;
    }
    const names = expandedWords(word);
    words.push({ word, names, fates: names.map(fate) });
  }
  return words;
}

/** Package files that some RUN installs. */
export function packageFiles({ runs }: { readonly runs: ReadonlyMap<number, readonly Part[]> }): readonly string[] {
  return [...runs.values()]
    .flat()
    .filter(({ verdict }) => /^(packages|system-package)$/.test(verdict.why.code))
    .flatMap(({ verdict }) => verdict.reads);
}
