import type { Fact, Note } from '../../../model/fact.ts';
import type { Project } from '../../../model/project.ts';
import { firstMatch } from '../../../project/readers/lines.ts';
import { joinPath } from '../../../project/search.ts';
import { isAtLeast } from '../dependency.ts';

/** A Maven wrapper that works in a container. Paths are relative to the project. */
export interface Wrapper {
  readonly directory: string;
  /** `./mvnw`, or through the shell where it may not be executed */
  readonly command: string;
  /** the Maven that it fetches, where its address tells */
  readonly version: Fact | null;
  readonly from: string;
}

export interface WrapperFinding {
  readonly wrapper: Wrapper | null;
  /** why a wrapper that is there is not used */
  readonly note: Note | null;
}

/** Looks in the given folders, in their order. */
export function findWrapper(project: Project, directories: readonly string[]): WrapperFinding {
  const directory = directories.find((one) => project.isFile(joinPath(one, 'mvnw')));
  if (directory === undefined) return { wrapper: null, note: null };
  const script = joinPath(directory, 'mvnw');
  const settings = joinPath(directory, '.mvn/wrapper/maven-wrapper.properties');
  const refused = (code: string, from: string): WrapperFinding => ({
    wrapper: null,
    note: { code, severity: 'warning', places: [from], args: {} },
  });
  if (!project.isFile(settings)) return refused('wrapper-incomplete', script);
  const address = firstMatch(project, settings, /^\s*distributionUrl\s*=\s*(\S+)/m);
  if (!address) return refused('wrapper-incomplete', settings);
  if (!address.value.replaceAll('\\', '').startsWith('https://')) return refused('wrapper-insecure', address.from);
  if (project.source(script)?.includes('\r')) return refused('wrapper-line-ends', script);
  const version = firstMatch(project, settings, /^\s*distributionUrl\s*=.*?apache-maven-([\d.]+(?:-[\w-]+)?)-bin/m);
  const command = project.isExecutable(script) ? './mvnw' : 'sh mvnw';
  return { wrapper: { directory, command, version, from: address.from }, note: null };
}

/** Maven knows `--no-transfer-progress` since 3.6.1; an older one stops at it. */
export function knowsQuietTransfer(wrapper: Wrapper | null): boolean {
  return wrapper === null || wrapper.version === null || isAtLeast(wrapper.version.value, '3.6.1');
}
