import type { Entry, Project } from '../../src/model/project.ts';
import { projectFromObject } from '../../src/project/object.ts';

/** A project with files laid over it, as if they had been written. */
export function overlay(project: Project, files: Readonly<Record<string, string>>): Project {
  const above = projectFromObject(files, project.name);
  return {
    ...project,
    entries: (directory) => merged(above.entries(directory), project.entries(directory)),
    isFile: (path) => above.isFile(path) || project.isFile(path),
    isDirectory: (path) => above.isDirectory(path) || project.isDirectory(path),
    text: (path) => above.text(path) ?? project.text(path),
    source: (path) => above.source(path) ?? project.source(path),
  };
}

function merged(one: readonly Entry[], other: readonly Entry[]): readonly Entry[] {
  const all = new Map([...other, ...one].map((entry) => [entry.name, entry]));
  return [...all.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
