/** Calls that write into the file or make the folder that an argument names. `argument`: its place, or its name. */
export interface WritingCall {
  readonly pattern: RegExp;
  readonly argument: number | string;
  readonly is: 'file' | 'folder' | 'log';
  /** module that the file must import for the call to mean this */
  readonly module?: string;
}

/** The pattern ends with the bracket of the call. */
export const WRITING_CALLS: readonly WritingCall[] = [
  { pattern: /\b(?:sqlite3|aiosqlite|apsw)\.(?:connect|Connection)\s*\(/g, argument: 0, is: 'file' },
  { pattern: /(?<![\w.])connect\s*\(/g, argument: 0, is: 'file', module: 'sqlite3' },
  { pattern: /(?<![\w.])connect\s*\(/g, argument: 0, is: 'file', module: 'aiosqlite' },
  {
    pattern: /\b(?:TinyDB|SqliteDatabase|SqliteExtDatabase|SqliteDict|shelve\.open|SqliteHuey)\s*\(/g,
    argument: 0,
    is: 'file',
  },
  { pattern: /\b(?:SqliteHuey|PicklePersistence|SqliteSaver)\s*\(/g, argument: 'filename', is: 'file' },
  { pattern: /\bPicklePersistence\s*\(/g, argument: 'filepath', is: 'file' },
  { pattern: /\bPicklePersistence\s*\(/g, argument: 0, is: 'file' },
  { pattern: /\bSqliteSaver\.from_conn_string\s*\(/g, argument: 0, is: 'file' },
  { pattern: /\bFileHandler\s*\(/g, argument: 0, is: 'log' },
  { pattern: /\bFileHandler\s*\(/g, argument: 'filename', is: 'log' },
  { pattern: /\b(?:TimedRotating|Rotating|ConcurrentRotating)FileHandler\s*\(/g, argument: 0, is: 'file' },
  { pattern: /\b(?:TimedRotating|Rotating|ConcurrentRotating)FileHandler\s*\(/g, argument: 'filename', is: 'file' },
  { pattern: /\bbasicConfig\s*\(/g, argument: 'filename', is: 'log' },
  { pattern: /\blogger\.add\s*\(/g, argument: 0, is: 'file', module: 'loguru' },
  { pattern: /\b(?:TelegramClient)\s*\(/g, argument: 0, is: 'file', module: 'telethon' },
  { pattern: /\.(?:to_csv|to_excel|to_json|to_parquet|savefig)\s*\(/g, argument: 0, is: 'file' },
  { pattern: /(?<!storage|\bfs)\.save\s*\(/g, argument: 0, is: 'file' },
  { pattern: /\b(?:os\.)?(?:makedirs|mkdir)\s*\(/g, argument: 0, is: 'folder' },
  { pattern: /\b(?:PersistentClient|diskcache\.Cache|FanoutCache)\s*\(/g, argument: 0, is: 'folder' },
  { pattern: /\b(?:PersistentClient)\s*\(/g, argument: 'path', is: 'folder' },
  { pattern: /\b\w+(?:\.from_\w+)?\s*\((?=[^()]*\bpersist_directory\b)/g, argument: 'persist_directory', is: 'folder' },
];

/** Methods of a path that write into it. */
export const WRITING_METHODS = /\.(mkdir|write_text|write_bytes|touch|open)\s*\(/g;

/** Names of settings for folders that programs write into. */
export const FOLDER_SETTINGS =
  /^(?:UPLOAD_FOLDER|UPLOAD_DIR|UPLOADS?_PATH|OUTPUT_DIR|OUTPUT_FOLDER|DATA_DIR|CACHE_DIR|TEMP_DIR|LOG_DIR|MEDIA_ROOT)$/;

/** Folders that libraries make where the program runs. */
export const LIBRARY_FOLDERS: readonly { readonly pattern: RegExp; readonly folders: readonly string[] }[] = [
  // For uploads and its settings.
  { pattern: /^[ \t]*(?:import|from)[ \t]+chainlit\b/m, folders: ['.chainlit', '.files'] },
  // FastHTML keeps the key of its sessions in a file.
  { pattern: /\b(?:fast_app|FastHTML)\s*\(/, folders: ['.'] },
  { pattern: /\bapp\.storage\.\w+/, folders: ['.nicegui'] },
];
