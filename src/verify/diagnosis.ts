import type { ContainerState } from '../engine/engine.ts';
import type { Trouble } from '../model/report.ts';

/** A path as programs print it, in quotes or bare. */
const PATH = String.raw`["'\x60\u2018(]?(?<path>/[^\s"'\x60\u2019:,;()<>]+)`;
/** What is printed when a file may not be written, with the path before or behind the reason. */
const DENIED =
  '(?:EROFS|EACCES|EPERM|[Rr]ead-only file system|[Pp]ermission denied|Access ?Denied(?:Exception)?|Operation not permitted)';
const DENIED_PATHS = [
  new RegExp(`${DENIED}[^/\\n]{0,60}${PATH}`, 'g'),
  new RegExp(`${PATH}["'\\x60’)]?[^/\\n]{0,40}${DENIED}`, 'g'),
];
const READ_ONLY = /EROFS|[Rr]ead-only file system/;
const NO_RIGHT = /EACCES|[Pp]ermission denied|AccessDenied/;
const NOT_PERMITTED = /EPERM|[Oo]peration not permitted|setgid|setuid|chown\(/;

/** glibc and musl, Node, Python and the Java virtual machine each say it in their own words. */
const MISSING_LIBRARY =
  /(?:error while loading shared libraries: |Error loading shared library |ImportError: |Error: |UnsatisfiedLinkError: [^:]*: )(?<library>lib[\w.+-]+\.so[\w.]*|[\w./+-]+\.so[\w.]*): (?:cannot open shared object file|No such file)/;
const MISSING_LOADER = /(?:exec [^:]+|fork\/exec [^:]+): no such file or directory/;

/** Paths that the output says could not be written, each once. */
export function deniedPaths(log: string): string[] {
  const paths = new Set<string>();
  for (const pattern of DENIED_PATHS) {
    for (const match of log.matchAll(pattern)) {
      const path = (match.groups?.['path'] ?? '').replace(/[.\])}]+$/, '');
      if (path !== '' && path !== '/' && !path.startsWith('/proc/')) paths.add(path);
    }
  }
  return [...paths].slice(0, 10);
}

/** Which constraint the output blames, the likeliest first. */
export function blamedConstraints(log: string, state: Pick<ContainerState, 'outOfMemory' | 'exitCode'>) {
  const blamed: ('readOnly' | 'arbitraryUid' | 'noCapabilities' | 'memoryLimit')[] = [];
  if (state.outOfMemory || /OutOfMemoryError|heap out of memory|MemoryError/.test(log)) blamed.push('memoryLimit');
  if (READ_ONLY.test(log)) blamed.push('readOnly');
  if (NO_RIGHT.test(log)) blamed.push('arbitraryUid');
  if (NOT_PERMITTED.test(log)) blamed.push('noCapabilities');
  return blamed;
}

/** Why a container that ended by itself did so. */
export function diagnoseExit(state: ContainerState, log: string, seconds: number, startError: string | null): Trouble {
  const library = MISSING_LIBRARY.exec(log)?.groups?.['library'];
  const args = { code: String(state.exitCode ?? ''), seconds: seconds.toFixed(1) };
  if (library !== undefined) return { kind: 'library-missing', args: { ...args, library } };
  const error = startError ?? (state.error === '' ? null : state.error);
  if (error !== null || MISSING_LOADER.test(log)) {
    return { kind: 'no-start', args: { ...args, error: shortenStartError(error ?? log.trim()) } };
  }
  if (state.outOfMemory) return { kind: 'out-of-memory', args };
  return { kind: 'exited', args: { ...args, said: tellingLine(log) } };
}

/** Words that stand in the line which people look for in an output. */
const TELLING =
  /\b\w*(?:Error|Exception)\b.*:|Cannot find |not found|No such file|no main manifest|Could not find or load|[Pp]ermission denied|FATAL|fatal:|panic:/;

/** The line of the output that says most about the end; empty where none does. */
function tellingLine(log: string): string {
  const line = log.split(/\r?\n/).findLast((text) => TELLING.test(text));
  return (line ?? '').trim().slice(0, 200);
}

/** Takes the engine's chain of causes off: `… runc create failed: unable to start container process: exec: "x": …`. */
function shortenStartError(error: string): string {
  const cause = /(?:container process: (?:exec: )?|^exec: )(?<cause>.*)$/s.exec(error)?.groups?.['cause'] ?? error;
  return cause
    .replace(/:? ?unknown\.?$/, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}
