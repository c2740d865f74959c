import { isEndOfLife, knownVersions, supportedVersions } from '../../images/lifecycle.ts';
import type { Fact, Note } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { firstLine, firstMatch } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import { checkVersions } from '../shared/notes.ts';
import { toolVersions } from '../shared/tool-versions.ts';
import type { Dependencies } from './dependencies.ts';
import type { Source } from './sources.ts';
import { type Bound, boundNotes, codeBounds, packageBounds, safeSatisfies } from './version-bounds.ts';

/** When a project says nothing: a year old, so that compiled packages have wheels for it, and the version of distroless. */
const DEFAULT_VERSION = '3.13';

const PRODUCT = { id: 'python', name: 'Python' };

export interface ChosenVersion {
  readonly version: Fact;
  readonly notes: readonly Note[];
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
  const before = versionsBefore(project, directories);
  const bounds = [...packageBounds(dependencies), ...codeBounds(sources)];
  for (const fact of declared) {
    const fitting = candidates(today).filter((version) => allows(fact.value, version));
    const best = bestOf(fitting, bounds);
    if (best === null) continue;
    const proven = fitting.length > 1 ? before.find((one) => isProven(one, fitting, bounds, today)) : undefined;
    const version = proven ?? { value: best, from: fact.from, holds: fact.holds ?? fact.value };
    const notes = checkVersions(PRODUCT, version, declared, (range) => allows(range, version.value), today);
    return { version, notes: [...notes, ...boundNotes(version.value, bounds, null)] };
  }
  const version = before.find((one) => candidates(today).includes(one.value));
  return version ? ranBefore(version, bounds, today) : assumed(bounds, dependencies, today);
}

/** A range leaves the choice to what the project ran on so far, as long as that is supported. */
function isProven(one: Fact, fitting: readonly string[], bounds: readonly Bound[], today: string): boolean {
  if (!fitting.includes(one.value) || isEndOfLife('python', one.value, today)) return false;
  return bounds.every((bound) => bound.works(one.value));
}

function ranBefore(version: Fact, bounds: readonly Bound[], today: string): ChosenVersion {
  const notes = checkVersions(PRODUCT, version, [], () => true, today);
  return { version, notes: [...notes, ...boundNotes(version.value, bounds, null)] };
}

function assumed(bounds: readonly Bound[], dependencies: Dependencies, today: string): ChosenVersion {
  const newest = candidates(today).filter((version) => Number(version.slice(2)) <= Number(DEFAULT_VERSION.slice(2)));
  const best = bestOf(newest, bounds) ?? DEFAULT_VERSION;
  const limit = bounds.find((bound) => !bound.works(DEFAULT_VERSION)) ?? null;
  const place = limit?.from ?? dependencies.manifest?.from ?? '.';
  const version = limit ? { value: best, from: place, holds: limit.holds } : { value: best, from: place, holds: '' };
  const isKept = best !== DEFAULT_VERSION;
  const notes: Note[] = [
    ...(isKept
      ? []
      : [
          {
            code: 'version-assumed',
            severity: 'info',
            places: [],
            args: { product: 'Python', version: best },
          } as const,
        ]),
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

/** What an earlier Dockerfile builds upon: `FROM python:3.11-slim`, also by an argument with that version. */
const EARLIER_IMAGE = /^(?:FROM\s+(?:--platform=\S+\s+)?(?:[\w.-]+\/)*python:|ARG\s+PYTHON_VERSION=["']?)(3\.\d+)/im;

/** What the project runs on so far, as its deployment says. */
function versionsBefore(project: Project, directories: readonly string[]): readonly Fact[] {
  const files = (name: string) => directories.map((directory) => joinPath(directory, name));
  return [
    ...files('app.yaml').map((path) => appEngineRuntime(project, path)),
    ...files('Dockerfile').map((path) => firstMatch(project, path, EARLIER_IMAGE)),
  ].filter((fact) => fact !== null);
}

/** `runtime: python39`; `python` alone is the first generation of App Engine. */
function appEngineRuntime(project: Project, path: string): Fact | null {
  const fact = firstMatch(project, path, /^runtime:\s*["']?python(3\d+)\b/m);
  return fact && { value: `3.${fact.value.slice(1)}`, from: fact.from, holds: `python${fact.value}` };
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
