import type { Carry } from './carry.ts';
import { type Copy, contextPath, hasPattern, sentEntries } from './copies.ts';
import { absolute } from './paths.ts';
import { isSourceEntry } from './sources.ts';
import type { Survey } from './survey.ts';
import type { Tree } from './trees.ts';

/** Files of the context beside the sources: configuration, templates, assets. The program may read them. */
export function dataCarries(survey: Survey, tree: Tree): Carry[] {
  const paths = tree.copies.flatMap((copy) => copiedData(survey, copy));
  const files = paths.filter(({ kind }) => kind === 'file').map(({ path }) => path);
  const folders = paths.filter(({ kind }) => kind === 'directory').map(({ path }) => path);
  for (const { part, path } of tree.writers) {
    const isMade = part.verdict.role === 'files' && /^(mkdir|touch)\b/.test(part.unit.text);
    const isNew = path !== tree.root && !/[*?]/.test(path) && contextPath(survey.context, survey.copies, path) === null;
    if (isMade && isNew) folders.push(path);
  }
  const why = { code: 'data', args: {} };
  const plain = [...new Set(files)].sort();
  const carries: Carry[] = [...new Set(folders)]
    .sort()
    .map((path) => ({ sources: [path], target: path, chown: null, why }));
  const byFolder = groupByFolder(plain);
  for (const [folder, paths] of byFolder) {
    carries.push({
      sources: paths,
      target: paths.length === 1 && !hasPattern(paths[0]) ? (paths[0] ?? folder) : `${folder === '/' ? '' : folder}/`,
      chown: null,
      why,
    });
  }
  return carries;
}

interface Data {
  readonly path: string;
  readonly kind: 'file' | 'directory';
}

/** What one COPY brings that the program may read; from elsewhere than the context, all of it. */
function copiedData(survey: Survey, copy: Copy): Data[] {
  if (copy.from !== null || copy.isRemote || copy.hasHeredoc) return [{ path: copy.target, kind: 'directory' }];
  const { context } = survey;
  const isSource = (path: string, kind: Data['kind']) =>
    isSourceEntry(context.project, path, kind) && !(kind === 'directory' && isReadByName(survey, path));
  return copy.sources.flatMap((source): Data[] => {
    const named = absolute(copy.target, source.split('/').at(-1) ?? '');
    if (hasPattern(source)) return isSource(source, 'file') ? [] : [{ path: named, kind: 'file' }];
    if (source === '.') {
      const entries = sentEntries(context, source).filter((entry) => !isSource(entry.name, entry.kind));
      return entries.map(({ name, kind }) => ({ path: absolute(copy.target, name), kind }));
    }
    const kind = context.project.isDirectory(source) ? 'directory' : 'file';
    if (isSource(source, kind)) return [];
    return [{ path: kind === 'file' && copy.intoDirectory ? named : copy.target, kind }];
  });
}

const TEXTS = [
  '.java',
  '.kt',
  '.scala',
  '.go',
  '.rs',
  '.cs',
  '.c',
  '.cc',
  '.cpp',
  '.properties',
  '.yml',
  '.yaml',
  '.toml',
  '.conf',
];

/** A source says `"src/main/resources/x"`: the program looks for its own sources. */
function isReadByName(survey: Survey, folder: string): boolean {
  const { project } = survey.context;
  const name = folder.replaceAll(/[.+*?^$()[\]{}|\\]/g, '\\$&');
  const pattern = new RegExp(`["'](\\./|file:)?${name}/`);
  return project.find({ endings: TEXTS, limit: 2000 }).some((path) => pattern.test(project.source(path) ?? ''));
}

function groupByFolder(paths: readonly string[]): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const folder = path.slice(0, path.lastIndexOf('/')) || '/';
    groups.set(folder, [...(groups.get(folder) ?? []), path]);
  }
  return groups;
}
