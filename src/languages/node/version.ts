import semver from 'semver';
import { knownVersions, supportedVersions } from '../../images/lifecycle.ts';
import type { Fact, Note } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { textFact } from '../../project/readers/document.ts';
import { firstLine, firstMatch } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import { checkVersions } from '../shared/notes.ts';
import { toolVersions } from '../shared/tool-versions.ts';
import { dependencyFact, type Manifest } from './manifest.ts';
import { plainlyMeets } from './plain-range.ts';
import { type InstalledVersion, newestNode } from './version-limits.ts';

/** What is used where the project says nothing: the older of the supported long-term versions that are not yet old. */
const DEFAULT = '24';

/** Starters name 20 and later for projects of any age. */
const OLD_TYPES = 20;

/** Long-term versions by code name. Source: nodejs/Release CODENAMES.md. */
const CODENAMES: Readonly<Record<string, string>> = {
  dubnium: '10',
  erbium: '12',
  fermium: '14',
  gallium: '16',
  hydrogen: '18',
  iron: '20',
  jod: '22',
  krypton: '24',
  lithium: '26',
};

export interface NodeVersion {
  /** major version */
  readonly version: Fact;
  readonly notes: readonly Note[];
}

/**
 * The version of Node, in this order: .nvmrc, .node-version, Volta, engines, devEngines, .tool-versions, mise.toml, and FROM
 * of an earlier Dockerfile; each in the service's directory, then in the workspace's root. The first that says something
 * counts, and those after it choose among the versions that it leaves open.
 */
export function nodeVersion(
  project: Project,
  manifests: readonly Manifest[],
  installed: InstalledVersion,
  today: string,
): NodeVersion {
  const declared = declarations(project, manifests);
  const limit = newestNode(installed);
  const chosen =
    choose(declared, limit?.newest ?? Number.POSITIVE_INFINITY, today) ??
    tooOld(declared) ??
    hinted(project, manifests, limit?.newest, today);
  const { version, isAssumed } = chosen;
  const isOlder = version.holds !== undefined && !fits(version.holds, version.value, today);
  const known = [
    ...checkVersions(
      { id: 'node', name: 'Node.js' },
      version,
      declared,
      (range) => fits(range, version.value, today),
      today,
    ),
  ];
  const notes = isOlder ? known.filter(({ code }) => code !== 'end-of-life') : known;
  if (isOlder) {
    notes.push({
      code: 'version-without-image',
      severity: 'warning',
      places: [version.from],
      args: { declared: version.holds ?? '', version: version.value },
    });
  }
  if (isAssumed) {
    notes.push({
      code: 'version-assumed',
      severity: 'info',
      places: [version.from],
      args: { product: 'Node.js', version: version.value },
    });
  }
  if (limit && Number(version.value) > limit.newest) {
    notes.push({
      code: 'version-too-new',
      severity: 'warning',
      places: [version.from, limit.because.from],
      args: { version: version.value, package: limit.because.value, newest: String(limit.newest) },
    });
  }
  return { version, notes };
}

function declarations(project: Project, manifests: readonly Manifest[]): readonly Fact[] {
  const directories = manifests.map((manifest) => manifest.directory);
  const facts = [
    ...directories.map((directory) => firstLine(project, joinPath(directory, '.nvmrc'))),
    ...directories.map((directory) => firstLine(project, joinPath(directory, '.node-version'))),
    ...manifests.map(({ document }) => textFact(document, 'volta', 'node')),
    ...manifests.map(({ document }) => textFact(document, 'engines', 'node')),
    ...manifests.flatMap(({ document }) => [
      document.at('devEngines', 'runtime', 'name') === 'node'
        ? textFact(document, 'devEngines', 'runtime', 'version')
        : null,
      document.at('devEngines', 'runtime', 0, 'name') === 'node'
        ? textFact(document, 'devEngines', 'runtime', 0, 'version')
        : null,
    ]),
    ...toolVersions(project, directories, ['nodejs', 'node']),
    ...directories.map((directory) =>
      firstMatch(
        project,
        joinPath(directory, 'Dockerfile'),
        /^FROM\s+(?:--\S+\s+)?(?:docker\.io\/)?(?:library\/)?node:v?(\d+(?:\.\d+){0,2})\b/im,
      ),
    ),
  ];
  return facts.filter((fact) => fact !== null);
}

function choose(
  declared: readonly Fact[],
  newest: number,
  today: string,
): { readonly version: Fact; readonly isAssumed: boolean } | null {
  for (const [at, fact] of declared.entries()) {
    const open = knownVersions('node').filter((version) => fits(fact.value, version, today));
    if (open.length === 0) continue;
    const wanted = declared.slice(at + 1).reduce<readonly string[]>(
      (left, other) =>
        nonEmpty(
          left.filter((version) => fits(other.value, version, today)),
          left,
        ),
      open,
    );
    const possible = nonEmpty(
      wanted.filter((version) => Number(version) <= newest),
      wanted,
    );
    return { version: { value: best(possible, today), from: fact.from, holds: fact.value }, isAssumed: false };
  }
  return null;
}

/** A project for a version before the first that has an image gets that one: it is the nearest to what it was written for. */
function tooOld(declared: readonly Fact[]): { readonly version: Fact; readonly isAssumed: boolean } | null {
  const oldest = knownVersions('node').at(-1) ?? DEFAULT;
  const fact = declared.find(({ value }) => {
    const range = semver.validRange(value.trim().replace(/^v(?=\d)/, ''), { loose: true });
    return range !== null && semver.gtr(`${oldest}.0.0`, range);
  });
  return fact ? { version: { value: oldest, from: fact.from, holds: fact.value }, isAssumed: false } : null;
}

function nonEmpty<T>(list: readonly T[], otherwise: readonly T[]): readonly T[] {
  return list.length > 0 ? list : otherwise;
}

/** The newest that is supported for long; else the newest that ever was; else the newest. `versions` are newest first. */
function best(versions: readonly string[], today: string): string {
  const supported = supportedVersions('node', today);
  return (
    versions.find((version) => supported.includes(version)) ??
    versions.find((version) => Number(version) % 2 === 0) ??
    versions[0] ??
    DEFAULT
  );
}

/**
 * Nothing is declared. The version of Node's types, or the format of an old lock file, tells how old the project is: the
 * oldest supported version is then the nearest to what it was written for.
 */
function hinted(
  project: Project,
  manifests: readonly Manifest[],
  newest: number | undefined,
  today: string,
): { readonly version: Fact; readonly isAssumed: boolean } {
  const supported = supportedVersions('node', today);
  const types = manifests.map((manifest) => dependencyFact(manifest, '@types/node')).find((fact) => fact !== null);
  const typed = types && Number(semver.minVersion(semver.validRange(types.value) ?? '*')?.major ?? 0);
  const oldest = supported.at(-1) ?? DEFAULT;
  const isOld = typed ? typed < OLD_TYPES : hasOldLock(project, manifests);
  const from = manifests.at(-1)?.document.path ?? 'package.json';
  const usual = isOld ? oldest : DEFAULT;
  const value = newest === undefined || Number(usual) <= newest ? usual : nearest(newest);
  return { version: { value, from }, isAssumed: true };
}

/** npm 6 wrote format 1 of package-lock.json until early 2021. */
function hasOldLock(project: Project, manifests: readonly Manifest[]): boolean {
  return manifests.some(({ directory }) =>
    /^\s*\{[^{]*"lockfileVersion"\s*:\s*1\b/.test(
      project.source(joinPath(directory, 'package-lock.json'))?.slice(0, 400) ?? '',
    ),
  );
}

function nearest(newest: number): string {
  return knownVersions('node').find((version) => Number(version) <= newest && Number(version) % 2 === 0) ?? DEFAULT;
}

/** Whether a declaration, in any of the forms that version managers read, allows a major version. */
function fits(declaration: string, major: string, today: string): boolean {
  const text = declaration
    .trim()
    .replace(/^(?:v|node-|prefix:)(?=\d)/i, '')
    .toLowerCase();
  if (/^(?:node|stable|latest|current|system|\*|x|any)$/.test(text)) return true;
  if (text === 'lts' || text === 'lts/*') return supportedVersions('node', today)[0] === major;
  const back = /^lts\/-(\d+)$/.exec(text)?.[1];
  if (back !== undefined) return supportedVersions('node', today)[Number(back)] === major;
  const codename = /^(?:lts\/|lts-)?([a-z]+)$/.exec(text)?.[1];
  if (codename !== undefined) return CODENAMES[codename] === major;
  const listed = text.replaceAll(/\s*,\s*/g, ' ');
  const plain = plainlyMeets(listed, Number(major));
  if (plain !== null) return plain;
  const range = semver.validRange(listed, { loose: true });
  return range !== null && semver.intersects(range, `${major}.x`);
}
