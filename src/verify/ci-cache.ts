import type { BuildRequest } from '../engine/engine.ts';
import type { Rebuild } from '../model/report.ts';
import { placeSteps } from './places.ts';
import type { Recipe } from './prepare.ts';
import { stepsAgain, toRebuild } from './rebuild.ts';
import { stepEvents, type Verification } from './verification.ts';
import { findSources, touchSource } from './workspace.ts';

/**
 * What a run in CI feels: one fresh builder builds and exports its cache, the next one has nothing but that cache and a changed
 * source file. Layers travel so, cache mounts do not. A text is the reason why it could not be tried.
 */
export async function measureCiCache(verification: Verification, recipe: Recipe): Promise<Rebuild | null | string> {
  const { session, request } = verification;
  const { workspace } = recipe;
  const [path] = request.change === null ? await findSources(workspace.context, 1) : [request.change];
  if (path === undefined) return null;
  const folder = await session.newFolder('cache');
  const exported = await buildFresh(verification, recipe, { cacheTo: [`type=local,dest=${folder},mode=max`] });
  if (typeof exported === 'string') return exported;
  if (exported.failure !== null) return exported.failure.message;
  await touchSource(workspace, path);
  const build = await buildFresh(verification, recipe, { cacheFrom: [`type=local,src=${folder}`] });
  if (typeof build === 'string') return build;
  const steps = placeSteps(build.steps, recipe.file);
  if (stepsAgain(steps).length === 0 && build.failure === null) return null;
  return toRebuild(path, build, steps, { newBytes: 0, pushBytes: 0 });
}

async function buildFresh(verification: Verification, recipe: Recipe, cache: Partial<BuildRequest>) {
  const { engine, session } = verification;
  const builder = session.newBuilder();
  const complaint = await engine.createBuilder(builder);
  if (complaint !== null) return complaint;
  const tag = session.newImage();
  const request = { ...recipe.buildRequest, ...cache, tag, builder, discard: true };
  const build = await engine.build(request, stepEvents(verification));
  await session.removeBuilder(builder);
  return build;
}
