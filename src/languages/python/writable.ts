import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { directoryOf, joinPath } from '../../project/search.ts';
import { type PathReader, pathReader } from './path-names.ts';
import { isKnown, UNKNOWN } from './path-value.ts';
import { argumentsIn, receiverStart } from './python-text.ts';
import { placeIn, type Source } from './sources.ts';
import { FOLDER_SETTINGS, LIBRARY_FOLDERS, WRITING_CALLS, WRITING_METHODS, type WritingCall } from './writable-data.ts';

/** What the program writes into, as paths of the container. */
export interface Writable {
  readonly folders: readonly Fact[];
  /** those of the folders that hold the source as well */
  readonly besideSource: readonly string[];
  /** log files beside the source: such a file alone is writable, not its folder */
  readonly logs: readonly Fact[];
  /** files that come with the project, relative to its directory */
  readonly files: readonly string[];
}

interface Write {
  readonly path: string;
  readonly is: WritingCall['is'];
  readonly source: Source;
  readonly offset: number;
}

const MOST_FOLDERS = 8;

/**
 * Folders that the program writes into by itself: for SQLite files, uploads, logs. Paths are followed through names, settings and
 * functions of the files that are loaded.
 */
export function writable(
  project: Project,
  directory: string,
  workdir: string,
  sources: readonly Source[],
  reached: readonly Source[],
  isInstalled: boolean,
): Writable {
  const base = `/${joinPath('app', workdir)}`;
  const reader = pathReader(sources, reached, base, isInstalled ? '/opt/venv/lib' : '/app');
  const writes = reached
    .flatMap((source) => writesOf(source, reader, reached))
    .map((write) => ({ ...write, path: inContainer(write, base) }));
  const folders = new Map<string, Fact>();
  const logs = new Map<string, Fact>();
  for (const write of writes) {
    const folder = write.is === 'folder' ? fixedPart(write.path, false) : fixedPart(write.path, true);
    if (folder === null || !isOwnFolder(folder)) continue;
    const isLog = write.is === 'log' && folder === base && !write.path.includes(UNKNOWN);
    const [path, known] = isLog ? [write.path, logs] : [folder, folders];
    if (!known.has(path)) known.set(path, { value: path, from: placeIn(write.source, write.offset), holds: '' });
  }
  const besideSource = [...folders.keys()].filter((folder) => holdsSource(folder, sources));
  const apart = [...folders.keys()].filter((folder) => !besideSource.includes(folder));
  const kept = [...folders.values()].filter((fact) => !isMadeInside(project, directory, fact.value, apart));
  return {
    folders: kept.sort(byValue).slice(0, MOST_FOLDERS),
    besideSource,
    logs: [...logs.values()].filter((fact) => !folders.has(directoryAbove(fact.value))).sort(byValue),
    files: ownFiles(project, directory, writes),
  };
}

function byValue(a: Fact, b: Fact): number {
  return a.value < b.value ? -1 : 1;
}

function writesOf(source: Source, reader: PathReader, reached: readonly Source[]): readonly Write[] {
  return [
    ...WRITING_CALLS.filter(({ module }) => !module || importsModule(source, module)).flatMap((call) =>
      writesByCall(source, reader, call),
    ),
    ...opened(source, reader),
    ...writesByMethod(source, reader),
    ...databases(source, reader, reached),
    ...settings(source, reader),
    ...LIBRARY_FOLDERS.filter((one) => one.pattern.test(source.code)).flatMap((one) =>
      one.folders.map((path): Write => ({ path, is: 'folder', source, offset: source.code.search(one.pattern) })),
    ),
  ];
}

function importsModule(source: Source, module: string): boolean {
  return source.imports.some((one) => one.module.split('.')[0] === module);
}

function writesByCall(source: Source, reader: PathReader, call: WritingCall): readonly Write[] {
  return [...source.code.matchAll(call.pattern)].flatMap((match) => {
    const open = source.code.indexOf('(', match.index + match[0].trimEnd().length - 1);
    const given = argumentsIn(source, open);
    const one =
      typeof call.argument === 'number'
        ? [given[call.argument]].find((each) => each?.name === null)
        : given.find((each) => each.name === call.argument);
    return one ? pathsAt(source, reader, one.start, call.is, match.index) : [];
  });
}

function pathsAt(source: Source, reader: PathReader, start: number, is: Write['is'], offset: number): readonly Write[] {
  return reader.readEach(source, start).map((path) => ({ path, is, source, offset }));
}

/** `open(path, "w")`: the mode decides. */
function opened(source: Source, reader: PathReader): readonly Write[] {
  return [...source.code.matchAll(/(?<![\w.])(?:io\.|codecs\.|aiofiles\.|gzip\.)?open\s*\(/g)].flatMap((match) => {
    const given = argumentsIn(source, match.index + match[0].length - 1);
    const mode = given.find((one) => one.name === 'mode') ?? (given[1]?.name === null ? given[1] : undefined);
    const path = given[0];
    return path && mode && isWriting(source, mode.start)
      ? pathsAt(source, reader, path.start, 'file', match.index)
      : [];
  });
}

function isWriting(source: Source, offset: number): boolean {
  const mode = source.strings.find((text) => text.start === offset)?.value ?? '';
  return /^(?:[wax][bt]?\+?[bt]?|r[bt]?\+[bt]?)$/.test(mode);
}

/** `(BASE / "data").mkdir()`, `path.write_text(…)`, `path.open("w")`. */
function writesByMethod(source: Source, reader: PathReader): readonly Write[] {
  return [...source.code.matchAll(WRITING_METHODS)].flatMap((match) => {
    const start = receiverStart(source.code, match.index);
    const name = match[1] ?? '';
    if (
      start === match.index ||
      /^(?:os|shutil|io|codecs|gzip|aiofiles|Image|webbrowser)$/.test(source.code.slice(start, match.index))
    )
      return [];
    const mode = argumentsIn(source, match.index + match[0].length - 1)[0];
    if (name === 'open' && !(mode && isWriting(source, mode.start))) return [];
    // What is opened is a path only where it is known to be one; the evaluation says so.
    return pathsAt(source, reader, start, name === 'mkdir' ? 'folder' : 'file', match.index);
  });
}

/** Addresses of SQLite databases, wherever they stand, and files that Django's settings name. */
function databases(source: Source, reader: PathReader, reached: readonly Source[]): readonly Write[] {
  const isFlaskSql = reached.some((one) => importsModule(one, 'flask_sqlalchemy'));
  return source.strings.flatMap((text): readonly Write[] => {
    const start =
      text.start - (/[rbfRBF]{0,2}$/.exec(source.code.slice(Math.max(0, text.start - 2), text.start))?.[0].length ?? 0);
    if (/^sqlite(?:\+\w+)?:\/\/\//.test(text.value)) {
      const path = reader
        .read(source, start)
        .replace(/^sqlite(?:\+\w+)?:\/\/\//, '')
        .replace(/\?.*$/, '');
      if (path === '' || path.startsWith(':')) return [];
      // Flask-SQLAlchemy 3 puts a relative SQLite file into the instance folder.
      const isRelative = isFlaskSql && !path.startsWith('/');
      return [{ path: isRelative ? `${reader.instancePath}/${path}` : path, is: 'file', source, offset: text.start }];
    }
    // `'NAME': …` of a database, `'filename': …` of a handler in LOGGING.
    const ending = text.value === 'NAME' ? /\.(?:sqlite3?|db)$/ : text.value === 'filename' ? /\.log$/ : null;
    const after = ending && /^\s*:\s*/.exec(source.code.slice(text.end, text.end + 40));
    const path = after ? reader.read(source, text.end + after[0].length) : UNKNOWN;
    return ending?.test(path) ? [{ path, is: 'file', source, offset: text.start }] : [];
  });
}

/** `UPLOAD_FOLDER = …`, `app.config["UPLOAD_FOLDER"] = …`. */
function settings(source: Source, reader: PathReader): readonly Write[] {
  const names = [...source.code.matchAll(/^[ \t]*(\w+)\s*(?::[^=\n]+)?=(?!=)\s*/gm)]
    .filter((match) => FOLDER_SETTINGS.test(match[1] ?? ''))
    .map((match) => ({ offset: match.index, start: match.index + match[0].length }));
  const keys = source.strings
    .filter((text) => FOLDER_SETTINGS.test(text.value))
    .flatMap((text) => {
      const after = /^\s*\]\s*=(?!=)\s*/.exec(source.code.slice(text.end, text.end + 40));
      return after ? [{ offset: text.start, start: text.end + after[0].length }] : [];
    });
  return [...names, ...keys].flatMap(({ offset, start }) => pathsAt(source, reader, start, 'folder', offset));
}

/** A program that changes its folder writes elsewhere than where it was started. */
function inContainer({ path, source }: Write, base: string): string {
  const moves = /\bos\.chdir\s*\(/.test(source.code) && !/\bos\.chdir\s*\([^\n]*__file__/.test(source.code);
  if (moves && !path.startsWith('/')) return UNKNOWN;
  if (!isKnown(path) || /[\\:\0]|:\/\//.test(path)) return UNKNOWN;
  return path.startsWith('/') ? `/${joinPath(path)}` : `/${joinPath(base, path)}`;
}

/** The folder that holds a file, or the folder itself, as far as it is known. */
function fixedPart(path: string, isFile: boolean): string | null {
  if (path === UNKNOWN) return null;
  const unknown = path.indexOf(UNKNOWN);
  const known = unknown === -1 ? path : path.slice(0, unknown);
  if (!isFile && unknown === -1) return known;
  return directoryAbove(unknown === -1 ? known : `${known}x`);
}

function directoryAbove(path: string): string {
  return `/${joinPath(directoryOf(path.slice(1)))}`.replace(/^\/\.$/, '/');
}

/** Folders of the image itself, and those that are writable for everybody already, are none of the program's. */
function isOwnFolder(folder: string): boolean {
  if (folder === '/' || !/^[\w./@+-]+$/.test(folder)) return false;
  if (/^\/app\/(?:.*\/)?(?:tests?|docs?)(?:\/|$)/.test(folder)) return false;
  if (/^\/(?:bin|boot|dev|etc|lib\w*|media|proc|root|run|sbin|sys|tmp|usr)(?:\/|$)/.test(folder)) return false;
  return !/^\/(?:var(?:\/(?:lib|log|cache|www|tmp|run|spool|opt|local))?|srv|opt|mnt|home|opt\/venv)$|^\/var\/tmp\/|^\/opt\/venv\//.test(
    folder,
  );
}

function holdsSource(folder: string, sources: readonly Source[]): boolean {
  return sources.some((source) => `/app/${source.path}`.startsWith(`${folder}/`));
}

/** A folder that the program can make by itself within another one: nothing of the project is in its way. */
function isMadeInside(project: Project, directory: string, folder: string, others: readonly string[]): boolean {
  const isInside = others.some((one) => folder.startsWith(`${one}/`));
  return isInside && !project.isDirectory(joinPath(directory, folder.replace(/^\/app\//, '')));
}

/** Files that the program writes and that come with the project. */
function ownFiles(project: Project, directory: string, writes: readonly Write[]): readonly string[] {
  const paths = writes
    .filter((write) => write.is !== 'folder' && write.path.startsWith('/app/') && !write.path.includes(UNKNOWN))
    .map((write) => joinPath(write.path.slice('/app/'.length)));
  return [...new Set(paths)].filter((path) => project.isFile(joinPath(directory, path))).slice(0, 4);
}
