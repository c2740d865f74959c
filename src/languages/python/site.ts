import type { Place } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { readLines } from '../../project/readers/lines.ts';
import { directoryOf, joinPath, relativePath } from '../../project/search.ts';
import { type Application, EMPTY, type Search } from './application.ts';
import { normalName } from './requirement.ts';
import { isProgram, startsAtMargin } from './sources.ts';

/** Pages that a generator makes when the image is built. */
export interface Site {
  readonly tool: 'MkDocs' | 'Sphinx';
  /** the command that makes them, run in the service's directory */
  readonly command: string;
  /** requirements file of the pages alone, which stands beside them */
  readonly list: string | null;
}

/** Extras and groups for making them. */
export const PAGE_GROUPS = ['docs', 'doc', 'documentation'];

/** Folder that the pages are made in. */
export const SITE_FOLDER = '/site';

/** Themes and plugins of MkDocs, and extensions of Sphinx, by the name that settings give them, and what brings each. */
const BRINGS: Readonly<Record<string, string>> = {
  material: 'mkdocs-material',
  readthedocs: '',
  mkdocstrings: 'mkdocstrings[python]',
  'awesome-pages': 'mkdocs-awesome-pages-plugin',
  'awesome-nav': 'mkdocs-awesome-nav',
  'git-revision-date-localized': 'mkdocs-git-revision-date-localized-plugin',
  minify: 'mkdocs-minify-plugin',
  macros: 'mkdocs-macros-plugin',
  redirects: 'mkdocs-redirects',
  glightbox: 'mkdocs-glightbox',
  'gen-files': 'mkdocs-gen-files',
  'literate-nav': 'mkdocs-literate-nav',
  'section-index': 'mkdocs-section-index',
  swagger: 'mkdocs-swagger-ui-tag',
  render_swagger: 'mkdocs-render-swagger-plugin',
  mermaid2: 'mkdocs-mermaid2-plugin',
  sphinx_rtd_theme: 'sphinx-rtd-theme',
  furo: 'furo',
  pydata_sphinx_theme: 'pydata-sphinx-theme',
  sphinx_book_theme: 'sphinx-book-theme',
  myst_parser: 'myst-parser',
  sphinx_copybutton: 'sphinx-copybutton',
  sphinx_design: 'sphinx-design',
  sphinx_autodoc_typehints: 'sphinx-autodoc-typehints',
};

/** Nothing of the project looks like a program; a main.py without a start may hold the macros of the pages. */
export function isSiteFirst({ project, directory, sources }: Search): boolean {
  if (sources.some((source) => isProgram(source) || startsAtMargin(source))) return false;
  const top = sources.filter((source) => !source.path.includes('/')).map((source) => source.path);
  const settings = project.source(joinPath(directory, 'mkdocs.yml')) ?? '';
  return top.length === 0 || (/^\s*-\s*macros\b/m.test(settings) && top.every((path) => path === 'main.py'));
}

/** `mkdocs.yml`, or the `conf.py` of Sphinx, where nothing else of the project can be run. */
export function siteApplication(search: Search): Application | null {
  const { project, directory } = search;
  const mkdocs = ['mkdocs.yml', 'mkdocs.yaml'].find((file) => project.isFile(joinPath(directory, file)));
  if (mkdocs !== undefined) {
    const path = joinPath(directory, mkdocs);
    const command = `mkdocs build --site-dir ${SITE_FOLDER}${mkdocs.endsWith('.yaml') ? ' --config-file mkdocs.yaml' : ''}`;
    return siteOf(search, 'MkDocs', `${path}:1`, command, [mkdocsName(project, path), ...namedIn(project, path)]);
  }
  const conf = sphinxSettings(project, directory);
  if (conf === null) return null;
  const folder = directoryOf(relativePath(joinPath(directory), conf));
  return siteOf(search, 'Sphinx', `${conf}:1`, `sphinx-build -b html ${folder} ${SITE_FOLDER}`, [
    'sphinx',
    ...namedIn(project, conf),
  ]);
}

function siteOf(
  search: Search,
  tool: Site['tool'],
  from: Place,
  command: string,
  needs: readonly string[],
): Application {
  const list = ['docs/requirements.txt', 'doc/requirements.txt', 'source/requirements.txt'].find((file) =>
    search.project.isFile(joinPath(search.directory, file)),
  );
  const names = list ? [] : [...new Set(needs.filter((name) => name !== ''))];
  return {
    ...EMPTY,
    kind: 'static',
    framework: tool,
    from,
    holds: '',
    needs: names.filter((name) => !isDeclared(search, name)),
    site: { tool, command, list: list ?? null },
  };
}

function isDeclared(search: Search, name: string): boolean {
  const plain = normalName(name.replace(/[[<].*$/, ''));
  const { requirements, locked, pyproject } = search.dependencies;
  const grouped = PAGE_GROUPS.flatMap((group) => [
    ...(pyproject?.extras[group] ?? []),
    ...(pyproject?.groups[group] ?? []),
  ]);
  return [...requirements, ...locked, ...grouped].some((one) => one.name === plain);
}

/** The second major release of MkDocs reads other settings. */
function mkdocsName(project: Project, path: string): string {
  return namedIn(project, path).some((name) => name === 'mkdocs-material') ? '' : 'mkdocs<2';
}

/** Distributions of what the settings name. */
function namedIn(project: Project, path: string): readonly string[] {
  const words = (readLines(project, path) ?? [])
    .filter(({ text }) => !/^\s*#/.test(text))
    .flatMap(({ text }) => [...text.matchAll(/(?<=[-:\s"',[=]|^)[\w-]+(?=[\s"':,\]]|$)/g)].map((match) => match[0]));
  const known = new Map(Object.entries(BRINGS));
  return [...new Set(words)].map((word) => known.get(word) ?? '').filter((name) => name !== '');
}

const SPHINX_PLACES = [
  'docs/source/conf.py',
  'docs/conf.py',
  'doc/source/conf.py',
  'doc/conf.py',
  'source/conf.py',
  'conf.py',
];

/** The settings of Sphinx in one of the usual places. */
export function sphinxSettings(project: Project, directory: string): string | null {
  const found = SPHINX_PLACES.map((place) => joinPath(directory, place)).find((path) =>
    /^(?:extensions|html_theme)\s*=/m.test(project.source(path) ?? ''),
  );
  return found ?? null;
}
