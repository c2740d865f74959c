import type { Fact } from '../../model/fact.ts';
import { directoryOf, joinPath, relativePath } from '../../project/search.ts';
import type { Source } from './sources.ts';

/** Calls and settings by which programs name what they write. */
const WRITES =
  /\b(?:mkdir|mkdirSync|mkdirp|mkdirpSync|ensureDir|ensureDirSync|ensureFile|ensureFileSync|createWriteStream|writeFile|writeFileSync|appendFile|appendFileSync|outputFile|outputFileSync|outputJson|writeJson|writeJsonSync|multer|FileSync|JSONFile|JSONFileSync|JSONFilePreset|Datastore|FileStore|LocalStorage)\s*\(|\b(?:destination|dest|uploadDir|uploadPath|tempFileDir|dirname|logDirectory)\s*:|\bfilename\s*:\s*["'`(]?[^,]*\.(?:log|db|sqlite3?)\b|\bstorage\s*:\s*["'`p]|\bdatabase\s*:\s*["'`][^"'`]*\.(?:db|sqlite3?)|\bDatabase\s*\(|\bcb\s*\(\s*null\s*,|\bcallback\s*\(\s*null\s*,|\bfilename\s*:\s*path\./;

const LITERAL = /["'`]([^"'`$\n]+)["'`]/g;
const PATHLIKE = /^(?:\.{0,2}\/)?[\w@-][\w@. -]*(?:\/[\w@. -]+)*\/?$|^\.{1,2}$/;
/** A path from the root of the file system; in other places a leading slash only follows on a folder. */
const ABSOLUTE = /^\/(?:etc|var|opt|srv|mnt|data|home|run)\//;
const FILE = /\.(?:db|sqlite3?|json|log|txt|csv|xlsx?|pdf|png|jpe?g|html?|xml|ya?ml|md|zip|ndb)$/i;

/** Files of the project itself, which tools may rewrite and a service does not. */
const OWN =
  /^(?:package(?:-lock)?|npm-shrinkwrap|[tj]sconfig[\w.-]*|composer|nodemon|lerna|nx|turbo|vercel|manifest|swagger|openapi|schema)\.(?:json|ya?ml)$|^(?:README|CHANGELOG|LICENSE)\b/i;

/** Names of folders that hold what a program makes. A single word counts only if it is one of them. */
const MADE =
  /^(?:logs?|uploads?|uploaded|data|db|database|databases|te?mp|caches?|storage|files?|media|backups?|outputs?|reports?|sessions?|attachments?|downloads?|images?|avatars?|exports?|pdfs?|photos?|pictures?|videos?|store|public|static|assets|documents?|receipts|invoices|screenshots|recordings|auth|\.wwebjs_auth|tokens|saves)$/i;

/**
 * Folders and files that the sources write to, relative to the service's directory or from the root: with a folder that is not there yet, or a
 * database beside the program, it would end at its first start as a user who may not write.
 */
export function writtenPaths(directory: string, runsIn: string, sources: readonly Source[]): readonly Fact[] {
  const found = new Map<string, Fact>();
  for (const source of sources) {
    const lines = source.text.split('\n');
    for (const [at, line] of lines.entries()) {
      if (!WRITES.test(line) || /^\s*(?:\/\/|\*)/.test(line)) continue;
      for (const path of pathsOn(line, source, lines, directory, runsIn)) {
        if (!found.has(path))
          found.set(path, {
            value: path,
            from: `${source.path}:${at + 1}`,
            holds: path.slice(path.lastIndexOf('/') + 1),
          });
      }
    }
  }
  return [...found.values()].slice(0, 12);
}

function pathsOn(
  line: string,
  source: Source,
  lines: readonly string[],
  directory: string,
  runsIn: string,
): readonly string[] {
  const text = `${line} ${namedOn(line, lines)}`;
  const isFromFile = /__dirname|import\.meta|\bdirname\s*\(/.test(text);
  const base = isFromFile ? directoryOf(source.path) : joinPath(directory, runsIn);
  const paths = pathsIn(text);
  // beside the path of a file, a single word is a name of something else
  const hasFile = paths.some((path) => FILE.test(path));
  return paths
    .filter((path) => (!hasFile || /[./]/.test(path)) && isWritable(path) && !path.startsWith('/tmp/'))
    .map((path) =>
      ABSOLUTE.test(path) && !isFromFile ? path : relativePath(directory, joinPath(base, path.replaceAll(/^\/+/g, ''))),
    )
    .filter((path) => path !== '.' && !path.startsWith('node_modules'));
}

/** `join(__dirname, '..', 'logs')` is one path; other texts stand alone. */
function pathsIn(text: string): readonly string[] {
  const joined: string[] = [];
  const rest = text.replaceAll(/\b(?:join|resolve)\s*\(([^()]*)\)/g, (_all, args: string) => {
    const path = literalsIn(args).join('/');
    // what stands before the first text is a folder
    if (path !== '') joined.push(/^\s*["'`]/.test(args) ? path : path.replace(/^\/+/, ''));
    return '';
  });
  return [...joined, ...literalsIn(rest)];
}

function literalsIn(text: string): readonly string[] {
  return [...text.matchAll(LITERAL)].map((match) => (match[1] ?? '').trim()).filter((one) => PATHLIKE.test(one));
}

/** `mkdirSync(uploadDir)`: the line that gives `uploadDir` its value. */
function namedOn(line: string, lines: readonly string[]): string {
  const names = [...line.matchAll(/[(,:]\s*([A-Za-z_]\w*)\s*[,)}]/g)].map((match) => match[1] ?? '');
  for (const name of names) {
    if (/^(?:null|true|false|req|res|file|err|cb|data|path|fs)$/.test(name)) continue;
    const given = lines.find((one) => new RegExp(`\\b(?:const|let|var)\\s+${name}\\b[^=]*=`).test(one));
    if (given) return given;
  }
  return '';
}

function isWritable(path: string): boolean {
  if (OWN.test(path.slice(path.lastIndexOf('/') + 1))) return false;
  if (FILE.test(path)) return true;
  const names = path.split('/').filter((name) => name !== '' && !/^\.{1,2}$/.test(name));
  return names.some((name) => MADE.test(name));
}

/** A path with the ending of a file. */
export function isFilePath(path: string): boolean {
  return FILE.test(path);
}
