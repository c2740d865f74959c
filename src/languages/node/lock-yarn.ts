import type { Project } from '../../model/project.ts';
import { readLines } from '../../project/readers/lines.ts';
import type { Lock } from './lock.ts';
import type { Manifest } from './manifest.ts';
import { isInSeveralVersions } from './nested-modules.ts';

/** yarn.lock of Yarn 1 (`# yarn lockfile v1`) and of Yarn 2 and later (`__metadata:`). */
export function readYarnLock(project: Project, path: string): Lock | null {
  if (project.source(path) === null) return null;
  const lines = readLines(project, path) ?? [];
  if (lines.some((line) => line.text.startsWith('<<<<<<<'))) return null;
  const versions = new Map<string, string>();
  let format = { value: '1', from: `${path}:1` };
  let isBerry = false;
  let described: readonly string[] = [];
  for (const { text, place } of lines) {
    const classic = /^# yarn lockfile v(\d+)/.exec(text)?.[1];
    if (classic) format = { value: classic, from: place };
    if (/^[^\s#].*:$/.test(text)) {
      described = text
        .slice(0, -1)
        .split(/,\s*/)
        .map((one) => one.trim().replaceAll('"', ''));
      if (text === '__metadata:') isBerry = true;
    }
    const version = /^ {2}version:? "?([^"]+)"?$/.exec(text)?.[1];
    if (version === undefined) continue;
    if (described[0] === '__metadata') format = { value: version, from: place };
    else for (const one of described) versions.set(one, version);
  }
  if (
    versions.size === 0 &&
    !isBerry &&
    !/yarn lockfile v1/.test(
      lines
        .slice(0, 4)
        .map((line) => line.text)
        .join(),
    )
  )
    return null;
  const versionsOf = (name: string): readonly string[] =>
    [...versions].flatMap(([key, version]) => (key.startsWith(`${name}@`) ? [version] : []));
  return {
    manager: isBerry ? 'berry' : 'yarn',
    path,
    format,
    missing: (manifests) => firstMissing(versions, manifests, isBerry),
    version: (name) => versionOf(versions, name),
    versions: versionsOf,
    peers: 'complete',
    nests: (member, name) => isInSeveralVersions(versionsOf, member, name),
    runsScripts: true,
  };
}

/** Yarn names each range that was asked for: `express@^4.18.2`, `"express@npm:^4.18.2"`. */
function firstMissing(
  versions: ReadonlyMap<string, string>,
  manifests: readonly Manifest[],
  isBerry: boolean,
): string | null {
  const members = new Set(manifests.map((manifest) => manifest.name));
  for (const manifest of manifests) {
    const resolutions = manifest.document.at('resolutions');
    if (typeof resolutions === 'object' && resolutions !== null) continue;
    for (const [name, range] of Object.entries({ ...manifest.production, ...manifest.development })) {
      if (members.has(name) || /^(?:workspace|file|link|portal|patch|catalog):/.test(range)) continue;
      const keys = isBerry
        ? [`${name}@npm:${range}`, `${name}@${range}`]
        : [`${name}@${range.trim()}`, `${name}@${range}`];
      if (!keys.some((key) => versions.has(key))) return isPartOfAlternatives(versions, name, range) ? null : name;
    }
  }
  return null;
}

/** A range with a comma or blanks in it is cut up by the way the names are listed: then any entry of that package will do. */
function isPartOfAlternatives(versions: ReadonlyMap<string, string>, name: string, range: string): boolean {
  return /[\s,|]/.test(range) && versionOf(versions, name) !== null;
}

function versionOf(versions: ReadonlyMap<string, string>, name: string): string | null {
  for (const [key, version] of versions) if (key.startsWith(`${name}@`)) return version;
  return null;
}
