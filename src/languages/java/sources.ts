import type { Fact, Place } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { joinPath } from '../../project/search.ts';
import { lineAt } from '../../project/text.ts';

/** A source file of the Java virtual machine's languages, read once. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const ENDINGS = ['.java', '.kt', '.scala', '.groovy'];

/** So much of a project is read for hints; beyond it, a huge project would cost more than the hints are worth. */
const MOST_FILES = 1500;
const MOST_TEXT = 12 * 1024 * 1024;

/** Sources below these folders, in their order; folders that are not there count as empty. */
export function readSources(project: Project, folders: readonly string[]): readonly Source[] {
  const sources: Source[] = [];
  let size = 0;
  for (const folder of folders) {
    for (const path of project.find({ under: folder, endings: ENDINGS, depth: 20, limit: MOST_FILES })) {
      if (sources.length >= MOST_FILES || size > MOST_TEXT) return sources;
      const text = project.source(path);
      if (text === null) continue;
      size += text.length;
      sources.push({ path, text });
    }
  }
  return sources;
}

/** Conventional source folders of one module. */
export function sourceFolders(directory: string): readonly string[] {
  return ['java', 'kotlin', 'scala', 'groovy'].map((name) => joinPath(directory, 'src', 'main', name));
}

/** The first match in any source: group 1, or the whole match; matches in comment lines do not count. */
export function firstInSources(sources: readonly Source[], pattern: RegExp): Fact | null {
  for (const source of sources) {
    const fact = firstInSource(source, pattern);
    if (fact) return fact;
  }
  return null;
}

export function firstInSource(source: Source, pattern: RegExp): Fact | null {
  const found = findInSource(source, pattern);
  return found && { value: found.match[1] ?? found.match[0], from: found.from };
}

/** The whole match, for patterns with several groups; the place is that of the first group. */
export function findInSource(
  source: Source,
  pattern: RegExp,
): { readonly match: RegExpMatchArray; readonly from: Place } | null {
  const global = new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`);
  for (const match of source.text.matchAll(global)) {
    const start = source.text.lastIndexOf('\n', match.index) + 1;
    if (/^\s*(?:\/\/|\*|\/\*)/.test(source.text.slice(start, match.index + 2))) continue;
    const offset = match.index + Math.max(0, match[0].indexOf(match[1] ?? match[0]));
    return { match, from: `${source.path}:${lineAt(source.text, offset)}` };
  }
  return null;
}
