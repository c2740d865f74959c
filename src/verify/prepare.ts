import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dockerfile } from '../dockerfile/file.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';
import type { BuildRequest } from '../engine/engine.ts';
import { UserError } from '../errors.ts';
import type { Build, BuildFailure } from '../model/report.ts';
import { placeSteps } from './places.ts';
import type { Subject } from './request.ts';
import type { Session } from './session.ts';
import { stepEvents, type Verification } from './verification.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** What is needed to build again. */
export interface Recipe {
  readonly file: Dockerfile;
  readonly workspace: Workspace;
  readonly buildRequest: BuildRequest;
}

/** An image to look at, and where it came from: `build` and `recipe` are `null` for one that was there already. */
export interface Prepared {
  readonly tag: string;
  readonly build: Build | null;
  readonly recipe: Recipe | null;
}

/** Copies the context and builds it, or takes the image that was named. Throws UserError `dockerfile-missing`. */
export async function prepare(verification: Verification): Promise<Prepared> {
  const { request, engine, onEvent } = verification;
  if (request.subject.kind === 'image') return { tag: request.subject.image, build: null, recipe: null };
  onEvent({ kind: 'phase', phase: 'build' });
  const recipe = await readRecipe(verification, request.subject);
  const build = await engine.build(recipe.buildRequest, stepEvents(verification));
  const steps = placeSteps(build.steps, recipe.file);
  const failure = build.failure === null ? null : showContext(build.failure, recipe.workspace.context);
  return { tag: recipe.buildRequest.tag, build: { ...build, steps, failure }, recipe };
}

/** The copy of the context is ours: whoever reads the failure knows it as `.`. */
function showContext(failure: BuildFailure, context: string): BuildFailure {
  const show = (text: string) => text.replaceAll(context, '.');
  return { ...failure, message: show(failure.message), log: failure.log.map(show) };
}

async function readRecipe(
  { request, session }: Verification,
  subject: Extract<Subject, { kind: 'dockerfile' }>,
): Promise<Recipe> {
  const file = parseDockerfile(await readDockerfile(subject.dockerfile));
  const workspace = await createWorkspace(session, subject.context, subject.dockerfile);
  const buildRequest: BuildRequest = {
    context: workspace.context,
    dockerfile: workspace.dockerfile,
    tag: session.newImage(),
    labels: session.labels,
    buildArgs: request.buildArgs,
    secrets: await writeSecrets(session, request.secrets),
    target: request.target,
    platform: request.platform,
    cacheFrom: [],
    cacheTo: [],
  };
  return { file, workspace, buildRequest };
}

async function readDockerfile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const reason =
      error.code === 'ENOENT' ? 'There is no such Dockerfile' : `The Dockerfile cannot be read (${error.code})`;
    throw new UserError(
      'dockerfile-missing',
      `${reason}: ${path}`,
      'Name one with --dockerfile, or make one with the wizard.',
    );
  }
}

async function writeSecrets(
  session: Session,
  secrets: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const folder = await session.newFolder('secrets');
  const files: Record<string, string> = {};
  for (const [index, [id, value]] of Object.entries(secrets).entries()) {
    const file = join(folder, String(index));
    await writeFile(file, value, { mode: 0o600 });
    files[id] = file;
  }
  return files;
}
