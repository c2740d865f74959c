import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { parseDockerfile } from '../../dockerfile/parse.ts';
import { UserError } from '../../errors.ts';
import { openContext } from '../../lint/context.ts';
import { chooseContext } from '../../lint/context-choice.ts';
import { type View, viewOf } from '../../lint/view.ts';
import type { Project } from '../../model/project.ts';
import { openDirectory } from '../../project/directory.ts';

/** What the command line points at: a project, and the Dockerfiles in it. */
export interface CheckTarget {
  readonly project: Project;
  /** absolute */
  readonly root: string;
  readonly dockerfiles: readonly string[];
}

const NAMES = /^(?:Dockerfile|Containerfile)(?:\..+)?$|\.(?:Dockerfile|dockerfile|containerfile)$/;
const OTHER =
  /\.(?:dockerignore|bak(?:\.\d+)?|orig|md|txt|tmpl|template|erb|j2|hbs|ejs|in|sh|py|js|ts|go|rego|json|ya?ml|lock|patch|html|rb|pl|log|rst|adoc)$/;

/** A directory with its Dockerfiles (those at its root, or else those below), or one Dockerfile. Throws UserError `dockerfile-missing`. */
export function openTarget(cwd: string, path: string, dockerfile: string | null): CheckTarget {
  const absolute = resolve(cwd, path);
  if (statSync(absolute, { throwIfNoEntry: false })?.isFile() === true) {
    const root = dirname(absolute);
    return { project: openDirectory(root), root, dockerfiles: [basename(absolute)] };
  }
  const project = openDirectory(absolute);
  if (dockerfile !== null && project.isFile(dockerfile)) return { project, root: absolute, dockerfiles: [dockerfile] };
  const atRoot = project.entries('.').filter((entry) => entry.kind === 'file' && isDockerfile(entry.name));
  const dockerfiles = atRoot.length > 0 ? atRoot.map((entry) => entry.name) : below(project);
  if (dockerfile === null && dockerfiles.length > 0) return { project, root: absolute, dockerfiles };
  throw new UserError(
    'dockerfile-missing',
    `There is no ${dockerfile ?? 'Dockerfile'} in ${path}.`,
    'Give the path of one, or make one: create-multistage-docker.',
  );
}

function isDockerfile(name: string): boolean {
  return NAMES.test(name) && !OTHER.test(name);
}

function below(project: Project): string[] {
  const found = project.find({
    names: ['Dockerfile', 'Containerfile'],
    endings: ['.Dockerfile', '.dockerfile'],
    depth: 4,
    limit: 50,
  });
  return found.filter((path) => isDockerfile(basename(path)));
}

/** Parses one Dockerfile and opens its build context. */
export function openView({ project }: CheckTarget, path: string, context: string | null, today: string): View {
  const file = parseDockerfile(project.text(path) ?? '');
  const { directory, isSure } =
    context === null ? chooseContext(project, path, file) : { directory: context, isSure: true };
  return viewOf(file, { path, context: openContext(project, path, directory, isSure), today });
}

/** The text of a file of the user's, by the path that he wrote. Throws UserError `file-unreadable`. */
export function readUserFile(cwd: string, path: string): string {
  try {
    return readFileSync(resolve(cwd, path), 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UserError('file-unreadable', `${path} cannot be read.`, 'Check the path and its permissions.');
  }
}
