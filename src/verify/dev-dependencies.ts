import type { TarEntry } from '../engine/tar.ts';
import type { ContentItem } from '../model/report.ts';
import type { FinalFilesystem } from './filesystem.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const MANIFEST = /(^|\/)package\.json$/;
/** the manifest of a package right below some `node_modules`, and nothing deeper */
const TOP_PACKAGE = /^(?<root>.*?)(?:^|\/)node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)\/package\.json$/;
const MAX_MANIFEST_BYTES = 512 * 1024;

/** Reads the manifests in an image while its layers pass by. */
export function createManifestReader() {
  const texts = new Map<string, Buffer[]>();
  return {
    visit(entry: TarEntry): ((chunk: Buffer) => void) | null {
      if (entry.kind !== 'file' || entry.bytes > MAX_MANIFEST_BYTES || !MANIFEST.test(entry.path)) return null;
      const inPackages = entry.path.split('node_modules/').length - 1;
      if (inPackages > 1 || (inPackages === 1 && !TOP_PACKAGE.test(entry.path))) return null;
      const chunks: Buffer[] = [];
      texts.set(`/${entry.path}`, chunks);
      return (chunk) => chunks.push(Buffer.from(chunk));
    },
    manifests: () =>
      new Map([...texts].map(([path, chunks]) => [path, readManifest(Buffer.concat(chunks).toString('utf8'))])),
  };
}

/**
 * Development dependencies of Node that are in the image for certain: a manifest names them so, they stand in the
 * `node_modules` beside it, and nothing that the application needs leads to them.
 */
export function findNodeDevDependencies(
  manifests: ReadonlyMap<string, Manifest>,
  filesystem: FinalFilesystem,
  baseLayers: number,
): ContentItem[] {
  const items: ContentItem[] = [];
  for (const [path, manifest] of manifests) {
    if (path.includes('/node_modules/') || manifest.devDependencies === undefined) continue;
    const folder = `${path.slice(0, path.lastIndexOf('/'))}/node_modules`;
    const needed = reachable(manifest, (name) => manifests.get(`${folder}/${name}/package.json`));
    for (const name of Object.keys(manifest.devDependencies)) {
      const file = filesystem.files.get(`${folder}/${name}/package.json`) ?? filesystem.files.get(`${folder}/${name}`);
      if (needed.has(name) || file === undefined) continue;
      const bytes = bytesBelow(filesystem, `${folder}/${name}/`);
      items.push({ path: `${folder}/${name}`, layer: file.layer, isBase: file.layer < baseLayers, bytes });
    }
  }
  return items;
}

function reachable(root: Manifest, find: (name: string) => Manifest | undefined): Set<string> {
  const seen = new Set<string>();
  const open = needs(root);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...needs(find(name) ?? {}));
  }
  return seen;
}

function needs(manifest: Manifest): string[] {
  const { dependencies, optionalDependencies, peerDependencies } = manifest;
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
}

function bytesBelow(filesystem: FinalFilesystem, prefix: string): number {
  let bytes = 0;
  for (const [path, file] of filesystem.files) if (path.startsWith(prefix)) bytes += file.bytes;
  return bytes;
}

function readManifest(text: string): Manifest {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
