import { satisfies } from '@renovatebot/pep440';
import {
  CALLED_NEEDS,
  COMPILED_NEEDS,
  IN_FULL_IMAGE,
  KNOWN_TO_RUN,
  NEEDS,
  need,
  OLDER_NEEDS,
  RENAMED,
  type SystemNeed,
} from '../../images/python-needs.ts';
import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { own } from '../../project/own.ts';
import { readLines } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import type { Dependencies } from './dependencies.ts';
import { newestAllowed } from './requirement.ts';
import { placeIn, type Source } from './sources.ts';
import { hasRelease } from './version-bounds.ts';

/** What the service needs of the operating system, and which dependency or file says so. */
export interface SystemPackages {
  readonly needs: readonly { readonly need: SystemNeed; readonly fact: Fact }[];
  /** further packages for the final image, by Debian's names */
  readonly listed: readonly Fact[];
}

export function systemPackages(
  project: Project,
  directory: string,
  dependencies: Dependencies,
  python: string,
  sources: readonly Source[],
): SystemPackages {
  const direct = dependencies.requirements.map((one) => ({ name: one.name, from: one.from, extras: one.extras }));
  const locked = dependencies.locked.map((one) => ({ name: one.name, from: one.from, extras: [] }));
  const hasBinary = dependencies.locked.some((one) => one.name === 'psycopg-binary');
  const needs = new Map<string, { need: SystemNeed; fact: Fact }>();
  for (const { name, from, extras } of [...direct, ...locked]) {
    const found =
      olderNeed(dependencies, name) ??
      own(NEEDS, name) ??
      (isCompiled(dependencies, name, python) ? own(COMPILED_NEEDS, name) : undefined);
    if (!found || needs.has(name)) continue;
    if (name === 'psycopg' && (hasBinary || extras.includes('binary'))) continue;
    needs.set(name, { need: found, fact: { value: name, from, holds: '' } });
  }
  const geographic = sources
    .flatMap((source) => source.strings.map((text) => ({ source, text })))
    .find(({ text }) => text.value === 'django.contrib.gis');
  if (geographic) {
    const fact = { value: 'django.contrib.gis', from: placeIn(geographic.source, geographic.text.start) };
    needs.set('gdal', { need: need('gdal-bin', '', 'gdal geos'), fact });
  }
  for (const [name, code, called] of CALLED_NEEDS) {
    const calling = sources.find((source) => code.test(source.code));
    if (!calling || ![...direct, ...locked].some((one) => one.name === name)) continue;
    needs.set(name, { need: called, fact: { value: name, from: placeIn(calling, calling.code.search(code)) } });
  }
  return { needs: [...needs.values()], listed: listedPackages(project, directory) };
}

/** Pinned to a release that has no wheel for this Python. */
function isCompiled(dependencies: Dependencies, name: string, python: string): boolean {
  const version = versionOf(dependencies, name);
  return version !== null && !hasRelease(name, version, python);
}

function olderNeed(dependencies: Dependencies, name: string): SystemNeed | undefined {
  const version = versionOf(dependencies, name);
  if (version === null) return undefined;
  return OLDER_NEEDS.find(([distribution, releases]) => distribution === name && satisfies(version, releases))?.[2];
}

function versionOf(dependencies: Dependencies, name: string): string | null {
  const locked = dependencies.locked.find((one) => one.name === name);
  const declared = dependencies.requirements.find((one) => one.name === name);
  return locked?.version ?? (declared ? newestAllowed(declared) : null);
}

function listedPackages(project: Project, directory: string): readonly Fact[] {
  const facts = ['Aptfile', 'packages.txt', 'apt-packages.txt'].flatMap((file) =>
    (readLines(project, joinPath(directory, file)) ?? []).map((line) => ({
      value: line.text.trim(),
      from: line.place,
    })),
  );
  const words = [...facts, ...installedBefore(project, joinPath(directory, 'Dockerfile'))];
  const known = words
    .map(({ value, from }) => ({ value: own(RENAMED, value) ?? value, from, holds: value }))
    .filter((fact) => KNOWN_TO_RUN.test(fact.value));
  return known.filter((fact, index) => known.findIndex((one) => one.value === fact.value) === index);
}

/** Packages that an earlier Dockerfile installs with apt-get. */
function installedBefore(project: Project, path: string): readonly Fact[] {
  const facts: Fact[] = [];
  let isInstalling = false;
  for (const { text, place } of readLines(project, path) ?? []) {
    if (/\bapt(?:-get)?\b.*\binstall\b/.test(text)) isInstalling = true;
    if (isInstalling) {
      const words =
        text
          .replace(/^.*\binstall\b/, '')
          .replace(/&&.*$/, '')
          .match(/[a-z][\w.+-]+/g) ?? [];
      facts.push(...words.map((value) => ({ value, from: place })));
    }
    if (!text.trimEnd().endsWith('\\')) isInstalling = false;
  }
  return facts;
}

/** Names to install in the build stage of an image. */
export function buildPackages(
  packages: SystemPackages,
  manager: 'apt' | 'apk',
  isFull: boolean,
  needsGit: boolean,
): readonly string[] {
  const own = packages.needs.flatMap(({ need: one }) => (manager === 'apt' ? one.build : one.apkBuild));
  const git = needsGit ? ['git', ...(manager === 'apt' ? ['ca-certificates'] : [])] : [];
  const compilers =
    manager === 'apt' ? (own.length > 0 ? ['gcc', 'g++', 'libc6-dev'] : []) : ['build-base', 'libffi-dev'];
  const all = [...new Set([...compilers, ...git, ...own])];
  return all.filter((name) => !(isFull && (IN_FULL_IMAGE.has(name) || name === 'ca-certificates'))).sort();
}

/** Names to install in the final image. */
export function runtimePackages(packages: SystemPackages, manager: 'apt' | 'apk'): readonly string[] {
  const own = packages.needs.flatMap(({ need: one }) => (manager === 'apt' ? one.run : one.apkRun));
  const listed = manager === 'apt' ? packages.listed.map((fact) => fact.value) : [];
  // Compiled packages bring libstdc++ along in their wheels for glibc; on Alpine it is a package of its own.
  return [...new Set([...own, ...listed, ...(manager === 'apk' ? ['libstdc++'] : [])])].sort();
}
