import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { type Document, keysAt, textFact, textsAt } from '../../project/readers/document.ts';
import { readToml } from '../../project/readers/toml.ts';
import { normalName, parseRequirement, type Requirement } from './requirement.ts';

/** What a `pyproject.toml` says about running the project; settings of linters and tests do not count. */
export interface Pyproject {
  readonly path: string;
  readonly name: Fact | null;
  readonly requiresPython: Fact | null;
  readonly requirements: readonly Requirement[];
  /** optional dependencies and dependency groups by name */
  readonly extras: Readonly<Record<string, readonly Requirement[]>>;
  readonly groups: Readonly<Record<string, readonly Requirement[]>>;
  /** console scripts: name → `package.module:function` */
  readonly scripts: readonly { readonly name: string; readonly target: string; readonly from: string }[];
  /** `[project]` or `[tool.poetry]` with a name: it names dependencies of the project, not only settings of tools */
  readonly isProject: boolean;
  /** it can be built and installed as a package */
  readonly isPackage: boolean;
  readonly buildRequires: readonly string[];
  /** dependencies on folders of the repository, relative to the service */
  readonly paths: readonly string[];
  readonly dynamic: readonly string[];
  /** tools that it has a section for: `poetry`, `uv`, `pdm`, `hatch`, `setuptools` */
  readonly tools: readonly string[];
  /** files whose lines are the dependencies, for `dynamic` ones of setuptools */
  readonly dependencyFiles: readonly string[];
}

/** Throws UserError `file-malformed`. */
export function readPyproject(project: Project, path: string): Pyproject | null {
  const document = readToml(project, path);
  if (!document) return null;
  const lines = (project.text(path) ?? '').split('\n');
  const poetry = poetryRequirements(document, ['tool', 'poetry', 'dependencies']);
  const requirements = [...listed(document, lines, 'project', 'dependencies'), ...poetry];
  const name = textFact(document, 'project', 'name') ?? textFact(document, 'tool', 'poetry', 'name');
  const isProject =
    name !== null ||
    document.at('project') !== undefined ||
    document.at('tool', 'poetry', 'dependencies') !== undefined;
  const buildRequires = textsAt(document, 'build-system', 'requires');
  return {
    path,
    name,
    requiresPython: textFact(document, 'project', 'requires-python') ?? poetryPython(document),
    requirements,
    extras: Object.fromEntries(
      keysAt(document, 'project', 'optional-dependencies').map((key) => [
        key,
        listed(document, lines, 'project', 'optional-dependencies', key),
      ]),
    ),
    groups: dependencyGroups(document, lines),
    scripts: [...scripts(document, 'project', 'scripts'), ...scripts(document, 'tool', 'poetry', 'scripts')],
    isProject,
    isPackage: isPackage(document, isProject),
    buildRequires,
    paths: pathDependencies(document),
    dynamic: textsAt(document, 'project', 'dynamic'),
    tools: keysAt(document, 'tool'),
    dependencyFiles: dependencyFiles(document),
  };
}

/** PEP 621 lists of PEP 508 requirements. The reader knows the line of the list; its entries are looked for below it. */
function listed(document: Document, lines: readonly string[], ...keys: readonly string[]): readonly Requirement[] {
  const start = document.line(...keys) - 1;
  return textsAt(document, ...keys)
    .map((text) => {
      const at = lines.findIndex((line, index) => index >= start && line.includes(text));
      return parseRequirement(text, `${document.path}:${(at === -1 ? start : at) + 1}`);
    })
    .filter((one) => one !== null);
}

/** Poetry's own tables: `flask = "^3.0"`, `uvicorn = {version = "*", extras = ["standard"]}`. */
function poetryRequirements(document: Document, keys: readonly string[]): readonly Requirement[] {
  return keysAt(document, ...keys)
    .filter((key) => normalName(key) !== 'python')
    .filter((key) => document.at(...keys, key, 'optional') !== true && document.at(...keys, key, 'path') === undefined)
    .map((key) => {
      const version = textFact(document, ...keys, key, 'version') ?? textFact(document, ...keys, key);
      return {
        name: normalName(key),
        extras: textsAt(document, ...keys, key, 'extras').map(normalName),
        specifier: poetryRange(version?.value ?? '*') ?? '',
        marker: textFact(document, ...keys, key, 'markers')?.value ?? '',
        url: textFact(document, ...keys, key, 'git')?.value ?? textFact(document, ...keys, key, 'url')?.value ?? null,
        from: `${document.path}:${document.line(...keys, key)}`,
        text: key,
      };
    });
}

function poetryPython(document: Document): Fact | null {
  const fact = textFact(document, 'tool', 'poetry', 'dependencies', 'python');
  const range = fact && poetryRange(fact.value);
  return fact && range !== null && range !== undefined ? { value: range, from: fact.from, holds: fact.value } : null;
}

/**
 * Poetry's ranges as PEP 440: `^3.9` is `>=3.9,<4`, `~3.9` is `>=3.9,<3.10`, `3.9.*` is `==3.9.*`, a bare version is exact;
 * of alternatives with `||` the last one counts. `*` is empty; `null` for what is neither.
 */
function poetryRange(text: string): string | null {
  const last = text.split('||').at(-1)?.trim() ?? '';
  if (last === '' || last === '*') return '';
  const parts = last.split(/\s*,\s*|\s+(?=[<>=!~^])/).map((part) => onePoetryRange(part.replaceAll(/\s+/g, '')));
  return parts.includes(null) ? null : parts.filter((part) => part !== '').join(',');
}

function onePoetryRange(part: string): string | null {
  if (part === '' || part === '*') return '';
  const match = /^(\^|~(?!=)|)(\d[\w.]*?)(\.\*)?$/.exec(part);
  if (!match) return /^(?:[<>!~=]=?=?)[\w.*+-]+$/.test(part) ? part : null;
  const [, operator, version = '', star] = match;
  if (star) return `==${version}.*`;
  if (operator === '') return `==${version}`;
  const numbers = version.split('.').map((one) => Number.parseInt(one, 10) || 0);
  // `^0.2.3` keeps the first number that is not zero; `~1.2` keeps the minor number, `~1` the major one.
  const kept = operator === '^' ? numbers.findIndex((one) => one !== 0) : Math.min(1, numbers.length - 1);
  const at = kept === -1 ? numbers.length - 1 : kept;
  const next = [...numbers.slice(0, at), (numbers[at] ?? 0) + 1];
  return `>=${version},<${next.join('.')}`;
}

function dependencyGroups(
  document: Document,
  lines: readonly string[],
): Readonly<Record<string, readonly Requirement[]>> {
  const own = keysAt(document, 'dependency-groups').map((key) => [
    key,
    listed(document, lines, 'dependency-groups', key),
  ]);
  const poetry = keysAt(document, 'tool', 'poetry', 'group').map((key) => [
    key,
    poetryRequirements(document, ['tool', 'poetry', 'group', key, 'dependencies']),
  ]);
  return Object.fromEntries([...own, ...poetry]);
}

function scripts(document: Document, ...keys: readonly string[]): Pyproject['scripts'] {
  return keysAt(document, ...keys).flatMap((name) => {
    const fact = textFact(document, ...keys, name);
    return fact && /^[\w.]+:[\w.]+$/.test(fact.value.replace(/\s*\[.*$/, ''))
      ? [{ name, target: fact.value.replace(/\s*\[.*$/, ''), from: fact.from }]
      : [];
  });
}

/** With a build system (or as Poetry's package), unless its tool is told that it is none. */
function isPackage(document: Document, isProject: boolean): boolean {
  if (document.at('tool', 'poetry', 'package-mode') === false) return false;
  if (document.at('tool', 'uv', 'package') === false || document.at('tool', 'pdm', 'distribution') === false)
    return false;
  if (document.at('tool', 'uv', 'package') === true) return true;
  return (
    isProject && (document.at('build-system') !== undefined || document.at('tool', 'poetry', 'name') !== undefined)
  );
}

function pathDependencies(document: Document): readonly string[] {
  const tables = [
    ['tool', 'uv', 'sources'],
    ['tool', 'poetry', 'dependencies'],
  ];
  const found = tables.flatMap((keys) =>
    keysAt(document, ...keys).map((name) => textFact(document, ...keys, name, 'path')?.value),
  );
  return found.filter((path) => path !== undefined);
}

function dependencyFiles(document: Document): readonly string[] {
  const setuptools = document.at('tool', 'setuptools', 'dynamic', 'dependencies', 'file');
  const hatch = document.at('tool', 'hatch', 'metadata', 'hooks', 'requirements_txt', 'files');
  return [setuptools, hatch].flat().filter((file): file is string => typeof file === 'string');
}
