import { callsOf } from '../commands.ts';
import { mountsOf } from '../mounts.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import type { StageView, Step } from '../view.ts';

/** Tool → last part of its cache's path, where the cache really is, and what moves it. */
const CACHES: readonly {
  readonly tool: RegExp;
  readonly name: RegExp;
  readonly place: RegExp;
  readonly where: string;
  readonly moved: RegExp;
}[] = [
  {
    tool: /^npm$/,
    name: /\/\.?npm(?:\/_cacache)?$/,
    place: /^(?:\/root|\/home\/[^/]+|~)\/\.npm(?:\/_cacache)?$/,
    where: '/root/.npm',
    moved: /npm_config_cache|--cache\b|cache=/i,
  },
  {
    tool: /^pip3?$/,
    name: /\/\.?pip$/,
    place: /^(?:\/root|\/home\/[^/]+|~)\/\.cache(?:\/pip)?$/,
    where: '/root/.cache/pip',
    moved: /PIP_CACHE_DIR|XDG_CACHE_HOME|--cache-dir/,
  },
  {
    tool: /^uv$/,
    name: /\/\.?uv$/,
    place: /^(?:\/root|\/home\/[^/]+|~)\/\.cache(?:\/uv)?$/,
    where: '/root/.cache/uv',
    moved: /UV_CACHE_DIR|XDG_CACHE_HOME|--cache-dir/,
  },
  {
    tool: /^(?:mvn|\.\/mvnw)$/,
    name: /\/\.?m2(?:\/repository)?$/,
    place: /^(?:\/root|\/home\/[^/]+|~)\/\.m2(?:\/repository)?$/,
    where: '/root/.m2',
    moved: /maven\.repo\.local|MAVEN_OPTS|MAVEN_USER_HOME|user\.home|settings/,
  },
  {
    tool: /^(?:gradle|\.\/gradlew)$/,
    name: /\/\.?gradle(?:\/caches)?$/,
    place: /^(?:\/root|\/home\/[^/]+|~)\/\.gradle(?:\/.*)?$/,
    where: '/root/.gradle',
    moved: /GRADLE_USER_HOME|--gradle-user-home|-g\b|project-cache-dir/,
  },
  {
    tool: /^go$/,
    name: /\/pkg\/mod$|\/go-build$/,
    place: /^\/go\/pkg\/mod$|^(?:\/root|\/home\/[^/]+|~)\/\.cache\/go-build$|^(?:\/root|\/home\/[^/]+)\/go\/pkg\/mod$/,
    where: '/go/pkg/mod',
    moved: /GOMODCACHE|GOCACHE|GOPATH/,
  },
  {
    tool: /^yarn$/,
    name: /\/\.?yarn(?:-cache)?$/,
    place: /\/\.cache\/yarn$|\/\.yarn(?:\/.*)?$/,
    where: '/usr/local/share/.cache/yarn',
    moved: /YARN_CACHE_FOLDER|--cache-folder|YARN_GLOBAL_FOLDER|cacheFolder/,
  },
];

/** Go's own default, but its image sets GOPATH. */
const HOME_GOPATH = /^(?:\/root|\/home\/[^/]+)\/go\/pkg\/mod$/;

export const cacheMountUnused: Rule = {
  id: 'cache-mount-unused',
  concern: 'rebuild',
  severity: 'warning',
  aliases: [],
  message: ({ tool = '', target = '' }) => `${tool} does not keep its cache in ${target}, so this mount does nothing.`,
  advice: ({ where = '', tool = '' }) => `Mount it at ${where}, where ${tool} looks.`,
  find: (view) => view.stages.flatMap((stage) => stage.steps.flatMap((step) => unused(stage, step))),
};

function unused(stage: StageView, step: Step): Catch[] {
  const targets = cacheTargets(step);
  if (targets.length === 0 || step.scope.has('HOME')) return [];
  const settings = [...step.scope.keys()].join(' ');
  for (const call of callsOf(step)) {
    const cache = CACHES.find((candidate) => candidate.tool.test(call.program));
    if (cache === undefined || cache.moved.test(`${settings} ${step.instruction.body.text}`)) continue;
    const isPlace = (target: string): boolean =>
      cache.place.test(target) && !(stage.facts?.family.id === 'golang' && HOME_GOPATH.test(target));
    const wrong = targets.find((target) => cache.name.test(target) && !isPlace(target));
    const isServed = targets.some(isPlace);
    if (wrong !== undefined && !isServed)
      return [{ ...at(step.instruction), args: { tool: call.program, target: wrong, where: cache.where } }];
  }
  return [];
}

function cacheTargets(step: Step): string[] {
  return mountsOf(step.instruction).flatMap(({ type, target }) =>
    type !== 'cache' || target === null || target.includes('$') ? [] : [target.replace(/\/+$/, '')],
  );
}
