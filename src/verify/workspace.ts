import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { appendFile, copyFile, cp, lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, extname, isAbsolute, join, relative, sep } from 'node:path';
import { type IgnoreFile, ignoreFileCandidates, readIgnoreFile } from '../dockerfile/ignore.ts';
import { UserError } from '../errors.ts';
import type { Session } from './session.ts';

/** A copy of the build context, in which files may be changed and canaries planted. */
export interface Workspace {
  readonly context: string;
  readonly dockerfile: string;
  /** this text stands in every planted file, and in nothing else in the world */
  readonly canary: string;
  readonly planted: readonly string[];
}

/** Copies what the engine would be sent; what is ignored stays away, for it may be large. */
export async function createWorkspace(session: Session, context: string, dockerfile: string): Promise<Workspace> {
  const folder = await session.newFolder('context');
  const ignore = await readIgnore(context, dockerfile);
  await copyContext(context, folder, ignore);
  const target = await placeDockerfile(session, context, dockerfile, folder);
  const canary = `canary-${randomBytes(16).toString('hex')}`;
  return { context: folder, dockerfile: target, canary, planted: await plantCanaries(folder, context, canary) };
}

async function copyContext(context: string, folder: string, ignore: IgnoreFile): Promise<void> {
  const options = {
    recursive: true,
    verbatimSymlinks: true,
    preserveTimestamps: true,
    mode: constants.COPYFILE_FICLONE,
    filter: (source: string) => isWanted(source, toContextPath(context, source), ignore),
  };
  try {
    await cp(context, folder, options);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UserError(
      'file-unreadable',
      `The build context cannot be copied: ${error.message}`,
      'Make its files readable, or keep them out with the .dockerignore; there must be room for a copy in the temporary folder.',
    );
  }
}

async function isWanted(source: string, path: string, ignore: IgnoreFile): Promise<boolean> {
  if (path === '' || isIgnoreFile(path)) return true;
  const stats = await lstat(source);
  if (!stats.isFile() && !stats.isDirectory() && !stats.isSymbolicLink()) return false;
  if (!ignore.excludes(path)) return true;
  return stats.isDirectory() && mayComeBack(path, ignore);
}

/** Whether some `!pattern` may bring back a file below an ignored folder. Dependencies come back only by their own name. */
function mayComeBack(folder: string, ignore: IgnoreFile): boolean {
  const exceptions = ignore.patterns
    .filter(({ text }) => text.startsWith('!'))
    .map(({ text }) => text.replace(/^!\/?/, ''));
  const isHeavy = /(^|\/)(node_modules|\.git|\.venv|venv|target)$/.test(folder);
  return exceptions.some((pattern) => {
    const fixed = pattern.replace(/[*?[].*$/, '');
    if (isHeavy) return fixed.startsWith(`${folder}/`);
    return fixed.startsWith(`${folder}/`) || `${folder}/`.startsWith(fixed);
  });
}

async function readIgnore(context: string, dockerfile: string): Promise<IgnoreFile> {
  const inside = toContextPath(context, dockerfile);
  const own = `${dockerfile}.dockerignore`;
  for (const candidate of [own, ...ignoreFileCandidates(inside, '.').map((path) => join(context, path))]) {
    const text = await readFile(candidate, 'utf8').catch(absent);
    if (text !== null) return readIgnoreFile(text);
  }
  return readIgnoreFile('');
}

/** A Dockerfile outside its context, or one that is ignored, is laid beside the copy together with its own ignore file. */
async function placeDockerfile(session: Session, context: string, dockerfile: string, folder: string): Promise<string> {
  const inside = relative(context, dockerfile);
  if (!inside.startsWith('..') && !isAbsolute(inside)) {
    const target = join(folder, inside);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(dockerfile, target);
    await copyFile(`${dockerfile}.dockerignore`, `${target}.dockerignore`).catch(absent);
    return target;
  }
  const target = join(await session.newFolder('dockerfile'), 'Dockerfile');
  await copyFile(dockerfile, target);
  await copyFile(`${dockerfile}.dockerignore`, `${target}.dockerignore`).catch(absent);
  return target;
}

/**
 * Plants files that a good ignore file keeps out and a whole-tree COPY lets in. A file that is there is left alone.
 * The line is a comment in each of these formats, so that nobody who reads them stumbles.
 */
async function plantCanaries(folder: string, context: string, canary: string): Promise<string[]> {
  const planted: string[] = [];
  const hasGit = (await lstat(join(context, '.git')).catch(absent))?.isDirectory() ?? false;
  for (const path of ['.env', '.env.local', ...(hasGit ? ['.git/canary'] : [])]) {
    if ((await lstat(join(context, path)).catch(absent)) !== null) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), `# ${canary}\n`);
    planted.push(path);
  }
  return planted;
}

const COMMENTS: Readonly<Record<string, readonly [string, string]>> = {
  ...entries(
    ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.jsx', '.tsx', '.java', '.kt', '.scala', '.go', '.rs'],
    '// ',
  ),
  ...entries(['.cs', '.swift', '.dart', '.c', '.cc', '.cpp', '.groovy', '.php'], '// '),
  ...entries(['.py', '.rb', '.ex', '.exs', '.sh', '.pl', '.r', '.jl'], '# '),
  ...entries(['.vue', '.svelte', '.astro', '.html'], '<!-- ', ' -->'),
  '.css': ['/* ', ' */'],
};

function entries(endings: readonly string[], open: string, close = ''): Record<string, readonly [string, string]> {
  return Object.fromEntries(endings.map((ending) => [ending, [open, close] as const]));
}

/** Adds a comment that nobody wrote before at the end of a source file of the copy. */
export async function touchSource(workspace: Workspace, path: string): Promise<void> {
  const [open, close] = COMMENTS[extname(path).toLowerCase()] ?? ['', ''];
  await appendFile(join(workspace.context, path), `\n${open}${randomBytes(8).toString('hex')}${close}\n`);
}

const NOT_SOURCES =
  /(^|\/)(\.[^/]+|node_modules|vendor|venv|tests?|__tests__|spec|docs?|examples?|scripts?|migrations|fixtures|bench|target|dist|build)(\/|$)/;
const NOT_CODE =
  /(^|\/)(setup\.py|conftest\.py|test_[^/]*|[^/]*[._-](test|spec|config|stories)\.[^/]+|[^/]*\.d\.ts|[^/]*Tests?\.java|package-info\.java)$/;
const RANK: Readonly<Record<string, number>> = { '.html': 3, '.css': 3, '.sh': 2, '.php': 1 };

/** Sources that a developer would edit, the likeliest first; at most `limit`. Paths are relative, with `/`. */
export async function findSources(context: string, limit: number): Promise<string[]> {
  const found: string[] = [];
  let folders = ['.'];
  for (let depth = 0; depth < 9 && found.length < 200; depth += 1) {
    const below: string[] = [];
    for (const folder of folders) {
      for (const entry of await readdir(join(context, folder), { withFileTypes: true })) {
        const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
        if (NOT_SOURCES.test(path)) continue;
        if (entry.isDirectory()) below.push(path);
        else if (entry.isFile() && COMMENTS[extname(path).toLowerCase()] !== undefined && !NOT_CODE.test(path))
          found.push(path);
      }
    }
    folders = below.sort();
  }
  return found.sort((one, other) => rankOf(one) - rankOf(other) || one.localeCompare(other, 'en')).slice(0, limit);
}

function rankOf(path: string): number {
  const isInSources = /(^|\/)(src|app|lib|pages|cmd|internal|server)\//.test(path) ? 0 : 0.5;
  return (RANK[extname(path).toLowerCase()] ?? 0) + isInSources;
}

function isIgnoreFile(path: string): boolean {
  return path.endsWith('.dockerignore');
}

function toContextPath(context: string, path: string): string {
  return relative(context, path).split(sep).join('/');
}

/** A file that is not there is an answer; anything else is a failure. */
function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}
