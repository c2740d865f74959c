import { FAMILIES, type Family } from './data/families.ts';

/** The base image of a stage, as far as its name and the table of families tell. */
export interface Base {
  /** as it stands behind FROM, variables and all */
  readonly written: string;
  /** variables replaced by their defaults */
  readonly reference: string;
  /** registry and path before the repository that the family knows, with its slash: `docker.io/library/`, or empty */
  readonly prefix: string;
  readonly repository: string;
  /** empty: none */
  readonly tag: string;
  readonly digest: string | null;
  readonly family: Family | null;
  /** leading number of the tag: `18`, `3.11.4`; for Java the version of the JDK */
  readonly version: string | null;
  readonly flavour: 'full' | 'slim' | 'alpine';
  /** code name of the distribution: `bookworm`, `noble`, `alpine3.20`; `null`: not known */
  readonly suite: string | null;
  /** the tag names the suite */
  readonly isSuiteWritten: boolean;
  readonly manager: 'apt' | 'apk' | 'dnf' | null;
}

const MIRRORS =
  /^(?:(?:index\.|registry\.hub\.)?docker\.(?:io|com)\/(?:library\/)?|(?:public\.ecr\.aws\/docker|mirror\.gcr\.io|registry-1\.docker\.io)\/library\/|library\/)/;
const SUITES =
  /\b(wheezy|jessie|stretch|buster|bullseye|bookworm|trixie|sid|xenial|bionic|focal|jammy|noble|resolute|alpine3\.\d+)\b/;
const UBUNTU: Readonly<Record<string, string>> = {
  '16.04': 'xenial',
  '18.04': 'bionic',
  '20.04': 'focal',
  '22.04': 'jammy',
  '24.04': 'noble',
  '26.04': 'resolute',
};
const DEBIAN: Readonly<Record<string, string>> = {
  '9': 'stretch',
  '10': 'buster',
  '11': 'bullseye',
  '12': 'bookworm',
  '13': 'trixie',
};

/** Reads an image's name. `written` may hold variables, `reference` not. */
export function readBase(written: string, reference: string): Base {
  const prefix = MIRRORS.exec(reference)?.[0] ?? '';
  const [named = '', digest = null] = reference.slice(prefix.length).split('@');
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const repository = hasTag ? named.slice(0, colon) : named;
  const tag = hasTag ? named.slice(colon + 1) : '';
  const family = FAMILIES.find((one) => one.repositories.includes(repository)) ?? null;
  const version = family === null ? null : versionOf(family, repository, tag);
  const suite = suiteOf(family, repository, tag, version);
  return {
    written,
    reference,
    prefix,
    repository,
    tag,
    digest,
    family,
    version,
    flavour: flavourOf(repository, tag),
    suite,
    isSuiteWritten: SUITES.test(tag),
    manager: managerOf(family, repository, tag),
  };
}

function flavourOf(repository: string, tag: string): Base['flavour'] {
  if (/alpine/.test(tag) || /alpine/.test(repository)) return 'alpine';
  return /slim/.test(tag) ? 'slim' : 'full';
}

function versionOf(family: Family, repository: string, tag: string): string | null {
  if (family.id === 'maven' || family.id === 'gradle') return jdkOf(tag);
  if (family.id === 'sbt') return jdkOf(tag) ?? /^\d+/.exec(tag)?.[0] ?? null;
  const [version = null] = /\d+(?:\.\d+)*/.exec(family.id === 'java' ? tag.replace(/^open-/, '') : tag) ?? [];
  return version ?? /\d+/.exec(repository.split('/').at(-1) ?? '')?.[0] ?? null;
}

/** `maven:3.9-eclipse-temurin-21`, `maven:3-jdk-8`, `gradle:8.5-jdk17-alpine` → 21, 8, 17. */
function jdkOf(tag: string): string | null {
  return (
    /(?:temurin|openjdk|jdk|corretto|zulu|sapmachine|semeru|ibmjava|libericaopenjdk)-?(\d+)/.exec(tag)?.[1] ?? null
  );
}

function suiteOf(family: Family | null, repository: string, tag: string, version: string | null): string | null {
  const written = SUITES.exec(tag)?.[1];
  if (written !== undefined) return written;
  if (/alpine/.test(tag)) return null;
  if (repository === 'alpine') return /^3\.\d+/.exec(tag)?.[0]?.replace(/^/, 'alpine') ?? null;
  if (repository === 'ubuntu') return UBUNTU[version ?? ''] ?? (/^(latest)?$/.test(tag) ? 'resolute' : null);
  if (repository === 'debian') {
    return DEBIAN[version?.split('.')[0] ?? ''] ?? (/^(latest|stable.*|slim)?$/.test(tag) ? 'trixie' : null);
  }
  return family?.suite(version) ?? null;
}

function managerOf(family: Family | null, repository: string, tag: string): Base['manager'] {
  if (/alpine/.test(tag) || /alpine/.test(repository)) return 'apk';
  if (/^(centos|fedora|rockylinux|almalinux|amazonlinux|redhat\/|registry\.access\.redhat)/.test(repository))
    return 'dnf';
  if (/^amazoncorretto|-amazoncorretto-|ubi|oracle/.test(`${repository}:${tag}`)) return 'dnf';
  if (repository === 'openjdk' && /^(1[2-9]|2\d)/.test(tag) && !/slim|buster|bullseye|bookworm/.test(tag)) return 'dnf';
  return family === null && !/^(debian|ubuntu|buildpack-deps)$/.test(repository) ? null : 'apt';
}
