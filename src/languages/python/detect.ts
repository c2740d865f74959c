import type { Project } from '../../model/project.ts';
import type { Evidence } from '../../model/service.ts';
import { directoryOf, joinPath } from '../../project/search.ts';
import { findAppObjects } from './app-objects.ts';
import { readPyproject } from './pyproject.ts';
import { RUNNERS, runsIn } from './runners.ts';
import { sphinxSettings } from './site.ts';
import { isProgram, readSources, type Source } from './sources.ts';

const MANIFESTS = [
  'requirements.txt',
  'requirements.in',
  'requirement.txt',
  'pyproject.toml',
  'Pipfile',
  'setup.py',
  'setup.cfg',
  'environment.yml',
  'environment.yaml',
  'manage.py',
  'scrapy.cfg',
];

const STRENGTH = { application: 94, program: 75, manifest: 60, server: 70, sources: 35, tooling: 10 } as const;

/** Folders that hold nothing but lists: the service is what stands above them. */
const LIST_FOLDERS =
  /^(?:requirements|deps|docker|\.?config|conf|deploy|deployment|build|install|\.devcontainer|\.github)$/;

/** Every directory with a manifest, and the project itself where it has Python files. */
export function detect(project: Project): readonly Evidence[] {
  const places = new Map<string, string>();
  for (const path of project.find({ names: MANIFESTS, depth: 4, limit: 200 })) {
    const directory = serviceOf(project, path);
    if (!places.has(directory)) places.set(directory, path);
  }
  for (const path of requirementFolders(project)) {
    const directory = directoryOf(directoryOf(path));
    if (!places.has(directory)) places.set(directory, path);
  }
  const directories = [...places.keys()];
  const found = [...places].flatMap(([directory, place]) => {
    const above = directories.some((one) => one !== directory && (one === '.' || directory.startsWith(`${one}/`)));
    const below = directories.filter(
      (one) =>
        one !== directory &&
        (directory === '.' || one.startsWith(`${directory}/`)) &&
        !places.get(one)?.endsWith('manage.py'),
    );
    return evidence(project, directory, place, above, below);
  });
  if (places.has('.')) return found;
  return [...found, ...fromSources(project), ...fromSite(project)];
}

/** `requirements/base.txt` and its like are the manifest of what stands above their folder. */
function requirementFolders(project: Project): readonly string[] {
  return project
    .find({ names: ['base.txt', 'common.txt', 'production.txt', 'prod.txt', 'main.txt'], depth: 4, limit: 50 })
    .filter((path) => /(?:^|\/)requirements\/[^/]+$/.test(path));
}

function serviceOf(project: Project, path: string): string {
  const directory = directoryOf(path);
  const name = directory.split('/').at(-1) ?? '';
  const hasCode = project.entries(directory).some((entry) => entry.kind === 'file' && entry.name.endsWith('.py'));
  return directory !== '.' && LIST_FOLDERS.test(name) && !hasCode ? directoryOf(directory) : directory;
}

function evidence(
  project: Project,
  directory: string,
  place: string,
  hasManifestAbove: boolean,
  below: readonly string[],
): readonly Evidence[] {
  const name = place.split('/').at(-1) ?? place;
  // manage.py in a folder of a project whose manifest stands above it belongs to that project.
  if (name === 'manage.py' && hasManifestAbove) return [];
  const speaks = (strength: number, what: string): Evidence[] => [
    { language: 'python', directory, place, strength, what },
  ];
  if (isDjango(project, directory)) return speaks(STRENGTH.application, 'a Django project');
  // What stands below another manifest speaks for that one.
  const sources = readSources(project, directory)
    .filter((source) => !below.some((one) => source.full.startsWith(`${one}/`)))
    .slice(0, 60);
  const pages = sitePlace(project, directory);
  if (sources.length === 0 && pages !== null) return speaks(STRENGTH.manifest, `${name} and ${whatPages(pages)}`);
  if (sources.length === 0) return speaks(STRENGTH.tooling, name);
  const object = findAppObjects(sources)[0];
  if (object) return speaks(STRENGTH.application, `${name} and a ${object.framework.name} application`);
  const runner = RUNNERS.find((one) =>
    sources.some((source) => runsIn(one, source) && importsAny(source, one.packages)),
  );
  if (runner) return speaks(STRENGTH.application - 2, `${name} and a program that uses ${runner.name}`);
  if (name === 'pyproject.toml' && readPyproject(project, place)?.isProject === false)
    return speaks(isTool(sources) ? STRENGTH.sources : STRENGTH.tooling, name);
  return sources.some((source) => isProgram(source) && !source.path.includes('/'))
    ? speaks(STRENGTH.program, `${name} and a program`)
    : speaks(STRENGTH.manifest, name);
}

/** Pages of MkDocs or Sphinx; mostly they only document what the rest of the project is about. */
function fromSite(project: Project): readonly Evidence[] {
  const place = sitePlace(project, '.');
  if (place === null) return [];
  return [{ language: 'python', directory: '.', place, strength: STRENGTH.sources, what: whatPages(place) }];
}

function sitePlace(project: Project, directory: string): string | null {
  const settings = ['mkdocs.yml', 'mkdocs.yaml'].map((file) => joinPath(directory, file));
  return settings.find((file) => project.isFile(file)) ?? sphinxSettings(project, directory);
}

function whatPages(place: string): string {
  return place.endsWith('.py') ? 'pages of Sphinx' : 'pages of MkDocs';
}

function isTool(sources: readonly Source[]): boolean {
  return sources.some((source) => isProgram(source) && !source.path.includes('/'));
}

function importsAny(source: Source, packages: readonly string[]): boolean {
  return packages.length === 0 || source.imports.some((one) => packages.includes(one.module.split('.')[0] ?? ''));
}

function isDjango(project: Project, directory: string): boolean {
  return project
    .find({ under: directory, names: ['manage.py'], depth: 2, limit: 5 })
    .some((path) => /django/.test(project.source(path) ?? ''));
}

/** No manifest at all: files in the directory itself speak for it, those in folders only weakly. */
function fromSources(project: Project): readonly Evidence[] {
  const files = project.find({ endings: ['.py'], depth: 1, limit: 60 });
  const first = files[0];
  if (first === undefined) return [];
  const sources = readSources(project, '.')
    .filter((source) => source.path.split('/').length <= 2)
    .slice(0, 60);
  const shown = sources[0]?.path ?? first;
  const isServer =
    findAppObjects(sources).length > 0 ||
    RUNNERS.some((one) => sources.some((source) => runsIn(one, source) && importsAny(source, one.packages)));
  const isTop = sources.some((source) => !source.path.includes('/'));
  const strength = isServer ? STRENGTH.server : isTop ? STRENGTH.sources : STRENGTH.tooling;
  return [
    { language: 'python', directory: '.', place: joinPath(shown), strength, what: 'Python files without a manifest' },
  ];
}
