import { joinPath } from '../../project/search.ts';
import type { Compile } from './compile.ts';
import type { Launch } from './launch.ts';
import type { ShapeContext } from './shape.ts';
import { readSources } from './sources.ts';
import { readTsConfig } from './tsconfig.ts';

/**
 * The compiled file that may be started instead of a TypeScript file. `null` where the build makes none, or where the
 * compiled program would not find its modules or files: path aliases that the compiler leaves as they are, ES modules
 * imported without their ending, or files beside the sources that the compiler does not copy.
 */
export function compiledInstead(
  context: ShapeContext,
  launch: Extract<Launch, { kind: 'typescript' }>,
  compile: Compile | null,
): string | null {
  const file = compile?.compiled(launch.file) ?? null;
  if (compile === null || file === null || compile.output === '.') return null;
  if (compile.isBundler) return file;
  const config = readTsConfig(context.project, joinPath(context.manifest.directory, 'tsconfig.json'));
  const sources = readSources(
    context.project,
    context.manifest,
    joinPath(context.manifest.directory, launch.file),
    [],
  ).reached;
  // Node itself resolves what package.json lists as imports
  const imports = Object.keys(context.manifest.document.at('imports') ?? {});
  const aliases = (config?.aliases ?? [])
    .filter((alias) => !imports.includes(alias))
    .map((alias) => alias.replace(/\*$/, ''))
    .filter((alias) => alias !== '');
  const usesAlias = sources.some(({ text }) =>
    aliases.some((alias) => text.includes(`'${alias}`) || text.includes(`"${alias}`)),
  );
  if (usesAlias && !compile.resolvesAliases) return null;
  const makesModules = context.manifest.isModule && !/^commonjs$/.test(config?.module ?? '');
  if (makesModules && sources.some(({ text }) => /\bfrom\s*["']\.{1,2}\/[^"']*(?<!\.[cm]?js|\.json)["']/.test(text)))
    return null;
  return copiesNothing(context, launch.file) ? file : null;
}

/** No template, schema or the like lies beside the sources, which the compiler would leave behind. */
function copiesNothing(context: ShapeContext, file: string): boolean {
  if (!file.includes('/')) return true;
  const folder = joinPath(context.manifest.directory, file.slice(0, file.indexOf('/')));
  const endings = [
    '.ejs',
    '.hbs',
    '.pug',
    '.html',
    '.graphql',
    '.gql',
    '.proto',
    '.sql',
    '.yaml',
    '.yml',
    '.mustache',
    '.njk',
    '.txt',
  ];
  return context.project.find({ under: folder, endings, limit: 1 }).length === 0;
}
