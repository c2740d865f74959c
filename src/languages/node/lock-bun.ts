import { parse } from 'jsonc-parser';
import type { Project } from '../../model/project.ts';
import { follow } from '../../project/readers/document.ts';
import { directoryOf, relativePath } from '../../project/search.ts';
import type { Lock } from './lock.ts';
import type { Manifest } from './manifest.ts';
import { isInSeveralVersions } from './nested-modules.ts';

/** bun.lock (text), and bun.lockb, whose binary form is taken on trust. */
export function readBunLock(project: Project, path: string): Lock | null {
  const isBinary = path.endsWith('b');
  const text = isBinary ? '{}' : project.source(path);
  if (text === null) return null;
  const data: unknown = parse(text, [], { allowTrailingComma: true });
  const root = directoryOf(path);
  const versionsOf = (name: string): readonly string[] =>
    Object.entries(asObject(follow(data, ['packages']))).flatMap(([key, entry]) =>
      `/${key}`.endsWith(`/${name}`) ? [versionIn(follow(entry, [0]))].filter((one) => one !== null) : [],
    );
  // since this setting of the file each member gets a folder of its own
  const isIsolated = Number(follow(data, ['configVersion']) ?? 0) > 0;
  return {
    manager: 'bun',
    path,
    format: { value: String(follow(data, ['lockfileVersion']) ?? 'binary'), from: `${path}:${isBinary ? 1 : 2}` },
    missing: (manifests) => (isBinary ? null : firstMissing(data, root, manifests)),
    version: (name) => versionIn(follow(data, ['packages', name, 0])),
    versions: versionsOf,
    peers: 'complete',
    nests: (member, name) => isBinary || isIsolated || isInSeveralVersions(versionsOf, member, name),
    runsScripts: true,
  };
}

/** `webpack@5.90.0` → `5.90.0`. */
function versionIn(entry: unknown): string | null {
  return typeof entry === 'string' ? entry.slice(entry.lastIndexOf('@') + 1) : null;
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

function firstMissing(data: unknown, root: string, manifests: readonly Manifest[]): string | null {
  for (const manifest of manifests) {
    const importer = relativePath(root, manifest.directory).replace(/^\.$/, '');
    for (const [name, range] of Object.entries({ ...manifest.production, ...manifest.development })) {
      const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'];
      if (!kinds.some((kind) => follow(data, ['workspaces', importer, kind, name]) === range)) return name;
    }
  }
  return null;
}
