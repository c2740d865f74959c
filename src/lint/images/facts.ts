import { FAMILIES } from './families.ts';
import type { Family } from './family.ts';
import { type ImageReference, parseReference } from './reference.ts';
import { knowsTool } from './tools.ts';

/** What an image is made from, as far as package manager, C library and users go. */
export type System = 'debian' | 'ubuntu' | 'alpine' | 'rpm' | 'none';

/** What the name of a base image tells. Only images whose contents are well known have facts. */
export interface ImageFacts {
  readonly reference: string;
  readonly family: Family;
  /** version of the product: `24`, `3.13`, `21`; `null`: the tag does not say */
  readonly version: string | null;
  readonly system: System;
  /** `trixie`, `noble`, `alpine3.22`; `null`: the tag does not say */
  readonly suite: string | null;
  readonly libc: 'glibc' | 'musl' | 'none';
  readonly shell: boolean;
  /** name or number of the user it runs as; `null`: not known */
  readonly user: string | null;
  /** folder it starts in; `null`: not known */
  readonly workdir: string | null;
  /** name → uid of the users that matter */
  readonly users: Readonly<Record<string, number>>;
}

const SUITES =
  /\b(sid|forky|trixie|bookworm|bullseye|buster|stretch|jessie|resolute|plucky|oracular|noble|jammy|focal|bionic|xenial|al2023|al2)\b/;
const UBUNTU_SUITES = /^(resolute|plucky|oracular|noble|jammy|focal|bionic|xenial)$/;
/** From 23.04 on, Ubuntu's image has a user `ubuntu` with uid 1000. */
const WITH_UBUNTU_USER = /^(resolute|plucky|oracular|noble|(?:2[4-9]|23)\.\d+|latest|rolling|devel)$/;

/** Tags whose contents are others than those of their family: Windows, and distroless with a shell. */
const UNLIKE = /windows|nanoserver|servercore|debug/;

/** What is known of an image by its name; `null` for one that we know nothing about, or for no valid reference. */
export function imageFacts(reference: string): ImageFacts | null {
  const parsed = parseReference(reference);
  if (parsed === null || UNLIKE.test(parsed.tag ?? '')) return null;
  const family = FAMILIES.find((candidate) => candidate.repository.test(parsed.repository));
  if (family === undefined) return null;
  const system = systemOf(family, parsed);
  const suite = suiteOf(family, parsed);
  return {
    reference,
    family,
    version: versionOf(family, parsed),
    system,
    suite,
    libc: family.libc ?? (system === 'alpine' ? 'musl' : 'glibc'),
    shell: family.shell ?? !isShellless(parsed),
    user: userOf(family, parsed),
    workdir: family.shell === false && /nonroot/.test(parsed.tag ?? '') ? '/home/nonroot' : family.workdir,
    users: { ...SYSTEM_USERS[system], ...ubuntuUser(family, system, suite, parsed), ...family.users },
  };
}

/** Whether a program is in the image: `null` where its name does not tell. */
export function imageHas(facts: ImageFacts, tool: string): boolean | null {
  const { family, version } = facts;
  const tag = parseReference(facts.reference)?.tag ?? '';
  if (!facts.shell) return family.has.includes(tool) ? true : knowsTool(tool, 'none', [], family.unsure);
  const isFull = family.full !== undefined && facts.system !== 'alpine' && !/slim/.test(tag);
  const has = isFull ? [...family.has, ...(family.full ?? [])] : family.has;
  if (/^add(?:user|group)$/.test(tool) && !isFull && LEFT_OUT.has(facts.suite ?? '') && BARE.has(family.id))
    return false;
  const gone = family.until?.[tool];
  if (gone !== undefined) return version === null ? null : Number.parseInt(version, 10) < gone;
  return knowsTool(tool, facts.system, has, isFull ? [...family.unsure, ...FULL_UNSURE] : family.unsure);
}

/** Debian's image is without adduser from 13 on, and so are those that add nothing of the system to it. */
const LEFT_OUT = new Set(['trixie', 'forky', 'sid']);
const BARE = new Set(['debian', 'node', 'python', 'ruby', 'uv', 'rust', 'bun']);

const FULL_UNSURE = ['zip', 'nc', 'ping', 'ps', 'ssh', 'unzip', 'python3', 'python', 'adduser'];

const SYSTEM_USERS: Readonly<Record<System, Readonly<Record<string, number>>>> = {
  debian: { root: 0, daemon: 1, bin: 2, sys: 3, games: 5, man: 6, mail: 8, backup: 34, 'www-data': 33, nobody: 65534 },
  ubuntu: { root: 0, daemon: 1, bin: 2, sys: 3, games: 5, man: 6, mail: 8, backup: 34, 'www-data': 33, nobody: 65534 },
  alpine: { root: 0, bin: 1, daemon: 2, lp: 4, mail: 8, news: 9, guest: 405, nobody: 65534 },
  rpm: { root: 0, bin: 1, daemon: 2, nobody: 65534 },
  none: { root: 0, nobody: 65534 },
};

function systemOf(family: Family, { tag }: ImageReference): System {
  if (family.system === 'none') return 'none';
  const text = tag ?? '';
  if (/alpine/.test(text)) return 'alpine';
  const suite = SUITES.exec(text)?.[1];
  if (suite !== undefined && UBUNTU_SUITES.test(suite)) return 'ubuntu';
  if (/ubi\d*(?:-|$)|\bal2|amazonlinux|corretto|azurelinux|oracle|centos/.test(text) && !/-debian/.test(text))
    return 'rpm';
  return suite !== undefined && suite !== 'al2' && suite !== 'al2023' ? 'debian' : family.system;
}

function suiteOf(family: Family, { tag, repository }: ImageReference): string | null {
  const text = tag ?? '';
  const alpine =
    /alpine(\d+\.\d+)/.exec(text)?.[1] ?? (family.id === 'alpine' ? /^(\d+\.\d+)/.exec(text)?.[1] : undefined);
  if (alpine !== undefined) return `alpine${alpine}`;
  const distroless = /-debian(\d+)$/.exec(repository)?.[1];
  if (distroless !== undefined) return DEBIAN_NUMBERS[distroless] ?? null;
  if (family.id === 'debian') return DEBIAN_NUMBERS[/^(\d+)/.exec(text)?.[1] ?? ''] ?? SUITES.exec(text)?.[1] ?? null;
  if (family.id === 'ubuntu')
    return UBUNTU_NUMBERS[/^(\d+\.\d+)/.exec(text)?.[1] ?? ''] ?? SUITES.exec(text)?.[1] ?? null;
  return SUITES.exec(text)?.[1] ?? null;
}

const DEBIAN_NUMBERS: Readonly<Record<string, string>> = {
  '13': 'trixie',
  '12': 'bookworm',
  '11': 'bullseye',
  '10': 'buster',
  '9': 'stretch',
  '8': 'jessie',
};
const UBUNTU_NUMBERS: Readonly<Record<string, string>> = {
  '26.04': 'resolute',
  '24.04': 'noble',
  '22.04': 'jammy',
  '20.04': 'focal',
  '18.04': 'bionic',
  '16.04': 'xenial',
};

function versionOf(family: Family, { tag, repository }: ImageReference): string | null {
  const found = family.version.exec(`${repository}:${tag ?? ''}`)?.[1];
  return found === undefined || found === '' ? null : found;
}

function userOf(family: Family, { tag }: ImageReference): string | null {
  if (/nonroot/.test(tag ?? '')) return '65532';
  return /rootless/.test(tag ?? '') ? null : family.user;
}

function isShellless({ tag }: ImageReference): boolean {
  return /chiseled|distroless/.test(tag ?? '');
}

function ubuntuUser(
  family: Family,
  system: System,
  suite: string | null,
  { tag }: ImageReference,
): Record<string, number> {
  const release = suite ?? (family.id === 'ubuntu' ? (/^\d+\.\d+|^[a-z]+/.exec(tag ?? 'latest')?.[0] ?? '') : '');
  return system === 'ubuntu' && WITH_UBUNTU_USER.test(release) ? { ubuntu: 1000 } : {};
}
