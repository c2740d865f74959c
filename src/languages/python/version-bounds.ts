import { satisfies, valid } from '@renovatebot/pep440';
import type { Note } from '../../model/fact.ts';
import type { Dependencies } from './dependencies.ts';
import { hasWheelFor } from './lock-file.ts';
import { newestAllowed } from './requirement.ts';
import type { Source } from './sources.ts';
import { REMOVED, workingReleases } from './version-data.ts';

/** Something that does not work on some Pythons, and on which it does. */
export interface Bound {
  readonly what: string;
  readonly from: string;
  readonly holds: string;
  readonly isPackage: boolean;
  works(python: string): boolean;
}

export function packageBounds(dependencies: Dependencies): readonly Bound[] {
  const locked = dependencies.locked.map((one) => ({
    what: `${one.name} ${one.version}`,
    from: one.from,
    holds: '',
    isPackage: true,
    works: (python: string) => hasWheelFor(one, python) ?? hasRelease(one.name, one.version, python),
  }));
  if (locked.length > 0) return locked;
  return dependencies.requirements.flatMap((requirement) => {
    const pin = newestAllowed(requirement);
    if (pin === null) return [];
    return [
      {
        what: `${requirement.name} ${requirement.specifier.replace(/^==/, '')}`,
        from: requirement.from,
        holds: '',
        isPackage: true,
        works: (python: string) => hasRelease(requirement.name, pin, python),
      },
    ];
  });
}

/** Whether a release installs on a Python version, as far as the table knows; what it does not know counts as working. */
export function hasRelease(name: string, version: string, python: string): boolean {
  const ranges = valid(version) === null ? null : workingReleases(name, python);
  return ranges === null || ranges.some((range) => safeSatisfies(version, range));
}

export function codeBounds(sources: readonly Source[]): readonly Bound[] {
  return REMOVED.flatMap(({ python, what, pattern }) => {
    const found = sources.map((source) => ({ source, match: unconditional(source, pattern) })).find((one) => one.match);
    if (!found?.match) return [];
    const { source, match } = found;
    const line = source.code.slice(0, match.index + match[0].search(/\S/)).split('\n').length;
    const limit = Number(python.slice(2));
    const works = (one: string) => Number(one.slice(2)) < limit;
    return [{ what, from: `${source.full}:${line}`, holds: '', isPackage: false, works }];
  });
}

/** Not where the source itself has something else for the case that this fails: `try: from collections.abc import …`. */
function unconditional(source: Source, pattern: RegExp): RegExpExecArray | null {
  const all = source.code.matchAll(new RegExp(pattern, `g${pattern.flags}`));
  return (
    [...all].find((match) => {
      const start = source.code.lastIndexOf('\n', match.index + match[0].search(/\S/)) + 1;
      return !/(?:^|\n)[ \t]*(?:try|except\b[^\n]*|else|if\b[^\n]*)[ \t]*:[ \t]*\n(?:[ \t]+(?:import|from)\b[^\n]*\n)*$/.test(
        source.code.slice(0, start),
      );
    }) ?? null
  );
}

/** What does not work on the chosen version, and what kept it from being newer; one note for all that say the same. */
export function boundNotes(chosen: string, bounds: readonly Bound[], wanted: string | null): readonly Note[] {
  const broken = bounds.filter((bound) => !bound.works(chosen));
  const kept = wanted === null || wanted === chosen ? [] : bounds.filter((bound) => !bound.works(wanted));
  return [
    ...note('version-kept', 'info', kept, chosen),
    ...note(
      'version-too-new',
      'warning',
      broken.filter((bound) => bound.isPackage),
      chosen,
    ),
    ...note(
      'version-lacks',
      'warning',
      broken.filter((bound) => !bound.isPackage),
      chosen,
    ),
  ];
}

const MOST_NAMED = 5;

function note(code: string, severity: Note['severity'], bounds: readonly Bound[], version: string): readonly Note[] {
  if (bounds.length === 0) return [];
  const shown = bounds.slice(0, MOST_NAMED);
  const more = bounds.length > shown.length ? ` and ${bounds.length - shown.length} more` : '';
  const what = `${shown.map((bound) => bound.what).join(', ')}${more}`;
  return [{ code, severity, places: shown.map((bound) => bound.from), args: { what, version } }];
}

export function safeSatisfies(version: string, specifier: string): boolean {
  return satisfies(version, specifier, { prereleases: true });
}
