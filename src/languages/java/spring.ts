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
  const listed = (chosen && placeholder(chosen.value).value)?.split(',').map((one) => one.trim()) ?? [];
  const active = listed.filter((profile) => /^[\w.-]+$/.test(profile));
  const profiles = active.flatMap((profile) =>
    names.flatMap((name) => readers(project, folders, `${name}-${profile}`)),
  );
  const parts = names.flatMap((name) => conditionalParts(project, folders, name, active));
  return (name) => filled(first([...profiles, ...parts, ...plain], name), build);
}

/** `@name@` or `#name#`, or what stands for it in YAML, which would not be read with the at sign. */
const MARK = /^(?:[@#]|__)([\w.-]+?)(?:[@#]|__)$/;

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
  return settingsFiles(project, folders, name).flatMap((path) => reader(project, path));
}

function settingsFiles(project: Project, folders: readonly string[], name: string): readonly string[] {
  return folders.flatMap((folder) =>
    FOLDERS.flatMap((inside) =>
      ENDINGS.map((ending) => joinPath(folder, inside, `${name}${ending}`)).filter((path) => project.isFile(path)),
    ),
  );
}

function reader(project: Project, path: string): readonly Settings[] {
  if (path.endsWith('.conf')) return [(name) => hoconSetting(project, path, name)];
  if (path.endsWith('.properties')) return [fromProperties(project, path)];
  return yamlParts(project, path)
    .filter(({ condition }) => condition === null)
    .map(({ settings }) => settings);
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

/** A part of a YAML file, between lines of `---`, and the profiles with which it holds; `null`: with any. */
interface YamlPart {
  readonly settings: Settings;
  readonly condition: string | null;
}

/** The last part first, as it wins. */
function yamlParts(project: Project, path: string): readonly YamlPart[] {
  const texts = (project.text(path) ?? '').split(/^---.*$/m);
  const parts = texts.map((text, at) => {
    // Line breaks before a part make its lines count as they do in the file.
    const before = '\n'.repeat(texts.slice(0, at).join('').split('\n').length - 1);
    const document = readTemplatedYaml({ ...project, text: () => before + text }, path);
    const settings: Settings = (name) => (document ? yamlSetting(document, [], name.split('.')) : null);
    const condition = settings('spring.config.activate.on-profile') ?? settings('spring.profiles');
    return { settings, condition: condition?.value ?? null };
  });
  return parts.reverse();
}

/** The parts of YAML files that hold with the active profiles, or without one that is not. */
function conditionalParts(
  project: Project,
  folders: readonly string[],
  name: string,
  active: readonly string[],
): readonly Settings[] {
  return settingsFiles(project, folders, name)
    .filter((path) => /\.ya?ml$/.test(path))
    .flatMap((path) => yamlParts(project, path))
    .filter(({ condition }) => condition !== null && holdsWith(condition, active))
    .map(({ settings }) => settings);
}

/** `dev, test`, `!cloud`, `dev & !local`; one with parentheses counts as false. */
function holdsWith(condition: string, active: readonly string[]): boolean {
  return condition.split(/[,|]/).some((one) =>
    one.split('&').every((term) => {
      const name = term.trim();
      return name.startsWith('!') ? !active.includes(name.slice(1)) : active.includes(name);
    }),
  );
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
