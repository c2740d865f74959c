import type { ArchiveLayer } from '../engine/archive.ts';
import type { TarEntry } from '../engine/tar.ts';

/** A file as the container sees it. */
export interface FinalFile extends TarEntry {
  /** absolute */
  readonly path: string;
  /** position of its layer, 0 is the lowest */
  readonly layer: number;
}

export interface FinalFilesystem {
  /** by absolute path */
  readonly files: ReadonlyMap<string, FinalFile>;
  /** by layer: bytes of files that a later layer removed or replaced */
  readonly hidden: readonly number[];
}

const WHITEOUT = /(^|\/)\.wh\.([^/]+)$/;
const OPAQUE = '.wh..wh..opq';

/** Lays the layers over each other, the lowest first, with their whiteouts. */
export function mergeLayers(layers: readonly ArchiveLayer[]): FinalFilesystem {
  const files = new Map<string, FinalFile>();
  const hidden = layers.map(() => 0);

  function hide(path: string): void {
    const file = files.get(path);
    if (file === undefined) return;
    hidden[file.layer] = (hidden[file.layer] ?? 0) + file.bytes;
    files.delete(path);
  }

  /** Whiteouts come before or after the files of their own layer: those are spared. */
  function hideBelow(folder: string, layer: number): void {
    for (const [path, file] of files) if (path.startsWith(`${folder}/`) && file.layer < layer) hide(path);
  }

  for (const [layer, { entries }] of layers.entries()) {
    for (const entry of entries) {
      const path = `/${entry.path}`;
      const whiteout = WHITEOUT.exec(path)?.[2];
      const folder = path.slice(0, path.lastIndexOf('/'));
      if (path.endsWith(`/${OPAQUE}`)) hideBelow(folder, layer);
      else if (whiteout !== undefined) {
        const removed = `${folder}/${whiteout}`;
        if (files.get(removed)?.kind === 'directory') hideBelow(removed, layer);
        if ((files.get(removed)?.layer ?? layer) < layer) hide(removed);
      } else {
        if (entry.kind !== 'directory' && files.get(path)?.kind === 'directory') hideBelow(path, layer);
        hide(path);
        files.set(path, { ...entry, path, layer });
      }
    }
  }
  return { files, hidden };
}

/** A glob over absolute paths: `*` and `?` stay in one folder, `**` crosses folders, `{a,b}` is either. */
export function globPattern(glob: string): RegExp {
  const absolute = glob.startsWith('/') || glob.startsWith('**') ? glob : `/${glob}`;
  const source = absolute.replaceAll(/\*\*\/|\*\*|\*|\?|\{[^}]*\}|[.+^$()|[\]\\]/g, (found) => {
    if (found === '**/') return '(?:.*/)?';
    if (found === '**') return '.*';
    if (found === '*') return '[^/]*';
    if (found === '?') return '[^/]';
    if (found.startsWith('{')) return `(?:${found.slice(1, -1).split(',').map(escapePattern).join('|')})`;
    return escapePattern(found);
  });
  return new RegExp(`^${source.startsWith('(?:.*/)?') ? `/?${source}` : source}$`);
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
