import type { Fact } from '../../../model/fact.ts';
import type { Project } from '../../../model/project.ts';
import { readLines } from '../../../project/readers/lines.ts';
import { joinPath } from '../../../project/search.ts';

/** `-Dname=value` of `.mvn/maven.config`, which Maven reads beside the root pom. */
export function userProperties(project: Project, directory: string): ReadonlyMap<string, Fact> {
  const properties = new Map<string, Fact>();
  for (const line of readLines(project, joinPath(directory, '.mvn', 'maven.config')) ?? []) {
    for (const match of line.text.matchAll(/(?:^|\s)-D([^\s=]+)(?:=(\S*))?/g)) {
      const [, name, value] = match;
      if (name) properties.set(name, { value: value ?? 'true', from: line.place });
    }
  }
  return properties;
}

/** A settings file that `.mvn/maven.config` names, relative to the directory, where it is in the project. */
export function namedSettings(project: Project, directory: string): Fact | null {
  for (const line of readLines(project, joinPath(directory, '.mvn', 'maven.config')) ?? []) {
    const named = /(?:^|\s)(?:-s|--settings|-gs|--global-settings)(?:\s+|=)(\S+)/.exec(line.text)?.[1];
    const path = named && joinPath(directory, named);
    if (path && project.isFile(path)) return { value: path, from: line.place };
  }
  return null;
}

/** Names of the environment variables that a settings file reads: `${env.TOKEN}`. */
export function settingsVariables(project: Project, path: string): readonly string[] {
  const names = [...(project.source(path) ?? '').matchAll(/\$\{env\.([A-Za-z_]\w*)\}/g)].map((match) => match[1] ?? '');
  return [...new Set(names)];
}
