import { checkPair, namedImage } from '../../images/choose.ts';
import type { Note } from '../../model/fact.ts';
import type { CopyStep, EnvEntry, HealthCheck, ImagePlan, Origin, RunStep } from '../../model/plan.ts';
import type { Answers } from '../../model/question.ts';
import { joinPath, relativePath } from '../../project/search.ts';
import { parseCommand } from '../../wizard/answers.ts';
import type { Context } from '../language.ts';
import { note } from './build-notes.ts';
import type { JavaFacts } from './facts.ts';
import { gradleSteps } from './gradle/steps.ts';
import { ignoreGroups } from './ignore.ts';
import { images } from './images.ts';
import { type Layout, layoutOf } from './layout.ts';
import { mavenSteps } from './maven/steps.ts';
import type { BuildSteps } from './steps.ts';

/** What only the Java templates read. */
export type JavaParts = {
  readonly tool: readonly CopyStep[];
  readonly fetch: RunStep | null;
  readonly manifests: readonly CopyStep[];
  readonly dependencies: RunStep;
  readonly package: RunStep;
  /** Gradle has no task of its own that collects classes and libraries */
  readonly collects: boolean;
  /** for Maven: repositories under another address */
  readonly mirrors: readonly { readonly id: string; readonly url: string }[];
  /** for Maven: the JDK of the image under the version that the project asks for; `null`: it does not ask */
  readonly toolchain: { readonly version: string } | null;
  /** compiles the probe of the health check; `null`: there is none */
  readonly probe: RunStep | null;
};

/**
 * A home, since the numeric user has none and Java would take `?`; room for what is not heap; and a JVM out of memory ends, so that it is started anew, instead of limping on. Java 8 reads
 * the percentage only with its decimal point.
 */
const JVM: EnvEntry = {
  name: 'JAVA_TOOL_OPTIONS',
  value: '-Duser.home=/tmp -XX:MaxRAMPercentage=75.0 -XX:+ExitOnOutOfMemoryError',
};

export function plan(facts: JavaFacts, answers: Answers, _context: Context): ImagePlan<JavaParts> {
  const choices = images(facts);
  const build = namedImage(choices.build, answers['build-image'] ?? '');
  const runtime = namedImage(choices.runtime, answers['runtime-image'] ?? '');
  checkPair(build, runtime, true);
  const program = runtime.known ? (runtime.image.program ?? 'java') : 'java';
  const health = healthCheck(facts, answers, program);
  const layout = layoutOf(facts.artefact);
  const steps = buildSteps(facts, build.reference);
  return {
    template: `java/${facts.build.tool}`,
    language: 'java',
    name: facts.name.value,
    kind: facts.kind,
    directory: facts.directory,
    context: facts.context,
    dockerfile: joinPath(facts.context, 'Dockerfile'),
    build: {
      image: build.reference,
      // Byte code is the same everywhere, so it is compiled once, without emulation.
      platform: facts.isPortable ? '$BUILDPLATFORM' : null,
      workdir: '/app',
      env: steps.env,
      packages: null,
    },
    runtime: {
      image: runtime.reference,
      workdir: layout.workdir,
      env: [JVM, ...facts.env],
      packages: null,
      copies: runtimeCopies(facts, layout, health !== null),
      user: `${runtime.image.uid}:${runtime.image.gid}`,
      port: facts.kind === 'web' ? Number(answers['port']) : null,
      health,
      stopSignal: null,
      entrypoint: entrypoint(facts, answers, program),
      command: null,
    },
    parts: {
      tool: steps.tool,
      fetch: steps.fetch,
      manifests: steps.manifests,
      dependencies: steps.dependencies,
      package: {
        ...steps.package,
        commands: [...steps.package.commands, ...layout.commands, ...folderCommands(facts, layout)],
      },
      mirrors: facts.build.tool === 'maven' ? facts.build.mirrors : [],
      toolchain: toolchain(facts),
      collects: facts.build.tool === 'gradle' && facts.artefact.kind === 'classes',
      probe: health ? { mounts: [], commands: [compileProbe(facts)] } : null,
    },
    ignore: ignoreGroups(facts),
    origins: originsOf(facts),
    notes: writableNotes(facts, layout),
  };
}

/** Of a range, the JDK of the image is in it: that is how it was chosen. */
function toolchain({ build, jdk }: JavaFacts): { readonly version: string } | null {
  if (build.tool === 'gradle' || build.toolchain === null) return null;
  return { version: /^[\d._]+$/.test(build.toolchain) ? build.toolchain : jdk };
}

/** The wrapper is used with a JDK; an image that has the build tool inside uses that. */
function buildSteps(facts: JavaFacts, image: string): BuildSteps {
  const name = image.slice(0, image.lastIndexOf(':') > image.lastIndexOf('/') ? image.lastIndexOf(':') : undefined);
  const usesWrapper = facts.build.wrapper !== null && !/(?:maven|gradle|mvn)$/.test(name);
  if (facts.build.tool === 'gradle') return gradleSteps(facts.build, facts.name.value, usesWrapper);
  return mavenSteps(facts.build, facts.name.value, facts.artefact.kind === 'classes', usesWrapper);
}

/** In exec form, with the path of the JVM, since an image without a shell may not have it on its PATH. */
function entrypoint(facts: JavaFacts, answers: Answers, program: string): readonly string[] {
  const words = parseCommand(answers['command'] ?? '');
  if (facts.artefact.kind === 'war') return words;
  return words.map((word, at) => (at === 0 && word === 'java' ? program : word));
}

function runtimeCopies(facts: JavaFacts, layout: Layout, hasProbe: boolean): readonly CopyStep[] {
  const copy = (from: string | null, source: string, target: string): CopyStep => ({
    from,
    sources: [source],
    target,
    chmod: null,
    parents: false,
  });
  return [
    ...(hasProbe ? [copy('health', '/health', '/health')] : []),
    ...(facts.writable.length > 0 ? [copy('build', '/writable/', '/')] : []),
    ...layout.copies,
    ...facts.files.map((file) => copy(null, file, fileTarget(facts, file))),
  ];
}

/** Beside the program, at the path that the code names: seen from the service, not from the context. */
function fileTarget(facts: JavaFacts, file: string): string {
  const service = relativePath(facts.context, facts.directory);
  const own = relativePath(service, file);
  return own.includes('/') || !/\.\w+$/.test(own) ? `./${own}` : './';
}

/** Where the program writes, in the words of the image: what runs it on a read-only root mounts something there. */
function writableNotes(facts: JavaFacts, layout: Layout): readonly Note[] {
  const own = facts.writable.map((fact) =>
    note('writable-folder', 'info', fact.from, { folder: inImage(layout, fact.value) }),
  );
  if (facts.artefact.kind !== 'war') return own;
  const folders = ['temp', 'work', 'logs'].map((folder) => inImage(layout, folder)).join(', ');
  return [...own, note('writable-folders-of-tomcat', 'info', facts.name.from, { folders })];
}

function inImage(layout: Layout, folder: string): string {
  return folder.startsWith('/') ? folder : `/${joinPath(layout.workdir, folder)}`;
}

/** Made with the sticky bit, as /tmp is: any user may add files there, and nobody can take those of root away. */
function folderCommands(facts: JavaFacts, layout: Layout): readonly string[] {
  if (facts.writable.length === 0) return [];
  const folders = facts.writable.map(({ value }) => inImage(layout, value));
  return [
    `install -d -m 1777 ${folders.map((folder) => joinPath('/writable', folder).replace(/^\/?/, '/')).join(' ')}`,
  ];
}

function compileProbe(facts: JavaFacts): string {
  const isNewer = Number(facts.jdk) > Number(facts.version.value);
  return isNewer ? `javac --release ${facts.version.value} Health.java` : 'javac Health.java';
}

/** The probe asks from inside, where nothing but the JVM is needed; its heap is small and it starts in a tenth of a second. */
function healthCheck(facts: JavaFacts, answers: Answers, program: string): HealthCheck | null {
  if (facts.kind !== 'web') return null;
  const path = answers['health-path'] ?? '/';
  const port = facts.healthPort ?? answers['port'] ?? '';
  const variable = facts.healthPort === null ? facts.portVariable : null;
  const isStrict = (facts.healthPath !== null || path !== '/') && !facts.isGuarded;
  const target = facts.isTcp && path === '/' ? [] : [path, isStrict ? '400' : '500'];
  return {
    command: [
      facts.artefact.kind === 'war' ? 'java' : program,
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-Xmx16m',
      '-cp',
      '/health',
      'Health',
      variable ?? '-',
      String(port),
      ...target,
    ],
    interval: '30s',
    timeout: '5s',
    startPeriod: '60s',
    retries: 3,
  };
}

function originsOf(facts: JavaFacts): Readonly<Record<string, Origin>> {
  const known = <T>(fact: T | null): readonly T[] => (fact === null ? [] : [fact]);
  return {
    'build.image': { rule: 'build-image', facts: [facts.version] },
    'runtime.image': { rule: 'runtime-image', facts: [facts.version] },
    'runtime.port': { rule: 'port', facts: known(facts.port) },
    'runtime.health': { rule: 'health-check', facts: [...known(facts.port), ...known(facts.healthPath)] },
    'runtime.entrypoint': { rule: 'direct-command', facts: known(facts.command) },
    'parts.dependencies': { rule: 'dependencies-first', facts: [facts.name] },
    'parts.package': { rule: 'build-command', facts: known(facts.artefactFrom) },
  };
}
