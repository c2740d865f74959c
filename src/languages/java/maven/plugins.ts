import type { Fact, Place } from '../../../model/fact.ts';
import { childAt, childrenAt, type Element } from '../../../project/readers/xml.ts';
import { type Module, packaging, resolve, sectionsOf } from './module.ts';
import { elementFact, type Pom } from './pom.ts';

/** A plugin that takes part in a module's build, with its settings from the module and its parents, the strongest first. */
export interface Plugin {
  readonly name: string;
  readonly place: Place;
  readonly version: Fact | null;
  /** goals that are bound to a phase, by the poms in the project */
  readonly goals: readonly string[];
  readonly configurations: readonly { readonly pom: Pom; readonly element: Element }[];
}

/** Plugins that run without being named, by packaging: what is managed of them holds. */
const LIFECYCLE = [
  'maven-resources-plugin',
  'maven-compiler-plugin',
  'maven-surefire-plugin',
  'maven-install-plugin',
  'maven-deploy-plugin',
];

/** Every plugin that takes part in the build of a module, each once; others that are only managed take no part. */
export function modulePlugins(module: Module): readonly Plugin[] {
  const used = declarations(module, ['build', 'plugins', 'plugin']).filter(
    ({ pom, element }) => pom === module.pom || childAt(element, 'inherited')?.text !== 'false',
  );
  const managed = declarations(module, ['build', 'pluginManagement', 'plugins', 'plugin']);
  const implied = managed.map(({ name }) => name).filter((name) => isImplied(name, packaging(module)));
  const names = [...new Set([...used.map(({ name }) => name), ...implied])];
  return names.map((name) => {
    const own = used.filter((one) => one.name === name);
    const all = [...own, ...managed.filter((one) => one.name === name)];
    const version = all
      .map(({ pom, element }) => elementFact(pom, childAt(element, 'version')))
      .find((fact) => fact !== null);
    return {
      name,
      place: `${all[0]?.pom.path ?? module.pom.path}:${all[0]?.element.line ?? 1}`,
      version: version ? (resolve(module, version) ?? version) : null,
      goals: all.flatMap(({ element }) => boundGoals(element)),
      configurations: all.flatMap(({ pom, element }) => configurations(element).map((one) => ({ pom, element: one }))),
    };
  });
}

function isImplied(name: string, kind: string): boolean {
  return kind !== 'pom' && (LIFECYCLE.includes(name) || name === `maven-${kind}-plugin`);
}

function declarations(module: Module, path: readonly string[]) {
  return sectionsOf(module).flatMap(({ pom, section }) =>
    childrenAt(section, ...path).map((element) => ({ pom, element, name: childAt(element, 'artifactId')?.text ?? '' })),
  );
}

/** Phases that `package` goes through; what is bound to another one, or to none at all (`none`), does not run. */
const REACHED =
  /^(?:|validate|initialize|(?:generate|process)-(?:test-)?(?:sources|resources)|(?:process-)?(?:test-)?classes|(?:test-)?compile|test|(?:prepare-)?package|\$.*)$/;

function boundGoals(plugin: Element): readonly string[] {
  return childrenAt(plugin, 'executions', 'execution')
    .filter((execution) => REACHED.test(childAt(execution, 'phase')?.text ?? ''))
    .flatMap((execution) => childrenAt(execution, 'goals', 'goal').map((goal) => goal.text));
}

/** Settings of single executions stand before those of the plugin, as they win. */
function configurations(plugin: Element): readonly Element[] {
  const executions = childrenAt(plugin, 'executions', 'execution').map((one) => childAt(one, 'configuration'));
  return [...executions, childAt(plugin, 'configuration')].filter((one) => one !== null);
}

export function findPlugin(plugins: readonly Plugin[], name: string): Plugin | null {
  return plugins.find((one) => one.name === name) ?? null;
}

/** A setting of a plugin with its properties filled in; `null` where it is not set, or leans on something unknown. */
export function setting(module: Module, plugin: Plugin | null, ...names: readonly string[]): Fact | null {
  const raw = rawSetting(plugin, ...names);
  return raw && resolve(module, raw);
}

/** A setting as it is written: to tell one that is not set from one that cannot be resolved. */
export function rawSetting(plugin: Plugin | null, ...names: readonly string[]): Fact | null {
  for (const { pom, element } of plugin?.configurations ?? []) {
    const fact = elementFact(pom, childAt(element, ...names));
    if (fact) return fact;
  }
  return null;
}

/** Every element of that name anywhere in a plugin's settings, as facts with their properties filled in. */
export function settingsNamed(module: Module, plugin: Plugin | null, name: string): readonly Fact[] {
  return (plugin?.configurations ?? []).flatMap(({ pom, element }) =>
    descendants(element, name)
      .map((one) => elementFact(pom, one))
      .map((fact) => fact && resolve(module, fact))
      .filter((fact) => fact !== null),
  );
}

function descendants(element: Element, name: string): readonly Element[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...descendants(child, name)]);
}
