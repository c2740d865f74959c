import type { Project } from '../../model/project.ts';
import { readLines } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import type { Source } from './sources.ts';

/** Patterns for the .dockerignore beyond the usual ones: tests that no code of the service loads, environments, local databases. */
export function unneededPatterns(project: Project, directory: string, sources: readonly Source[]): readonly string[] {
  const tests = isTestLoaded(sources) ? [] : ['**/tests', '**/test_*.py', '**/conftest.py'];
  return [
    ...tests.filter((pattern) => !isProgramCalled(sources, pattern)),
    ...environments(project, directory),
    ...localDatabases(project, directory),
  ];
}

/** `from .tests import …` in code that is no test itself, or an application called tests: `'shop.tests'` in a list of settings. */
function isTestLoaded(sources: readonly Source[]): boolean {
  return sources.some(
    (source) =>
      source.imports.some((one) =>
        /(?:^|\.)(?:tests|conftest|test_\w+)(?:\.|$)/.test(`${one.module}.${one.name ?? ''}`),
      ) || source.strings.some((text) => /^(?:\w+\.)*tests(?:\.\w+)*$/.test(text.value)),
  );
}

function isProgramCalled(sources: readonly Source[], pattern: string): boolean {
  return pattern === '**/test_*.py' && sources.every((source) => /(?:^|\/)test_/.test(source.path));
}

/** Virtual environments by other names than the usual ones. */
function environments(project: Project, directory: string): readonly string[] {
  return project
    .entries(directory)
    .filter((entry) => entry.kind === 'directory' && project.isFile(joinPath(directory, entry.name, 'pyvenv.cfg')))
    .map((entry) => entry.name)
    .filter((name) => name !== '.venv' && name !== 'venv')
    .map((name) => `**/${name}`);
}

/** SQLite files that the project keeps out of version control are one machine's own; those that it keeps in are data that the program needs. */
function localDatabases(project: Project, directory: string): readonly string[] {
  const ignored = [joinPath(directory, '.gitignore'), '.gitignore'].flatMap((path) => readLines(project, path) ?? []);
  const named = ignored.map((line) => line.text.trim()).filter((text) => /^\/?[\w./*-]+\.(?:sqlite3?|db)$/.test(text));
  return [...new Set(named.map((text) => `**/${text.replace(/^[/*]*\//, '')}`))].slice(0, 4);
}
