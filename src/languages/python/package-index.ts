import type { Note, Place } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { textFact } from '../../project/readers/document.ts';
import { readLines } from '../../project/readers/lines.ts';
import { readToml } from '../../project/readers/toml.ts';
import { joinPath } from '../../project/search.ts';
import type { Dependencies } from './dependencies.ts';

/** A package index besides the usual one, or an address with a credential in it, as a manifest names it. */
export interface PackageIndex {
  readonly url: string;
  readonly host: string;
  /** variables of the environment that pip puts into the address: `https://${TOKEN}@…` */
  readonly variables: readonly string[];
  readonly from: Place;
}

/** Indexes that give everybody what they have: the usual one, and those of the makers of large binary packages. */
const PUBLIC_HOST = /^(?:test\.)?pypi\.\w+$|(?:^|\.)(?:pytorch|nvidia|pyg)\.(?:org|com)$|\.github\.io$/;

const TABLES: readonly (readonly string[])[] = [
  ['tool', 'uv', 'index'],
  ['tool', 'poetry', 'source'],
  ['tool', 'pdm', 'source'],
];

/** Every index that may ask who wants its packages, once each. */
export function packageIndexes(
  project: Project,
  directory: string,
  dependencies: Dependencies,
): readonly PackageIndex[] {
  const { requirementsFiles, pyproject, manifest, manager } = dependencies;
  const found = [
    ...(requirementsFiles?.files ?? []).flatMap((file) => fromLines(project, joinPath(directory, file))),
    ...(pyproject ? TABLES.flatMap((table) => fromTable(project, pyproject.path, table)) : []),
    ...(manager === 'pipenv' && manifest ? fromTable(project, manifest.from, ['source']) : []),
  ];
  return found.filter(
    (one, at) =>
      (one.variables.length > 0 || !PUBLIC_HOST.test(one.host)) &&
      found.findIndex((other) => other.url === one.url) === at,
  );
}

/** Options of requirements files, and addresses of single packages that need a variable. */
function fromLines(project: Project, path: string): readonly PackageIndex[] {
  return (readLines(project, path) ?? []).flatMap(({ text, place }) => {
    const option = /^\s*(?:-i|-f|--(?:extra-)?index-url|--find-links)(?:\s+|=)["']?(https?:\/\/[^\s"']+)/.exec(text);
    const address = option ?? /^[^#]*?((?:git\+)?https?:\/\/\S*\$\{\w+\}\S*)/.exec(text);
    return address?.[1] ? [toIndex(address[1], place)] : [];
  });
}

function fromTable(project: Project, path: string, table: readonly string[]): readonly PackageIndex[] {
  const document = readToml(project, path);
  const list = document?.at(...table);
  if (!document || !Array.isArray(list)) return [];
  return list.flatMap((_one, at) => {
    const fact = textFact(document, ...table, at, 'url');
    return fact ? [toIndex(fact.value, fact.from)] : [];
  });
}

function toIndex(url: string, from: Place): PackageIndex {
  const host = /^(?:git\+)?https?:\/\/(?:[^@/]*@)?([\w.-]+)/.exec(url)?.[1] ?? url;
  return { url, host, variables: [...url.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1] ?? ''), from };
}

/** Credentials that only the step which fetches sees; without them the build goes on, as open indexes need none. */
export function secretMounts(indexes: readonly PackageIndex[]): readonly string[] {
  const variables = [...new Set(indexes.flatMap((one) => one.variables))];
  const netrc = indexes.some((one) => one.variables.length === 0);
  return [
    ...variables.map((name) => `type=secret,id=${name},env=${name}`),
    ...(netrc ? ['type=secret,id=netrc,target=/root/.netrc'] : []),
  ];
}

export function indexNotes(indexes: readonly PackageIndex[]): readonly Note[] {
  const variables = indexes.filter((one) => one.variables.length > 0);
  const others = indexes.filter((one) => one.variables.length === 0);
  const names = [...new Set(variables.flatMap((one) => one.variables))];
  return [
    ...(names.length > 0
      ? [
          {
            code: 'index-variable',
            severity: 'warning',
            places: variables.map((one) => one.from),
            args: { flags: names.map((name) => `--secret id=${name},env=${name}`).join(' ') },
          } as const,
        ]
      : []),
    ...(others.length > 0
      ? [
          {
            code: 'index-netrc',
            severity: 'info',
            places: others.map((one) => one.from),
            args: { hosts: [...new Set(others.map((one) => one.host))].join(', ') },
          } as const,
        ]
      : []),
  ];
}
