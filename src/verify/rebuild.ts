import { join } from 'node:path';
import { readArchive } from '../engine/archive.ts';
import type { Build, BuildStep, Rebuild } from '../model/report.ts';
import { placeSteps } from './places.ts';
import type { Recipe } from './prepare.ts';
import { stepEvents, type Verification } from './verification.ts';
import { findSources, touchSource } from './workspace.ts';

/** Files that are tried until one of them makes a step run again: others are in the context but no COPY takes them. */
const MAX_CANDIDATES = 6;

/**
 * Changes one source file by a comment and builds again; `null` where no source file takes part in the build. `layers` are those
 * of the first build, which need not be pushed again.
 */
export async function rebuild(
  verification: Verification,
  { workspace, file, buildRequest }: Recipe,
  layers: readonly string[],
): Promise<Rebuild | null> {
  const { engine, session, request } = verification;
  const candidates = request.change === null ? await findSources(workspace.context, MAX_CANDIDATES) : [request.change];
  for (const path of candidates) {
    await touchSource(workspace, path);
    const tag = session.newImage();
    const build = await engine.build({ ...buildRequest, tag }, stepEvents(verification));
    const steps = placeSteps(build.steps, file);
    if (build.failure !== null) return toRebuild(path, build, steps, { newBytes: 0, pushBytes: 0 });
    if (stepsAgain(steps).length > 0) return toRebuild(path, build, steps, await measureNew(verification, tag, layers));
  }
  return null;
}

/** A build after a change, as the report has it. */
export function toRebuild(
  file: string,
  build: Build,
  steps: readonly BuildStep[],
  bytes: Pick<Rebuild, 'newBytes' | 'pushBytes'>,
): Rebuild {
  const cachedSteps = steps.filter(({ kind, cached }) => kind === 'instruction' && cached).length;
  const { seconds, failure } = build;
  return { file, seconds, again: stepsAgain(steps), steps, cachedSteps, ...bytes, failure };
}

/** Instructions that were not taken from the cache. */
export function stepsAgain(steps: readonly BuildStep[]): BuildStep[] {
  return steps.filter(({ kind, cached }) => kind === 'instruction' && !cached);
}

async function measureNew({ engine, session }: Verification, tag: string, layers: readonly string[]) {
  const file = join(await session.newFolder('archive'), 'image.tar');
  await engine.saveImage(tag, file);
  const isNew = (id: string) => !layers.includes(id);
  const archive = await readArchive(file, { wants: isNew, measurePush: isNew });
  return {
    newBytes: archive.layers.reduce((sum, { bytes }) => sum + bytes, 0),
    pushBytes: archive.layers.reduce((sum, { pushBytes }) => sum + pushBytes, 0),
  };
}

/** Commands that fetch and install what somebody else wrote, by tool. */
const INSTALLS: readonly { readonly tool: string; readonly pattern: RegExp }[] = [
  { tool: 'npm', pattern: /\bnpm (?:ci|clean-install|i|install)\b/ },
  { tool: 'pnpm', pattern: /\bpnpm (?:i|install|fetch|add)\b/ },
  { tool: 'yarn', pattern: /\byarn(?: install\b| --frozen-lockfile| --immutable| workspaces focus|$| &&| ;)/ },
  { tool: 'bun', pattern: /\bbun (?:i|install|add)\b/ },
  { tool: 'pip', pattern: /\bpip3? (?:--\S+ \S+ )?(?:install|download|wheel)\b/ },
  { tool: 'uv', pattern: /\buv (?:sync|pip install|pip sync)\b/ },
  { tool: 'poetry', pattern: /\bpoetry install\b/ },
  { tool: 'pipenv', pattern: /\bpipenv (?:install|sync)\b/ },
  { tool: 'pdm', pattern: /\bpdm (?:install|sync)\b/ },
  { tool: 'maven', pattern: /\bdependency:(?:go-offline|resolve)\b/ },
  { tool: 'bundler', pattern: /\bbundle install\b/ },
  { tool: 'composer', pattern: /\bcomposer install\b/ },
  { tool: 'go', pattern: /\bgo (?:mod download|get)\b/ },
  { tool: 'cargo', pattern: /\bcargo (?:fetch|chef cook)\b/ },
  { tool: 'system', pattern: /\b(?:apt-get|apt|apk|dnf|microdnf|yum) (?:-\S+ )*(?:install|add)\b/ },
];
/** With these the project itself is installed, and nothing is fetched. */
const OWN_ONLY = /--no-deps|--no-index|--offline\b/;

/**
 * Steps that installed dependencies again although only code changed. A tool whose earlier step in the same stage came from the
 * cache installs only the project in the later one. `forbidden` replaces the rule: steps that contain one of the texts.
 */
export function installsAgain(steps: readonly BuildStep[], forbidden: readonly string[] | null): BuildStep[] {
  const again = stepsAgain(steps);
  if (forbidden !== null) return again.filter(({ name }) => forbidden.some((text) => name.includes(text)));
  return again.filter((step) => {
    if (!step.name.startsWith('RUN ') || OWN_ONLY.test(step.name)) return false;
    const tools = INSTALLS.filter(({ pattern }) => pattern.test(step.name));
    return tools.some(
      ({ pattern }) => !steps.some((other) => other.stage === step.stage && other.cached && pattern.test(other.name)),
    );
  });
}
