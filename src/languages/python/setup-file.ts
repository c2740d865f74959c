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
  readonly name: string | null;
  readonly scripts: readonly Script[];
  /** what works out its version when it is installed */
  readonly versionTools: readonly string[];
}

/** A console script: its name, and `package.module:function`. */
export interface Script {
  readonly name: string;
  readonly target: string;
  readonly from: string;
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
    name:
      firstMatch(project, program, /\bname\s*=\s*['"]([\w.-]+)['"]/)?.value ??
      firstMatch(project, config, /^name\s*=\s*([\w.-]+)\s*$/m)?.value ??
      null,
    scripts: [...scriptsOfProgram(project, directory), ...scriptsOfConfig(project, config)],
    versionTools: versionTools(project.source(program) ?? ''),
  };
}

function versionTools(text: string): readonly string[] {
  return [...(/\buse_scm_version\b/.test(text) ? ['setuptools-scm'] : []), ...(/\bpbr\s*=/.test(text) ? ['pbr'] : [])];
}

const SCRIPT = /^\s*([\w.-]+)\s*=\s*([\w.]+:[\w.]+)\s*(?:\[[\w, ]*\])?\s*$/;

/** The texts `name = package.module:function` after the key `console_scripts`, in a list or in a text of several lines. */
function scriptsOfProgram(project: Project, directory: string): readonly Script[] {
  const source = readSource(project, directory, 'setup.py');
  const key = source?.strings.findIndex((text) => /(?:^|\[)console_scripts\b/.test(text.value)) ?? -1;
  if (!source || key === -1) return [];
  const texts = source.strings.slice(key);
  const isOneText = texts[0]?.value.includes('\n') === true;
  const end = isOneText ? 1 : texts.findIndex((text, at) => at > 0 && !text.value.includes('='));
  return texts.slice(0, end === -1 ? undefined : end).flatMap((text) =>
    text.value.split('\n').flatMap((line): Script[] => {
      const [, name, target] = SCRIPT.exec(line) ?? [];
      return name && target ? [{ name, target, from: placeIn(source, text.start) }] : [];
    }),
  );
}

function scriptsOfConfig(project: Project, path: string): readonly Script[] {
  const scripts: Script[] = [];
  let isInside = false;
  for (const { text, place } of readLines(project, path) ?? []) {
    if (/^\S/.test(text)) isInside = /^console_scripts\s*=/.test(text);
    const [, name, target] = SCRIPT.exec(text.replace(/^console_scripts\s*=/, '')) ?? [];
    if (isInside && name && target) scripts.push({ name, target, from: place });
  }
  return scripts;
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
