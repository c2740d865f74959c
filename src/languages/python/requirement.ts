import { compare } from '@renovatebot/pep440';
import type { Place } from '../../model/fact.ts';

/** One dependency as a manifest writes it; see PEP 508. */
export interface Requirement {
  /** normalised after PEP 503: `Flask_Cors` is `flask-cors` */
  readonly name: string;
  readonly extras: readonly string[];
  /** version specifiers without blanks, `>=2,<3`; empty where any version will do or a URL is named */
  readonly specifier: string;
  /** environment marker, `sys_platform == "win32"`, or empty */
  readonly marker: string;
  readonly url: string | null;
  readonly from: Place;
  /** as it stands there, without comment and hashes */
  readonly text: string;
}

const PATTERN =
  /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(?:@\s*([^\s;]+)|\(?([^;()@]*)\)?)\s*(?:;\s*(.*))?$/;

/** Reads one requirement; `null` for anything else (an option, a path, a URL alone). */
export function parseRequirement(text: string, from: Place): Requirement | null {
  const trimmed = text.trim();
  const match = PATTERN.exec(trimmed);
  if (!match) return null;
  const [, name = '', extras = '', url, specifier = '', marker = ''] = match;
  const versions = specifier.replaceAll(/\s+/g, '');
  if (versions !== '' && !/^(?:[<>=!~]=?=?[\w.*+!-]+,?)+$/.test(versions)) return null;
  return {
    name: normalName(name),
    extras: extras
      .split(',')
      .map((extra) => normalName(extra.trim()))
      .filter((extra) => extra !== ''),
    specifier: versions,
    marker: marker.trim(),
    url: url ?? null,
    from,
    text: trimmed,
  };
}

/** PEP 503: case, `-`, `_` and `.` make no difference. */
export function normalName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

/** The one version that a requirement allows; `null` for a range. */
export function pinnedVersion(requirement: Pick<Requirement, 'specifier'>): string | null {
  return /^={2,3}([\w.+!-]+)$/.exec(requirement.specifier)?.[1] ?? null;
}

/**
 * The newest version that a requirement allows, for tables of releases: a pin itself, for an upper bound a version just below it
 * (`<4.0` is 3.999), `null` where there is no bound.
 */
export function newestAllowed(requirement: Pick<Requirement, 'specifier'>): string | null {
  const pin = pinnedVersion(requirement);
  if (pin !== null) return pin;
  const bounds = requirement.specifier
    .split(',')
    .map(upperBound)
    .filter((one) => one !== null);
  return bounds.sort((a, b) => compare(a, b))[0] ?? null;
}

function upperBound(part: string): string | null {
  const match = /^(<=?|~=|==)([\d.]+)(\.\*)?$/.exec(part);
  if (!match) return null;
  const [, operator, version = '', star] = match;
  const numbers = version.replace(/\.$/, '').split('.').map(Number);
  if (operator === '<=') return `${version}.999`;
  if (operator === '==') return star ? `${version}.999` : version;
  if (operator === '~=') return `${numbers.slice(0, -1).join('.')}.999`;
  while (numbers.at(-1) === 0 && numbers.length > 1) numbers.pop();
  const last = numbers.pop() ?? 0;
  return [...numbers, Math.max(0, last - 1), 999].join('.');
}

/** The marker leaves it out on Linux: `sys_platform == "win32"`, `platform_system != 'Linux'`. Anything cleverer counts as installed. */
export function isForOtherSystems(marker: string): boolean {
  if (/\bor\b/.test(marker)) return false;
  const parts = marker.matchAll(/(sys_platform|platform_system|os_name)\s*(==|!=)\s*["'](\w+)["']/g);
  for (const [, name = '', operator, value = ''] of parts) {
    const isLinux = value.toLowerCase() === (name === 'os_name' ? 'posix' : 'linux');
    if (isLinux !== (operator === '==')) return true;
  }
  return false;
}
