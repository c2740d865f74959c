import semver from 'semver';
import { newestInRange } from '../../images/lifecycle.ts';
import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import type { ServiceFacts } from '../../model/service.ts';
import { type Document, textFact } from '../../project/readers/document.ts';
import { readJson } from '../../project/readers/json.ts';
import { firstLine, firstMatch } from '../../project/readers/lines.ts';
import { joinPath, relativePath } from '../../project/search.ts';
import type { Context } from '../language.ts';
import { checkVersions } from '../shared/notes.ts';
import { hintedPort, portFact } from '../shared/ports.ts';
import { toolVersions } from '../shared/tool-versions.ts';

export type NodeFacts = ServiceFacts & {
  readonly lockFile: Fact | null;
  readonly buildScript: Fact | null;
  readonly outputs: readonly string[];
};

export function facts(project: Project, directory: string, context: Context): NodeFacts {
  const manifest = readJson(project, joinPath(directory, 'package.json')) as Document;
  const declared = [
    firstLine(project, joinPath(directory, '.nvmrc')),
    firstLine(project, joinPath(directory, '.node-version')),
    ...toolVersions(project, [directory], ['node', 'nodejs']),
    textFact(manifest, 'engines', 'node'),
  ].filter((fact) => fact !== null);
  const version = chooseVersion(declared, context.today) ?? { value: '24', from: manifest.path };
  const command = startCommand(manifest);
  const port = listenPort(project, directory) ?? hintedPort(project, directory);
  const lock = joinPath(directory, 'package-lock.json');
  const name = textFact(manifest, 'name') ?? { value: project.name, from: manifest.path };
  return {
    language: 'node',
    directory,
    context: directory,
    name,
    kind: 'web',
    version,
    port,
    healthPath: null,
    command,
    lockFile: project.isFile(lock) ? { value: relativePath(directory, lock), from: lock } : null,
    buildScript: textFact(manifest, 'scripts', 'build'),
    outputs: ['dist'],
    summary: [
      { label: 'Name', fact: name },
      { label: 'Node.js', fact: version },
      ...(command ? [{ label: 'Command', fact: command }] : []),
    ],
    notes: checkVersions(
      { id: 'node', name: 'Node.js' },
      version,
      declared,
      (range) => satisfies(version.value, range),
      context.today,
    ),
  };
}

function chooseVersion(declared: readonly Fact[], today: string): Fact | null {
  for (const fact of declared) {
    const value = newestInRange('node', today, (version) => satisfies(version, fact.value));
    if (value !== null) return { value, from: fact.from, holds: fact.value };
  }
  return null;
}

function satisfies(major: string, range: string): boolean {
  const wanted = semver.validRange(range.replace(/^v/, ''));
  return wanted !== null && semver.intersects(wanted, `${major}.x`);
}

function startCommand(manifest: Document): Fact<readonly string[]> | null {
  const start = textFact(manifest, 'scripts', 'start');
  if (!start || !/^node\s+[\w./-]+$/.test(start.value)) return null;
  return { value: start.value.split(/\s+/), from: start.from, holds: start.value };
}

function listenPort(project: Project, directory: string): Fact<number> | null {
  for (const path of project.find({ under: directory, endings: ['.ts', '.js', '.mjs'], limit: 300 })) {
    const fact = firstMatch(project, path, /PORT\b\s*(?:\|\||\?\?)\s*["']?(\d{2,5})/);
    if (fact) return portFact(fact);
  }
  return null;
}
