import { describe, expect, test } from 'vitest';
import { CATALOGUE } from '../../src/images/catalogue.ts';
import { checkPair, chooseImages, namedImage } from '../../src/images/choose.ts';
import { isEndOfLife, newestInRange, supportedVersions } from '../../src/images/lifecycle.ts';
import { LIFECYCLES, LIFECYCLES_CHECKED } from '../../src/images/lifecycles.ts';

const TODAY = '2026-11-23';

describe('versions', () => {
  test('only long-term versions with fixes are supported', () => {
    expect(supportedVersions('node', TODAY)).toEqual(['26', '24', '22']);
    expect(supportedVersions('node', '2026-10-01')).toEqual(['24', '22']);
  });

  test('a range takes the newest supported version in it, and an old one if it allows nothing else', () => {
    expect(newestInRange('node', TODAY, (version) => Number(version) >= 20)).toBe('26');
    expect(newestInRange('node', TODAY, (version) => Number(version) < 20)).toBe('18');
    expect(newestInRange('node', TODAY, () => false)).toBeNull();
  });

  test('the end of life is the day after the last fix', () => {
    expect(isEndOfLife('python', '3.10', '2026-10-31')).toBe(false);
    expect(isEndOfLife('python', '3.10', '2026-11-01')).toBe(true);
  });
});

describe('the catalogue', () => {
  test('each image has an id of its own and a lifecycle for its suite and its product', () => {
    expect(new Set(CATALOGUE.map((image) => image.id)).size).toBe(CATALOGUE.length);
    for (const image of CATALOGUE) {
      expect(LIFECYCLES[image.suite], image.id).toBeDefined();
      if (image.product) expect(LIFECYCLES[image.product], image.id).toBeDefined();
    }
  });

  test('no suite of a supported version is at its end when the table was last checked', () => {
    const current = CATALOGUE.filter(({ product, versions }) => {
      const supported = product === null ? [] : supportedVersions(product, LIFECYCLES_CHECKED);
      return versions === null || product === null || versions.some((version) => supported.includes(version));
    });
    expect(current.filter(({ suite }) => isEndOfLife(suite, suite, LIFECYCLES_CHECKED))).toEqual([]);
  });

  test('each image has its own order of suffixes', () => {
    const of = (id: string, version: string) => chooseImages(version, [{ id, why: '' }])[0]?.reference;
    expect(of('node/slim', '24')).toBe('node:24-trixie-slim');
    expect(of('python/slim', '3.13')).toBe('python:3.13-slim-trixie');
    expect(of('node/distroless', '24')).toBe('gcr.io/distroless/nodejs24-debian13:nonroot');
  });

  test('what does not exist for a version is not offered', () => {
    expect(chooseImages('3.12', [{ id: 'python/distroless', why: '' }])).toEqual([]);
  });
});

describe('an image that the user names', () => {
  const choices = chooseImages(
    '24',
    ['node/slim', 'node/alpine', 'node/distroless'].map((id) => ({ id, why: '' })),
  );

  test.each([
    ['node:24-trixie-slim', 'glibc', true],
    ['mirror.example.org/node:24-alpine', 'musl', true],
    ['mirror.example.org/distroless/node:24', 'glibc', false],
  ])('%s is taken for %s', (reference, libc, shell) => {
    expect(namedImage(choices, reference).image).toMatchObject({ libc, shell });
  });

  test('a pair of two C libraries is refused, unless the artefact does not care', () => {
    const [slim, alpine] = [namedImage(choices, 'node:24-trixie-slim'), namedImage(choices, 'node:24-alpine3.24')];
    expect(() => checkPair(slim, alpine, false)).toThrow('builds for glibc');
    expect(() => checkPair(slim, alpine, true)).not.toThrow();
  });
});
