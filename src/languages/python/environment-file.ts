import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { own } from '../../project/own.ts';
import { textsAt } from '../../project/readers/document.ts';
import { readYaml } from '../../project/readers/yaml.ts';
import { joinPath } from '../../project/search.ts';
import { CONDA_NAMES, NOT_FOR_PIP } from './conda-names.ts';
import { parseRequirement, type Requirement } from './requirement.ts';

/** A conda environment, as far as pip can make it. */
export interface CondaEnvironment {
  readonly manifest: Fact;
  readonly requirements: readonly Requirement[];
  readonly python: Fact | null;
  /** packages that only conda has: compilers, CUDA, system libraries */
  readonly leftOut: readonly string[];
}

export function readEnvironmentFile(project: Project, directory: string): CondaEnvironment | null {
  const path = ['environment.yml', 'environment.yaml', 'conda.yml', 'conda.yaml', 'env.yml']
    .map((file) => joinPath(directory, file))
    .find((file) => project.isFile(file));
  const document = path === undefined ? null : readYaml(project, path);
  const listed = document?.at('dependencies');
  if (!document || path === undefined || !Array.isArray(listed)) return null;
  const names = textsAt(document, 'dependencies').map((text) => {
    return condaPackage(text, `${path}:${document.line('dependencies', listed.indexOf(text))}`);
  });
  const pip = listed.flatMap((_item, index) =>
    textsAt(document, 'dependencies', index, 'pip').map((text, at) =>
      parseRequirement(text, `${path}:${document.line('dependencies', index, 'pip', at)}`),
    ),
  );
  return {
    manifest: { value: path.split('/').at(-1) ?? path, from: path },
    requirements: [...names.map((one) => one.requirement), ...pip].filter((one) => one !== null),
    python: names.find((one) => one.python !== null)?.python ?? null,
    leftOut: names.map((one) => one.leftOut).filter((name) => name !== null),
  };
}

/** What installs is there anyway. */
const BRINGS_PIP = /^(?:pip|setuptools|wheel)$/;

interface CondaPackage {
  readonly requirement: Requirement | null;
  readonly python: Fact | null;
  readonly leftOut: string | null;
}

/** `python=3.11`, `numpy>=1.26`, `conda-forge::scipy=1.11.4=py311h64a7726_0`: one `=` means any release that starts so. */
function condaPackage(text: string, from: string): CondaPackage {
  const nothing: CondaPackage = { requirement: null, python: null, leftOut: null };
  const [, name = '', operator = '', version = ''] = /^(?:[\w-]+::)?([\w.-]+)\s*([=<>!~]*)\s*([\w.]*)/.exec(text) ?? [];
  const range = version === '' ? '' : operator === '=' ? `==${version}.*` : `${operator}${version}`;
  if (name === 'python') return range === '' ? nothing : { ...nothing, python: { value: range, from, holds: text } };
  if (BRINGS_PIP.test(name)) return nothing;
  if (NOT_FOR_PIP.test(name)) return { ...nothing, leftOut: name };
  return { ...nothing, requirement: parseRequirement(`${own(CONDA_NAMES, name) ?? name}${range}`, from) };
}
