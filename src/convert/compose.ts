import { UserError } from '../errors.ts';
import { keysAt, textsAt } from '../project/readers/document.ts';
import { readYaml } from '../project/readers/yaml.ts';
import type { Context } from './copies.ts';

const NAMES = [
  ...['docker-compose.yml', 'docker-compose.yaml', 'compose.yml', 'compose.yaml', 'docker-compose.prod.yml'],
  ...['docker-compose.override.yml', 'docker-compose.production.yml'],
];

/** Commands, entry points and health checks that compose files give to the services which are built from this context. */
export function composeCommands(context: Context): string[] {
  return NAMES.flatMap((name) => commandsIn(context, name));
}

function commandsIn(context: Context, path: string): string[] {
  try {
    const document = readYaml(context.project, path);
    if (document === null) return [];
    const commands: string[] = [];
    for (const service of keysAt(document, 'services')) {
      if (!isBuiltHere(document.at('services', service, 'build'), context.directory)) continue;
      for (const keys of [['command'], ['entrypoint'], ['healthcheck', 'test']]) {
        const value = document.at('services', service, ...keys);
        if (typeof value === 'string') commands.push(value);
        const words = textsAt(document, 'services', service, ...keys).filter(
          (word) => !/^CMD(-SHELL)?$|^NONE$/.test(word),
        );
        if (words.length > 0) commands.push(words.length === 1 ? (words[0] ?? '') : words.map(quoted).join(' '));
      }
    }
    return commands;
  } catch (error) {
    if (error instanceof UserError || (error instanceof Error && /alias/i.test(error.message))) return [];
    throw error;
  }
}

function isBuiltHere(build: unknown, directory: string): boolean {
  const context = typeof build === 'object' && build !== null ? (Reflect.get(build, 'context') ?? '.') : build;
  return typeof context === 'string' && (context.replace(/^\.\/|\/$/g, '') || '.') === directory;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
