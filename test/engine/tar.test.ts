import { describe, expect, test } from 'vitest';
import { readTar, type TarEntry } from '../../src/engine/tar.ts';
import { type Member, pax, tar } from '../support/tar.ts';

async function read(members: readonly Member[], chunk = 700) {
  const bytes = tar(members);
  const entries: TarEntry[] = [];
  const contents: Record<string, string> = {};
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  }
  await readTar(pieces(), (entry) => {
    entries.push(entry);
    if (entry.kind !== 'file') return null;
    contents[entry.path] = '';
    return (piece) => {
      contents[entry.path] += piece.toString('latin1');
    };
  });
  return { entries, contents };
}

describe('a tar stream', () => {
  test('gives members with owner, mode and contents, however it is cut into pieces', async () => {
    const long = 'x'.repeat(3000);
    for (const chunk of [1, 511, 512, 513, 100_000]) {
      const { entries, contents } = await read(
        [
          { path: './app/', type: '5', mode: 0o755 },
          { path: 'app/a.txt', contents: long, uid: 1000, gid: 7, mode: 0o640 },
          { path: 'app/b', type: '2', target: 'a.txt' },
          { path: 'app/c', type: '1', target: 'app/a.txt' },
        ],
        chunk,
      );
      expect(entries.map(({ path, kind, bytes, target }) => [path, kind, bytes, target])).toEqual([
        ['app', 'directory', 0, null],
        ['app/a.txt', 'file', 3000, null],
        ['app/b', 'symlink', 0, 'a.txt'],
        ['app/c', 'hardlink', 0, 'app/a.txt'],
      ]);
      expect(entries[1]).toMatchObject({ uid: 1000, gid: 7, mode: 0o640 });
      expect(contents['app/a.txt']).toBe(long);
    }
  });

  test('takes long names from the prefix, from GNU records and from PAX records', async () => {
    const name = `${'folder/'.repeat(30)}file`;
    const { entries } = await read([
      { path: 'file', prefix: 'some/where' },
      { path: '././@LongLink', type: 'L', contents: `${name}\0` },
      { path: 'cut', contents: 'x' },
      { path: 'PaxHeaders/x', type: 'x', contents: pax('mtime', '1.5') + pax('path', `ünï/${name}`) },
      { path: 'cut', contents: 'yy' },
      { path: 'plain' },
    ]);
    expect(entries.map(({ path }) => path)).toEqual(['some/where/file', name, `ünï/${name}`, 'plain']);
  });

  test('reads sizes and ids in base 256', async () => {
    const bytes = tar([{ path: 'big', contents: 'abc' }]);
    bytes.fill(0, 108, 116);
    bytes[108] = 0x80;
    bytes.writeUInt32BE(3_000_000, 112);
    const found: TarEntry[] = [];
    await readTar(
      (async function* () {
        yield bytes;
      })(),
      (entry) => {
        found.push(entry);
        return null;
      },
    );
    expect(found[0]?.uid).toBe(3_000_000);
  });

  test('ends without a complaint where it is cut off', async () => {
    const bytes = tar([{ path: 'a', contents: 'x'.repeat(2000) }]).subarray(0, 900);
    const found: string[] = [];
    await readTar(
      (async function* () {
        yield bytes;
      })(),
      ({ path }) => {
        found.push(path);
        return null;
      },
    );
    expect(found).toEqual(['a']);
  });
});
