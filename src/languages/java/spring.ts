import { UserError } from '../../errors.ts';
import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { type Document, keysAt, textFact } from '../../project/readers/document.ts';
import { readLines } from '../../project/readers/lines.ts';
import { readYaml } from '../../project/readers/yaml.ts';
import { joinPath } from '../../project/search.ts';
import { hoconSetting } from './hocon.ts';

/** Settings of a service by their full name, `server.port`, whichever file and notation they stand in. */
export type Settings = (name: string) => Fact | null;

const FOLDERS = ['config', '.'];
const ENDINGS = ['.properties', '.yml', '.yaml', '.conf'];

/**
 * Reads `application.*` (or files of the given names) from resource folders, first hit first. Profiles that the settings
 * themselves switch on (`spring.profiles.active`) stand before the common ones, as they win.
 */
export function readSettings(
  project: Project,
  folders: readonly string[],
  names: readonly string[],
  build: (name: string) => string | null = () => null,
): Settings {
  const plain = names.flatMap((name) => readers(project, folders, name));
  const chosen = filled(first(plain, 'spring.profiles.active'), build);
  const active = (chosen && placeholder(chosen.value).value)?.split(',').map((one) => one.trim()) ?? [];
  const profiles = active
    .filter((profile) => /^[\w.-]+$/.test(profile))
    .flatMap((profile) => [
      ...names.flatMap((name) => readers(project, folders, `${name}-${profile}`)),
      ...names.flatMap((name) => documentsFor(profile, project, folders, name)),
    ]);
  return (name) => filled(first([...profiles, ...plain], name), build);
}

/** `@name@`, or what stands for it in YAML, which would not be read with the at sign. */
const MARK = /^(?:@|__)([\w.-]+?)(?:@|__)$/;

/** Values of the build in a setting, `@app.port@`; one that is not known leaves the setting as good as unset. */
function filled(fact: Fact | null, build: (name: string) => string | null): Fact | null {
  const name = fact ? MARK.exec(fact.value)?.[1] : undefined;
  if (!fact || name === undefined) return fact;
  const value = build(name);
  return value === null ? null : { value, from: fact.from, holds: name };
}

function first(all: readonly Settings[], name: string): Fact | null {
  for (const settings of all) {
    const fact = settings(name);
    if (fact) return fact;
  }
  return null;
}

function readers(project: Project, folders: readonly string[], name: string): readonly Settings[] {
  return folders.flatMap((folder) =>
    FOLDERS.flatMap((inside) =>
      ENDINGS.map((ending) => joinPath(folder, inside, `${name}${ending}`))
        .filter((path) => project.isFile(path))
        .map((path) => reader(project, path)),
    ),
  );
}

function reader(project: Project, path: string): Settings {
  if (path.endsWith('.conf')) return (name) => hoconSetting(project, path, name);
  return path.endsWith('.properties') ? fromProperties(project, path) : fromYaml(project, path);
}

function fromProperties(project: Project, path: string): Settings {
  const lines = readLines(project, path) ?? [];
  return (name) => {
    const wanted = relaxed(name);
    // The last one wins where a key is set twice.
    for (const line of [...lines].reverse()) {
      const match = /^\s*([\w.[\]-]+)\s*[=:]\s*(.*?)\s*$/.exec(line.text);
      if (match?.[1] && relaxed(match[1]) === wanted && match[2]) return { value: match[2], from: line.place };
    }
    return null;
  };
}

function fromYaml(project: Project, path: string): Settings {
  const document = readTemplatedYaml(project, path);
  return (name) => (document ? yamlSetting(document, [], name.split('.')) : null);
}

/**
 * Settings are filled in by the build (`@name@`) or by the program itself (a line of FreeMarker), and are no YAML before
 * that. What is broken besides is the program's affair, and says nothing here.
 */
export function readTemplatedYaml(project: Project, path: string): Document | null {
  const filled = {
    ...project,
    text: (file: string) =>
      project
        .text(file)
        ?.replaceAll(/@([\w.-]+)@/g, '__$1__')
        .replaceAll(/^[ \t]*<\/?[#@%].*$/gm, '') ?? null,
  };
  try {
    return readYaml(filled, path);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** The parts of a YAML file, behind `---`, that hold only with a profile. */
function documentsFor(
  profile: string,
  project: Project,
  folders: readonly string[],
  name: string,
): readonly Settings[] {
  const paths = folders.flatMap((folder) => ['.yml', '.yaml'].map((ending) => joinPath(folder, `${name}${ending}`)));
  return paths
    .flatMap((path) =>
      laterDocuments(project.text(path) ?? '').map((text) => fromYaml({ ...project, text: () => text }, path)),
    )
    .filter((settings) => {
      const named = settings('spring.config.activate.on-profile') ?? settings('spring.profiles');
      return named?.value.split(',').some((one) => one.trim() === profile) === true;
    });
}

/** Each with line breaks before it, so that its lines count as they do in the file. */
function laterDocuments(text: string): readonly string[] {
  const parts = text.split(/^---.*$/m);
  return parts.slice(1).map((part, at) => {
    const before = parts.slice(0, at + 1).join('\n');
    return '\n'.repeat(before.split('\n').length - 1) + part;
  });
}

/** Keys may be nested, dotted or mixed: `server.port`, `server: port`, `spring.mvc: servlet: path`. */
function yamlSetting(document: Document, path: readonly string[], names: readonly string[]): Fact | null {
  if (names.length === 0) return textFact(document, ...path);
  for (let count = names.length; count > 0; count -= 1) {
    const wanted = relaxed(names.slice(0, count).join('.'));
    const key = keysAt(document, ...path).find((one) => relaxed(one) === wanted);
    const fact = key === undefined ? null : yamlSetting(document, [...path, key], names.slice(count));
    if (fact) return fact;
  }
  return null;
}

/** Spring binds `context-path`, `contextPath` and `CONTEXT_PATH` alike. */
function relaxed(key: string): string {
  return key.toLowerCase().replaceAll(/[-_]/g, '');
}

/** A value with a default, `${PORT:8080}`: the variable that sets it and what holds without it. */
export interface Placeholder {
  readonly variable: string | null;
  readonly value: string | null;
}

export function placeholder(text: string): Placeholder {
  const match = /^[$#]\{([\w.-]+)(?::([^{}]*|\$\{[\w.-]+:([^{}]*)\}))?\}$/.exec(text.trim());
  if (!match) return { variable: null, value: text.trim() };
  const name = match[1] ?? '';
  return {
    variable: /^[A-Z][A-Z0-9_]*$/.test(name) ? name : name.toUpperCase().replaceAll('.', '_').replaceAll('-', ''),
    value: (match[3] ?? match[2] ?? '').trim() || null,
  };
}
