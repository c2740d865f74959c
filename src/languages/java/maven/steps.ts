import type { CopyStep } from '../../../model/plan.ts';
import { joinPath } from '../../../project/search.ts';
import type { MavenBuild } from '../build.ts';
import type { BuildSteps } from '../steps.ts';

/** Pinned, so that the same file gives the same build: the project may not manage it. */
const DEPENDENCY_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

/** Where the cache of earlier builds is mounted: beside the repository, which becomes a layer of its own. */
const CACHE = '/cache/maven';

/**
 * Dependencies come in a layer, made from the poms alone, so that a fresh builder with an imported layer cache has them;
 * a cache mount beside it saves the downloads after a change of a pom.
 */
export function mavenSteps(build: MavenBuild, name: string, needsLibraries: boolean, usesWrapper: boolean): BuildSteps {
  const wrapper = usesWrapper ? build.wrapper : null;
  const maven = mavenCommand(build, wrapper);
  const secrets = secretMounts(build);
  const libraries = needsLibraries ? [`${DEPENDENCY_PLUGIN}:copy-dependencies -DincludeScope=runtime`] : [];
  const flags = [build.testFlag, ...build.alwaysFlags];
  const early = build.unpredictable
    ? [maven, `${DEPENDENCY_PLUGIN}:go-offline`]
    : [maven, ...flags, ...build.earlyFlags, 'package', ...libraries];
  return {
    tool: toolCopies(build, wrapper),
    fetch: wrapper ? { mounts: [], commands: [`${wrapperCommand(wrapper)} --version`] } : null,
    manifests: manifestCopies(build),
    dependencies: {
      mounts: [`type=cache,id=maven-${cacheName(name)},target=${CACHE}`, ...secrets],
      commands: [
        'mkdir -p /root/.m2',
        `cp -aT ${CACHE} /root/.m2/repository`,
        early.join(' '),
        `cp -aT /root/.m2/repository ${CACHE}`,
      ],
    },
    package: { mounts: secrets, commands: [[maven, ...flags, 'package', ...libraries].join(' ')] },
    env: [],
  };
}

function wrapperCommand(wrapper: { readonly directory: string; readonly command: string }): string {
  if (wrapper.directory === '.') return wrapper.command;
  return wrapper.command === './mvnw' ? `./${wrapper.directory}/mvnw` : `sh ${wrapper.directory}/mvnw`;
}

function mavenCommand(build: MavenBuild, wrapper: MavenBuild['wrapper']): string {
  return [
    wrapper ? wrapperCommand(wrapper) : 'mvn',
    '-B',
    ...(build.isQuiet || !wrapper ? ['-ntp'] : []),
    ...(build.pom ? [`-f ${build.pom}`] : []),
    ...(build.profiles.length > 0 ? [`-P${build.profiles.join(',')}`] : []),
    ...(build.selector ? [`-pl ${build.selector} -am`] : []),
  ].join(' ');
}

function toolCopies(build: MavenBuild, wrapper: MavenBuild['wrapper']): readonly CopyStep[] {
  const script = wrapper
    ? [copy([joinPath(wrapper.directory, 'mvnw')], wrapper.directory === '.' ? './' : `${wrapper.directory}/`)]
    : [];
  const settings =
    wrapper && wrapper.directory !== '.'
      ? [...build.settingsFiles, joinPath(wrapper.directory, '.mvn')]
      : build.settingsFiles;
  return [...script, ...[...new Set(settings)].map((path) => copy([path], path))];
}

function manifestCopies(build: MavenBuild): readonly CopyStep[] {
  const files = build.earlyFiles.map((path) => copy([path], path));
  if (build.isReactor) return [{ ...copy(['**/pom.xml'], './'), parents: true }, ...files];
  return [copy([build.pom ?? 'pom.xml'], './'), ...files];
}

function copy(sources: readonly string[], target: string): CopyStep {
  return { from: null, sources, target, chmod: null, parents: false };
}

/** Settings with credentials are mounted where Maven looks for the user's, and are in no layer. */
function secretMounts(build: MavenBuild): readonly string[] {
  const user = build.needsUserSettings ? ['type=secret,id=maven-settings,target=/root/.m2/settings.xml'] : [];
  return [...user, ...build.secretVariables.map((name) => `type=secret,id=${name},env=${name}`)];
}

/** A cache of its own for each project: it is copied whole into the layer. */
function cacheName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-') || 'app';
}
