import type { Fact } from '../../../model/fact.ts';
import { joinPath } from '../../../project/search.ts';
import { type Artefact, bootArtefact, type JarFile, type TomcatVersion } from '../artefact.ts';
import type { Settings } from '../spring.ts';
import { type Module, packaging, property } from './module.ts';
import { findPlugin, modulePlugins, type Plugin, rawSetting, setting, settingsNamed } from './plugins.ts';

/** What Maven leaves in `target`, and the class that the poms name as the program. */
export interface Packaged {
  readonly artefact: Artefact;
  /** what the artefact's name was worked out from */
  readonly from: Fact | null;
  readonly main: Fact | null;
}

/** What other files say about the packaging. */
export interface PackagingContext {
  readonly bootVersion: string | null;
  /** Tomcat for a plain war */
  readonly server: TomcatVersion;
  /** `application.properties` and the like */
  readonly settings: Settings;
  /** the code itself names the folder of its classes, as programs with an embedded Tomcat do */
  readonly namesOutput: boolean;
}

/** Follows the plugins that make a module executable; without any of them its classes and libraries are run as they are. */
export function packaged(module: Module, context: PackagingContext): Packaged {
  const plugins = modulePlugins(module);
  const main = declaredMain(module, plugins);
  const name = property(module, 'project.build.finalName');
  const result = (artefact: Artefact): Packaged => ({ artefact, from: name, main });
  const boot = findPlugin(plugins, 'spring-boot-maven-plugin');
  const ending = packaging(module) === 'war' ? '.war' : '.jar';
  if (boot && repackages(module, boot)) return result(repackaged(module, boot, context.bootVersion, name, ending));
  const quarkus = findPlugin(plugins, 'quarkus-maven-plugin');
  if (quarkus) return result(quarkusArtefact(module, context.settings, name));
  const vertx = findPlugin(plugins, 'vertx-maven-plugin');
  if (vertx?.goals.includes('package')) return result(vertxArtefact(module, name));
  if (ending === '.war') return result(warArtefact(module, plugins, name, context.server));
  const fat = shaded(module, plugins, name) ?? assembled(module, plugins, name);
  if (fat) return result({ kind: 'jar', file: fat.file, hasMain: fat.hasMain });
  return result({
    kind: 'classes',
    classes: joinPath(module.pom.directory, 'target/classes'),
    libraries: joinPath(module.pom.directory, 'target/dependency'),
    home: context.namesOutput ? 'target/classes' : 'classes',
  });
}

function jarFile(
  module: Module,
  base: string | null,
  suffix: string,
  ending: JarFile['ending'],
  directory = 'target',
): JarFile {
  const name = base === null ? null : `${base}${suffix}${ending}`;
  return { directory: joinPath(module.pom.directory, directory), name, ending };
}

/** The plugin leaves the application unpacked beside the war: that folder is what the image takes. */
function warArtefact(
  module: Module,
  plugins: readonly Plugin[],
  finalName: Fact | null,
  server: TomcatVersion,
): Artefact {
  const war = findPlugin(plugins, 'maven-war-plugin');
  const own = rawSetting(war, 'webappDirectory');
  const path = own ? setting(module, war, 'webappDirectory')?.value : finalName && `target/${finalName.value}`;
  const cut = path?.lastIndexOf('/') ?? -1;
  const directory = joinPath(module.pom.directory, path && cut !== -1 ? path.slice(0, cut) : 'target');
  return { kind: 'war', from: { directory, folder: path ? path.slice(cut + 1) : null }, server };
}

/** Spring Boot's parent binds `repackage` wherever its plugin stands; without that parent, an execution must. */
function repackages(module: Module, boot: Plugin): boolean {
  if (setting(module, boot, 'skip')?.value === 'true') return false;
  return boot.goals.includes('repackage') || module.remoteParent !== null;
}

function repackaged(
  module: Module,
  boot: Plugin,
  version: string | null,
  finalName: Fact | null,
  ending: JarFile['ending'],
): Artefact {
  const classifier = setting(module, boot, 'classifier')?.value;
  const isClassifierUnknown = rawSetting(boot, 'classifier') !== null && classifier === undefined;
  const base = isClassifierUnknown ? null : (finalName?.value ?? null);
  const output = setting(module, boot, 'outputDirectory')?.value;
  const file = jarFile(module, base, classifier ? `-${classifier}` : '', ending, output);
  return bootArtefact(file, version, hasUsualLayers(module, boot));
}

function hasUsualLayers(module: Module, boot: Plugin): boolean {
  const set = (...names: readonly string[]) => setting(module, boot, ...names)?.value;
  const hasTools = set('includeTools') !== 'false' && set('layers', 'includeLayerTools') !== 'false';
  const isUsual = set('layers', 'enabled') !== 'false' && rawSetting(boot, 'layers', 'configuration') === null;
  return hasTools && isUsual && set('executable') !== 'true';
}

function quarkusArtefact(module: Module, settings: Settings, finalName: Fact | null): Artefact {
  const set = (name: string) => property(module, name) ?? settings(name);
  const type = set('quarkus.package.jar.type') ?? set('quarkus.package.type');
  const directory = set('quarkus.package.output-directory')?.value ?? 'quarkus-app';
  if (type?.value !== 'uber-jar')
    return { kind: 'quarkus', directory: joinPath(module.pom.directory, 'target', directory) };
  return { kind: 'jar', file: jarFile(module, finalName?.value ?? null, '-runner', '.jar'), hasMain: true };
}

/** vertx-maven-plugin: a fat jar in the place of the module's own, which a launcher of Vert.x starts. */
function vertxArtefact(module: Module, finalName: Fact | null): Artefact {
  return { kind: 'jar', file: jarFile(module, finalName?.value ?? null, '', '.jar'), hasMain: true };
}

interface FatJar {
  readonly file: JarFile;
  /** the manifest names a class, as far as the poms tell */
  readonly hasMain: boolean;
}

/** maven-shade-plugin: it replaces the module's jar, or stands beside it with a classifier, a name or a path of its own. */
function shaded(module: Module, plugins: readonly Plugin[], finalName: Fact | null): FatJar | null {
  const shade = findPlugin(plugins, 'maven-shade-plugin');
  const inherits = ['spring-boot-starter-parent', 'micronaut-parent'].includes(module.remoteParent?.artifactId ?? '');
  const isMicronaut =
    module.remoteParent?.artifactId === 'micronaut-parent' && findPlugin(plugins, 'micronaut-maven-plugin') !== null;
  if (!isMicronaut && !(shade && (shade.goals.includes('shade') || inherits))) return null;
  const hasMain =
    isMicronaut ||
    settingsNamed(module, shade, 'mainClass').length > 0 ||
    settingsNamed(module, shade, 'Main-Class').length > 0 ||
    jarMain(module, plugins) !== null;
  const output = rawSetting(shade, 'outputFile');
  if (output) return { file: filePath(module, setting(module, shade, 'outputFile')?.value ?? null), hasMain };
  const base = rawSetting(shade, 'finalName') ? setting(module, shade, 'finalName') : finalName;
  const isAttached = setting(module, shade, 'shadedArtifactAttached')?.value === 'true';
  const classifier = setting(module, shade, 'shadedClassifierName')?.value ?? 'shaded';
  return { file: jarFile(module, base?.value ?? null, isAttached ? `-${classifier}` : '', '.jar'), hasMain };
}

/** maven-assembly-plugin with its ready-made descriptor, where the build runs it; a descriptor of the project's own makes anything. */
function assembled(module: Module, plugins: readonly Plugin[], finalName: Fact | null): FatJar | null {
  const assembly = findPlugin(plugins, 'maven-assembly-plugin');
  const isBound = assembly?.goals.some((goal) => goal === 'single' || goal === 'assembly') === true;
  const descriptor = settingsNamed(module, assembly, 'descriptorRef').some(
    (one) => one.value === 'jar-with-dependencies',
  );
  if (!isBound || !descriptor) return null;
  const base = rawSetting(assembly, 'finalName') ? setting(module, assembly, 'finalName') : finalName;
  const hasId = setting(module, assembly, 'appendAssemblyId')?.value !== 'false';
  return {
    file: jarFile(module, base?.value ?? null, hasId ? '-jar-with-dependencies' : '', '.jar'),
    hasMain:
      settingsNamed(module, assembly, 'mainClass').length > 0 ||
      settingsNamed(module, assembly, 'Main-Class').length > 0,
  };
}

function filePath(module: Module, path: string | null): JarFile {
  const cut = path?.lastIndexOf('/') ?? -1;
  return {
    directory: joinPath(module.pom.directory, cut === -1 ? '.' : (path ?? '').slice(0, cut)),
    name: path === null ? null : path.slice(cut + 1),
    ending: '.jar',
  };
}

function jarMain(module: Module, plugins: readonly Plugin[]): Fact | null {
  const jar = findPlugin(plugins, 'maven-jar-plugin');
  return (
    setting(module, jar, 'archive', 'manifest', 'mainClass') ??
    setting(module, jar, 'archive', 'manifestEntries', 'Main-Class')
  );
}

/** Plugins that name the class to start, those that make an artefact first; then properties that people use for it. */
const NAMING_PLUGINS = [
  'maven-jar-plugin',
  'maven-shade-plugin',
  'maven-assembly-plugin',
  'spring-boot-maven-plugin',
  'exec-maven-plugin',
  'appassembler-maven-plugin',
  'jib-maven-plugin',
  'vertx-maven-plugin',
  'onejar-maven-plugin',
  'maven-war-plugin',
];
const NAMING_PROPERTIES = [
  'exec.mainClass',
  'start-class',
  'mainClass',
  'main.class',
  'main.java.class',
  'app.main.class',
];

function declaredMain(module: Module, plugins: readonly Plugin[]): Fact | null {
  for (const name of NAMING_PLUGINS) {
    const plugin = findPlugin(plugins, name);
    const fact = ['mainClass', 'Main-Class', 'mainclass'].flatMap((one) => settingsNamed(module, plugin, one))[0];
    if (fact && isClassName(fact.value)) return fact;
  }
  return (
    NAMING_PROPERTIES.map((name) => property(module, name)).find((fact) => fact !== null && isClassName(fact.value)) ??
    null
  );
}

function isClassName(text: string): boolean {
  return /^[\p{L}_$][\p{L}\d_$]*(?:\.[\p{L}_$][\p{L}\d_$]*)*$/u.test(text);
}
