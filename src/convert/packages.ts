import type { ShellCommand, ShellWord } from '../dockerfile/script.ts';
import { ALPINE_LIBRARIES, BUILD_PACKAGES, PROVIDES } from './data/packages.ts';
import { RUNTIME_LIBRARIES } from './data/runtime-libraries.ts';

type Manager = 'apt' | 'apk' | 'dnf';

/** What becomes of a package in the final stage. */
export type PackageFate =
  | { readonly kind: 'keep' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'replace'; readonly packages: readonly string[] };

const KEEP: PackageFate = { kind: 'keep' };
const DROP: PackageFate = { kind: 'drop' };

/**
 * `needed` are the programs that run in the final stage: a package that brings one of them stays. A header package
 * becomes the libraries that belong to it; one that is not in the table stays as it is.
 */
export function packageFate(
  written: string,
  manager: Manager,
  suite: string | null,
  needed: ReadonlySet<string>,
): PackageFate {
  const name = written.replace(/[=~<>/:@].*$/, '');
  const programs = [...(PROVIDES[name] ?? []), name, name.replace(/-\d+(\.\d+)*$/, '')];
  if (programs.some((program) => needed.has(program))) return KEEP;
  const jdk = /^(openjdk-?\d+|default|java-.*-openjdk|java-\d+-amazon-corretto)-(jdk|devel)(-headless)?$/.exec(name);
  if (jdk !== null && manager !== 'dnf') {
    return needed.has('javac') ? KEEP : { kind: 'replace', packages: [`${jdk[1]}-jre${jdk[3] ?? ''}`] };
  }
  const libraries =
    manager === 'apk' ? ALPINE_LIBRARIES[name] : manager === 'apt' ? runtimeLibraries(name, suite) : null;
  if (libraries !== null && libraries !== undefined) {
    return libraries.length === 0 ? DROP : { kind: 'replace', packages: libraries };
  }
  const plain = name.replace(/-\d+(\.\d+)*$/, '');
  if (BUILD_PACKAGES[manager].includes(name) || BUILD_PACKAGES[manager].includes(plain)) return DROP;
  return /^(python\d?(\.\d+)?-(dev|venv|pip)|linux-headers-.*|lib(stdc\+\+|gcc)-\d+-dev|g\+\+-\d+|gcc-\d+)$/.test(name)
    ? DROP
    : KEEP;
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
