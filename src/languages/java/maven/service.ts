import type { Fact } from '../../../model/fact.ts';
import type { Project } from '../../../model/project.ts';
import { joinPath, relativePath } from '../../../project/search.ts';
import { insideContext } from '../artefact.ts';
import type { MavenBuild } from '../build.ts';
import { type Dependency, findDependency, isAtLeast } from '../dependency.ts';
import { recognise } from '../framework.ts';
import type { Inputs } from '../inputs.ts';
import type { JavaService } from '../service.ts';
import { tomcatFor } from '../servlet.ts';
import { firstInSources, readSources, sourceFolders } from '../sources.ts';
import { readSettings } from '../spring.ts';
import { packaged } from './artefact.ts';
import { importedBoms, moduleDependencies } from './dependencies.ts';
import { type Flags, flagsOf } from './flags.ts';
import { compilerLevel } from './level.ts';
import { localLibraries, propertiesFiles, webDescriptor } from './local-files.ts';
import { artifactId, type Module, property } from './module.ts';
import { buildNotes } from './notes.ts';
import { gitFlags } from './placeholders.ts';
import { findPlugin, modulePlugins, setting, settingsNamed } from './plugins.ts';
import { profileFiles } from './profiles.ts';
import { builtWith, contextOf, moduleSelector, type Reactor, reactorOf } from './reactor.ts';
import { plainRepositories, privateRepositories } from './repositories.ts';
import { namedSettings, settingsVariables } from './settings.ts';
import { findWrapper, knowsQuietTransfer, type Wrapper } from './wrapper.ts';

/** `null` where there is no pom in the folder. */
export function readMavenService(project: Project, directory: string): JavaService | null {
  const path = joinPath(directory, 'pom.xml');
  const reactor = reactorOf(project, path);
  const module = reactor?.members.get(path)?.module;
  if (!reactor || !module) return null;
  const modules = builtWith(reactor, module, true);
  const context = contextOf(reactor);
  const found = findWrapper(project, [reactor.root.directory, context, directory]);
  const inputs = inputsOf(project, module, builtWith(reactor, module, false));
  const servlet = tomcatFor(inputs.dependencies, inputs.sources);
  const { artefact, from, main } = packaged(module, {
    bootVersion: inputs.bootVersion?.value ?? null,
    server: servlet,
    settings: inputs.settings,
    namesOutput: firstInSources(inputs.sources, /"(?:\.\/)?target\/classes\/?"/) !== null,
  });
  return {
    context,
    inputs,
    artefact: insideContext(artefact, context),
    artefactFrom: from,
    main,
    levels: highestFirst(modules.map(compilerLevel).filter((fact) => fact !== null)),
    build: buildOf(project, { reactor, module, modules, context, wrapper: found.wrapper, inputs }),
    notes: [found.note, ...buildNotes(project, reactor, modules)].filter((one) => one !== null),
  };
}

function highestFirst(levels: readonly Fact[]): readonly Fact[] {
  const major = (fact: Fact) => Number(/(?:1\.)?(\d+)/.exec(fact.value)?.[1] ?? 0);
  return [...levels].sort((a, b) => major(b) - major(a)).slice(0, 1);
}

function inputsOf(project: Project, module: Module, modules: readonly Module[]): Inputs {
  const dependencies = modules.flatMap((one) => [...moduleDependencies(one), ...importedBoms(one), ...parentsOf(one)]);
  const folders = modules.map((one) => one.pom.directory);
  return {
    directory: module.pom.directory,
    manifest: module.pom.path,
    name: artifactId(module),
    framework: recognise(dependencies).id,
    bootVersion: bootVersion(module, dependencies),
    dependencies,
    sources: readSources(
      project,
      modules.flatMap((one) => moduleSources(one)),
    ),
    settings: readSettings(
      project,
      folders.flatMap(resourceFolders),
      ['application', 'bootstrap', 'META-INF/microprofile-config'],
      (name) => property(module, name)?.value ?? null,
    ),
  };
}

/** A parent from a repository counts as a bill of materials: it names the framework and its version. */
function parentsOf(module: Module): readonly Dependency[] {
  const parent = module.remoteParent;
  if (!parent) return [];
  return [
    {
      group: parent.groupId,
      name: parent.artifactId,
      version: parent.version,
      scope: 'import',
      type: 'pom',
      classifier: null,
      place: parent.version?.from ?? module.pom.path,
    },
  ];
}

function bootVersion(module: Module, dependencies: readonly Dependency[]): Fact | null {
  const named = [
    /^org\.springframework\.boot:spring-boot-(?:starter-parent|dependencies)$/,
    /^org\.springframework\.boot:/,
  ];
  for (const pattern of named) {
    const versions = dependencies.filter((one) => pattern.test(`${one.group}:${one.name}`)).map((one) => one.version);
    const known = versions.find((version) => version && /^\d/.test(version.value));
    if (known) return known;
  }
  const plugin = findPlugin(modulePlugins(module), 'spring-boot-maven-plugin');
  return (
    plugin?.version ??
    (findDependency(dependencies, /^org\.springframework\.boot:/) ? property(module, 'spring-boot.version') : null)
  );
}

export function moduleSources(module: Module): readonly string[] {
  const own = module.chain
    .flatMap((pom) => pom.root.children.filter((child) => child.name === 'build'))
    .flatMap((build) => build.children.filter((child) => /^sourceDirectory$/.test(child.name)))
    .map((element) => joinPath(module.pom.directory, element.text.replaceAll(/\$\{(?:project\.)?basedir\}/g, '.')));
  const kotlin = setting(module, findPlugin(modulePlugins(module), 'kotlin-maven-plugin'), 'sourceDirs', 'sourceDir');
  const folders = [...sourceFolders(module.pom.directory), ...own.filter((one) => !one.includes('$'))];
  return [...new Set(kotlin ? [...folders, joinPath(module.pom.directory, kotlin.value)] : folders)];
}

function resourceFolders(directory: string): readonly string[] {
  return [joinPath(directory, 'src/main/resources'), joinPath(directory, 'config'), directory];
}

interface Parts {
  readonly reactor: Reactor;
  readonly module: Module;
  readonly modules: readonly Module[];
  readonly context: string;
  readonly wrapper: Wrapper | null;
  readonly inputs: Inputs;
}

/** Spring Boot's plugin took another property before 2.0. */
function oldBootFlags(early: readonly string[], inputs: Inputs): readonly string[] {
  const isOld = inputs.bootVersion !== null && !isAtLeast(inputs.bootVersion.value, '2.0');
  return isOld && early.includes('-Dspring-boot.repackage.skip=true') ? ['-Dskip=true'] : [];
}

function buildOf(project: Project, parts: Parts): MavenBuild {
  const { reactor, module, modules, context, wrapper } = parts;
  const flags = mergeFlags(modules.map(flagsOf));
  const root = reactor.root.directory;
  const settings = namedSettings(project, root);
  const folders = [...new Set([context, root])]
    .map((folder) => joinPath(folder, '.mvn'))
    .filter((path) => project.isDirectory(path));
  const files = settings && !settings.value.startsWith(joinPath(root, '.mvn')) ? [settings.value] : [];
  return {
    tool: 'maven',
    wrapper: wrapper && { directory: relativePath(context, wrapper.directory), command: wrapper.command },
    isQuiet: knowsQuietTransfer(wrapper),
    pom: reactor.root.path === joinPath(context, 'pom.xml') ? null : relativePath(context, reactor.root.path),
    selector: moduleSelector(reactor, module)?.value ?? null,
    profiles: profilesFor(reactor, module),
    isReactor: reactor.members.size > 1 || module.chain.length > 1,
    testFlag: modules.some(usesTestJars) ? '-DskipTests' : '-Dmaven.test.skip=true',
    alwaysFlags: [...flags.always, ...gitFlags(project, modules)],
    earlyFlags: [...flags.early, ...oldBootFlags(flags.early, parts.inputs)],
    unpredictable: flags.unpredictable?.name ?? null,
    settingsFiles: [...folders, ...files].map((path) => relativePath(context, path)),
    toolchain: modules.map(toolchainOf).find((version) => version !== null) ?? null,
    earlyFiles: earlyFiles(project, modules).map((path) => relativePath(context, path)),
    mirrors: modules
      .flatMap(plainRepositories)
      .map(({ id, url }) => ({ id, url }))
      .filter(isFirst),
    secretVariables: settings ? settingsVariables(project, settings.value) : [],
    needsUserSettings: modules.some((one) => privateRepositories(one).length > 0),
  };
}

/** maven-toolchains-plugin stops where no file tells it of a fitting JDK, also where Maven itself runs on one. */
function toolchainOf(module: Module): string | null {
  const plugin = findPlugin(modulePlugins(module), 'maven-toolchains-plugin');
  return plugin?.goals.includes('toolchain') ? (settingsNamed(module, plugin, 'version')[0]?.value ?? null) : null;
}

function mergeFlags(all: readonly Flags[]): Flags {
  return {
    always: [...new Set(all.flatMap((one) => one.always))],
    early: [...new Set(all.flatMap((one) => one.early))],
    places: all.flatMap((one) => one.places),
    unpredictable: all.find((one) => one.unpredictable)?.unpredictable ?? null,
  };
}

/** What Maven looks for in the project before it compiles anything. */
function earlyFiles(project: Project, modules: readonly Module[]): readonly string[] {
  const libraries = modules.flatMap((one) => localLibraries(project, one));
  const descriptors = modules.map((one) => webDescriptor(project, one)).filter((path) => path !== null);
  const conditions = modules.flatMap((one) => profileFiles(one.chain, one.surroundings));
  const properties = modules.flatMap((one) => propertiesFiles(project, one));
  return [...new Set([...libraries, ...descriptors, ...conditions, ...properties])];
}

function isFirst(one: { readonly id: string }, at: number, all: readonly { readonly id: string }[]): boolean {
  return all.findIndex((other) => other.id === one.id) === at;
}

/** Tests of one module that another one depends on must at least be compiled and packed. */
function usesTestJars(module: Module): boolean {
  const isTestJar = (one: Dependency) => one.type === 'test-jar' || one.classifier === 'tests';
  return (
    moduleDependencies(module).some(isTestJar) ||
    modulePlugins(module).some((plugin) => plugin.goals.includes('test-jar'))
  );
}

/** Profiles that the build needs: those that list the module, and Vaadin's, without which its pages are not built. */
function profilesFor(reactor: Reactor, module: Module): readonly string[] {
  const listed = reactor.members.get(module.pom.path)?.profile;
  const profiles = module.chain
    .flatMap((pom) => pom.root.children.filter((child) => child.name === 'profiles'))
    .flatMap((one) => one.children);
  const vaadin = profiles.find(
    (profile) =>
      profile.children.some((child) => child.name === 'id' && child.text === 'production') &&
      JSON.stringify(profile).includes('vaadin-maven-plugin'),
  );
  return [...(listed ? [listed] : []), ...(vaadin ? ['production'] : [])];
}
