import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { textFact } from '../../project/readers/document.ts';
import { firstMatch } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import type { Manifest } from './manifest.ts';
import type { Program } from './scripts.ts';
import type { InstalledVersion } from './version-limits.ts';
import { baseName } from './wrappers.ts';

/** A project with Prisma: its client is made from a schema by a command of its own. */
export interface Prisma {
  readonly schema: Fact;
  /** `prisma generate`; `null` where the project's scripts run it anyway */
  readonly generate: { readonly words: readonly string[]; readonly env: Readonly<Record<string, string>> } | null;
  /** before version 7 the client loads an engine that needs OpenSSL */
  readonly needsOpenssl: boolean;
}

export function prismaOf(
  project: Project,
  manifest: Manifest,
  installed: InstalledVersion,
  programs: readonly Program[],
): Prisma | null {
  const client = installed('@prisma/client') ?? installed('prisma');
  if (!client) return null;
  const schema = schemaOf(project, manifest);
  if (!schema) return null;
  const isRun = programs.some(({ words }) => baseName(words[0] ?? '') === 'prisma' && words[1] === 'generate');
  const major = Number(/\d+/.exec(client.value)?.[0] ?? 0);
  const usual = ['prisma/schema.prisma', 'schema.prisma', 'prisma/schema'].includes(schema.value);
  const words = installed('prisma') ? ['prisma', 'generate'] : [`prisma@${client.value}`, 'generate'];
  return {
    schema,
    generate: isRun
      ? null
      : {
          words: usual || major >= 7 ? words : [...words, '--schema', schema.value],
          env: neededByConfig(project, manifest),
        },
    needsOpenssl: major < 7,
  };
}

function schemaOf(project: Project, manifest: Manifest): Fact | null {
  const named = textFact(manifest.document, 'prisma', 'schema');
  if (named) return named;
  for (const path of [
    'prisma/schema.prisma',
    'schema.prisma',
    'src/prisma/schema.prisma',
    'db/schema.prisma',
    'prisma/schema',
    'src/db/schema.prisma',
    'database/schema.prisma',
  ]) {
    const full = joinPath(manifest.directory, path);
    if (project.isFile(full) || project.isDirectory(full)) return { value: path, from: full };
  }
  return null;
}

/** prisma.config.ts asks for variables that a build does not have; generating a client connects to nothing. */
function neededByConfig(project: Project, manifest: Manifest): Readonly<Record<string, string>> {
  for (const name of [
    'prisma.config.ts',
    'prisma.config.js',
    'prisma.config.mts',
    'prisma.config.mjs',
    '.config/prisma.ts',
  ]) {
    const fact = firstMatch(project, joinPath(manifest.directory, name), /\benv\s*(?:<[^>]*>)?\(\s*["'](\w+)["']/);
    if (fact) return { [fact.value]: 'postgresql://localhost/unused' };
  }
  return {};
}
