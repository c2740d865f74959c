import type { Fact, Place } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';

/** A line of a file and where it stands; its end is cut off. */
export interface Line {
  readonly text: string;
  readonly place: Place;
}

/** The lines of a text file; `null` where there is none. */
export function readLines(project: Project, path: string): readonly Line[] | null {
  const text = project.text(path);
  if (text === null) return null;
  return text.split(/\r\n|\r|\n/).map((line, index) => ({ text: line, place: `${path}:${index + 1}` }));
}

/** The first line that says something, for one-value files such as `.nvmrc`; `#` starts a comment. */
export function firstLine(project: Project, path: string): Fact | null {
  for (const line of readLines(project, path) ?? []) {
    const value = line.text.replace(/#.*$/, '').trim();
    if (value !== '') return { value, from: line.place };
  }
  return null;
}

/**
 * The first match of a pattern in a file, with its line; group 1 is the value, or the whole match.
 * For facts in sources, where a parser would be too much; a missing or unreadable file has no match.
 */
export function firstMatch(project: Project, path: string, pattern: RegExp): Fact | null {
  const text = project.source(path);
  const match = text === null ? null : pattern.exec(text);
  if (text === null || match === null) return null;
  const value = match[1] ?? match[0];
  const offset = match.index + Math.max(0, match[0].indexOf(value));
  return { value, from: `${path}:${text.slice(0, offset).split(/\r\n|\r|\n/).length}` };
}
