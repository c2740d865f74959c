import type { Fact, Place } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { keysAt, textFact, textsAt } from '../../project/readers/document.ts';
import { readJson } from '../../project/readers/json.ts';
import { firstMatch, readLines } from '../../project/readers/lines.ts';
import { readToml } from '../../project/readers/toml.ts';
import { readYaml } from '../../project/readers/yaml.ts';
import { joinPath } from '../../project/search.ts';

/** A command by which the project's own files say that it is started. */
export interface Hint {
  readonly command: string;
  readonly from: Place;
  readonly kind: 'web' | 'worker' | 'unknown';
}

type Reader = (project: Project, directory: string) => readonly (Hint | null)[];

/** Strongest first: a Procfile is written for exactly this question, a Makefile is not asked at all. */
const READERS: readonly Reader[] = [
  procfile,
  (project, directory) => [toml(project, joinPath(directory, 'railway.toml'), 'web', 'deploy', 'startCommand')],
  (project, directory) => [json(project, joinPath(directory, 'railway.json'), 'deploy', 'startCommand')],
  (project, directory) => [toml(project, joinPath(directory, 'nixpacks.toml'), 'web', 'start', 'cmd')],
  renderBlueprint,
  appEngine,
  dockerfile,
  compose,
  (project, directory) => [toml(project, joinPath(directory, '.replit'), 'unknown', 'run')],
  pyprojectTasks,
];

/** Every such command, strongest first. A file that cannot be read gives none. */
export function readHints(project: Project, directory: string): readonly Hint[] {
  return READERS.flatMap((reader) => reader(project, directory)).filter((hint) => hint !== null);
}

/** What the Procfile runs once for a release, such as migrations; `null` where it has no such line. */
export function releaseCommand(project: Project, directory: string): Fact | null {
  return firstMatch(project, joinPath(directory, 'Procfile'), /^release\s*:\s*(\S.*?)\s*$/m);
}

function procfile(project: Project, directory: string): readonly Hint[] {
  const hints = (readLines(project, joinPath(directory, 'Procfile')) ?? []).flatMap(({ text, place }): Hint[] => {
    const [, name = '', command = ''] = /^\s*([\w-]+)\s*:\s*(\S.*)$/.exec(text) ?? [];
    if (command === '' || name === 'release') return [];
    return [{ command: command.trim(), from: place, kind: name === 'web' ? 'web' : 'worker' }];
  });
  return [...hints].sort((a, b) => Number(b.kind === 'web') - Number(a.kind === 'web'));
}

function toml(project: Project, path: string, kind: Hint['kind'], ...keys: readonly string[]): Hint | null {
  if (!project.isFile(path)) return null;
  const fact = textFact(readToml(project, path) ?? { path, at: () => undefined, line: () => 1 }, ...keys);
  return fact && { command: fact.value, from: fact.from, kind };
}

function json(project: Project, path: string, ...keys: readonly string[]): Hint | null {
  const document = readJson(project, path, 'lenient');
  const fact = document && textFact(document, ...keys);
  return fact && { command: fact.value, from: fact.from, kind: 'web' };
}

function renderBlueprint(project: Project, directory: string): readonly Hint[] {
  const fact = firstMatch(
    project,
    joinPath(directory, 'render.yaml'),
    /^\s*-?\s*startCommand:\s*["']?([^"'\n]*?(?:python|gunicorn|uvicorn|streamlit|flask|hypercorn|daphne)[^"'\n]*?)["']?\s*$/m,
  );
  return fact ? [{ command: fact.value, from: fact.from, kind: 'web' }] : [];
}

function appEngine(project: Project, directory: string): readonly Hint[] {
  const fact = firstMatch(project, joinPath(directory, 'app.yaml'), /^entrypoint:\s*["']?(.*?)["']?\s*$/m);
  return fact ? [{ command: fact.value, from: fact.from, kind: 'web' }] : [];
}

/** The last CMD or ENTRYPOINT of an earlier Dockerfile. */
function dockerfile(project: Project, directory: string): readonly Hint[] {
  for (const file of [
    'Dockerfile',
    'docker/Dockerfile',
    'Dockerfile.prod',
    'deploy/Dockerfile',
    '.docker/Dockerfile',
  ]) {
    const text = project.source(joinPath(directory, file))?.replaceAll(/\\\r?\n/g, (line) => ' '.repeat(line.length));
    const found = [...(text ?? '').matchAll(/^(CMD|ENTRYPOINT)[ \t]+(.+)$/gim)];
    const last = found.findLast((match) => match[1]?.toUpperCase() === 'CMD') ?? found.at(-1);
    const entry = found.findLast((match) => match[1]?.toUpperCase() === 'ENTRYPOINT');
    if (!text || !last?.[2]) continue;
    const line = project.source(joinPath(directory, file))?.slice(0, last.index).split('\n').length ?? 1;
    const words = [entry && entry !== last ? (entry[2] ?? '') : '', last[2]].map(shellForm).join(' ').trim();
    const command = withVariables(words, environmentOf(text));
    return [{ command, from: `${joinPath(directory, file)}:${line}`, kind: 'unknown' }];
  }
  return [];
}

/** Constants that the Dockerfile itself sets, also in the old form without `=`. */
function environmentOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, rest = ''] of text.matchAll(/^ENV[ \t]+(.+)$/gim)) {
    const pairs = [...rest.matchAll(/(\w+)=("[^"]*"|'[^']*'|\S*)/g)];
    const old = /^(\w+)[ \t]+(\S+)[ \t]*$/.exec(rest);
    for (const [, name = '', value = ''] of pairs.length > 0 ? pairs : old ? [old] : []) {
      found.set(name, value.replaceAll(/^["']|["']$/g, ''));
    }
  }
  return found;
}

/** `$NAME` where its value is known; PORT stays a variable, with that value as its default. */
function withVariables(command: string, environment: ReadonlyMap<string, string>): string {
  return command.replaceAll(/\$(?:\{(\w+)\}|(\w+))/g, (all, braced: string | undefined, plain: string | undefined) => {
    const name = braced ?? plain ?? '';
    const value = environment.get(name);
    if (value === undefined || !/^[\w./:@,+-]+$/.test(value)) return all;
    return name === 'PORT' ? `\${PORT:-${value}}` : value;
  });
}

/** Exec form as the words that a shell would read. */
function shellForm(text: string): string {
  const words = text.trim().startsWith('[')
    ? [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? '')
    : null;
  if (words === null) return text.trim();
  return words.map((word) => (/^[\w./:=@,${}-]+$/.test(word) ? word : `'${word.replaceAll("'", '')}'`)).join(' ');
}

function compose(project: Project, directory: string): readonly Hint[] {
  for (const file of [
    'compose.yaml',
    'compose.yml',
    'docker-compose.yml',
    'docker-compose.yaml',
    'docker-compose.prod.yml',
  ]) {
    const path = joinPath(directory, file);
    const document = project.isFile(path) ? readYaml(project, path) : null;
    if (!document) continue;
    const hints = keysAt(document, 'services').flatMap((name): Hint[] => {
      if (document.at('services', name, 'build') === undefined) return [];
      const list = textsAt(document, 'services', name, 'command').join(' ');
      const command = textFact(document, 'services', name, 'command')?.value ?? list;
      const from = `${path}:${document.line('services', name, 'command')}`;
      const kind = /worker|celery|beat|queue|scheduler/i.test(name) ? 'worker' : 'unknown';
      return command === '' ? [] : [{ command, from, kind }];
    });
    if (hints.length > 0) return [...hints].sort((a, b) => Number(a.kind === 'worker') - Number(b.kind === 'worker'));
  }
  return [];
}

/** Tasks that are called `start` or `serve`, of PDM, Poe and the like. */
function pyprojectTasks(project: Project, directory: string): readonly (Hint | null)[] {
  const path = joinPath(directory, 'pyproject.toml');
  const tables = [
    ['tool', 'pdm', 'scripts'],
    ['tool', 'poe', 'tasks'],
    ['tool', 'taskipy', 'tasks'],
    ['tool', 'rye', 'scripts'],
  ];
  return tables.flatMap((table) =>
    ['start', 'serve', 'run', 'prod', 'server'].flatMap((name) => [
      toml(project, path, 'unknown', ...table, name),
      toml(project, path, 'unknown', ...table, name, 'cmd'),
    ]),
  );
}
