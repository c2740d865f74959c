import { UserError } from '../../errors.ts';
import type { Project } from '../../model/project.ts';
import type { Evidence } from '../../model/service.ts';
import { directoryOf, joinPath } from '../../project/search.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { type Nx, nxOf } from './nx.ts';

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

/** A script that only passes the call on to other packages: the root of a workspace, or of folders side by side. */
const PASSES_ON =
  /\b(?:turbo|nx|lerna|lage|wsrun|rush)\b|--filter|--workspace|(?:^|\s)-w\s|\bworkspaces?\b|--prefix\s|--cwd\s|\bcd\s+[\w./-]+\s*&&|pnpm -r\b|--recursive|\byarn workspace\b/;

/** Development servers of tools that build a site. It comes second beside a server: without that it shows little. */
const STARTS_SITE =
  /(?:^|[\s/])(?:react-scripts|react-app-rewired|craco|vue-cli-service|ng|vite|parcel|webpack-dev-server|webpack serve|gatsby|docusaurus|vitepress|expo|preact|serve|http-server)(?:\s|$)/;

/** A package.json that can be started is a service; others may be libraries, or another language's tooling. */
export function detect(project: Project): readonly Evidence[] {
  const manifests = project
    .find({ names: ['package.json'], depth: 4, limit: 200 })
    .map((place) => ({ place, manifest: tolerantManifest(project, place) }));
  const needed = neededNames(manifests.flatMap(({ manifest }) => (manifest ? [manifest] : [])));
  const nested = new Set(manifests.flatMap(({ manifest }) => (manifest ? builtFolders(manifest) : [])));
  const named = manifests.map(({ place, manifest }) => {
    const directory = directoryOf(place);
    const { strength, what } = manifest ? weigh(project, manifest, needed) : { strength: 40, what: 'package.json' };
    const isPart = nested.has(directory);
    return {
      language: 'node',
      directory,
      place,
      strength: isPart ? 35 : strength,
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
  const text = script === undefined ? '' : (manifest.scripts[script] ?? '');
  const isRoot =
    manifest.document.at('workspaces') !== undefined ||
    project.isFile(joinPath(manifest.directory, 'pnpm-workspace.yaml'));
  if (PASSES_ON.test(text) && !/\bnode\s|nodemon/.test(text))
    return { strength: 45, what: 'package.json whose start script starts other packages' };
  if (isRoot && (script === undefined || script === 'dev'))
    return { strength: 25, what: 'package.json of a workspace' };
  const nx = nxOf(project, manifest.directory);
  if (nx) return nxWeight(nx);
  const isLibrary = manifest.name !== null && needed.has(manifest.name);
  if (isLibrary && !('start' in manifest.scripts)) return { strength: 22, what: 'package.json of a library' };
  if (script === 'start' || script === 'start:prod') {
    if (!isRoot && STARTS_SITE.test(text))
      return { strength: 88, what: 'package.json whose start script shows a site' };
    return { strength: isRoot ? 92 : 90, what: 'package.json with a start script' };
  }
  if (project.isFile(joinPath(manifest.directory, 'Procfile')))
    return { strength: 90, what: 'package.json with a Procfile' };
  const application = APPLICATIONS.find((name) => name in manifest.production || name in manifest.development);
  if (application !== undefined && (script !== undefined || application !== 'vite'))
    return { strength: 80, what: `package.json with ${application}` };
  return script === undefined
    ? { strength: 40, what: 'package.json' }
    : { strength: 70, what: `package.json with a ${script} script` };
}

/** Folders that a script of this package installs or builds: a client inside a server, for example. */
function builtFolders(manifest: Manifest): readonly string[] {
  const isOwnServer = 'start' in manifest.scripts && !PASSES_ON.test(manifest.scripts['start'] ?? '');
  if (!isOwnServer) return [];
  const texts = ['build', 'postinstall', 'heroku-postbuild', 'prebuild', 'postbuild'].map(
    (name) => manifest.scripts[name] ?? '',
  );
  return texts
    .flatMap((text) => [...text.matchAll(/(?:--prefix[ =]|--cwd[ =]|--dir[ =]|-C |\bcd )\.?\/?([\w./-]+)/g)])
    .map((match) => joinPath(manifest.directory, match[1] ?? '.'))
    .filter((directory) => directory !== manifest.directory);
}
