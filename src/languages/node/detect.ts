import { UserError } from '../../errors.ts';
import type { Project } from '../../model/project.ts';
import type { Evidence } from '../../model/service.ts';
import { firstMatch } from '../../project/readers/lines.ts';
import { directoryOf, joinPath } from '../../project/search.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { type Nx, nxOf } from './nx.ts';
import { programsOf } from './scripts.ts';
import { servedBeside } from './served-beside.ts';
import { startsOf } from './start.ts';
import { FILE_SERVERS, SITE_TOOLS } from './tools.ts';
import { baseName } from './wrappers.ts';

/** Frameworks whose presence alone makes a package an application, with or without a start script. */
const APPLICATIONS = [
  'next',
  'nuxt',
  '@nestjs/core',
  '@sveltejs/kit',
  'astro',
  '@remix-run/react',
  '@react-router/dev',
  'gatsby',
  'react-scripts',
  '@vue/cli-service',
  '@angular/core',
  'vite',
  'express',
  'fastify',
  'koa',
  '@strapi/strapi',
  'hono',
  '@hapi/hapi',
  'vitepress',
  'vuepress',
  '@docusaurus/core',
  '@11ty/eleventy',
  'hexo',
  'parcel',
  '@rsbuild/core',
  '@quasar/app-vite',
];

/** Scripts that start something. */
const STARTS = ['start', 'start:prod', 'serve', 'server', 'dev', 'preview'];

/** Beside a server, the server is what is meant. */
const FRONT_END_COSTS = 3;

/** A script that only passes the call on to other packages: the root of a workspace, or of folders side by side. */
const PASSES_ON =
  /\b(?:turbo|nx|lerna|lage|wsrun|rush)\b|--filter|--workspace|(?:^|\s)-w\s|\bworkspaces?\b|--prefix\s|--cwd\s|\bcd\s+[\w./-]+\s*&&|pnpm -r\b|--recursive|\byarn workspace\b/;

/** A package.json that can be started is a service; others may be libraries, or another language's tooling. */
export function detect(project: Project): readonly Evidence[] {
  const manifests = project
    .find({ names: ['package.json'], depth: 4, limit: 200 })
    .map((place) => ({ place, manifest: tolerantManifest(project, place) }));
  const needed = neededNames(manifests.flatMap(({ manifest }) => (manifest ? [manifest] : [])));
  const nested = new Set(
    manifests.flatMap(({ manifest }) =>
      manifest ? [...builtFolders(project, manifest), ...handedOutBy(project, manifest)] : [],
    ),
  );
  const named = manifests.map(({ place, manifest }) => {
    const directory = directoryOf(place);
    const { strength, what } = manifest ? weigh(project, manifest, needed) : { strength: 40, what: 'package.json' };
    // a front end at the top is the project itself, whatever lies below
    const costs = manifest && directory !== '.' && isFrontEnd(manifest) ? FRONT_END_COSTS : 0;
    const isPart = nested.has(directory);
    return {
      language: 'node',
      directory,
      place,
      strength: isPart ? 35 : strength - costs,
      what: isPart ? `${what}, built by another package` : what,
    };
  });
  return [...named, ...nxApplications(project, new Set(named.map(({ directory }) => directory)))];
}

/** Applications of an Nx workspace that have no package.json of their own. */
function nxApplications(project: Project, known: ReadonlySet<string>): readonly Evidence[] {
  if (project.find({ names: ['nx.json'], depth: 2, limit: 1 }).length === 0) return [];
  return project
    .find({ names: ['project.json'], depth: 4, limit: 200 })
    .filter((place) => !known.has(directoryOf(place)))
    .flatMap((place) => {
      const directory = directoryOf(place);
      const nx = nxOf(project, directory);
      return nx ? [{ language: 'node', directory, place, ...nxWeight(nx) }] : [];
    });
}

function nxWeight(nx: Nx): Pick<Evidence, 'strength' | 'what'> {
  return { strength: nx.server ? 90 : 88, what: 'an application of an Nx workspace' };
}

/** What is started makes files for browsers, or serves them. */
function isFrontEnd(manifest: Manifest): boolean {
  const script = STARTS.find((name) => name in manifest.scripts);
  const first = baseName((script === undefined ? [] : programsOf(manifest, script))[0]?.words[0] ?? '');
  return FILE_SERVERS.has(first) || SITE_TOOLS.get(first) === 'browser';
}

/** Names of packages that another package of the project depends on. */
function neededNames(manifests: readonly Manifest[]): ReadonlySet<string> {
  return new Set(
    manifests.flatMap(({ name, production, development }) =>
      Object.keys({ ...production, ...development }).filter((dependency) => dependency !== name),
    ),
  );
}

/** A manifest that cannot be parsed is reported when its facts are read, not while looking around. */
function tolerantManifest(project: Project, place: string): Manifest | null {
  try {
    return readManifest(project, directoryOf(place));
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function weigh(
  project: Project,
  manifest: Manifest,
  needed: ReadonlySet<string>,
): { readonly strength: number; readonly what: string } {
  const script = STARTS.find((name) => name in manifest.scripts);
  const text = script === undefined ? '' : expanded(manifest, script);
  const isRoot =
    manifest.document.at('workspaces') !== undefined ||
    project.isFile(joinPath(manifest.directory, 'pnpm-workspace.yaml'));
  if (passesOn(project, manifest, text))
    return { strength: 45, what: 'package.json whose start script starts other packages' };
  if (isRoot && (script === undefined || script === 'dev'))
    return { strength: 25, what: 'package.json of a workspace' };
  const nx = nxOf(project, manifest.directory);
  if (nx) return nxWeight(nx);
  const isLibrary = manifest.name !== null && needed.has(manifest.name);
  if (isLibrary && !('start' in manifest.scripts)) return { strength: 22, what: 'package.json of a library' };
  if (script === 'start' || script === 'start:prod')
    return { strength: isRoot ? 92 : 90, what: 'package.json with a start script' };
  const line = firstMatch(project, joinPath(manifest.directory, 'Procfile'), /^web:[ \t]*(.+)$/m)?.value;
  if (line !== undefined && passesOn(project, manifest, line))
    return { strength: 45, what: 'package.json whose Procfile starts another package' };
  if (project.isFile(joinPath(manifest.directory, 'Procfile')))
    return { strength: 90, what: 'package.json with a Procfile' };
  const application = APPLICATIONS.find((name) => name in manifest.production || name in manifest.development);
  if (application !== undefined && (script !== undefined || application !== 'vite'))
    return { strength: 80, what: `package.json with ${application}` };
  return script === undefined
    ? { strength: 40, what: 'package.json' }
    : { strength: 70, what: `package.json with a ${script} script` };
}

/** A command that starts another package. A program in a folder of this package is its own, unless that is a package too. */
function passesOn(project: Project, manifest: Manifest, text: string): boolean {
  const folder = /(?:^|&&)\s*cd\s+([\w./-]+)\s*&&/.exec(text)?.[1];
  if (buildsBeside(project, manifest, text)) return false;
  if (folder !== undefined && project.isFile(joinPath(manifest.directory, folder, 'package.json'))) return true;
  return PASSES_ON.test(text) && !/\bnode\s|nodemon/.test(text);
}

/** A script and, where it calls others of the same manifest, what these are. */
function expanded(manifest: Manifest, script: string): string {
  const written = manifest.scripts[script] ?? '';
  if (!/^(?:npm|yarn|pnpm|bun)\b/.test(written.trim())) return written;
  return [written, ...programsOf(manifest, script).map(({ from }) => from.value)].join(' && ');
}

/** The root builds a client and starts a server in another folder: the two belong together. */
function buildsBeside(project: Project, manifest: Manifest, text: string): boolean {
  const started = [...text.matchAll(IN_FOLDER)].map((match) => joinPath(manifest.directory, match[1] ?? '.'));
  const isOther = (directory: string): boolean =>
    !started.includes(directory) && project.isFile(joinPath(directory, 'package.json'));
  return (
    started.length > 0 &&
    foldersIn(manifest).some(isOther) &&
    startsOf(project, manifest).some(
      ({ launch }) => launch.kind === 'node' && project.isFile(joinPath(manifest.directory, launch.file)),
    )
  );
}

/** Folders that a script of this package installs or builds: a client inside a server, for example. */
function builtFolders(project: Project, manifest: Manifest): readonly string[] {
  const start = expanded(manifest, 'start');
  return start === '' || passesOn(project, manifest, start) ? [] : foldersIn(manifest);
}

/** Clients beside a server that serves their files. */
function handedOutBy(project: Project, manifest: Manifest): readonly string[] {
  const isServer = ['express', 'fastify', 'koa', 'hono', '@hapi/hapi', '@nestjs/core'].some(
    (name) => name in manifest.production,
  );
  return isServer ? servedBeside(project, manifest).map((client) => client.manifest.directory) : [];
}

/** A folder that a command works in. */
const IN_FOLDER = /(?:--prefix[ =]|--cwd[ =]|--dir[ =]|-C |\bcd )\.?\/?([\w./-]+)/g;

function foldersIn(manifest: Manifest): readonly string[] {
  const texts = ['build', 'postinstall', 'heroku-postbuild', 'prebuild', 'postbuild'].map(
    (name) => manifest.scripts[name] ?? '',
  );
  return texts
    .flatMap((text) => [...text.matchAll(IN_FOLDER)])
    .map((match) => joinPath(manifest.directory, match[1] ?? '.'))
    .filter((directory) => directory !== manifest.directory);
}
