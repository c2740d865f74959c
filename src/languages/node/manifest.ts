import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { type Document, textFact } from '../../project/readers/document.ts';
import { readJson } from '../../project/readers/json.ts';
import { joinPath } from '../../project/search.ts';

export type Texts = Readonly<Record<string, string>>;

/** A package.json, as far as this language reads it. */
export interface Manifest {
  readonly document: Document;
  /** relative to the project */
  readonly directory: string;
  readonly name: string | null;
  /** `"type": "module"`: its .js files are ES modules */
  readonly isModule: boolean;
  readonly scripts: Texts;
  /** `dependencies` and `optionalDependencies` */
  readonly production: Texts;
  readonly development: Texts;
}

/** The package.json of a directory; `null` where there is none. Throws UserError `file-malformed`. */
export function readManifest(project: Project, directory: string): Manifest | null {
  const document = readJson(project, joinPath(directory, 'package.json'));
  if (document === null) return null;
  return {
    document,
    directory,
    name: textFact(document, 'name')?.value ?? null,
    isModule: document.at('type') === 'module',
    scripts: textsOf(document, 'scripts'),
    production: { ...textsOf(document, 'dependencies'), ...textsOf(document, 'optionalDependencies') },
    development: textsOf(document, 'devDependencies'),
  };
}

function textsOf(document: Document, key: string): Texts {
  const value = document.at(key);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The declared range of a dependency of any kind. */
export function dependencyFact(manifest: Manifest, name: string): Fact | null {
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']) {
    const fact = textFact(manifest.document, kind, name);
    if (fact) return fact;
  }
  return null;
}

/** The first of these packages that the manifest depends on, in any kind. */
export function firstDependency(manifest: Manifest, names: readonly string[]): Fact | null {
  for (const name of names) {
    const fact = dependencyFact(manifest, name);
    if (fact) return { value: name, from: fact.from };
  }
  return null;
}

export function scriptFact(manifest: Manifest, name: string): Fact | null {
  return textFact(manifest.document, 'scripts', name);
}

export function isInstalled(manifest: Manifest, name: string): boolean {
  return name in manifest.production || name in manifest.development;
}
