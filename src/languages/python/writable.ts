import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { directoryOf, joinPath } from '../../project/search.ts';
import { isTalk, placeIn, type Source } from './sources.ts';

/**
 * Ways in which a program writes into its own folder. The first group is the path; what it belongs to is a file (its folder must
 * be writable) or a folder. `fixed`: a library chooses the name.
 */
const WRITES: readonly (
  | { readonly pattern: RegExp; readonly is: 'file' | 'folder' }
  | { readonly pattern: RegExp; readonly is: 'fixed'; readonly folder: string }
)[] = [
  { pattern: /["']sqlite(?:\+\w+)?:\/\/\/(?!\/|:memory:)(?:\.\/)?([\w./{}-]+|(?=["'] *[+%]))/g, is: 'file' },
  { pattern: /\bsqlite3\.connect\(\s*["'](?!:memory:|\/)(?:\.\/)?([\w./-]+)["']/g, is: 'file' },
  {
    pattern:
      /\b(?:TinyDB|shelve\.open|FileHandler|RotatingFileHandler|TimedRotatingFileHandler|SqliteDatabase)\(\s*(?:filename\s*=\s*)?["'](?!\/|:memory:)(?:\.\/)?([\w./-]+)["']/g,
    is: 'file',
  },
  { pattern: /\bbasicConfig\((?:[^()]|\([^()]*\))*\bfilename\s*=\s*["'](?!\/)(?:\.\/)?([\w./-]+)["']/g, is: 'file' },
  { pattern: /\bopen\(\s*["'](?!\/)(?:\.\/)?([\w./-]+)["']\s*,\s*(?:mode\s*=\s*)?["'][wax]/g, is: 'file' },
  {
    pattern:
      /\b(?:os\.makedirs|os\.mkdir|Path)\(\s*["'](?!\/|\.\.)(?:\.\/)?([\w./-]+)["']\s*(?:,[^)]*)?\)(?:\.mkdir)?/g,
    is: 'folder',
  },
  {
    pattern:
      /\b(?:UPLOAD_FOLDER|UPLOAD_DIR|UPLOADS?_PATH|OUTPUT_DIR|OUTPUT_FOLDER|DATA_DIR|CACHE_DIR|TEMP_DIR|LOG_DIR)["'\]]*\s*=\s*["'](?!\/|\.\.)(?:\.\/)?([\w./-]+)["']/g,
    is: 'folder',
  },
  {
    pattern: /\bconnect\(\s*f["']\{[^"'\n]*__file__[^"'\n]*\}\/([\w./-]+\.(?:sqlite3?|db))["']/g,
    is: 'file',
  },
  // Chainlit makes a folder for uploads and one for its settings where it runs.
  { pattern: /^[ \t]*(?:import|from)[ \t]+chainlit\b/gm, is: 'fixed', folder: '.files' },
  { pattern: /^[ \t]*(?:import|from)[ \t]+chainlit\b/gm, is: 'fixed', folder: '.chainlit' },
  // FastHTML keeps the key of its sessions in a file.
  { pattern: /\b(?:fast_app|FastHTML)\(()/g, is: 'folder' },
  { pattern: /\bmakedirs\(\s*app\.instance_path/g, is: 'fixed', folder: 'instance' },
  {
    pattern:
      /["']NAME["']\s*:\s*(?:BASE_DIR\s*\/\s*|os\.path\.join\(\s*BASE_DIR\s*,\s*|str\(\s*BASE_DIR\s*\/\s*)["']([\w./-]+\.(?:sqlite3?|db))["']/g,
    is: 'file',
  },
  {
    pattern: /\bMEDIA_ROOT\s*=\s*(?:BASE_DIR\s*\/\s*|os\.path\.join\(\s*BASE_DIR\s*,\s*)["']([\w./-]+)["']/g,
    is: 'folder',
  },
  {
    pattern:
      /\bos\.path\.join\(\s*(?:basedir|BASE_DIR|base_dir|BASEDIR|app\.root_path|os\.path\.dirname\(__file__\))\s*,\s*["']([\w./-]+\.(?:sqlite3?|db))["']/g,
    is: 'file',
  },
];

/**
 * Folders, relative to where the program runs, that it writes into by itself: for SQLite files, uploads, logs. Each with the
 * place that says so; the folder it runs in is `.`.
 */
export function writableFolders(workdir: string, reached: readonly Source[]): readonly Fact[] {
  const facts = new Map<string, Fact>();
  const isFlaskSql = reached.some((source) => source.imports.some((one) => one.module.startsWith('flask_sqlalchemy')));
  for (const source of reached) {
    for (const write of WRITES) {
      for (const match of source.text.matchAll(write.pattern)) {
        if (isTalk(source, match.index)) continue;
        const folder = write.is === 'fixed' ? write.folder : folderOf(match[1] ?? '', write.is, match[0], isFlaskSql);
        if (folder === null || /(?:^|\/)(?:tests?|docs?)(?:\/|$)/.test(folder)) continue;
        const beside =
          /basedir|BASE_DIR|base_dir|BASEDIR|root_path|__file__|instance/.test(match[0]) && write.is !== 'fixed';
        const path = joinPath(beside && !match[0].includes('BASE_DIR') ? besideFile(source, workdir) : '.', folder);
        if (!facts.has(path)) facts.set(path, { value: path, from: placeIn(source, match.index), holds: '' });
      }
    }
  }
  return [...facts.values()].sort((a, b) => (a.value < b.value ? -1 : 1)).slice(0, 8);
}

function folderOf(path: string, is: 'file' | 'folder', text: string, isFlaskSql: boolean): string | null {
  // A part that is worked out when it runs says nothing.
  const clean = joinPath(path.includes('{') ? path.replace(/[^/]*\{.*$/, 'x') : path);
  if (is === 'folder') return clean;
  const folder = directoryOf(clean);
  // Flask-SQLAlchemy 3 puts a relative SQLite file into the instance folder.
  return text.includes('sqlite:///') && isFlaskSql ? joinPath('instance', folder) : folder;
}

function besideFile(source: Source, workdir: string): string {
  const folder = directoryOf(source.path);
  if (workdir === '.') return folder;
  return folder === workdir ? '.' : folder.startsWith(`${workdir}/`) ? folder.slice(workdir.length + 1) : '.';
}

/** SQLite files that the source names and that come with the project, relative to its directory. */
export function writableFiles(
  project: Project,
  directory: string,
  workdir: string,
  reached: readonly Source[],
): readonly string[] {
  const named = reached.flatMap((source) =>
    [...source.text.matchAll(/(?<![\w./-])([\w./-]{0,200}[\w-]\.(?:sqlite3?|db))\b/g)].map((match) =>
      joinPath(match[1] ?? ''),
    ),
  );
  const paths = [...new Set(named)].flatMap((path) => [
    joinPath(workdir, path),
    joinPath(path),
    joinPath('instance', path),
  ]);
  return [...new Set(paths)].filter((path) => project.isFile(joinPath(directory, path))).slice(0, 4);
}
