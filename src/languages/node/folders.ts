import type { Project } from '../../model/project.ts';
import { readLines } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import type { Program } from './scripts.ts';
import type { Shape } from './shape.ts';

/** Folders that the build makes. One with a page in it that Git keeps is a part of the sources, to which the build adds. */
export function madeFolders(project: Project, directory: string, shape: Shape | null): readonly string[] {
  if (shape?.kind === 'site') {
    const output = joinPath(directory, shape.output.value);
    const isSource =
      project.isFile(joinPath(output, 'index.html')) && !isIgnoredByGit(project, directory, shape.output.value);
    return isSource ? [] : [output];
  }
  if (shape?.kind !== 'server' || shape.layout !== 'outputs') return [];
  return shape.ships
    .filter(({ isSource }) => !isSource)
    .map(({ source }) => joinPath(directory, source.startsWith('../') ? source : (source.split('/')[0] ?? source)));
}

function isIgnoredByGit(project: Project, directory: string, folder: string): boolean {
  const patterns = (readLines(project, joinPath(directory, '.gitignore')) ?? []).map(({ text }) =>
    text.trim().replaceAll(/^\**\/|\/\**$/g, ''),
  );
  return patterns.includes(folder) || patterns.includes(folder.split('/')[0] ?? folder);
}

/** Folders of tests and documents beside the sources, unless a build or install script names them. */
export function testFolders(project: Project, directory: string, programs: readonly Program[]): readonly string[] {
  const named = new Set(programs.flatMap(({ words }) => words.flatMap((word) => word.split('/'))));
  return ['test', 'tests', 'e2e', 'cypress', 'spec', '.husky', '.storybook']
    .filter((name) => !named.has(name) && project.isDirectory(joinPath(directory, name)))
    .map((name) => joinPath(directory, name));
}
