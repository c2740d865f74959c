import type { CopyStep, EnvEntry } from '../../../model/plan.ts';
import type { GradleBuild } from '../build.ts';
import type { BuildSteps } from '../steps.ts';

/** Outside the home folder, which is a volume in Gradle's own images: what a RUN leaves there would be lost. */
const HOME = '/gradle';
const CACHE = '/cache/gradle';
const INIT = '/image.init.gradle';

/**
 * Libraries come in a layer, made from the build scripts alone: an init script adds a task that resolves them, since
 * Gradle's own `dependencies` task reads only their descriptions.
 */
export function gradleSteps(build: GradleBuild, name: string, usesWrapper: boolean): BuildSteps {
  const wrapper = usesWrapper ? build.wrapper : null;
  const gradle = [
    wrapper ? wrapper.command : 'gradle',
    '--no-daemon',
    '--console=plain',
    `--init-script ${INIT}`,
    ...(build.hasConfigurationCache ? ['-Dorg.gradle.configuration-cache=false'] : []),
  ].join(' ');
  const env: readonly EnvEntry[] = [{ name: 'GRADLE_USER_HOME', value: HOME }];
  return {
    tool: wrapper ? [copy(['gradlew'], './'), copy(['gradle/wrapper'], 'gradle/wrapper')] : [],
    fetch: wrapper ? { mounts: [], commands: [`${wrapper.command} --no-daemon --version`] } : null,
    manifests: manifestCopies(build),
    dependencies: {
      mounts: [`type=cache,id=gradle-${cacheName(name)},target=${CACHE}`],
      commands: [
        `mkdir -p ${CACHE}/caches ${HOME}`,
        `cp -aT ${CACHE}/caches ${HOME}/caches`,
        `${gradle} imageDependencies`,
        `cp -aT ${HOME}/caches ${CACHE}/caches`,
      ],
    },
    package: { mounts: [], commands: [[gradle, build.task, ...build.excluded.map((task) => `-x ${task}`)].join(' ')] },
    env,
  };
}

function manifestCopies(build: GradleBuild): readonly CopyStep[] {
  if (!build.isMultiProject) {
    const files = build.scripts.filter((path) => /\.(?:gradle|kts|properties)$/.test(path));
    const folders = build.scripts.filter((path) => !files.includes(path));
    return [copy(files, './'), ...folders.map((path) => copy([path], path))];
  }
  const folders = build.scripts.filter((path) => !/\.(?:gradle|kts|properties)$/.test(path));
  return [
    { ...copy(['**/*.gradle', '**/*.gradle.kts', '**/gradle.properties'], './'), parents: true },
    ...folders.map((path) => copy([path], path)),
  ];
}

function copy(sources: readonly string[], target: string): CopyStep {
  return { from: null, sources, target, chmod: null, parents: false };
}

function cacheName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-') || 'app';
}
