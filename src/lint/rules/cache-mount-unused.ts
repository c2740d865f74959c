import { type Call, callsOf } from '../commands.ts';
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
    tool: /^pnpm$/,
    name: /\/\.?pnpm(?:[-/]store)?(?:\/v\d+)?$/,
    place: /\/pnpm(?:[-/]store)?(?:\/v\d+)?$|\/\.pnpm-store(?:\/v\d+)?$/,
    where: '/root/.local/share/pnpm/store',
    moved: /PNPM_HOME|XDG_DATA_HOME|store-dir|storeDir|npm_config_store/i,
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
  message: ({ tool = '', target = '', off = '' }) =>
    off === ''
      ? `${tool} does not keep its cache in ${target}, so this mount does nothing.`
      : `${off} turns the cache off that is mounted at ${target}.`,
  advice: ({ where = '', tool = '', off = '' }) =>
    off === '' ? `Mount it at ${where}, where ${tool} looks.` : `Leave ${off} out: what is mounted is in no layer.`,
  find: (view) => view.stages.flatMap((stage) => stage.steps.flatMap((step) => unused(stage, step))),
};

function unused(stage: StageView, step: Step): Catch[] {
  const targets = cacheTargets(step);
  if (targets.length === 0 || step.scope.has('HOME')) return [];
  const settings = [...step.scope.keys()].join(' ');
  for (const call of callsOf(step)) {
    const cache = CACHES.find((candidate) => candidate.tool.test(call.program));
    if (cache === undefined || cache.moved.test(`${settings} ${step.instruction.body.text}`)) continue;
    const off = turnedOff(call, step);
    const served = targets.find((target) => cache.place.test(target));
    if (off !== null && served !== undefined)
      return [{ ...at(step.instruction), args: { tool: call.program, target: served, where: cache.where, off } }];
    const isPlace = (target: string): boolean =>
      cache.place.test(target) &&
      !isOtherHome(step, target) &&
      !(stage.facts?.family.id === 'golang' && HOME_GOPATH.test(target));
    const isOthers = (target: string): boolean =>
      CACHES.some(
        (other) =>
          other !== cache && other.place.test(target) && !callsOf(step).some(({ program }) => other.tool.test(program)),
      );
    const wrong = targets.find((target) => (cache.name.test(target) && !isPlace(target)) || isOthers(target));
    const isServed = targets.some(isPlace);
    if (wrong !== undefined && !isServed)
      return [{ ...at(step.instruction), args: { tool: call.program, target: wrong, where: cache.where } }];
  }
  return [];
}

/** Root does not look into another user's home. */
function isOtherHome({ user }: Step, target: string): boolean {
  return (user === 'root' || user === '0') && target.startsWith('/home/');
}

function turnedOff({ program, args }: Call, { scope }: Step): string | null {
  if (!/^pip3?$/.test(program)) return null;
  if (args.includes('--no-cache-dir')) return '--no-cache-dir';
  const value = scope.get('PIP_NO_CACHE_DIR')?.value ?? '';
  return /^(?:1|true|on|yes)$/i.test(value) ? `PIP_NO_CACHE_DIR=${value}` : null;
}

function cacheTargets(step: Step): string[] {
  return mountsOf(step.instruction).flatMap(({ type, target }) =>
    type !== 'cache' || target === null || target.includes('$') ? [] : [target.replace(/\/+$/, '')],
  );
}
