/** Absolute path of `path` as seen from `directory`, cleaned of `.`, `..` and double slashes; without a slash at the end. */
export function absolutePath(directory: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${directory}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Path relative to the build context as the engine cleans it: `/src/`, `./src` and `src` are the same; the context itself is `.`. */
export function contextPath(path: string): string {
  return absolutePath('/', path).slice(1) || '.';
}

export function baseName(path: string): string {
  return path.replace(/\/+$/, '').replace(/^.*\//, '');
}

export function joinPaths(directory: string, path: string): string {
  if (directory === '.' || directory === '') return path;
  return path === '.' || path === '' ? directory : `${directory}/${path}`;
}

/** What is left of `path` below `directory`: `''` for the directory itself, `null` outside of it. */
export function below(directory: string, path: string): string | null {
  if (path === directory) return '';
  const prefix = directory === '/' || directory === '.' ? (directory === '/' ? '/' : '') : `${directory}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : null;
}

/** A pattern of COPY: `*`, `?` and `[…]` do not cross a slash, `**` does. */
export function hasWildcard(path: string): boolean {
  return /[*?[]/.test(path);
}

/** A name against one component of a COPY pattern. */
export function matchesComponent(pattern: string, name: string): boolean {
  const source = pattern.replaceAll(/\\.|\[\^?[^\]]*\]|[*?]|[.+^${}()|\\/]/g, (part) => {
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    return part.startsWith('[') || part.startsWith('\\') ? part : `\\${part}`;
  });
  return new RegExp(`^${source}$`, 'u').test(name);
}

/** Folders that a base image fills, and that packages and installers write to. */
export const SYSTEM_FOLDERS =
  /^\/(?:usr|etc|var|lib|lib64|lib32|bin|sbin|opt|home|root|tmp|run|srv|mnt|media|dev|proc|sys|boot|go|nodejs|busybox|cargo|nix|data|config)(?:\/|$)/;
