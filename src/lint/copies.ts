import type { Dockerfile, Instruction } from '../dockerfile/file.ts';
import { readIgnoreFile } from '../dockerfile/ignore.ts';
import { expand, type Scope } from '../dockerfile/variables.ts';
import { absolutePath } from './paths.ts';

/** A COPY or ADD, variables replaced. */
export interface Copy {
  /** stage or image; `null`: the build context */
  readonly from: string | null;
  /** `--from` holds a variable that is not known */
  readonly isFromOpen: boolean;
  readonly sources: readonly CopySource[];
  /** absolute; `null`: not known */
  readonly target: string | null;
  /** a target that can only be a folder: several sources, or a path that ends in `/` or is `.` */
  readonly isFolder: boolean;
  readonly keepsParents: boolean;
  readonly excludes: readonly string[];
  readonly chown: string | null;
  readonly chmod: string | null;
}

interface CopySource {
  /** as it is written */
  readonly text: string;
  /** variables replaced, quotes removed; `null`: a variable is open */
  readonly path: string | null;
  readonly kind: 'path' | 'heredoc' | 'remote';
}

/** `null` for other instructions and for one without a source and a target. */
export function readCopy(
  file: Dockerfile,
  instruction: Instruction,
  scope: Scope,
  workdir: string | null,
): Copy | null {
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return null;
  const words = instruction.json ?? instruction.words.map((word) => word.text);
  const target = words.at(-1);
  if (words.length < 2 || target === undefined) return null;
  const resolve = (word: string): string | null => expand(word, scope, file.escape);
  const flag = (name: string): string | null => instruction.flags.find((one) => one.name === name)?.value ?? null;
  const from = flag('from');
  const targetPath = resolve(target);
  return {
    from: from === null ? null : resolve(from),
    isFromOpen: from !== null && resolve(from) === null,
    sources: words
      .slice(0, -1)
      .map((text) => ({ text, path: resolve(text), kind: sourceKind(instruction.keyword, text) })),
    target: absoluteTarget(targetPath, workdir),
    isFolder: words.length > 2 || /(^|\/)\.{0,2}$/.test(targetPath ?? target),
    keepsParents: instruction.flags.some((one) => one.name === 'parents' && one.value !== 'false'),
    excludes: instruction.flags.filter((one) => one.name === 'exclude').map((one) => one.value ?? ''),
    chown: flag('chown'),
    chmod: flag('chmod'),
  };
}

/** `--exclude` is read by the rules of a .dockerignore; `path` is relative to what is copied. */
export function leavesOut(copy: Copy, path: string): boolean {
  return copy.excludes.length > 0 && readIgnoreFile(copy.excludes.join('\n')).excludes(path);
}

function absoluteTarget(target: string | null, workdir: string | null): string | null {
  if (target === null || (workdir === null && !target.startsWith('/'))) return null;
  return absolutePath(workdir ?? '/', target);
}

function sourceKind(keyword: string, text: string): CopySource['kind'] {
  if (/^<<-?["']?\w/.test(text)) return 'heredoc';
  const isRemote = /^(?:https?:|ftp:|git@|git:|ssh:)/i.test(text) || /\.git(?:#.*)?$/.test(text);
  return keyword === 'ADD' && isRemote ? 'remote' : 'path';
}
