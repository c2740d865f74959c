import type { Project } from '../../model/project.ts';
import { joinPath } from '../../project/search.ts';

/** What the ignore list keeps out of every build context as a likely secret. */
const KEY_ENDINGS = ['.pem', '.key', '.p12', '.pfx'];

/** Where a program's own files lie: what a jar holds, and what a war holds besides. */
const FOLDERS = ['src/main/resources', 'src/main/webapp'];

export interface KeyFile {
  readonly path: string;
  /** a certificate or a public key, which everybody may see */
  readonly isPublic: boolean;
}

/**
 * Keys among a service's resources. They are part of the program as its author wrote it (a server's certificate, the key
 * that signs its tokens), and without them it would not start; so they are let in, and those that may be secret are named.
 */
export function keysAmongResources(project: Project, directories: readonly string[]): readonly KeyFile[] {
  return directories
    .flatMap((directory) => FOLDERS.map((folder) => joinPath(directory, folder)))
    .flatMap((under) => project.find({ under, endings: KEY_ENDINGS, depth: 6, limit: 20 }))
    .map((path) => ({ path, isPublic: isPublic(project, path) }));
}

function isPublic(project: Project, path: string): boolean {
  const text = project.source(path) ?? '';
  return /-----BEGIN (?:CERTIFICATE|(?:RSA |EC )?PUBLIC KEY)-----/.test(text) && !text.includes('PRIVATE KEY');
}
