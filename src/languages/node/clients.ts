import type { Project } from '../../model/project.ts';
import { directoryOf, pathFrom, relativePath } from '../../project/search.ts';
import type { Build } from './build.ts';
import { locksIn } from './lock.ts';
import { type Manifest, readManifest, scriptFact } from './manifest.ts';
import type { Program } from './scripts.ts';
import { buildsSite, servedBeside } from './served-beside.ts';

/** Folders deep enough to be a client beside the server's own sources. */
const DEEPEST = 2;

/**
 * A build, and after it those of clients that the server's sources hand out (`client/build`) although no script of the server
 * makes them. Without these the server would answer for its interface alone.
 */
export function withServedClients(project: Project, manifest: Manifest, build: Build | null): Build | null {
  // members of a workspace are installed together, and built by its own scripts
  if (manifest.document.at('workspaces') !== undefined) return build;
  const inside = clientsIn(project, manifest).filter(({ directory }) =>
    isServed(project, manifest, directory, relativePath(manifest.directory, directory)),
  );
  const clients = [...inside, ...servedBeside(project, manifest).map((client) => client.manifest)].filter(
    ({ directory }) => {
      const path = pathFrom(manifest.directory, directory);
      return !build?.programs.some((one) => one.directory === path || one.words.includes(path));
    },
  );
  const [first] = clients;
  if (!first) return build;
  const programs = clients.map((client) =>
    buildProgram(project, client, pathFrom(manifest.directory, client.directory)),
  );
  return {
    from: build?.from ?? programs[0]?.from ?? { value: 'build', from: first.document.path },
    steps: [...(build?.steps ?? []), ...programs.map(({ words }) => ({ kind: 'program' as const, words, env: {} }))],
    programs: [...(build?.programs ?? []), ...programs],
  };
}

function clientsIn(project: Project, manifest: Manifest): readonly Manifest[] {
  return project
    .find({ under: manifest.directory, names: ['package.json'], depth: DEEPEST, limit: 20 })
    .map(directoryOf)
    .filter((directory) => directory !== manifest.directory)
    .map((directory) => readManifest(project, directory))
    .filter((client) => client !== null)
    .filter(buildsSite);
}

/** `path.join(__dirname, '../client/build')`, `'client', 'dist'` in a source that is not the client's. */
function isServed(project: Project, manifest: Manifest, directory: string, path: string): boolean {
  const pattern = new RegExp(
    `(?:^|["'\`/])${path.replaceAll('/', '["\'`,\\s/]+')}["'\`,\\s/]+(?:build|dist|out)\\b`,
    'm',
  );
  return project
    .find({ under: manifest.directory, endings: ['.js', '.ts', '.mjs', '.cjs'], depth: 3, limit: 200 })
    .filter((file) => !file.startsWith(`${directory}/`))
    .some((file) => pattern.test(project.source(file) ?? ''));
}

function buildProgram(project: Project, client: Manifest, path: string): Program {
  const manager = locksIn(project, client.directory)[0]?.manager ?? 'npm';
  const words =
    manager === 'yarn'
      ? ['yarn', '--cwd', path, 'run', 'build']
      : manager === 'pnpm'
        ? ['pnpm', '--dir', path, 'run', 'build']
        : ['npm', 'run', 'build', '--prefix', path];
  const from = scriptFact(client, 'build') ?? { value: 'build', from: client.document.path };
  return { words, env: {}, directory: '.', isWatched: false, isParallel: false, from, path: [] };
}
