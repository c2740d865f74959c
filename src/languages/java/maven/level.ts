import type { Fact } from '../../../model/fact.ts';
import { isAtLeast } from '../dependency.ts';
import { javaMajor } from '../versions.ts';
import { type Module, property } from './module.ts';
import { findPlugin, modulePlugins, type Plugin, setting, settingsNamed } from './plugins.ts';

/**
 * The Java level that a module is compiled for, in Maven's own order: the compiler plugin's settings, `release` before
 * `target` and `source`, then the properties, then what a well-known parent sets. `null` where nothing says it.
 */
export function compilerLevel(module: Module): Fact | null {
  const compiler = findPlugin(modulePlugins(module), 'maven-compiler-plugin');
  const settings = ['release', 'target', 'source'].map((name) => setting(module, compiler, name));
  const properties = [
    'maven.compiler.release',
    ...parentLevels(module),
    'maven.compiler.target',
    'maven.compiler.source',
  ];
  const kotlin = settingsNamed(module, findPlugin(modulePlugins(module), 'kotlin-maven-plugin'), 'jvmTarget');
  return (
    [
      ...settings,
      ...properties.map((name) => property(module, name)),
      ...kotlin,
      property(module, 'kotlin.compiler.jvmTarget'),
    ].find(isLevel) ??
    conventional(module) ??
    parentDefault(module) ??
    pluginDefault(module, compiler)
  );
}

/** What an old compiler plugin compiles for where nothing else is said; newer JDKs refuse these levels. */
const PLUGIN_LEVELS = [
  ['3.11', null],
  ['3.9', '7'],
  ['3.8', '6'],
  ['2.0', '5'],
] as const;

function pluginDefault(module: Module, compiler: Plugin | null): Fact | null {
  const version = compiler?.version;
  const isJava = !['kotlin-maven-plugin', 'scala-maven-plugin'].some((name) => findPlugin(modulePlugins(module), name));
  const level = version && isJava && PLUGIN_LEVELS.find(([since]) => isAtLeast(version.value, since))?.[1];
  return version && level ? { value: level, from: version.from, holds: version.holds ?? version.value } : null;
}

function isLevel(fact: Fact | null): fact is Fact {
  return fact !== null && javaMajor(fact.value) !== null;
}

/** Spring Boot's parent sets `release` from `java.version` since 3.0, and so wins over `target`; Micronaut's uses `jdk.version`. */
function parentLevels(module: Module): readonly string[] {
  const parent = module.remoteParent;
  if (parent?.artifactId === 'spring-boot-starter-parent' && isAtLeast(parent.version?.value ?? '', '3.0'))
    return ['java.version'];
  if (parent?.artifactId === 'micronaut-parent') return ['release.version', 'jdk.version'];
  return [];
}

/** Names that people give the property that their compiler settings lean on. */
function conventional(module: Module): Fact | null {
  const names = [
    'java.version',
    'jdk.version',
    'java.release',
    'javaVersion',
    'java.source.version',
    'project.java.version',
  ];
  return names.map((name) => property(module, name)).find(isLevel) ?? null;
}

/** Levels of parents that are not in the project, by their major version; read in the parents' poms. */
const PARENT_LEVELS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'spring-boot-starter-parent': [
    ['3.0', '17'],
    ['2.0', '8'],
    ['1.0', '6'],
  ],
  'micronaut-parent': [
    ['4.0', '17'],
    ['1.0', '8'],
  ],
  'helidon-se': [
    ['4.0', '21'],
    ['3.0', '17'],
    ['2.0', '11'],
  ],
  'helidon-mp': [
    ['4.0', '21'],
    ['3.0', '17'],
    ['2.0', '11'],
  ],
};

function parentDefault(module: Module): Fact | null {
  const version = module.remoteParent?.version;
  const levels = PARENT_LEVELS[module.remoteParent?.artifactId ?? ''];
  const level = version && levels?.find(([since]) => isAtLeast(version.value, since))?.[1];
  return version && level ? { value: level, from: version.from, holds: version.holds ?? version.value } : null;
}
