import { describe, expect, test } from 'vitest';
import { locksIn } from '../../../src/languages/node/lock.ts';
import { readManifest } from '../../../src/languages/node/manifest.ts';
import { projectFromObject } from '../../../src/project/object.ts';
import { codesOf, express, factsOf, manifest } from './support.ts';

function missingIn(files: Readonly<Record<string, string>>): string | null | undefined {
  const project = projectFromObject(files);
  const read = readManifest(project, '.');
  return locksIn(project, '.')[0]?.missing(read ? [read] : []);
}

const PACKAGE = manifest({ dependencies: { express: '^4.18.0' }, devDependencies: { jest: '^29.0.0' } });

describe('a lock of npm', () => {
  const lock = (packages: Record<string, unknown>): string =>
    JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } });

  test('is in step when each range allows what is locked', () => {
    expect(
      missingIn({
        'package.json': PACKAGE,
        'package-lock.json': lock({
          'node_modules/express': { version: '4.21.0' },
          'node_modules/jest': { version: '29.7.0' },
        }),
      }),
    ).toBeNull();
  });

  test('is out of step when a package is missing or another version is declared', () => {
    expect(
      missingIn({
        'package.json': PACKAGE,
        'package-lock.json': lock({ 'node_modules/express': { version: '4.21.0' } }),
      }),
    ).toBe('jest');
    expect(
      missingIn({
        'package.json': PACKAGE,
        'package-lock.json': lock({
          'node_modules/express': { version: '5.0.0' },
          'node_modules/jest': { version: '29.7.0' },
        }),
      }),
    ).toBe('express');
  });

  test('is out of step when a locked package needs one that is not locked', () => {
    const broken = lock({
      'node_modules/express': { version: '4.21.0', optionalDependencies: { '@x/linux': '1.0.0' } },
      'node_modules/jest': { version: '29.7.0' },
    });
    expect(missingIn({ 'package.json': PACKAGE, 'package-lock.json': broken })).toBe('@x/linux');
  });

  test('of format 1 is read as well', () => {
    const old = JSON.stringify({
      lockfileVersion: 1,
      dependencies: { express: { version: '4.17.1' }, jest: { version: '29.7.0' } },
    });
    expect(missingIn({ 'package.json': PACKAGE, 'package-lock.json': old })).toBe('express');
  });

  test.each([
    ['missing', { 'node_modules/a': { version: '1.0.0', peerDependencies: { react: '^18' } } }],
    [
      'conflict',
      {
        'node_modules/a': { version: '1.0.0', peerDependencies: { react: '^17' } },
        'node_modules/react': { version: '18.2.0' },
      },
    ],
    [
      'complete',
      {
        'node_modules/a': { version: '1.0.0', peerDependencies: { react: '^18' } },
        'node_modules/react': { version: '18.2.0' },
      },
    ],
    [
      'complete',
      {
        'node_modules/a': {
          version: '1.0.0',
          peerDependencies: { react: '^18' },
          peerDependenciesMeta: { react: { optional: true } },
        },
      },
    ],
  ])('tells that its peers are %s', (peers, packages) => {
    const project = projectFromObject({ 'package.json': manifest(), 'package-lock.json': lock(packages) });
    expect(locksIn(project, '.')[0]?.peers).toBe(peers);
  });

  test('with the marks of a merge is not used', () => {
    const facts = factsOf(express({}, { 'package-lock.json': '{\n<<<<<<< HEAD\n}\n' }));
    expect(facts.install.lock).toBeNull();
    expect(codesOf(facts)).toContain('lock-unreadable');
  });
});

describe('a lock of Yarn', () => {
  test('names each range that was asked for', () => {
    const lock =
      '# yarn lockfile v1\n\n\nexpress@^4.18.0, express@~4.18.1:\n  version "4.18.2"\n\njest@^29.0.0:\n  version "29.7.0"\n';
    expect(missingIn({ 'package.json': PACKAGE, 'yarn.lock': lock })).toBeNull();
    expect(missingIn({ 'package.json': PACKAGE, 'yarn.lock': lock.replace('jest@^29.0.0', 'jest@^28.0.0') })).toBe(
      'jest',
    );
  });

  test('of Yarn 2 and later names them with their protocol', () => {
    const lock =
      '__metadata:\n  version: 8\n\n"express@npm:^4.18.0":\n  version: 4.18.2\n\n"jest@npm:^29.0.0":\n  version: 29.7.0\n';
    expect(missingIn({ 'package.json': PACKAGE, 'yarn.lock': lock })).toBeNull();
    expect(
      missingIn({ 'package.json': PACKAGE, 'yarn.lock': lock.replace('express@npm:^4.18.0', 'express@npm:^3.0.0') }),
    ).toBe('express');
    expect(locksIn(projectFromObject({ 'yarn.lock': lock }), '.')[0]).toMatchObject({
      manager: 'berry',
      format: { value: '8', from: 'yarn.lock:2' },
    });
  });
});

describe('a lock of pnpm', () => {
  test.each([
    [
      '9.0',
      "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      express:\n        specifier: ^4.18.0\n        version: 4.18.2(x@1)\n    devDependencies:\n      jest:\n        specifier: ^29.0.0\n        version: 29.7.0\n\npackages:\n",
    ],
    [
      '6.0',
      "lockfileVersion: '6.0'\n\ndependencies:\n  express:\n    specifier: ^4.18.0\n    version: 4.18.2\n\ndevDependencies:\n  jest:\n    specifier: ^29.0.0\n    version: 29.7.0\n\npackages:\n",
    ],
    [
      '5.4',
      'lockfileVersion: 5.4\n\nspecifiers:\n  express: ^4.18.0\n  jest: ^29.0.0\n\ndependencies:\n  express: 4.18.2\n\ndevDependencies:\n  jest: 29.7.0\n\npackages:\n',
    ],
  ])('of format %s holds what was declared', (format, lock) => {
    expect(missingIn({ 'package.json': PACKAGE, 'pnpm-lock.yaml': lock })).toBeNull();
    expect(missingIn({ 'package.json': PACKAGE, 'pnpm-lock.yaml': lock.replaceAll('^29.0.0', '^28.0.0') })).toBe(
      'jest',
    );
    const read = locksIn(projectFromObject({ 'pnpm-lock.yaml': lock }), '.')[0];
    expect(read?.format.value).toBe(format);
    expect(read?.version('express', '.')).toBe('4.18.2');
  });
});

describe('a lock of Bun', () => {
  test('holds what was declared', () => {
    const lock =
      '{\n  "lockfileVersion": 1,\n  "workspaces": { "": { "dependencies": { "express": "^4.18.0", }, "devDependencies": { "jest": "^29.0.0" } } },\n  "packages": { "express": ["express@4.18.2", ""] },\n}\n';
    expect(missingIn({ 'package.json': PACKAGE, 'bun.lock': lock })).toBeNull();
    expect(missingIn({ 'package.json': PACKAGE, 'bun.lock': lock.replace('^29.0.0', '^28.0.0') })).toBe('jest');
  });
});
