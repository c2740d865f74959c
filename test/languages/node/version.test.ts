import { describe, expect, test } from 'vitest';
import { codesOf, express, factsOf } from './support.ts';

test('a version before the first that has an image is the oldest that has one, and said', () => {
  const facts = factsOf(express({ engines: { node: '6.x' } }));
  expect(facts.version.value).toBe('10');
  expect(codesOf(facts)).toContain('version-without-image');
  expect(codesOf(facts)).not.toContain('version-conflict');
});

test('without a lock file the newest version of a range counts for what old ones need', () => {
  const legacy = (range: string): boolean =>
    codesOf(
      factsOf(express({ scripts: { start: 'node index.js', build: 'webpack' }, devDependencies: { webpack: range } })),
    ).includes('legacy-openssl');
  expect([legacy('^4.0.0'), legacy('5.50.0'), legacy('^5.0.0')]).toEqual([true, true, false]);
});

describe('the version of Node', () => {
  test.each([
    ['exact', '20', '20'],
    ['with a v', 'v22.4.1', '22'],
    ['an alias', 'lts/*', '26'],
    ['the one before', 'lts/-1', '24'],
    ['a code name', 'lts/iron', '20'],
    ['any', 'node', '26'],
    ['at its end, since it is exact', '16.20.0', '16'],
  ])('is read from .nvmrc: %s', (_what, text, version) => {
    expect(factsOf(express({}, { '.nvmrc': `${text}\n` })).version).toMatchObject({ value: version, from: '.nvmrc:1' });
  });

  test.each([
    ['>=18', '26'],
    ['^20.9.0', '20'],
    ['20.x || 22.x', '22'],
    ['>=14 <17', '16'],
    ['18 - 20', '20'],
    ['~14.17', '14'],
    ['*', '26'],
    ['>= 12.0.0, < 19', '18'],
  ])('is the newest supported one in the range %s', (range, version) => {
    expect(factsOf(express({ engines: { node: range } })).version.value).toBe(version);
  });

  test('comes from the first place in the order of precedence', () => {
    const places = {
      '.nvmrc': '20\n',
      '.node-version': '22\n',
      '.tool-versions': 'nodejs 24.1.0\n',
      'mise.toml': '[tools]\nnode = "18"\n',
    };
    const more = {
      volta: { node: '24.0.0' },
      engines: { node: '26.x' },
      devEngines: { runtime: { name: 'node', version: '22' } },
    };
    const order = [
      '.nvmrc:1',
      '.node-version:1',
      'package.json:10',
      'package.json:13',
      'package.json:18',
      '.tool-versions:1',
      'mise.toml:2',
    ];
    const found = order.map((_place, taken) => {
      const left = Object.fromEntries(
        Object.entries(places).filter(([name]) => !order.slice(0, taken).some((place) => place.startsWith(`${name}:`))),
      );
      const kept = Object.fromEntries(Object.entries(more).slice(Math.max(0, Math.min(3, taken - 2))));
      return factsOf(express(kept, left)).version.from.replace(/:\d+$/, '');
    });
    expect(found).toEqual(order.map((place) => place.replace(/:\d+$/, '')));
  });

  test('is narrowed by the places that come after', () => {
    expect(factsOf(express({ engines: { node: '20.x' } }, { '.nvmrc': 'lts/*\n' })).version.value).toBe('26');
    expect(factsOf(express({ engines: { node: '^22' } }, { '.nvmrc': 'stable\n' })).version).toMatchObject({
      value: '22',
      from: '.nvmrc:1',
    });
  });

  test('is reported where two places exclude each other', () => {
    const facts = factsOf(express({ engines: { node: '22.x' } }, { '.nvmrc': '18\n' }));
    expect(facts.version.value).toBe('18');
    expect(codesOf(facts)).toContain('version-conflict');
    expect(codesOf(facts)).toContain('end-of-life');
  });

  test('is read from the image of an earlier Dockerfile', () => {
    expect(factsOf(express({}, { Dockerfile: 'FROM node:14-alpine\nCMD node index.js\n' })).version).toMatchObject({
      value: '14',
      from: 'Dockerfile:1',
    });
  });

  test('is 24 where nothing is declared, and said to be assumed', () => {
    const facts = factsOf(express());
    expect(facts.version.value).toBe('24');
    expect(codesOf(facts)).toContain('version-assumed');
  });

  test('is the oldest supported one for a project with an old lock file or old types', () => {
    expect(
      factsOf(
        express(
          {},
          {
            'package-lock.json':
              '{\n  "name": "app",\n  "lockfileVersion": 1,\n  "dependencies": {"express": {"version": "4.18.2"}}\n}\n',
          },
        ),
      ).version.value,
    ).toBe('22');
    expect(factsOf(express({ devDependencies: { '@types/node': '^14.0.0' } })).version.value).toBe('22');
  });

  test('is limited by a dependency that does not work with newer ones, unless it is exact', () => {
    const sass = { devDependencies: { 'node-sass': '^6.0.1' } };
    expect(factsOf(express({ ...sass, engines: { node: '>=12' } })).version.value).toBe('16');
    expect(factsOf(express(sass)).version.value).toBe('16');
    const exact = factsOf(express({ ...sass, engines: { node: '20' } }));
    expect(exact.version.value).toBe('20');
    expect(codesOf(exact)).toContain('version-too-new');
  });

  test('that nobody can read is passed over', () => {
    expect(factsOf(express({ engines: { node: 'please use yarn' } }, { '.nvmrc': '???\n' })).version.value).toBe('24');
  });
});
