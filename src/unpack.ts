import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { wrap } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

// The package's files are CommonJS under Brotli: what npx fetches and writes to disk is a third of their size. What a run
// unpacked and compiled is kept for the next one, which starts in a fifth less time.

type Main = (
  exports: object,
  require: (id: string) => unknown,
  module: unknown,
  path: string,
  directory: string,
) => void;

/** What a run unpacked or compiled itself. */
interface Fresh {
  readonly path: string;
  readonly code: string;
  readonly script: Script;
}

/**
 * Loads a file of the package with those that it requires, which all stand in the folder of the first one. Only the command
 * line keeps anything: a program that calls the interface was not asked.
 */
export function loadCompressed(first: string, { keeps }: { readonly keeps: boolean }): unknown {
  const directory = dirname(first);
  const cache = keeps ? cacheFolder() : null;
  const fresh: Fresh[] = [];
  const loaded = new Map<string, { exports: object }>();

  // Node's own search for modules takes a quarter of a millisecond each time, and these need no search.
  function load(path: string): unknown {
    const known = loaded.get(path);
    if (known) return known.exports;
    const kept = cache === null ? null : keptOf(placeOf(cache, path));
    const code = kept?.code ?? unpacked(path);
    const script = new Script(code, { filename: path, cachedData: kept?.cachedData });
    if (script.cachedDataRejected !== false) fresh.push({ path, code, script });
    const module = { exports: {} };
    loaded.set(path, module);
    const main: Main = script.runInThisContext();
    main.call(module.exports, module.exports, requireFrom, module, path, directory);
    return module.exports;
  }

  function requireFrom(id: string): unknown {
    return id.endsWith('.br') ? load(join(directory, id)) : require(id);
  }

  if (cache !== null) process.on('exit', () => keep(cache, fresh));
  return load(first);
}

/**
 * A folder for this user alone among the machine's temporary files, which are tidied up without us. What stands in it is
 * run, so that a folder that somebody else made or may write is left alone.
 */
function cacheFolder(): string | null {
  if (process.env['NODE_DISABLE_COMPILE_CACHE']) return null;
  const user = process.getuid?.();
  const folder = join(tmpdir(), `create-multistage-docker${user === undefined ? '' : `-${user}`}`);
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found) return found.isDirectory() && isOwn(found, user) ? folder : null;
  try {
    mkdirSync(folder, { mode: 0o700 });
    return folder;
  } catch (error) {
    return unlessMistake(error);
  }
}

function isOwn(found: { readonly uid: number; readonly mode: number }, user: number | undefined): boolean {
  return user === undefined || (found.uid === user && (found.mode & 0o077) === 0);
}

function unpacked(path: string): string {
  // Node's own part for this takes longer to load than the rest of this file: only a first run needs it.
  const { brotliDecompressSync }: typeof import('node:zlib') = require('node:zlib');
  return wrap(brotliDecompressSync(readFileSync(path)).toString('latin1'));
}

/** File names hold a hash of what is in them, so that a kept file never belongs to another version. */
function placeOf(folder: string, path: string): string {
  return join(folder, `${basename(path)}-node-${process.version}-${process.arch}`);
}

/** A kept file: the length of the code in bytes, the code, and what V8 compiled from it. */
function keptOf(place: string): { code: string; cachedData: Buffer } | null {
  try {
    const bytes = readFileSync(place);
    const end = 4 + bytes.readUInt32LE(0);
    if (end > bytes.length) return null;
    return { code: bytes.toString('latin1', 4, end), cachedData: bytes.subarray(end) };
  } catch (error) {
    return unlessMistake(error);
  }
}

function keep(folder: string, fresh: readonly Fresh[]): void {
  const draft = join(folder, `${process.pid}.draft`);
  try {
    for (const { path, code, script } of fresh) {
      const source = Buffer.from(code, 'latin1');
      const length = Buffer.alloc(4);
      length.writeUInt32LE(source.length);
      writeFileSync(draft, Buffer.concat([length, source, script.createCachedData()]));
      // Another run finds the whole file or none.
      renameSync(draft, placeOf(folder, path));
    }
  } catch (error) {
    rmSync(draft, { force: true });
    unlessMistake(error);
  }
}

/** The program works without its cache: a full disk or a folder that cannot be written is no reason to fail. */
function unlessMistake(error: unknown): null {
  if (error instanceof Error && 'code' in error) return null;
  throw error;
}
