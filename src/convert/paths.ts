import { posix } from 'node:path';

/** Absolute path, cleaned; `base` is what a relative one starts from. */
export function absolute(base: string, path: string): string {
  const cleaned = posix.normalize(path.startsWith('/') ? path : `${base}/${path}`);
  return cleaned.length > 1 && cleaned.endsWith('/') ? cleaned.slice(0, -1) : cleaned;
}

/** `path` is `tree` or lies below it. */
export function isWithin(path: string, tree: string): boolean {
  return path === tree || tree === '/' || path.startsWith(`${tree}/`);
}

/** Path below a tree, without a leading slash; empty for the tree itself. */
export function below(tree: string, path: string): string {
  return tree === '/' ? path.slice(1) : path.slice(tree.length + 1);
}

/** Without those that lie within another one; sorted. */
export function outermost(paths: Iterable<string>): string[] {
  const sorted = [...new Set(paths)].sort();
  return sorted.filter((path) => !sorted.some((other) => other !== path && isWithin(path, other)));
}

/** Directories that the base image owns with all that is below them: nothing there is copied out of a build stage. */
const SYSTEM_TREES = [
  ...['/bin', '/boot', '/dev', '/etc', '/lib', '/lib32', '/lib64', '/proc', '/run', '/sbin', '/sys'],
  ...['/usr/bin', '/usr/include', '/usr/lib', '/usr/lib64', '/usr/libexec', '/usr/sbin', '/usr/share'],
  ...[
    '/usr/local/etc',
    '/usr/local/include',
    '/usr/local/lib',
    '/usr/local/sbin',
    '/usr/local/share',
    '/usr/local/bin',
  ],
  ...['/var/cache', '/var/lib', '/var/log', '/var/run', '/var/spool', '/var/tmp', '/tmp'],
];

/** Directories of the base image in which an application may have an entry of its own. */
const SHARED = new Set([
  ...['/', '/home', '/media', '/mnt', '/opt', '/root', '/srv', '/usr', '/usr/local', '/usr/src', '/var', '/var/opt'],
  ...['/var/www', '/go', '/go/src', '/go/bin', '/root/go', '/root/go/bin', '/opt/java', '/usr/local/tomcat'],
  ...['/usr/local/cargo', '/usr/local/cargo/bin', '/usr/local/rustup', '/root/.cargo', '/root/.cargo/bin'],
]);

/** Trees below a system tree that belong to the application after all. */
const APPLICATION_TREES = ['/usr/share/nginx/html', '/var/lib/app', '/usr/local/app'];

const HOME_FOLDERS = new Set(['.cache', '.local', '.local/share', '.local/lib', '.local/bin', '.config']);

/** Home directories hold caches beside the application: what lies in them is told apart entry by entry. */
export type Homes = ReadonlySet<string>;

/** The outermost directory above a path (or the path itself) that is the application's own; `null`: there is none. */
export function ownRoot(path: string, homes: Homes): string | null {
  const names = path.split('/').slice(1);
  for (let depth = 1; depth <= names.length; depth += 1) {
    const candidate = `/${names.slice(0, depth).join('/')}`;
    if (isOwnTree(candidate, homes)) return candidate;
  }
  return null;
}

/** A directory that is the application's own: copying it whole takes nothing of the base image along. */
export function isOwnTree(path: string, homes: Homes): boolean {
  if (APPLICATION_TREES.some((tree) => isWithin(path, tree))) return true;
  if (SHARED.has(path) || homes.has(path)) return false;
  const home = [...homes].find((one) => isWithin(path, one));
  if (home !== undefined && HOME_FOLDERS.has(below(home, path))) return false;
  return !SYSTEM_TREES.some((tree) => isWithin(path, tree));
}

/** A folder in a home in which every tool has one of its own. */
export function isHomeFolder(path: string, homes: Homes): boolean {
  return [...homes].some((home) => isWithin(path, home) && HOME_FOLDERS.has(below(home, path)));
}

/** Where package managers look for their sources and keys: only an installation after it needs what lies there. */
export function isPackageSource(path: string): boolean {
  return ['/etc/apt', '/etc/apk', '/etc/yum.repos.d', '/usr/share/keyrings'].some((folder) => isWithin(path, folder));
}
