import type { Dockerfile } from '../dockerfile/file.ts';
import type { IgnoreFile } from '../dockerfile/ignore.ts';
import type { Project } from '../model/project.ts';
import { absolute, below, isWithin } from './paths.ts';
import { expanded, type Step } from './trace.ts';

/** One COPY or ADD, its paths worked out. */
export interface Copy {
  readonly step: Step;
  /** stage or image; `null`: the build context */
  readonly from: string | null;
  /** relative to the context, cleaned (`.` for all of it); as written for another image; a URL for ADD */
  readonly sources: readonly string[];
  /** absolute, in the image */
  readonly target: string;
  /** each source's contents or the source itself comes to lie in `target` */
  readonly intoDirectory: boolean;
  readonly isRemote: boolean;
  readonly hasHeredoc: boolean;
}

/** The build context with what its .dockerignore leaves out. */
export interface Context {
  readonly project: Project;
  /** directory of the context in the project */
  readonly directory: string;
  readonly ignore: IgnoreFile | null;
}

/** `null` where the instruction cannot be read: no source, no target. */
export function readCopy(file: Dockerfile, step: Step, context: Context): Copy | null {
  const { instruction } = step;
  const written = instruction.json ?? instruction.words.map((word) => word.text);
  const words = written.map((word) => expanded(word, step.scope, file.escape));
  const last = words.at(-1);
  if (last === undefined || words.length < 2) return null;
  const from = instruction.flags.find((flag) => flag.name === 'from')?.value ?? null;
  const isRemote =
    instruction.keyword === 'ADD' && words.slice(0, -1).some((word) => /^(https?|git|ssh):|^git@/.test(word));
  const sources = words.slice(0, -1).map((word) => (from === null && !isRemote ? clean(word) : word));
  const target = absolute(step.cwd, last);
  const [only] = sources;
  const isDirectory =
    only !== undefined && from === null && !isRemote && context.project.isDirectory(at(context, only));
  const intoDirectory =
    last.endsWith('/') || last === '.' || last === '..' || sources.length > 1 || isDirectory || hasPattern(only);
  return { step, from, sources, target, intoDirectory, isRemote, hasHeredoc: instruction.heredocs.length > 0 };
}

/** Path in the project of a file that a COPY brings to `path`; `null`: the context has no such file. */
export function contextPath(context: Context, copies: readonly Copy[], path: string): string | null {
  for (const copy of copies.toReversed()) {
    if (copy.from !== null || copy.isRemote) continue;
    for (const source of copy.sources) {
      const found = foundBy(context, copy, source, path);
      if (found !== null) return at(context, found);
    }
  }
  return null;
}

function foundBy(context: Context, copy: Copy, source: string, path: string): string | null {
  const candidates: string[] = [];
  if (!hasPattern(source)) {
    if (!copy.intoDirectory && path === copy.target) candidates.push(source);
    if (copy.intoDirectory && isWithin(path, copy.target)) {
      const rest = below(copy.target, path);
      const isDirectory = context.project.isDirectory(at(context, source));
      if (isDirectory) candidates.push(clean(`${source}/${rest}`));
      else if (rest === source.split('/').at(-1)) candidates.push(source);
    }
  } else if (isWithin(path, copy.target) && path !== copy.target) {
    const folder = source.includes('/') ? source.slice(0, source.lastIndexOf('/')) : '.';
    const [name = '', ...rest] = below(copy.target, path).split('/');
    const direct = clean(`${folder}/${name}`);
    if (matches(direct, source) && rest.length === 0) candidates.push(direct);
    for (const entry of context.project.entries(at(context, folder))) {
      const directory = clean(`${folder}/${entry.name}`);
      if (entry.kind === 'directory' && matches(directory, source))
        candidates.push(`${directory}/${below(copy.target, path)}`);
    }
  }
  return candidates.find((candidate) => isSent(context, candidate)) ?? null;
}

/** The context has it, and it is not left out by .dockerignore. */
export function isSent(context: Context, path: string): boolean {
  const place = at(context, path);
  if (!context.project.isFile(place) && !context.project.isDirectory(place)) return false;
  return path === '.' || context.ignore === null || !context.ignore.excludes(path);
}

/** Names in a directory of the context that are sent. */
export function sentEntries(
  context: Context,
  directory: string,
): readonly { name: string; kind: 'file' | 'directory' }[] {
  return context.project
    .entries(at(context, directory))
    .filter((entry) => isSent(context, clean(`${directory}/${entry.name}`)));
}

/** Path in the project of a path in the context. */
export function at(context: Context, path: string): string {
  return context.directory === '.' ? path : clean(`${context.directory}/${path}`);
}

export function hasPattern(path: string | undefined): boolean {
  return path !== undefined && /[*?[]/.test(path);
}

/** The engine's patterns: `*`, `?` and `[…]`, none of which crosses a folder. */
function matches(path: string, pattern: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  try {
    return new RegExp(`^${source}$`).test(path);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function clean(path: string): string {
  return absolute('/', path.replace(/^\/+/, '')).slice(1) || '.';
}
