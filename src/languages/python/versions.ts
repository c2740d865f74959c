import { satisfies, valid } from '@renovatebot/pep440';
import { knownVersions, supportedVersions } from '../../images/lifecycle.ts';
import type { Fact, Note } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { firstLine, firstMatch } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import { checkVersions } from '../shared/notes.ts';
import { toolVersions } from '../shared/tool-versions.ts';
import type { Dependencies } from './dependencies.ts';
import { hasWheelFor } from './lock-file.ts';
import { newestAllowed } from './requirement.ts';
import type { Source } from './sources.ts';
import { REMOVED, workingReleases } from './version-data.ts';

/** When a project says nothing: a year old, so that compiled packages have wheels for it, and the version of distroless. */
const DEFAULT_VERSION = '3.13';

const PRODUCT = { id: 'python', name: 'Python' };

export interface ChosenVersion {
  readonly version: Fact;
  readonly notes: readonly Note[];
}

/** Something that does not work on some Pythons, and on which it does. */
interface Bound {
  readonly what: string;
  readonly from: string;
  readonly holds: string;
  works(python: string): boolean;
}

/**
 * The Python for the image: what the project declares, by precedence; of a range (or of nothing) the newest supported version
 * for which the locked or pinned packages have wheels and whose standard library has what the code imports.
 */
export function chooseVersion(
  project: Project,
  directories: readonly string[],
  dependencies: Dependencies,
  sources: readonly Source[],
  today: string,
): ChosenVersion {
  const declared = declaredVersions(project, directories, dependencies);
  const bounds = [...packageBounds(dependencies), ...codeBounds(sources)];
  for (const fact of declared) {
    const fitting = candidates(today).filter((version) => allows(fact.value, version));
    const best = bestOf(fitting, bounds);
    if (best === null) continue;
    const version = { value: best, from: fact.from, holds: fact.holds ?? fact.value };
    const notes = checkVersions(PRODUCT, version, declared, (range) => allows(range, best), today);
    return { version, notes: [...notes, ...boundNotes(best, bounds, null)] };
  }
  return assumed(bounds, dependencies, today);
}

function assumed(bounds: readonly Bound[], dependencies: Dependencies, today: string): ChosenVersion {
  const newest = candidates(today).filter((version) => Number(version.slice(2)) <= Number(DEFAULT_VERSION.slice(2)));
  const best = bestOf(newest, bounds) ?? DEFAULT_VERSION;
  const limit = bounds.find((bound) => !bound.works(DEFAULT_VERSION)) ?? null;
  const place = limit?.from ?? dependencies.manifest?.from ?? '.';
  const version = limit ? { value: best, from: place, holds: limit.holds } : { value: best, from: place, holds: '' };
  const notes: Note[] = [
    { code: 'version-assumed', severity: 'info', places: [], args: { product: 'Python', version: best } },
    ...checkVersions(PRODUCT, version, [], () => true, today),
    ...boundNotes(best, bounds, DEFAULT_VERSION),
  ];
  return { version, notes };
}

/** Supported versions, newest first; then those at their end, newest first. */
function candidates(today: string): readonly string[] {
  const supported = supportedVersions('python', today);
  return [...supported, ...knownVersions('python').filter((version) => !supported.includes(version))];
}

/** The first version without a hurdle; where there is none, the one with the fewest. */
function bestOf(versions: readonly string[], bounds: readonly Bound[]): string | null {
  let best: { version: string; hurdles: number } | null = null;
  for (const version of versions) {
    const hurdles = bounds.filter((bound) => !bound.works(version)).length;
    if (best === null || hurdles < best.hurdles) best = { version, hurdles };
  }
  return best?.version ?? null;
}

/** By precedence; the first one that an image exists for decides. */
function declaredVersions(
  project: Project,
  directories: readonly string[],
  dependencies: Dependencies,
): readonly Fact[] {
  const files = (name: string) => directories.map((directory) => joinPath(directory, name));
  const facts = [
    ...files('.python-version').map((path) => firstLine(project, path)),
    ...files('runtime.txt').map((path) => firstMatch(project, path, /^python-?\s*(\d[\w.]*)/im)),
    dependencies.requiresPython,
    ...toolVersions(project, directories, ['python']),
  ];
  const seen = new Set<string>();
  return facts
    .filter((fact) => fact !== null)
    .filter((fact) => /\d/.test(fact.value) && !/pypy|conda/i.test(fact.value))
    .filter((fact) => !seen.has(fact.from) && seen.add(fact.from));
}

/** `3.12`, `3.12.4`, `>=3.9,<4`, `~=3.11`, `3.x`: whether the minor version is in it. */
export function allows(declaration: string, python: string): boolean {
  const text = declaration.replace(/^(?:c?python)[-@ ]?/i, '').replaceAll(/\s+/g, '');
  const exact = /^v?(\d+)(?:\.(\d+|x|\*))?(?:\.[\w*]+)?$/.exec(text);
  if (exact) {
    const [major, minor] = python.split('.');
    return exact[1] === major && (exact[2] === undefined || !/\d/.test(exact[2]) || exact[2] === minor);
  }
  const specifier = text
    .replaceAll(/(\d)\.x\b/g, '$1.*')
    .replace(/^\^(\d+)\..*$/, '>=$&')
    .replace('>=^', '>=');
  // Any patch release of the minor version will do: `<=3.11` and `>3.10` speak of minor versions, `>=3.11.4` of a patch.
  return [`${python}.0`, `${python}.99`, python].some((version) => safeSatisfies(version, specifier));
}

function safeSatisfies(version: string, specifier: string): boolean {
  return satisfies(version, specifier, { prereleases: true });
}

function packageBounds(dependencies: Dependencies): readonly Bound[] {
  const locked = dependencies.locked.map((one) => ({
    what: `${one.name} ${one.version}`,
    from: one.from,
    holds: '',
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

function codeBounds(sources: readonly Source[]): readonly Bound[] {
  return REMOVED.flatMap(({ python, what, pattern }) => {
    const source = sources.find((one) => pattern.test(one.code));
    const match = source && pattern.exec(source.code);
    if (!source || !match) return [];
    const line = source.code.slice(0, match.index + match[0].search(/\S/)).split('\n').length;
    const limit = Number(python.slice(2));
    return [{ what, from: `${source.full}:${line}`, holds: '', works: (one: string) => Number(one.slice(2)) < limit }];
  });
}

/** What does not work on the chosen version, and what kept it from being newer. */
function boundNotes(chosen: string, bounds: readonly Bound[], wanted: string | null): readonly Note[] {
  const broken = bounds.filter((bound) => !bound.works(chosen)).slice(0, 5);
  const kept = wanted === null || wanted === chosen ? [] : bounds.filter((bound) => !bound.works(wanted)).slice(0, 5);
  return [
    ...kept.map((bound) => note('version-kept', bound, chosen)),
    ...broken.map((bound) => note('version-too-new', bound, chosen)),
  ];
}

function note(code: string, bound: Bound, version: string): Note {
  return {
    code,
    severity: code === 'version-kept' ? 'info' : 'warning',
    places: [bound.from],
    args: { what: bound.what, version },
  };
}
