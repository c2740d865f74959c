import type { Project } from '../../model/project.ts';
import { readLines } from '../../project/readers/lines.ts';
import { directoryOf, joinPath, relativePath } from '../../project/search.ts';
import type { Pyproject } from './pyproject.ts';

/** Names that people give the list of what production needs, the likeliest first; the last ones are compromises. */
const USUAL = [
  'requirements.txt',
  'requirements/production.txt',
  'requirements/prod.txt',
  'requirements/deploy.txt',
  'requirements/requirements.txt',
  'requirements/base.txt',
  'requirements/common.txt',
  'requirements/main.txt',
  'requirements/app.txt',
  'requirements-prod.txt',
  'requirements_prod.txt',
  'requirements.prod.txt',
  'prod-requirements.txt',
  'requirements.lock',
  'requirement.txt',
  'reqs.txt',
  'requirements.in',
];

/** A file for production that builds upon the usual one says more. */
const FOR_PRODUCTION = /^(?:requirements[-_./])?(?:prod|production|deploy)(?:[-_.]requirements)?\.txt$/;

/** The requirements files of a service, relative to it; empty where it has none. */
export function requirementsFiles(project: Project, directory: string, pyproject: Pyproject | null): readonly string[] {
  const isThere = (file: string) => project.isFile(joinPath(directory, file));
  const named = (pyproject?.dependencyFiles ?? []).filter(isThere);
  if (named.length > 0 && pyproject?.isProject) return named;
  const usual = USUAL.find((file) => isThere(file) && saysSomething(project, joinPath(directory, file)));
  if (usual === undefined) return inOwnFolder(project, directory) ?? inOtherFolder(project, directory);
  // A lock of another tool, or nothing but tests: what [project] names is more.
  if (usual === 'requirements.in' && (pyproject?.requirements.length ?? 0) > 0) return [];
  const production = USUAL.filter((file) => FOR_PRODUCTION.test(file) && file !== usual && isThere(file));
  return [production.find((file) => includes(project, joinPath(directory, file), joinPath(directory, usual))) ?? usual];
}

function saysSomething(project: Project, path: string): boolean {
  return (readLines(project, path) ?? []).some((line) => /^\s*(?:[A-Za-z.]|-[recf]|--\w)/.test(line.text));
}

function includes(project: Project, path: string, other: string): boolean {
  return (readLines(project, path) ?? []).some((line) => {
    const named = /^\s*-r\s*(\S+)/.exec(line.text)?.[1];
    return named !== undefined && joinPath(directoryOf(path), named) === other;
  });
}

const FOR_DEVELOPMENT =
  /dev|test|doc|lint|check|ci|local|build|release|typing|typ|qa|format|tool|constraint|bench|example/i;

/** `requirements/default.txt`, `requirements/shop`: the only list in the folder that is not for development, whatever its name. */
function inOwnFolder(project: Project, directory: string): readonly string[] | null {
  const files = project
    .entries(joinPath(directory, 'requirements'))
    .filter(
      (entry) => entry.kind === 'file' && /^[\w-]+(?:\.txt)?$/.test(entry.name) && !FOR_DEVELOPMENT.test(entry.name),
    )
    .map((entry) => joinPath('requirements', entry.name))
    .filter((file) => saysSomething(project, joinPath(directory, file)));
  const only = files[0];
  return only !== undefined && files.length === 1 ? [only] : null;
}

/** `docker/requirements.txt`, `config/requirements.txt`: a folder without code of its own, beside the code that needs it. */
function inOtherFolder(project: Project, directory: string): readonly string[] {
  const found = project
    .find({ under: directory, names: ['requirements.txt'], depth: 2, limit: 5 })
    .filter((path) => !/(?:^|\/)(?:tests?|docs?|examples?)\//.test(path) && saysSomething(project, path));
  const only = found[0];
  return only !== undefined && found.length === 1 ? [relativePath(directory, only)] : [];
}
