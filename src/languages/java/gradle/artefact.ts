import type { Fact } from '../../../model/fact.ts';
import { joinPath } from '../../../project/search.ts';
import { type Artefact, bootArtefact, type JarFile, type TomcatVersion } from '../artefact.ts';
import { isAtLeast } from '../dependency.ts';
import type { Settings } from '../spring.ts';
import { blocks, firstInScripts, type Script, withoutBraces } from './script.ts';
import { fillIn, type Values } from './values.ts';

/** What a Gradle project makes, the task that makes it, and the class that the scripts name as the program. */
export interface GradlePackaged {
  readonly artefact: Artefact;
  readonly task: string;
  readonly from: Fact | null;
  readonly main: Fact | null;
}

interface Packaging {
  readonly directory: string;
  readonly name: string;
  readonly scripts: readonly Script[];
  readonly plugins: ReadonlySet<string>;
  readonly values: Values;
  readonly bootVersion: string | null;
  readonly server: TomcatVersion;
  /** `application.properties` and the like */
  readonly settings: Settings;
}

const SHADOW = ['com.gradleup.shadow', 'com.github.johnrengel.shadow', 'io.github.goooler.shadow'];
const APPLICATION = ['application', 'io.ktor.plugin', 'io.micronaut.application', 'io.micronaut.minimal.application'];

/** Follows the plugins that make a project executable; without any of them its classes and libraries are run as they are. */
export function gradlePackaged(packaging: Packaging): GradlePackaged {
  const { directory, plugins, scripts, values } = packaging;
  const has = (ids: readonly string[]) => ids.some((id) => plugins.has(id));
  const main = mainClass(scripts, values);
  const result = (artefact: Artefact, task: string): GradlePackaged => ({ artefact, task, from: main, main });
  if (has(['org.springframework.boot'])) return result(...repackaged(packaging));
  if (has(['io.quarkus'])) return result(quarkusArtefact(packaging), 'quarkusBuild');
  if (has(['war', 'org.gretty'])) return result(warArtefact(packaging), 'war');
  if (has(APPLICATION)) return result(distribution(packaging), 'installDist');
  if (has(SHADOW))
    return result({ kind: 'jar', file: jarFile(packaging, 'shadowJar', 'all'), hasMain: main !== null }, 'shadowJar');
  if (isFatJar(scripts))
    return result({ kind: 'jar', file: jarFile(packaging, 'jar', ''), hasMain: main !== null }, 'jar');
  const classes = joinPath(directory, 'build/image/classes');
  return result(
    { kind: 'classes', classes, libraries: joinPath(directory, 'build/image/lib'), home: 'classes' },
    'imageFiles',
  );
}

function repackaged(packaging: Packaging): readonly [Artefact, string] {
  const isWar = packaging.plugins.has('war');
  const task = isWar ? 'bootWar' : 'bootJar';
  const version = packaging.bootVersion;
  // The task was called bootRepackage before 2.0.
  if (version !== null && !isAtLeast(version, '2.0')) {
    return [{ kind: 'jar', file: jarFile(packaging, 'jar', ''), hasMain: true }, 'bootRepackage'];
  }
  const isUnusual = /layered\s*\{[^}]*enabled\s*=\s*false|\blaunchScript\s*[({]/;
  const hasLayers = firstInScripts(packaging.scripts, isUnusual) === null;
  return [bootArtefact(jarFile(packaging, task, ''), version, hasLayers), task];
}

/** The one jar of `uber-jar` lies in `build` itself. */
function quarkusArtefact({ directory, settings }: Packaging): Artefact {
  const type = settings('quarkus.package.jar.type') ?? settings('quarkus.package.type');
  if (type?.value !== 'uber-jar') return { kind: 'quarkus', directory: joinPath(directory, 'build/quarkus-app') };
  const file: JarFile = { directory: joinPath(directory, 'build'), name: null, ending: '.jar' };
  return { kind: 'jar', file, hasMain: true };
}

/** `installDist` puts every library and the project's own jar into one folder. */
function distribution(packaging: Packaging): Artefact {
  // A task for further start scripts has such a name too, and does not change the folder.
  const settings = packaging.scripts.flatMap((script) => [withoutBraces(script), blocks(script, 'application')]);
  const named = firstInScripts(settings, /\bapplicationName\s*=\s*["']([^"'$]+)["']/);
  return {
    kind: 'distribution',
    directory: joinPath(packaging.directory, 'build/install', named?.value ?? packaging.name, 'lib'),
  };
}

function warArtefact(packaging: Packaging): Artefact {
  return { kind: 'war', from: jarFile(packaging, 'war', ''), server: packaging.server };
}

/**
 * `build/libs/<base name>-<version>-<classifier>.jar`, or what the scripts call it. The task makes nothing else there, so an
 * unknown name is no risk.
 */
function jarFile(packaging: Packaging, task: string, classifier: string): JarFile {
  const ending = task === 'bootWar' || task === 'war' ? '.war' : '.jar';
  const directory = joinPath(packaging.directory, 'build/libs');
  const inTask = packaging.scripts.map((script) => blocks(script, task));
  const set = (name: string) =>
    firstInScripts(inTask, new RegExp(`\\b${name}(?:\\.set\\(|\\s*=|\\s)\\s*["']([^"']*)["']`)) ??
    firstInScripts(
      packaging.scripts,
      new RegExp(`\\b${task}[.\\s{>(]+[^\\n]*?\\b${name}(?:\\.set\\(|\\s*=)\\s*["']([^"']*)["']`),
    );
  const isSetOtherwise = [
    'archiveFileName',
    'archiveName',
    'archiveBaseName',
    'archiveVersion',
    'archiveClassifier',
    'baseName',
    'classifier',
    'archivesName',
    'archivesBaseName',
    'destinationDirectory',
    'layout.buildDirectory',
    'buildDir',
  ].some((name) => firstInScripts(packaging.scripts, new RegExp(`\\b${name}\\b`)) !== null);
  const whole = set('archiveFileName') ?? set('archiveName');
  const filled = whole && fillIn(whole, packaging.values);
  if (whole) return { directory, name: filled?.value ?? null, ending };
  if (isSetOtherwise) return { directory, name: null, ending };
  const version = projectVersion(packaging);
  if (version === null) return { directory, name: null, ending };
  const parts = [packaging.name, version, classifier].filter((part) => part !== '');
  return { directory, name: `${parts.join('-')}${ending}`, ending };
}

/** Empty where no version is set at all, `null` where it is set in a way that is not understood. */
function projectVersion(packaging: Packaging): string | null {
  const literal = firstInScripts(packaging.scripts, /^\s*(?:project\.)?version\s*(?:=\s*)?["']([^"']+)["']\s*$/m);
  if (literal) return fillIn(literal, packaging.values)?.value ?? null;
  const computed = firstInScripts(packaging.scripts, /^\s*(?:project\.)?version\s*=\s*(\S+)/m);
  if (computed) return packaging.values(computed.value)?.value ?? null;
  return packaging.values('gradle.properties:version')?.value ?? '';
}

function mainClass(scripts: readonly Script[], values: Values): Fact | null {
  const forms = [
    /\bmainClass(?:Name)?\s*(?:\.set\(|=|\s)\s*["']([\w.$]+)["']/,
    /["']?Main-Class["']?\s*(?:\]?\s*[:=]|to|,)\s*["']([\w.$]+)["']/,
    /\bmainClass(?:Name)?\s*=\s*["'](\$\{?[\w.]+\}?)["']/,
  ];
  for (const form of forms) {
    const found = firstInScripts(scripts, form);
    const fact = found && fillIn(found, values);
    if (fact) return fact;
  }
  const variable = firstInScripts(scripts, /\bmainClass(?:Name)?\s*(?:\.set\(|=)\s*([a-z]\w+)\b/);
  return variable && values(variable.value);
}

function isFatJar(scripts: readonly Script[]): boolean {
  return scripts.some(
    (script) =>
      /zipTree/.test(script.text) && /(?:runtimeClasspath|configurations\.(?:compile|runtime))/.test(script.text),
  );
}
