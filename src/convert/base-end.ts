import { supportedVersions } from '../images/lifecycle.ts';
import { endsOf } from '../lint/images/ends.ts';
import { imageFacts } from '../lint/images/facts.ts';
import type { Base } from './base.ts';
import type { Reason } from './conversion.ts';

/** Families whose supported versions are known, with the product's name in the table of lifecycles. */
const PRODUCTS: Readonly<Record<string, string>> = { node: 'node', python: 'python' };
const NEWEST_DEBIAN = 'trixie';

/**
 * A base image that gets no security fixes on that day (ISO date), and what would: a conversion keeps the version, so it is
 * said and not changed. `null`: it is supported, or nothing is known of it.
 */
export function endedBase(base: Base, today: string): Reason | null {
  if (base.family?.id === 'maven' && /(?:^|-)(?:open)?jdk-\d/.test(base.tag)) {
    const other = `maven:3.9-eclipse-temurin-${base.version}`;
    return { code: 'builder-dead', args: { image: base.reference, other } };
  }
  const facts = imageFacts(base.reference);
  const ended = facts === null ? undefined : endsOf(facts).find(({ end }) => end < today);
  if (ended === undefined) return null;
  const end = ended.isExact ? ended.end : `${ended.end} at the latest`;
  const isProduct = ended.name.includes(' ');
  const other = isProduct ? successor(base, today) : newSuite(base);
  return { code: 'base-ended', args: { image: base.reference, name: ended.name, end, other: other ?? '' } };
}

/** The smallest step up: the oldest version that gets fixes for another year. */
function successor(base: Base, today: string): string | null {
  const product = PRODUCTS[base.family?.id ?? ''];
  if (product === undefined) return null;
  const inAYear = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`;
  const still = supportedVersions(product, inAYear).filter((version) =>
    supportedVersions(product, today).includes(version),
  );
  const version = still.at(-1);
  if (version === undefined) return null;
  const flavour = base.flavour === 'full' ? '' : `-${base.flavour}`;
  return `${base.prefix}${base.repository}:${version}${flavour}`;
}

/** The same image on the newest Debian, where the tag names a suite of it. */
function newSuite(base: Base): string | null {
  if (base.suite === null || base.flavour === 'alpine') return null;
  const [name = ''] = base.reference.split('@');
  if (base.isSuiteWritten) return name.replace(base.suite, NEWEST_DEBIAN);
  return base.repository === 'debian'
    ? `${base.prefix}debian:${NEWEST_DEBIAN}${base.flavour === 'slim' ? '-slim' : ''}`
    : null;
}
