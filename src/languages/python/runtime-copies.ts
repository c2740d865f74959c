import type { NamedImage } from '../../images/choose.ts';
import type { CopyStep } from '../../model/plan.ts';
import { joinPath, relativePath } from '../../project/search.ts';
import { readIgnoreGroups } from '../shared/ignore.ts';
import { browserCopy } from './browser.ts';
import type { SourceStage } from './build-stage.ts';
import type { PythonFacts } from './facts.ts';
import { ignoreGroups } from './ignore.ts';
import { VENV } from './install-step.ts';
import { hasWritable } from './writable-step.ts';

/** Names of the stages that the final image takes something from. */
export interface Stages {
  readonly venv: string | null;
  readonly first: string;
  readonly source: SourceStage | null;
}

/** In the order of change: the init, the environment, the project. */
export function runtimeCopies(
  facts: PythonFacts,
  chosen: { readonly build: NamedImage; readonly needsInit: boolean },
  stages: Stages,
): readonly CopyStep[] {
  const copy = (from: string | null, source: string, target: string): CopyStep => ({
    from,
    sources: [source],
    target,
    chmod: null,
    parents: false,
  });
  const init = chosen.build.image.packageManager === 'apk' ? '/sbin/tini-static' : '/usr/bin/tini-static';
  const root = joinPath(facts.application?.workdir ?? '.') === '.' ? './' : '/app/';
  const own = relativePath(facts.context, facts.directory);
  const isBuilt = stages.source?.changesSource === true || stages.venv === null;
  const ignored = readIgnoreGroups(ignoreGroups(facts));
  const sent = facts.writable.files.filter((file) => !ignored.excludes(joinPath(own, file)));
  return [
    ...(chosen.needsInit ? [copy(stages.first, init, '/tini')] : []),
    ...(facts.browser ? [browserCopy(stages.first)] : []),
    ...(stages.venv ? [copy(stages.venv, VENV, VENV)] : []),
    ...(stages.source?.installsThin ? [copy('build', `/out${VENV}`, VENV)] : []),
    ...(facts.staticRoot
      ? [copy(null, own, root), copy('build', facts.staticRoot.path, facts.staticRoot.path)]
      : isBuilt
        ? [copy('build', own === '.' ? '/app' : `/app/${own}`, root)]
        : facts.shipsSource
          ? [copy(null, own, root)]
          : []),
    ...sent.map((file): CopyStep => ({ ...copy(null, joinPath(own, file), `/app/${file}`), chmod: '666' })),
    ...(hasWritable(facts) ? [copy(stages.first, '/writable/', '/')] : []),
  ];
}
