import { describe, expect, test } from 'vitest';
import type { ArchiveLayer } from '../../src/engine/archive.ts';
import type { TarEntry } from '../../src/engine/tar.ts';
import { findContents, findWritable, readUser } from '../../src/verify/contents.ts';
import { globPattern, mergeLayers } from '../../src/verify/filesystem.ts';
import { contractOf } from '../support/report.ts';

function entry(path: string, more: Partial<TarEntry> = {}): TarEntry {
  const kind = path.endsWith('/') ? 'directory' : 'file';
  const mode = kind === 'directory' ? 0o755 : 0o644;
  return {
    path: path.replace(/\/$/, ''),
    kind,
    bytes: kind === 'file' ? 10 : 0,
    mode,
    uid: 0,
    gid: 0,
    target: null,
    ...more,
  };
}

function layers(...lists: readonly (readonly TarEntry[])[]): ArchiveLayer[] {
  return lists.map((entries, index) => ({
    id: String(index),
    made: '',
    entries,
    bytes: 0,
    pushBytes: 0,
    isOpaque: false,
  }));
}

const paths = (...lists: readonly (readonly TarEntry[])[]) => [...mergeLayers(layers(...lists)).files.keys()].sort();

describe('layers laid over each other', () => {
  test('later files replace earlier ones, and what is replaced is still shipped', () => {
    const merged = mergeLayers(layers([entry('a', { bytes: 100 })], [entry('a', { bytes: 7 })]));
    expect(merged.files.get('/a')).toMatchObject({ bytes: 7, layer: 1 });
    expect(merged.hidden).toEqual([100, 0]);
  });

  test('a whiteout removes a file, and a folder with all that is below', () => {
    const removed = paths(
      [entry('app/'), entry('app/x'), entry('app/sub/'), entry('app/sub/y'), entry('app2')],
      [entry('.wh.app')],
    );
    expect(removed).toEqual(['/app2']);
    expect(paths([entry('a'), entry('b')], [entry('.wh.a')])).toEqual(['/b']);
  });

  test('an opaque folder hides what was below, wherever its mark stands among its own files', () => {
    const old = [entry('app/'), entry('app/old')];
    expect(paths(old, [entry('app/'), entry('app/new'), entry('app/.wh..wh..opq')])).toEqual(['/app', '/app/new']);
    expect(paths(old, [entry('app/.wh..wh..opq'), entry('app/new')])).toEqual(['/app', '/app/new']);
  });

  test('a file takes the place of a folder', () => {
    expect(paths([entry('a/'), entry('a/b')], [entry('a')])).toEqual(['/a']);
  });
});

describe('globs over the final files', () => {
  test.each([
    ['/app/src/**', '/app/src/a/b.ts', true],
    ['/app/src/**', '/app/srcs/a', false],
    ['/app/*.js', '/app/a.js', true],
    ['/app/*.js', '/app/a/b.js', false],
    ['**/typescript/**', '/app/node_modules/typescript/lib/x.js', true],
    ['**/.env', '/.env', true],
    ['**/.env', '/app/.env', true],
    ['**/.env', '/app/x.env', false],
    ['/usr/bin/{gcc,cc}', '/usr/bin/cc', true],
    ['/usr/bin/{gcc,cc}', '/usr/bin/c', false],
    ['/a?c', '/abc', true],
    ['usr/bin/g++', '/usr/bin/g++', true],
  ])('%s and %s: %s', (glob, path, wanted) => {
    expect(globPattern(glob).test(path)).toBe(wanted);
  });
});

const contents = (base: readonly TarEntry[], own: readonly TarEntry[]) =>
  findContents(mergeLayers(layers(base, own)), 1);

describe('what should not be in an image', () => {
  test('compilers and package managers are found where distributions put them', () => {
    const found = contents(
      [entry('usr/bin/apt-get'), entry('usr/local/bin/npm')],
      [
        entry('usr/bin/x86_64-linux-gnu-gcc-14'),
        entry('opt/java/openjdk/bin/javac'),
        entry('usr/lib/jvm/java-21/bin/javac'),
        entry('usr/local/go/bin/go'),
        entry('usr/bin/make'),
        entry('usr/share/maven/bin/mvn'),
        entry('app/.venv/bin/pip'),
      ],
    );
    expect(found.compilers.items.map(({ path }) => path)).toHaveLength(5);
    expect(found.packageManagers.items.map(({ path, isBase }) => [path, isBase])).toEqual([
      ['/usr/share/maven/bin/mvn', false],
      ['/app/.venv/bin/pip', false],
      ['/usr/bin/apt-get', true],
      ['/usr/local/bin/npm', true],
    ]);
  });

  test('look-alikes are left alone', () => {
    const found = contents(
      [],
      [
        entry('usr/bin/link'),
        entry('usr/bin/makeinfo'),
        entry('app/node_modules/.bin/make'),
        entry('usr/share/doc/gcc'),
        entry('app/npm'),
        entry('home/node/.npm/'),
        entry('root/.cache/'),
        entry('app/.gitignore'),
        entry('app/node_modules/x/.github/y'),
        entry('var/lib/apt/lists/lock'),
      ],
    );
    expect(Object.values(found).flatMap((group) => ('items' in group ? group.items : group))).toEqual([]);
  });

  test('caches and version control are named by their folder, with the sum of their bytes', () => {
    const found = contents(
      [],
      [
        entry('root/.npm/_cacache/content/a'),
        entry('root/.npm/_cacache/content/b'),
        entry('root/.m2/repository/x/y.jar'),
        entry('var/lib/apt/lists/deb.example.com_dists_trixie_Packages'),
        entry('app/.git/HEAD'),
        entry('app/.git/objects/1'),
      ],
    );
    expect(found.caches.items.map(({ path, bytes }) => [path, bytes])).toEqual([
      ['/root/.npm/_cacache', 20],
      ['/root/.m2/repository', 10],
      ['/var/lib/apt/lists', 10],
    ]);
    expect(found.versionControl.items).toMatchObject([{ path: '/app/.git', bytes: 20 }]);
  });
});

describe('what the application may write', () => {
  const user = { uid: 1000, gid: 1000 };
  const writable = (own: readonly TarEntry[], who = user) =>
    findWritable(mergeLayers(layers([entry('base', { uid: 1000 })], own)), 1, who).items.map(({ path }) => path);

  test('files of its own, of its group with the bit, and of everybody', () => {
    expect(
      writable([entry('a', { uid: 1000 }), entry('b', { gid: 1000, mode: 0o664 }), entry('c', { mode: 0o666 })]),
    ).toEqual(['/a', '/b', '/c']);
    expect(writable([entry('a'), entry('b', { gid: 1000 }), entry('c', { uid: 1000, mode: 0o444 })])).toEqual([]);
  });

  test('a writable folder speaks for what is in it, an empty one is meant to be written to', () => {
    expect(
      writable([
        entry('app/', { uid: 1000 }),
        entry('app/x', { uid: 1000 }),
        entry('app/y/', { uid: 1000 }),
        entry('app/y/z', { uid: 1000 }),
      ]),
    ).toEqual(['/app']);
    expect(
      writable([
        entry('data/', { uid: 1000 }),
        entry('tmp/x', { uid: 1000 }),
        entry('home/node/.config', { uid: 1000 }),
      ]),
    ).toEqual([]);
  });

  test('nothing is said of root, which may write everywhere, nor of the base image', () => {
    expect(writable([entry('a')], { uid: 0, gid: 0 })).toEqual([]);
    expect(writable([])).toEqual([]);
  });

  test('users are found by number and by name', () => {
    const passwd = 'root:x:0:0::/root:/bin/sh\nnode:x:1000:1001::/home/node:/bin/sh\n';
    expect(readUser(contractOf({ user: 'node' }), passwd)).toEqual({ uid: 1000, gid: 1001 });
    expect(readUser(contractOf({ user: '1000' }), passwd)).toEqual({ uid: 1000, gid: 1001 });
    expect(readUser(contractOf({ user: '5:6' }), passwd)).toEqual({ uid: 5, gid: 6 });
    expect(readUser(contractOf({ user: '' }), passwd)).toEqual({ uid: 0, gid: 0 });
    expect(readUser(contractOf({ user: 'ghost' }), passwd)).toBeNull();
  });
});
