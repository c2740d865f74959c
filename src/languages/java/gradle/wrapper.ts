import type { Fact, Note } from '../../../model/fact.ts';
import type { Project } from '../../../model/project.ts';
import { firstMatch } from '../../../project/readers/lines.ts';
import { joinPath } from '../../../project/search.ts';

export interface GradleWrapper {
  readonly directory: string;
  readonly command: string;
  readonly version: Fact | null;
}

/** The wrapper of a folder; its jar must be there, since the script alone fetches nothing. */
export function findGradleWrapper(
  project: Project,
  directory: string,
): { readonly wrapper: GradleWrapper | null; readonly version: Fact | null; readonly note: Note | null } {
  const script = joinPath(directory, 'gradlew');
  const properties = joinPath(directory, 'gradle/wrapper/gradle-wrapper.properties');
  const version = firstMatch(project, properties, /^\s*distributionUrl\s*=.*?gradle-(\d[\w.-]*?)-(?:bin|all)\.zip/m);
  if (!project.isFile(script)) return { wrapper: null, version, note: null };
  const jar = joinPath(directory, 'gradle/wrapper/gradle-wrapper.jar');
  const refused = (code: string) => ({
    wrapper: null,
    version,
    note: { code, severity: 'warning' as const, places: [script], args: {} },
  });
  if (!project.isFile(jar) || !project.isFile(properties)) return refused('gradle-wrapper-incomplete');
  if (project.source(script)?.includes('\r')) return refused('wrapper-line-ends');
  const command = project.isExecutable(script) ? './gradlew' : 'sh gradlew';
  return { wrapper: { directory, command, version }, version, note: null };
}
