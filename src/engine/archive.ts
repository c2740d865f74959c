import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { readTar, type TarEntry } from './tar.ts';

export interface ArchiveLayer {
  /** digest of the uncompressed layer */
  readonly id: string;
  /** the instruction that made it, as the image's history has it */
  readonly made: string;
  readonly entries: readonly TarEntry[];
  /** sum of its files' sizes */
  readonly bytes: number;
  /** gzipped; 0 where nobody asked for it */
  readonly pushBytes: number;
  /** compressed by a method that cannot be read here: `entries` is empty */
  readonly isOpaque: boolean;
}

export interface ImageArchive {
  readonly layers: readonly ArchiveLayer[];
  /** the image's configuration, as text: a secret may stand in it */
  readonly config: string;
  /** all that made the image, also what made no layer, as the engine has it: with build arguments */
  readonly history: readonly string[];
}

export interface ArchiveOptions {
  /** takes a file's contents, piece by piece; `null` skips them */
  readonly visit?: (layer: number, entry: TarEntry) => ((chunk: Buffer) => void) | null;
  /** layers that are of interest, by their digest; of others only the digest is given */
  readonly wants?: (id: string) => boolean;
  /** for which layers the compressed size is worked out (it takes time), by their digest */
  readonly measurePush?: (id: string) => boolean;
}

interface Member {
  readonly path: string;
  readonly start: number;
  readonly bytes: number;
}

interface ImageConfig {
  readonly rootfs?: { readonly diff_ids?: readonly string[] };
  readonly history?: readonly { readonly created_by?: string; readonly empty_layer?: boolean }[];
}

/** Reads what `docker save` or `podman save` wrote. Layers come in order, the lowest first. */
export async function readArchive(file: string, options: ArchiveOptions = {}): Promise<ImageArchive> {
  const members = await indexTar(file);
  const manifest = JSON.parse(await readMember(file, members, 'manifest.json')) as {
    Config: string;
    Layers: string[];
  }[];
  const image = manifest[0] ?? { Config: '', Layers: [] };
  const configText = await readMember(file, members, image.Config);
  const config = JSON.parse(configText) as ImageConfig;
  const history = (config.history ?? []).map((row) => ({ ...row, text: cleanHistory(row.created_by ?? '') }));
  const made = history.filter((row) => row.empty_layer !== true);
  const layers: ArchiveLayer[] = [];
  for (const [index, path] of image.Layers.entries()) {
    const id = config.rootfs?.diff_ids?.[index] ?? path;
    const member = members.get(path);
    if (member === undefined) throw new Error(`the image archive has no ${path}`);
    layers.push({ id, made: made[index]?.text ?? '', ...(await readLayer(file, member, id, index, options)) });
  }
  return { layers, config: configText, history: history.map((row) => row.created_by ?? '') };
}

async function readLayer(file: string, member: Member, id: string, index: number, options: ArchiveOptions) {
  const entries: TarEntry[] = [];
  if (options.wants?.(id) === false) return { entries, bytes: 0, pushBytes: 0, isOpaque: false };
  const compression = await compressionOf(file, member);
  if (compression === 'unknown') return { entries, bytes: member.bytes, pushBytes: member.bytes, isOpaque: true };
  const unpacked = compression === 'none' ? streamMember(file, member) : gunzipped(file, member);
  await readTar(unpacked, (entry) => {
    entries.push(entry);
    return options.visit?.(index, entry) ?? null;
  });
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const isMeasured = options.measurePush?.(id) ?? false;
  const pushBytes = !isMeasured ? 0 : compression === 'gzip' ? member.bytes : await gzippedSize(file, member);
  return { entries, bytes, pushBytes, isOpaque: false };
}

async function compressionOf(file: string, member: Member): Promise<'none' | 'gzip' | 'unknown'> {
  const head: Buffer[] = [];
  for await (const chunk of createReadStream(file, { start: member.start, end: member.start + 511 })) head.push(chunk);
  const bytes = Buffer.concat(head);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip';
  const isZstd = bytes.readUInt32LE(0) === 0xfd2fb528;
  return isZstd ? 'unknown' : 'none';
}

function streamMember(file: string, member: Member): AsyncIterable<Buffer> {
  const end = member.start + member.bytes - 1;
  return createReadStream(file, { start: member.start, end, highWaterMark: 1024 * 1024 });
}

function gunzipped(file: string, member: Member): AsyncIterable<Buffer> {
  const end = member.start + member.bytes - 1;
  return createReadStream(file, { start: member.start, end }).pipe(createGunzip());
}

async function gzippedSize(file: string, member: Member): Promise<number> {
  const end = member.start + member.bytes - 1;
  let bytes = 0;
  for await (const chunk of createReadStream(file, { start: member.start, end }).pipe(createGzip()))
    bytes += chunk.length;
  return bytes;
}

/** Where the members of an uncompressed tar file stand; reads only the headers. */
async function indexTar(file: string): Promise<Map<string, Member>> {
  const members = new Map<string, Member>();
  const handle = await open(file, 'r');
  try {
    let at = 0;
    const header = Buffer.alloc(512);
    for (;;) {
      const { bytesRead } = await handle.read(header, 0, 512, at);
      if (bytesRead < 512 || header.every((byte) => byte === 0)) return members;
      const bytes = Number.parseInt(header.toString('latin1', 124, 135).trim() || '0', 8);
      const path = header.toString('utf8', 0, 100).replace(/\0.*$/s, '');
      const link = header.toString('utf8', 157, 257).replace(/\0.*$/s, '');
      const same = members.get(joinLink(path, link));
      members.set(path, link !== '' && same !== undefined ? same : { path, start: at + 512, bytes });
      at += 512 + Math.ceil(bytes / 512) * 512;
    }
  } finally {
    await handle.close();
  }
}

/** Older archives link equal layers: `abc/layer.tar` → `../def/layer.tar`. */
function joinLink(path: string, link: string): string {
  const parts = path.split('/').slice(0, -1);
  for (const part of link.split('/')) {
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

async function readMember(file: string, members: Map<string, Member>, path: string): Promise<string> {
  const member = members.get(path);
  if (member === undefined) throw new Error(`the image archive has no ${path}`);
  const chunks: Buffer[] = [];
  for await (const chunk of streamMember(file, member)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Takes the engine's wrapping off: `/bin/sh -c #(nop) COPY …`, `RUN /bin/sh -c npm ci # buildkit`. */
export function cleanHistory(made: string): string {
  return made
    .replace(/ # buildkit$/, '')
    .replace(/^(?:RUN )?(?:\|\d+ .*? )?\/bin\/sh -c #\(nop\)\s*/, '')
    .replace(/^(?:RUN )?(?:\|\d+ .*? )?\/bin\/sh -c /, 'RUN ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
