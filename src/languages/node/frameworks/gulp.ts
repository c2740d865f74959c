import type { Fact } from '../../../model/fact.ts';
import { joinPath } from '../../../project/search.ts';
import { at, type ShapeContext, type SiteShape } from '../shape.ts';
import { baseName } from '../wrappers.ts';
import { configFile, configValue } from './config.ts';

const FILES = ['gulpfile', 'gulpfile.babel', 'gulpfile.esm', 'gulpfile.js/index'];
const PAGES = ['.html', '.htm', '.pug', '.njk', '.hbs', '.ejs', '.jade'];

const FOLDER = String.raw`["'\`](?:\.\/)?(\w[\w.-]*(?:\/\w[\w.-]*)*)\/?["'\`]`;
/** The folder that its server shows while developing, then the ones that its tasks write to. */
const SERVED = [
  new RegExp(String.raw`\bbaseDir\s*:\s*\[?\s*${FOLDER}`),
  new RegExp(String.raw`\b(?:server|root)\s*:\s*\[?\s*${FOLDER}`),
  /\bdest\s*\(\s*["'`](?:\.\/)?(\w[\w.-]*)[\w./-]*["'`]/,
];
const BUILD_TASK =
  /\bexports\.build\b|\btask\s*\(\s*["'`](build)["'`]|\bexport\s+(?:const|function|async\s+function)\s+build\b/;

/** Pages that Gulp puts together. `null` where a program is started, or where its tasks do not say where the pages go. */
export function gulpShape(context: ShapeContext): SiteShape | null {
  const { project, manifest, build } = context;
  const gulp = context.installed('gulp');
  if (!gulp || context.starts.length > 0) return null;
  const file = configFile(context, FILES);
  const output = outputOf(context, file);
  const isScript = build?.programs.some(({ words }) => baseName(words[0] ?? '') === 'gulp') ?? false;
  const hasPages = project.find({ under: manifest.directory, endings: PAGES, limit: 1 }).length > 0;
  if (!output || !hasPages || (!isScript && !configValue(context, file, BUILD_TASK))) return null;
  return {
    kind: 'site',
    tool: { value: 'Gulp', ...at(gulp) },
    output,
    fallback: 'pages',
    base: '/',
    steps: isScript && build ? build.steps : [{ kind: 'program', words: ['gulp', 'build'], env: {} }],
    buildEnv: {},
    notes: [],
  };
}

/** Where the sources lie is no output, though a server may show that folder too. */
function outputOf(context: ShapeContext, file: string | null): Fact | null {
  const { project, manifest } = context;
  const isSource = (folder: string): boolean => project.isDirectory(joinPath(manifest.directory, folder));
  const folders = SERVED.map((pattern) => configValue(context, file, pattern)).filter((fact) => fact !== null);
  return folders.find(({ value }) => !isSource(value)) ?? null;
}
