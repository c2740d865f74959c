import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dockerfile } from '../dockerfile/file.ts';
import { type ArchiveLayer, readArchive } from '../engine/archive.ts';
import type { ImageDetails } from '../engine/engine.ts';
import type { Contents, ImageMeasure, RuntimeContract } from '../model/report.ts';
import { findContents, findWritable, group, readUser } from './contents.ts';
import { createManifestReader, findNodeDevDependencies } from './dev-dependencies.ts';
import { type FinalFilesystem, mergeLayers } from './filesystem.ts';
import { baseDockerfile, finalStage } from './places.ts';
import { createSecretScan, scanConfig } from './secrets.ts';
import { MARK } from './session.ts';
import type { Verification } from './verification.ts';

export interface Measured {
  readonly image: ImageMeasure;
  readonly contents: Contents;
  readonly filesystem: FinalFilesystem;
  /** digests of all layers */
  readonly layers: readonly string[];
}

export interface Base {
  readonly reference: string;
  /** digests of its layers */
  readonly layers: readonly string[];
}

/** The base image of the final stage, by building a file that is nothing but its FROM; `null` for scratch. */
export async function findBase({ engine, session, request }: Verification, file: Dockerfile): Promise<Base | null> {
  const stage = finalStage(file, request.target);
  const made = stage === null ? null : baseDockerfile(file, stage);
  if (made === null) return null;
  const folder = await session.newFolder('base');
  const dockerfile = join(folder, 'Dockerfile');
  await writeFile(dockerfile, made.text);
  const tag = session.newImage();
  const { buildArgs, platform } = request;
  const { failure } = await engine.build(
    {
      context: folder,
      dockerfile,
      tag,
      labels: session.labels,
      buildArgs,
      secrets: {},
      target: null,
      platform,
      cacheFrom: [],
      cacheTo: [],
    },
    () => {},
  );
  return failure === null ? { reference: made.reference, layers: (await engine.inspectImage(tag)).layers } : null;
}

/** Looks at every layer of an image: sizes, files, secrets. `base` tells which layers the Dockerfile did not make. */
export async function measureImage(
  { engine, session }: Verification,
  details: ImageDetails,
  tag: string,
  base: Base | null,
  canaries: readonly string[],
): Promise<Measured> {
  const file = join(await session.newFolder('archive'), 'image.tar');
  await engine.saveImage(tag, file);
  const baseLayers = countShared(details.layers, base?.layers ?? []);
  const secrets = createSecretScan(canaries);
  const manifests = createManifestReader();
  const passwd: Buffer[] = [];
  const archive = await readArchive(file, {
    visit(layer, entry) {
      if (entry.path === 'etc/passwd') passwd.length = 0;
      if (entry.path === 'etc/passwd') return (chunk) => passwd.push(Buffer.from(chunk));
      if (layer < baseLayers || entry.kind !== 'file') return null;
      return both(secrets.visit(layer, entry), manifests.visit(entry));
    },
  });
  await rm(file);
  const filesystem = mergeLayers(archive.layers);
  const user = readUser(details.contract, Buffer.concat(passwd).toString('utf8'));
  const found = findContents(filesystem, baseLayers);
  const nodeDev = findNodeDevDependencies(manifests.manifests(), filesystem, baseLayers);
  const isVisible = (path: string, layer: number) => filesystem.files.get(path)?.layer === layer;
  const { pythonDev, ...contents } = found;
  return {
    image: toMeasure(archive.layers, details, base, baseLayers, filesystem),
    contents: {
      ...contents,
      devDependencies: group([...nodeDev, ...pythonDev]),
      writable: findWritable(filesystem, baseLayers, user),
      secrets: [...secrets.finish(isVisible), ...scanConfig(details.contract.env, archive.history, canaries)],
    },
    filesystem,
    layers: details.layers,
  };
}

function toMeasure(
  layers: readonly ArchiveLayer[],
  details: ImageDetails,
  base: Base | null,
  baseLayers: number,
  filesystem: FinalFilesystem,
): ImageMeasure {
  const sum = (some: readonly ArchiveLayer[]) => some.reduce((total, layer) => total + layer.bytes, 0);
  const bytes = sum(layers);
  const baseBytes = sum(layers.slice(0, baseLayers));
  return {
    bytes,
    overBaseBytes: bytes - baseBytes,
    base: base === null ? null : { reference: base.reference, bytes: baseBytes },
    layers: layers.map(({ id, bytes: size, entries, made }, index) => ({
      id,
      bytes: size,
      files: entries.filter(({ kind }) => kind !== 'directory').length,
      isBase: index < baseLayers,
      made,
    })),
    hiddenBytes: filesystem.hidden.slice(baseLayers).reduce((total, size) => total + size, 0),
    contract: withoutMarks(details.contract),
  };
}

/** What is known of an image that nobody opens. */
export function unopened({ bytes, contract }: ImageDetails): ImageMeasure {
  return { bytes, overBaseBytes: bytes, base: null, layers: [], hiddenBytes: 0, contract: withoutMarks(contract) };
}

function withoutMarks(contract: RuntimeContract): RuntimeContract {
  const labels = Object.entries(contract.labels).filter(([name]) => !name.startsWith(`${MARK}.`));
  return { ...contract, labels: Object.fromEntries(labels) };
}

/** How many layers both begin with. */
function countShared(layers: readonly string[], base: readonly string[]): number {
  const shared = base.findIndex((id, index) => layers[index] !== id);
  return shared < 0 ? Math.min(base.length, layers.length) : shared;
}

function both(one: (chunk: Buffer) => void, other: ((chunk: Buffer) => void) | null): (chunk: Buffer) => void {
  if (other === null) return one;
  return (chunk) => {
    one(chunk);
    other(chunk);
  };
}
