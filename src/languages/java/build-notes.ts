import type { Fact, Note } from '../../model/fact.ts';
import type { GradleBuild } from './build.ts';

/** Notes of one place and one argument: the most of them. */
export function note(code: string, severity: Note['severity'], place: string, args: Note['args'] = {}): Note {
  return { code, severity, places: [place], args };
}

/** Where Gradle does not run on the Java that the service wants. */
export function gradleNote(build: GradleBuild, wanted: Fact, jdk: string): Note | null {
  if (wanted.value === jdk) return null;
  return note('gradle-runs-on', 'warning', wanted.from, { gradle: build.version ?? '', jdk, wanted: wanted.value });
}
