import { joinPath } from '../../project/search.ts';
import { binFile } from './bins.ts';
import { type Compile, canCompile, compileOf } from './compile.ts';
import { listensFrom } from './kind.ts';
import type { Manifest, Texts } from './manifest.ts';
import { servedCommand } from './served-commands.ts';
import type { ShapeContext } from './shape.ts';
import type { Start } from './start.ts';

/** The first way to start that leads somewhere: to a file that is there, or to one that the build makes. */
export function chooseStart(context: ShapeContext): Start | null {
  const own = context.starts.filter(({ launch }) => launch.kind !== 'site' && launch.kind !== 'files');
  const first = own.find((start) => leadsSomewhere(context, start)) ?? null;
  if (first === null) return null;
  const plainer = plainerStart(context, first, own);
  if (plainer !== null) return plainer;
  if (first.beside.length === 0) return first;
  const together = own.filter((start) => start.from.from === first.from.from && leadsSomewhere(context, start));
  return together.find((start) => listens(context, start)) ?? first;
}

/**
 * Another script that starts the same with less: what the build made of the sources instead of a compiler at run time, or a
 * program of the project's own instead of a tool that only developers have.
 */
function plainerStart(context: ShapeContext, first: Start, all: readonly Start[]): Start | null {
  const { project, manifest, build } = context;
  const scripts = all.filter(({ launch, path }) => path.length > 0 && launch.kind === 'node');
  if (first.launch.kind === 'typescript') {
    const compiled = compileOf(project, manifest, build?.programs ?? [])?.compiled(first.launch.file);
    return scripts.find(({ launch }) => 'file' in launch && launch.file === compiled) ?? null;
  }
  const isTool = first.launch.kind === 'bin' && !isProduction(manifest, first.launch.name);
  if (!isTool || servedCommand(first.launch.name, first.launch.args) !== null) return null;
  return scripts.find(({ launch }) => 'file' in launch && exists(context, launch.file)) ?? null;
}

/** Whether the package that brings a program stays. Of those that may be it, one for development could be the one. */
export function isProduction({ production, development }: Manifest, program: string): boolean {
  const file = binFile(program, () => null);
  const name = file === null ? undefined : /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
  if (name !== undefined && (name in production || name in development)) return name in production;
  const mayBring = (packages: Texts): boolean => Object.keys(packages).some((one) => one.includes(program));
  return program in production || (mayBring(production) && !mayBring(development));
}

/** Of programs side by side, the service is the one that listens. */
function listens(context: ShapeContext, { launch }: Start): boolean {
  if (!('file' in launch)) return false;
  const entry = exists(context, launch.file) ? inService(context, launch.file) : sourceOf(context, launch.file, null);
  return entry !== null && listensFrom(context.project, context.manifest, entry);
}

function leadsSomewhere(context: ShapeContext, { launch, before }: Start): boolean {
  if (launch.kind === 'shell' || launch.kind === 'bin') return true;
  if (launch.kind === 'site' || launch.kind === 'files') return false;
  if (exists(context, launch.file)) return true;
  if (launch.kind === 'typescript') return false;
  const builds = context.build !== null || before.length > 0 || canCompile(context.project, context.manifest);
  return builds && !isSourceFolder(context, launch.file);
}

/** A path into a folder of the sources, in which the file is not: the script is out of date. */
function isSourceFolder(context: ShapeContext, file: string): boolean {
  if (!file.includes('/')) return sourceOf(context, file, null) === null;
  const folder = file.slice(0, file.lastIndexOf('/'));
  return context.project.isDirectory(inService(context, folder)) && sourceOf(context, file, null) === null;
}

export function exists(context: ShapeContext, file: string): boolean {
  return context.project.isFile(inService(context, file));
}

export function inService(context: ShapeContext, path: string): string {
  return joinPath(context.manifest.directory, path);
}

/** The source file that a compiled one was made from: `dist/server.js` ← `src/server.ts`. */
export function sourceOf(context: ShapeContext, file: string, compile: Compile | null): string | null {
  const name = file.replace(/\.[cm]?js$/, '');
  const parts = name.split('/');
  const candidates = parts.flatMap((_part, at) => {
    const rest = parts.slice(at).join('/');
    return [rest, `src/${rest}`, `server/${rest}`, `lib/${rest}`, `app/${rest}`];
  });
  const found = candidates
    .map((candidate) =>
      ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs']
        .map((ending) => `${candidate}${ending}`)
        .find((path) => exists(context, path) && path !== file),
    )
    .filter((path) => path !== undefined);
  const exact = compile && found.find((path) => compile.compiled(path) === file);
  const path = exact ?? found[0];
  return path === undefined ? null : inService(context, path);
}
