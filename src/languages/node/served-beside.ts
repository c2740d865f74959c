import { UserError } from '../../errors.ts';
import type { Project } from '../../model/project.ts';
import { directoryOf, joinPath, relativePath } from '../../project/search.ts';
import { type Manifest, readManifest } from './manifest.ts';

/** A client beside the service (`../client`), and the folder with its files that the service hands out: its own, or the service's. */
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

/** Clients beside the service: those whose built files its sources name, and those that are built into its own directory. */
export function servedBeside(project: Project, manifest: Manifest): readonly ServedClient[] {
  if (manifest.directory === '.') return [];
  const named = namedClients(project, manifest);
  const others = builtInto(project, manifest).filter(
    (one) => !named.some((other) => other.manifest.directory === one.manifest.directory),
  );
  return [...named, ...others];
}

function namedClients(project: Project, manifest: Manifest): readonly ServedClient[] {
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
    const client = isOutside(manifest.directory, output) ? clientIn(project, directoryOf(output)) : null;
    return client ? [{ manifest: client, output }] : [];
  });
}

/** Configurations in which a build tool is told where to write. */
const CONFIGS = ['vite.config.js', 'vite.config.ts', 'vite.config.mjs', 'vue.config.js', 'angular.json', '.env'];
const UP = /(?:\.\.\/)+[\w.-]+(?:\/[\w.-]+)*/g;
const HANDED_OUT = /(?:^|\/)(?:public|static|assets|dist|build|out|www|wwwroot|client|frontend|web)(?:\/|$)/;

/** `outDir: '../server/public'`, `react-scripts build && mv build ../server/build`. */
function builtInto(project: Project, manifest: Manifest): readonly ServedClient[] {
  return project
    .find({ names: ['package.json'], depth: 3, limit: 50 })
    .map(directoryOf)
    .filter((directory) => isOutside(manifest.directory, directory))
    .map((directory) => clientIn(project, directory))
    .filter((client) => client !== null)
    .flatMap((client) => {
      const texts = CONFIGS.map((name) => project.source(joinPath(client.directory, name)) ?? '');
      const outputs = [client.scripts['build'] ?? '', ...texts]
        .flatMap((text) => text.match(UP) ?? [])
        .map((path) => joinPath(client.directory, path))
        .filter((path) => isBelow(manifest.directory, path) && HANDED_OUT.test(relativePath(manifest.directory, path)));
      const [output] = outputs.filter((path) => !project.isFile(path));
      return output === undefined ? [] : [{ manifest: client, output }];
    });
}

/** What cannot be read is none: it is reported where it is a service itself. */
function clientIn(project: Project, directory: string): Manifest | null {
  if (directory === '.') return null;
  try {
    const client = readManifest(project, directory);
    return client && buildsSite(client) ? client : null;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

export function isBelow(directory: string, path: string): boolean {
  return path.startsWith(`${directory}/`);
}

function pathsOutside(text: string): readonly string[] {
  return (text.match(TEXTS) ?? [])
    .map((texts) => texts.replaceAll(/["'`]\s*,\s*["'`]/g, '/').slice(1, -1))
    .filter((path) => path.includes('../'));
}

function isOutside(directory: string, path: string): boolean {
  return path !== directory && !isBelow(directory, path);
}
