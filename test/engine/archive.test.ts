import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ArchiveOptions, cleanHistory, readArchive } from '../../src/engine/archive.ts';
import { tar } from '../support/tar.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archive-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const BASE = tar([{ path: 'etc/passwd', contents: 'root:x:0:0' }]);
const OWN = tar([
  { path: 'app/a', contents: 'hello' },
  { path: 'app/b', contents: 'y'.repeat(5000) },
]);
const CONFIG = {
  rootfs: { diff_ids: ['sha256:base', 'sha256:own'] },
  history: [
    { created_by: '/bin/sh -c #(nop) ADD file:1 in / ' },
    { created_by: 'ENV A=1', empty_layer: true },
    { created_by: 'COPY app ./ # buildkit' },
  ],
};

async function readWith(own: Buffer, options: ArchiveOptions = {}) {
  const file = join(folder, 'image.tar');
  const manifest = [{ Config: 'config.json', Layers: ['1/layer.tar', '2/layer.tar'] }];
  const members = [
    { path: 'config.json', contents: JSON.stringify(CONFIG) },
    { path: '2/layer.tar', contents: own },
    { path: '1/layer.tar', contents: BASE },
    { path: 'manifest.json', contents: JSON.stringify(manifest) },
  ];
  await writeFile(file, tar(members));
  return readArchive(file, options);
}

describe('a saved image', () => {
  test('gives its layers in order, with the instruction that made each', async () => {
    const { layers, history } = await readWith(OWN);
    expect(layers.map(({ id, made, bytes }) => [id, made, bytes])).toEqual([
      ['sha256:base', 'ADD file:1 in /', 10],
      ['sha256:own', 'COPY app ./', 5005],
    ]);
    expect(history).toEqual(CONFIG.history.map(({ created_by }) => created_by));
  });

  test('may have compressed layers, as engines with another store write them', async () => {
    const plain = await readWith(OWN);
    const packed = await readWith(gzipSync(OWN));
    expect(packed.layers.map(({ entries, bytes }) => [entries, bytes])).toEqual(
      plain.layers.map(({ entries, bytes }) => [entries, bytes]),
    );
  });

  test('says of a layer in a compression that cannot be read that it is opaque', async () => {
    const zstd = Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), Buffer.alloc(600)]);
    const { layers } = await readWith(zstd);
    expect(layers[1]).toMatchObject({ isOpaque: true, entries: [], bytes: 604 });
  });

  test('gives the compressed size of those layers that are asked for, and leaves others out', async () => {
    const { layers } = await readWith(OWN, {
      wants: (id) => id === 'sha256:own',
      measurePush: (id) => id === 'sha256:own',
    });
    expect(layers[0]).toMatchObject({ entries: [], bytes: 0, pushBytes: 0 });
    expect(layers[1]?.pushBytes).toBeGreaterThan(50);
    expect(layers[1]?.pushBytes).toBeLessThan(1000);
  });
});

describe('the history of an image', () => {
  test.each([
    ['RUN /bin/sh -c npm ci # buildkit', 'RUN npm ci'],
    ['RUN |1 A=b /bin/sh -c make  all # buildkit', 'RUN make all'],
    ['/bin/sh -c #(nop)  CMD ["node"]', 'CMD ["node"]'],
    ['/bin/sh -c apt-get update', 'RUN apt-get update'],
    ['COPY a b # buildkit', 'COPY a b'],
  ])('%s reads as %s', (made, wanted) => {
    expect(cleanHistory(made)).toBe(wanted);
  });
});
