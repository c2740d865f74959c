import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { firstMatch, readLines } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import { insideBrackets } from './python-text.ts';
import { parseRequirement, type Requirement } from './requirement.ts';
import { placeIn, readSource } from './sources.ts';

/** What a setup.py or setup.cfg says. */
export interface Setup {
  readonly manifest: Fact;
  readonly requirements: readonly Requirement[];
  readonly requiresPython: Fact | null;
}

/** A setup.py is read as text: what it works out when it runs is not known. `null` where there is neither file. */
export function readSetup(project: Project, directory: string): Setup | null {
  const program = joinPath(directory, 'setup.py');
  const config = joinPath(directory, 'setup.cfg');
  const hasConfig = /^\[metadata\]/m.test(project.text(config) ?? '');
  if (!project.isFile(program) && !hasConfig) return null;
  const file = project.isFile(program) ? 'setup.py' : 'setup.cfg';
  return {
    manifest: { value: file, from: joinPath(directory, file) },
    requirements: [...fromProgram(project, directory), ...fromConfig(project, config)],
    requiresPython:
      firstMatch(project, program, /python_requires\s*=\s*['"]([^'"]+)['"]/) ??
      firstMatch(project, config, /^python_requires\s*=\s*(\S.*?)\s*$/m),
  };
}

function fromProgram(project: Project, directory: string): readonly Requirement[] {
  const source = readSource(project, directory, 'setup.py');
  const found =
    source && /\b(?:install_requires|requirements|requires|REQUIREMENTS|INSTALL_REQUIRES)\s*=\s*\[/.exec(source.code);
  if (!source || !found) return [];
  const open = found.index + found[0].length - 1;
  const end = open + insideBrackets(source.code, open).length;
  return source.strings
    .filter((text) => text.start > open && text.end <= end + 1)
    .map((text) => parseRequirement(text.value, placeIn(source, text.start)))
    .filter((one) => one !== null);
}

function fromConfig(project: Project, path: string): readonly Requirement[] {
  const requirements: Requirement[] = [];
  let isInside = false;
  for (const { text, place } of readLines(project, path) ?? []) {
    const key = /^(\w+)\s*=\s*(.*)$/.exec(text);
    if (key || /^\[/.test(text)) isInside = key?.[1] === 'install_requires';
    const value = key ? (key[2] ?? '') : text;
    const requirement = isInside ? parseRequirement(value, place) : null;
    if (requirement) requirements.push(requirement);
  }
  return requirements;
}
