import type { ContentGroup, ContentItem, RuntimeContract } from '../model/report.ts';
import type { FinalFile, FinalFilesystem } from './filesystem.ts';

const COMPILERS =
  /^\/(usr\/(local\/)?bin|opt\/[^/]+(\/[^/]+)?\/bin|usr\/lib\/jvm\/[^/]+\/bin|usr\/local\/cargo\/bin)\/((\w+-linux-\w+-)?(gcc|g\+\+|cc|c\+\+|clang)(-\d+)?|make|cmake|javac|rustc|cargo)$|^\/usr\/local\/go\/bin\/go$/;
const PACKAGE_MANAGERS =
  /^\/(usr\/(local\/)?)?(s?bin|games)\/(apt|apt-get|apk|dnf|microdnf|yum|npm|npx|yarn|yarnpkg|pnpm|corepack|pip|pip3|uv|poetry|pipenv|pdm|mvn|gradle|bundle|composer)$|^\/opt\/(?!venv\/).*\/bin\/(yarn|pnpm|pip3?|poetry)$|^\/usr\/share\/maven\/bin\/mvn$|\/(\.?venv|env)\/bin\/(pip3?|uv|poetry)$/;
const CACHES = [
  /^(\/root|\/home\/[^/]+)\/(\.npm\/_cacache|\.cache\/(pip|uv|pypoetry|pdm|pipenv|yarn|go-build|node\/corepack)|\.m2\/repository|\.gradle\/caches|\.yarn\/berry\/cache|\.bun\/install\/cache|\.cargo\/registry|\.nuget\/packages)\//,
  /^\/usr\/local\/share\/\.cache\/yarn\//,
  /^\/pnpm\/store\/|\/\.pnpm-store\//,
  /^\/var\/lib\/apt\/lists\/[^/]+_(Packages|Sources|InRelease|Release)/,
  /^\/var\/cache\/(apt\/archives\/[^/]+\.deb|apk\/.|dnf\/.|yum\/.)/,
  /^\/go\/pkg\/mod\//,
];
const VERSION_CONTROL = /\/\.(git|svn|hg|bzr)\/(?!canary$)/;
/** Nothing that serves needs one of these. */
const PYTHON_DEV =
  /\/(site|dist)-packages\/(pytest|black|mypy|ruff|flake8|pylint|tox|nox|pre_commit|coverage|ipython|IPython|isort|bandit|pip_tools)-[^/]+\.dist-info\/METADATA$/i;

const MAX_ITEMS = 50;

/** Groups of files that a final image should not have. Each item is a program, or the top folder of what belongs together. */
export function findContents(filesystem: FinalFilesystem, baseLayers: number) {
  const files = [...filesystem.files.values()].filter(({ kind }) => kind !== 'directory');
  const matching = (pattern: RegExp) => files.filter(({ path }) => pattern.test(path));
  const toItem = (file: FinalFile) => itemOf(file, file.path, baseLayers);
  const caches = files.flatMap((file) => {
    const top = CACHES.map((pattern) => pattern.exec(file.path)?.[0]).find((found) => found !== undefined);
    return top === undefined ? [] : [itemOf(file, top.replace(/\/[^/]*$/, ''), baseLayers)];
  });
  const versionControl = matching(VERSION_CONTROL).map((file) =>
    itemOf(file, file.path.slice(0, (VERSION_CONTROL.exec(file.path)?.index ?? 0) + 5).replace(/\/$/, ''), baseLayers),
  );
  return {
    compilers: group(matching(COMPILERS).map(toItem)),
    packageManagers: group(matching(PACKAGE_MANAGERS).map(toItem)),
    caches: group(caches),
    versionControl: group(versionControl),
    pythonDev: matching(PYTHON_DEV).map((file) => itemOf(file, file.path.replace(/\/METADATA$/, ''), baseLayers)),
  };
}

function itemOf(file: FinalFile, path: string, baseLayers: number): ContentItem {
  return { path, layer: file.layer, isBase: file.layer < baseLayers, bytes: file.bytes };
}

/** Items at the same path become one with the sum of their bytes; those of the base image come last. */
export function group(items: readonly ContentItem[]): ContentGroup {
  const merged = new Map<string, ContentItem>();
  for (const item of items) {
    const before = merged.get(item.path);
    merged.set(item.path, before === undefined ? item : { ...before, bytes: before.bytes + item.bytes });
  }
  const sorted = [...merged.values()].sort(
    (one, other) => Number(one.isBase) - Number(other.isBase) || other.bytes - one.bytes,
  );
  return {
    items: sorted.slice(0, MAX_ITEMS),
    more: Math.max(0, sorted.length - MAX_ITEMS),
    bytes: sorted.reduce((sum, item) => sum + item.bytes, 0),
  };
}

const MAY_BE_WRITABLE =
  /^\/(tmp|var\/tmp|run|var\/run|dev|proc|sys|var\/lock|var\/log|var\/cache|home\/[^/]+\/\.[^/]+)(\/|$)/;

/**
 * Files of the application that the image's user may change, and folders in which it may replace them. Empty folders are
 * meant to be written to, and so are the system's own places. Root may write everywhere: nothing is listed then.
 */
export function findWritable(filesystem: FinalFilesystem, baseLayers: number, user: NumericUser | null): ContentGroup {
  if (user === null || user.uid === 0) return group([]);
  const own = [...filesystem.files.values()].filter((file) => file.layer >= baseLayers && file.kind !== 'symlink');
  const withFiles = new Set(
    own.filter(({ kind }) => kind !== 'directory').map(({ path }) => path.replace(/\/[^/]*$/, '')),
  );
  const writable = own.filter((file) => {
    if (MAY_BE_WRITABLE.test(file.path) || !mayWrite(file, user)) return false;
    return file.kind === 'directory' ? withFiles.has(file.path) : true;
  });
  const folders = new Set(writable.filter(({ kind }) => kind === 'directory').map(({ path }) => path));
  return group(writable.map((file) => itemOf(file, topFolder(file.path, folders), baseLayers)));
}

/** The highest writable folder above a path, else the path. */
function topFolder(path: string, folders: ReadonlySet<string>): string {
  let top = path;
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    if (folders.has(path.slice(0, at))) top = path.slice(0, at);
  }
  return top;
}

function mayWrite(file: FinalFile, user: NumericUser): boolean {
  if (file.uid === user.uid) return (file.mode & 0o200) !== 0;
  if (file.gid === user.gid) return (file.mode & 0o020) !== 0;
  return (file.mode & 0o002) !== 0;
}

export interface NumericUser {
  readonly uid: number;
  readonly gid: number;
}

/** Who the container runs as: `USER` by number or by name, with the image's own `/etc/passwd`; `null`: the name is not there. */
export function readUser(contract: RuntimeContract, passwd: string): NumericUser | null {
  const [name = '', group] = (contract.user || '0').split(':');
  const row = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find((fields) => fields[0] === name || fields[2] === name);
  const uid = /^\d+$/.test(name) ? Number(name) : Number(row?.[2] ?? Number.NaN);
  const gid = group !== undefined && /^\d+$/.test(group) ? Number(group) : Number(row?.[3] ?? 0);
  return Number.isNaN(uid) ? null : { uid, gid };
}
