import type { Fact } from '../../../model/fact.ts';
import type { Dependency } from '../dependency.ts';
import { allInScripts, type Script } from './script.ts';
import type { GradleTree } from './tree.ts';
import { fillIn, type Values } from './values.ts';

/** Configurations whose libraries are there when the program runs, and those that are not. */
const RUNTIME = 'implementation|api|runtimeOnly|compile|runtime|developmentOnly';
const OTHER =
  'compileOnly|annotationProcessor|providedRuntime|providedCompile|kapt|testImplementation|testCompile|testRuntimeOnly';

/** Libraries that the scripts of a project name. Versions that a platform or a plugin manages stay unknown. */
export function scriptDependencies(
  scripts: readonly Script[],
  tree: GradleTree,
  values: Values,
): readonly Dependency[] {
  const found: Dependency[] = [];
  for (const [names, scope] of [
    [RUNTIME, null],
    [OTHER, 'provided'],
  ] as const) {
    const before = `\\b(?:${names})\\s*\\(?\\s*(?:enforcedPlatform|platform)?\\s*\\(?\\s*`;
    for (const fact of allInScripts(scripts, new RegExp(`${before}["']([\\w.-]+:[^"'\\s]+)["']`))) {
      found.push(fromNotation(fact, scope, values));
    }
    const long = new RegExp(
      `${before}group\\s*[:=]\\s*["']([^"']+["']\\s*,\\s*name\\s*[:=]\\s*["'][^"']+(?:["']\\s*,\\s*version\\s*[:=]\\s*["'][^"']+)?)["']`,
    );
    for (const fact of allInScripts(scripts, long)) {
      found.push(
        fromNotation({ ...fact, value: fact.value.replaceAll(/["']\s*,\s*\w+\s*[:=]\s*["']/g, ':') }, scope, values),
      );
    }
    for (const fact of allInScripts(scripts, new RegExp(`${before}libs\\.([\\w.]+)`))) {
      found.push(...fromCatalog(fact, tree, scope));
    }
    for (const [catalog, { group, version }] of tree.published) {
      for (const fact of allInScripts(
        scripts,
        new RegExp(`${before}${catalog}\\.(?!plugins\\.|bundles\\.|versions\\.)([\\w.]+)`),
      )) {
        found.push(
          fromNotation({ ...fact, value: `${group}:${publishedName(group, fact.value)}:${version}` }, scope, values),
        );
      }
    }
    for (const fact of allInScripts(scripts, new RegExp(`${before}kotlin\\(\\s*["']([\\w-]+)["']`))) {
      found.push(fromNotation({ ...fact, value: `org.jetbrains.kotlin:kotlin-${fact.value}` }, scope, values));
    }
  }
  return found;
}

/** `ktorLibs.server.testHost` is ktor-server-test-host of io.ktor. */
function publishedName(group: string, accessor: string): string {
  const name = accessor
    .replaceAll('.', '-')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase();
  const family = group.slice(group.lastIndexOf('.') + 1);
  return name.startsWith(`${family}-`) ? name : `${family}-${name}`;
}

function fromNotation(fact: Fact, scope: string | null, values: Values): Dependency {
  const [group = '', name = '', version, classifier] = fact.value.split(':');
  return {
    group,
    name,
    version: version ? fillIn({ value: version.replace(/@.*$/, ''), from: fact.from }, values) : null,
    scope,
    type: 'jar',
    classifier: classifier ?? null,
    place: fact.from,
  };
}

function fromCatalog(fact: Fact, tree: GradleTree, scope: string | null): readonly Dependency[] {
  const key = fact.value.replace(/\.(?:get|asProvider)$/, '').toLowerCase();
  const bundle = /^bundles\.(.+)$/.exec(key)?.[1];
  const keys = bundle ? (tree.catalog.bundles.get(bundle) ?? []) : [key];
  return keys
    .map((one) => tree.catalog.libraries.get(one))
    .filter((one) => one !== undefined)
    .map((one) => ({ ...one, scope, place: fact.from }));
}

/** Other projects of the tree that a project uses: `project(':core')`, `projects.core`. */
export function projectDependencies(scripts: readonly Script[], tree: GradleTree): readonly string[] {
  const before = `\\b(?:${RUNTIME})\\s*\\(?\\s*`;
  const named = allInScripts(
    scripts,
    new RegExp(`${before}project\\s*\\(\\s*(?:path\\s*[:=]\\s*)?["'](:[\\w:.-]+)["']`),
  ).map((fact) => fact.value);
  const typed = allInScripts(scripts, new RegExp(`${before}projects\\.([\\w.]+)`)).map((fact) =>
    fact.value.toLowerCase(),
  );
  const byAccessor = new Map(
    [...tree.projects.keys()].map((path) => [
      path.slice(1).replaceAll(':', '.').replaceAll(/[-_]/g, '').toLowerCase(),
      path,
    ]),
  );
  return [...named, ...typed.map((name) => byAccessor.get(name)).filter((path) => path !== undefined)].filter((path) =>
    tree.projects.has(path),
  );
}
