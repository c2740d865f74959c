import type { Project } from '../../model/project.ts';
import { joinPath } from '../../project/search.ts';

/** What the ignore list keeps out of every build context as a likely secret. */
const KEY_ENDINGS = ['.pem', '.key', '.p12', '.pfx'];

/**
 * Keys among a service's resources. They are part of the program as its author wrote it (a server's certificate, the key
 * that signs its tokens), and without them it would not start; so they are let in, and named.
 */
export function keysAmongResources(project: Project, directories: readonly string[]): readonly string[] {
  return directories.flatMap((directory) =>
    project.find({ under: joinPath(directory, 'src/main/resources'), endings: KEY_ENDINGS, depth: 6, limit: 20 }),
  );
}
