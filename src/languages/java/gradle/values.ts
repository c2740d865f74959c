import type { Fact } from '../../../model/fact.ts';
import type { Project } from '../../../model/project.ts';
import { firstMatch } from '../../../project/readers/lines.ts';
import { joinPath } from '../../../project/search.ts';
import { firstInScripts, type Script } from './script.ts';
import type { GradleTree } from './tree.ts';

/** Looks names up where scripts keep their values: `ext`, plain variables, `gradle.properties`, the version catalog. */
export type Values = (name: string) => Fact | null;

export function valuesOf(project: Project, tree: GradleTree, directory: string, scripts: readonly Script[]): Values {
  const all = tree.rootScript ? [...scripts, tree.rootScript] : scripts;
  return (name) => {
    const plain = name.replace(/^(?:rootProject\.|project\.)?(?:ext\.)?/, '');
    if (!/^\w[\w.-]*$/.test(plain)) return null;
    const escaped = plain.replaceAll(/[.-]/g, '\\$&');
    const catalog = /^libs\.versions\.([\w.]+?)(?:\.get\(\))?(?:\.toInt\(\))?$/.exec(name)?.[1];
    if (catalog) return tree.catalog.versions.get(catalog.replace(/\.get$/, '').toLowerCase()) ?? null;
    const set = new RegExp(
      `(?:^|[\\s;{,(\\[])(?:ext\\.|val |def |set\\()?["']?${escaped}["']?(?:\\s*:\\s*\\w+)?\\s*[=:,]\\s*["']?([\\w.+-]+)["']?`,
      'm',
    );
    return (
      firstInScripts(all, set) ??
      firstMatch(
        project,
        joinPath(directory, 'gradle.properties'),
        new RegExp(`^\\s*${escaped}\\s*[=:]\\s*(\\S+)`, 'm'),
      ) ??
      firstMatch(
        project,
        joinPath(tree.root, 'gradle.properties'),
        new RegExp(`^\\s*${escaped}\\s*[=:]\\s*(\\S+)`, 'm'),
      )
    );
  };
}

/** A literal, or a text with `$name` and `${name}` filled in; `null` where something in it is not known. */
export function fillIn(fact: Fact, values: Values): Fact | null {
  let missing = false;
  const value = fact.value.replaceAll(/\$(?:\{([^}]+)\}|(\w+))/g, (_all, long?: string, short?: string) => {
    const found = values((long ?? short ?? '').trim());
    if (!found) missing = true;
    return found?.value ?? '';
  });
  return missing ? null : value === fact.value ? fact : { value, from: fact.from, holds: fact.value };
}

/** What the scripts write into resources for a mark such as `@name@`: by `replace`, or by tokens of a filter. */
export function markedValue(name: string, scripts: readonly Script[], values: Values): Fact | null {
  const escaped = name.replaceAll(/[.-]/g, '\\$&');
  const forms = [
    new RegExp(`\\breplace\\(\\s*["'][@#]${escaped}[@#]["']\\s*,\\s*(["']?[\\w.-]+["']?)\\s*\\)`),
    new RegExp(`\\btokens\\s*[:=][^\\]]*["']?${escaped}["']?\\s*:\\s*(["']?[\\w.-]+["']?)`),
  ];
  const found = forms.map((form) => firstInScripts(scripts, form)).find((fact) => fact !== null);
  if (!found) return null;
  const literal = /^["'](.*)["']$/.exec(found.value)?.[1];
  return literal === undefined ? values(found.value) : { value: literal, from: found.from };
}
