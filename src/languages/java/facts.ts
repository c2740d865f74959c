import { UserError } from '../../errors.ts';
import type { Fact } from '../../model/fact.ts';
import type { Json } from '../../model/json.ts';
import type { EnvEntry } from '../../model/plan.ts';
import type { Project } from '../../model/project.ts';
import type { ServiceFacts } from '../../model/service.ts';
import { readXml } from '../../project/readers/xml.ts';
import { joinPath, relativePath } from '../../project/search.ts';
import type { Context } from '../language.ts';
import { hintedPort } from '../shared/ports.ts';
import type { Artefact } from './artefact.ts';
import type { Build } from './build.ts';
import { gradleNote, note } from './build-notes.ts';
import { javaCeiling } from './ceilings.ts';
import { javaFloors } from './floors.ts';
import { jdkFor } from './gradle/runs-on.ts';
import { readGradleService } from './gradle/service.ts';
import type { Inputs } from './inputs.ts';
import { keysAmongResources } from './keys.ts';
import { findMainClass, frameworkMain } from './main-class.ts';
import { readMavenService } from './maven/service.ts';
import { isBoundToPlatform, nativeLibrary } from './native.ts';
import { type Program, programOf } from './program.ts';
import { relativeFiles } from './relative-files.ts';
import type { JavaService } from './service.ts';
import { serviceNotes } from './service-notes.ts';
import { tomcatFloor } from './servlet.ts';
import { chooseVersion, DEFAULT_VERSION, type Floor, hintedVersions, toolDeclarations } from './versions.ts';
import { writableFolders } from './writable.ts';

export type JavaFacts = ServiceFacts & {
  readonly build: Build;
  readonly artefact: Artefact;
  /** major of the JDK that compiles, where it is not the runtime's: an old Gradle does not run on a new JDK */
  readonly jdk: string;
  readonly portVariable: string | null;
  readonly healthPort: number | null;
  readonly isTcp: boolean;
  readonly isGuarded: boolean;
  readonly env: readonly EnvEntry[];
  /** files of the project that the program reads at run time, relative to the context */
  readonly files: readonly string[];
  /** folders that the program writes to */
  readonly writable: readonly Fact[];
  /** a library with machine code for glibc; such an image must not be Alpine */
  readonly glibc: Fact | null;
  /** what the artefact's name was worked out from */
  readonly artefactFrom: Fact | null;
  readonly isPortable: boolean;
  /** keys that lie among the sources and are part of the program */
  readonly keys: readonly string[];
};

/** Every Java service: its build tool is Maven where there is a pom, otherwise Gradle. */
export function facts(project: Project, directory: string, context: Context): JavaFacts {
  const hasPom = project.isFile(joinPath(directory, 'pom.xml'));
  const service = (hasPom ? readMavenService(project, directory) : null) ?? readGradleService(project, directory);
  if (!service) throw unreadable(project, directory);
  const program = programOf(project, service.inputs, service.artefact);
  const java = javaVersion(project, service, context);
  const command = commandOf(service, program);
  const jdk = service.build.tool === 'gradle' ? jdkFor(service.build.version, java.version.value) : java.version.value;
  const writable = writableFolders(project, service.inputs, program.files);
  const keys = keysAmongResources(project, [directory]);
  const port = program.port ?? (program.kind === 'web' ? hintedPort(project, directory) : null);
  return {
    language: 'java',
    directory,
    context: service.context,
    name: service.inputs.name,
    kind: program.kind,
    version: java.version,
    port,
    healthPath: program.health.path,
    command,
    build: service.build,
    artefact: service.artefact,
    artefactFrom: service.artefactFrom,
    jdk,
    ...runFacts(program),
    files: filesOf(project, service, program),
    writable,
    glibc: nativeLibrary(service.inputs.dependencies),
    isPortable: !isBoundToPlatform(service.inputs.dependencies),
    keys: keys.map(({ path }) => relativePath(service.context, path)),
    summary: summaryOf(service, java.version, command, port),
    notes: [
      ...java.notes,
      ...service.notes,
      ...serviceNotes(service, program, command),
      ...keys
        .filter(({ isPublic }) => !isPublic)
        .map(({ path }) => note('key-in-image', 'warning', path, { file: path })),
      ...(service.build.tool === 'gradle' ? [gradleNote(service.build, java.version, jdk)] : []),
    ].filter((one) => one !== null),
  };
}

function runFacts(program: Program) {
  const { port, isTcp, isGuarded } = program.health;
  return { portVariable: program.variable, healthPort: port, isTcp, isGuarded, env: program.env };
}

/** Files that the program reads at run time, seen from the build context. */
function filesOf(project: Project, { inputs, context }: JavaService, program: Program): readonly string[] {
  const named = relativeFiles(project, inputs).map((path) => joinPath(inputs.directory, path));
  return [...program.files, ...named].map((path) => relativePath(context, path));
}

function javaVersion(project: Project, service: JavaService, context: Context) {
  const folders = [service.inputs.directory, service.context];
  return chooseVersion(
    {
      levels: service.levels,
      tools: toolDeclarations(project, folders),
      hints: hintedVersions(project, folders),
      floors: [...javaFloors(service.inputs.dependencies), ...serverFloor(service)],
      ceiling: javaCeiling(service.inputs.dependencies) ?? gradleCeiling(service),
      manifest: service.inputs.manifest,
    },
    context.today,
  );
}

/** The newest Java that the project's Gradle runs on: a project that declares none is not given a newer one. */
function gradleCeiling({ build, inputs }: JavaService): Fact | null {
  if (build.tool !== 'gradle') return null;
  const jdk = jdkFor(build.version, DEFAULT_VERSION);
  return jdk === DEFAULT_VERSION ? null : { value: jdk, from: inputs.manifest };
}

function serverFloor({ artefact, inputs }: JavaService): readonly Floor[] {
  return artefact.kind === 'war' ? [tomcatFloor(artefact.server, inputs.manifest)] : [];
}

/** The program in exec form; `null` where its main class is open. */
function commandOf(service: JavaService, program: Program): Fact<readonly string[]> | null {
  const { artefact, inputs } = service;
  const named = service.artefactFrom;
  const place = named ? { from: named.from, holds: named.holds ?? named.value } : { from: inputs.manifest };
  const fixed = (words: readonly string[]) => ({
    value: ['java', ...program.options, ...words, ...program.arguments],
    ...place,
  });
  switch (artefact.kind) {
    case 'boot':
      return fixed(artefact.mode === 'tools' ? ['-jar', 'app.jar'] : [artefact.launcher]);
    case 'quarkus':
      return fixed(['-jar', 'quarkus-run.jar']);
    case 'war':
      return { value: ['catalina.sh', 'run'], ...place };
    case 'jar':
      if (artefact.hasMain) return fixed(['-jar', `app${artefact.file.ending}`]);
      return mainCommand(service, program, 'app.jar');
    case 'classes':
      return mainCommand(service, program, `${artefact.home}:lib/*`);
    case 'distribution':
      return mainCommand(service, program, 'lib/*');
  }
}

function mainCommand(service: JavaService, program: Program, classPath: string): Fact<readonly string[]> | null {
  const { sources, name } = service.inputs;
  const own = sources.filter((source) => source.path.startsWith(folderPrefix(service.inputs)));
  const main =
    service.main ??
    findMainClass(own, name.value) ??
    findMainClass(sources, name.value) ??
    frameworkMain(service.inputs.dependencies);
  if (!main) return null;
  return {
    value: ['java', ...program.options, '-cp', classPath, main.value, ...program.arguments],
    from: main.from,
    holds: main.holds ?? main.value,
  };
}

function folderPrefix(inputs: Inputs): string {
  return inputs.directory === '.' ? '' : `${inputs.directory}/`;
}

function summaryOf(
  service: JavaService,
  version: Fact,
  command: Fact<readonly string[]> | null,
  port: Fact<number> | null,
): readonly { readonly label: string; readonly fact: Fact<Json> }[] {
  return [
    { label: 'Name', fact: service.inputs.name },
    { label: 'Java', fact: version },
    ...(service.inputs.bootVersion ? [{ label: 'Spring Boot', fact: service.inputs.bootVersion }] : []),
    ...(command ? [{ label: 'Command', fact: command }] : []),
    ...(port ? [{ label: 'Port', fact: port }] : []),
  ];
}

/** A build file that was taken for evidence and cannot be used; a pom that is no XML is named with its line. */
function unreadable(project: Project, directory: string): UserError {
  readXml(project, joinPath(directory, 'pom.xml'));
  return new UserError(
    'nothing-recognised',
    `The build files in ${directory} describe no Java service that could be read.`,
    'Mend the build file, or name the directory of the service with --service.',
  );
}
