import type { Fact, Note } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { firstMatch } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import { checkVersions } from '../shared/notes.ts';
import { toolVersions } from '../shared/tool-versions.ts';

/** Majors that JDK and JRE images exist for, in rising order. */
export const IMAGE_VERSIONS = ['8', '11', '17', '21', '25', '26'] as const;

/** For a project that says nothing: supported long, and every library of the last years runs on it. */
export const DEFAULT_VERSION = '21';

/**
 * `1.8` and `8u412-b08-tem` are 8, `1.9` is 9, `17.0.11` and `temurin-17.0.11+9` 17, `VERSION_21` 21; `null` for what names no version.
 */
export function javaMajor(text: string): string | null {
  const match = /(?:^|[^\d.])(?:1[._]([5-9]|10)|([5-9]|[1-9]\d))(?![\d])/.exec(text.trim());
  return match?.[1] ?? match?.[2] ?? null;
}

/** The oldest image that can compile and run this level: 16 → 17, 6 → 8; `null` for one that is newer than every image. */
export function imageVersion(major: string): string | null {
  return IMAGE_VERSIONS.find((version) => Number(version) >= Number(major)) ?? null;
}

/** JDKs that developers of the project use: `.java-version`, `.sdkmanrc`, `.tool-versions`, mise, in a service's folder and its context. */
export function toolDeclarations(project: Project, directories: readonly string[]): readonly Fact[] {
  const unique = [...new Set(directories)];
  return [
    ...unique.map((one) => firstMatch(project, joinPath(one, '.java-version'), /^\s*([^\s#]+)/)),
    ...unique.map((one) => firstMatch(project, joinPath(one, '.sdkmanrc'), /^\s*java\s*=\s*(\S+)/m)),
    ...unique.map((one) =>
      firstMatch(project, joinPath(one, 'system.properties'), /^\s*java\.runtime\.version\s*=\s*(\S+)/m),
    ),
    ...toolVersions(project, unique, ['java']),
  ].filter((fact) => fact !== null);
}

/** Where else a JDK is named: continuous integration and an earlier Dockerfile. They speak only where nothing else does. */
export function hintedVersions(project: Project, directories: readonly string[]): readonly Fact[] {
  const workflows = project
    .entries('.github/workflows')
    .filter((entry) => entry.kind === 'file')
    .map((entry) =>
      firstMatch(project, `.github/workflows/${entry.name}`, /^\s*java-version:\s*['"]?([\w.]+)['"]?\s*$/m),
    );
  const unique = [...new Set(directories)];
  return [
    ...unique.map((one) => firstMatch(project, joinPath(one, 'Dockerfile'), JAVA_IMAGE)),
    ...unique.map((one) => firstMatch(project, joinPath(one, 'jitpack.yml'), /^\s*-\s*(openjdk\d+)/m)),
    ...workflows,
  ].filter((fact) => fact !== null && javaMajor(fact.value) !== null) as readonly Fact[];
}

/** `FROM openjdk:17-jdk-slim`, `FROM maven:3.8-openjdk-11`, `FROM eclipse-temurin:21`. */
const JAVA_IMAGE = /^FROM\s+\S*(?:openjdk|temurin|corretto|jdk|jre|liberica|zulu)[:-](\d+)\b/im;

/** A library or framework that does not run below a Java version. */
export interface Floor {
  readonly fact: Fact;
  readonly what: string;
}

export interface JavaVersion {
  readonly version: Fact;
  readonly notes: readonly Note[];
}

/**
 * The version of both images. `levels` are what the sources are compiled for, in the order of precedence (a reactor's
 * modules may have several: the highest counts); `tools` the JDKs that developers use, `hints` what else names one; the
 * first that is there decides.
 * A library that needs more raises it; `ceiling` is the newest that the project's old libraries work with, and only holds
 * where nothing is declared.
 */
export function chooseVersion(
  found: {
    readonly levels: readonly Fact[];
    readonly tools: readonly Fact[];
    readonly hints: readonly Fact[];
    readonly floors: readonly Floor[];
    readonly ceiling: Fact | null;
    readonly manifest: string;
  },
  today: string,
): JavaVersion {
  const declared = [...found.levels, ...found.tools];
  const first = [...declared, ...found.hints].map(toImageVersion).find((fact) => fact !== null);
  const wanted = first ?? found.ceiling ?? { value: DEFAULT_VERSION, from: found.manifest };
  const floor = highest(found.floors);
  const isRaised = floor !== null && Number(floor.fact.value) > Number(wanted.value);
  const version = isRaised ? (toImageVersion(floor.fact) ?? wanted) : wanted;
  const notes: Note[] = [];
  if (!first && !isRaised) notes.push(assumedNote(version));
  if (first && isRaised) notes.push(raisedNote(first, floor));
  const agrees = (text: string) => isRaised || imageVersion(javaMajor(text) ?? '') === version.value;
  return {
    version,
    notes: [...notes, ...checkVersions({ id: 'java', name: 'Java' }, version, declared, agrees, today)],
  };
}

function toImageVersion(fact: Fact): Fact | null {
  const major = javaMajor(fact.value);
  const value = major && imageVersion(major);
  return value ? { value, from: fact.from, holds: fact.holds ?? fact.value } : null;
}

function highest(floors: readonly Floor[]): Floor | null {
  return [...floors].sort((a, b) => Number(b.fact.value) - Number(a.fact.value))[0] ?? null;
}

function assumedNote(version: Fact): Note {
  return {
    code: 'version-assumed',
    severity: 'info',
    places: [version.from],
    args: { product: 'Java', version: version.value },
  };
}

function raisedNote(declared: Fact, floor: Floor): Note {
  return {
    code: 'java-floor',
    severity: 'warning',
    places: [declared.from, floor.fact.from],
    args: { declared: declared.holds ?? declared.value, what: floor.what, needed: floor.fact.value },
  };
}
