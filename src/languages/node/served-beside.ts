import type { Project } from '../../model/project.ts';
import { directoryOf, joinPath } from '../../project/search.ts';
import { type Manifest, readManifest } from './manifest.ts';

/** A client beside the service (`../client`), and the folder with its files that the service hands out. */
export interface ServedClient {
  readonly manifest: Manifest;
  /** relative to the project */
  readonly output: string;
}

/** Tools whose build is a folder that a server can hand out. */
const BUILDS_SITE =
  /\b(?:react-scripts|craco|vite|vue-cli-service|ng|parcel|webpack|preact)\b[^&|;]*\bbuild\b|\bwebpack\b/;

export function buildsSite({ scripts }: Manifest): boolean {
  return BUILDS_SITE.test(scripts['build'] ?? '');
}

/** Texts one after the other, as in `path.join(__dirname, '..', '..', 'client', 'dist')`, or a single one. */
const TEXTS = /["'`][\w@.-][\w@./-]*["'`](?:\s*,\s*["'`][\w@.-][\w@./-]*["'`])*/g;
const OUTPUT = /^((?:.+\/)?(?:build|dist|out|public))(?:\/|$)/;

/** Clients beside the service whose built files its sources name. */
export function servedBeside(project: Project, manifest: Manifest): readonly ServedClient[] {
  if (manifest.directory === '.') return [];
  const outputs = new Set<string>();
  for (const file of project.find({
    under: manifest.directory,
    endings: ['.js', '.ts', '.mjs', '.cjs'],
    depth: 4,
    limit: 200,
  }))
    for (const path of pathsOutside(project.source(file) ?? ''))
      for (const from of [directoryOf(file), manifest.directory]) {
        const output = OUTPUT.exec(joinPath(from, path))?.[1];
        if (output !== undefined) outputs.add(output);
      }
  return [...outputs].sort().flatMap((output) => {
    const client = isOutside(manifest.directory, output) ? readManifest(project, directoryOf(output)) : null;
    return client && client.directory !== '.' && buildsSite(client) ? [{ manifest: client, output }] : [];
  });
}

function pathsOutside(text: string): readonly string[] {
  return (text.match(TEXTS) ?? [])
    .map((texts) => texts.replaceAll(/["'`]\s*,\s*["'`]/g, '/').slice(1, -1))
    .filter((path) => path.includes('../'));
}

function isOutside(directory: string, path: string): boolean {
  return path !== directory && !path.startsWith(`${directory}/`);
}
