import type { Fact, Note, Place } from './fact.ts';
import type { Json } from './json.ts';

/** A file that speaks for a language in a directory, and how loudly. Evidence is ranked by strength, never by order. */
export interface Evidence {
  /** id of the language */
  readonly language: string;
  /** directory of the service, relative to the project, `.` for the project itself */
  readonly directory: string;
  readonly place: Place;
  /**
   * 0–100. 90 and more: a manifest of something that can be started (package.json with a start script, a Spring Boot
   * pom). 60: a manifest. 30: source files only. 10: a manifest that serves another language's tooling.
   */
  readonly strength: number;
  /** what was seen, for people: `package.json with a start script` */
  readonly what: string;
}

/** `web` listens on a port; `worker` runs without one (a queue consumer, a job); `static` is files behind a web server. */
export type ServiceKind = 'web' | 'worker' | 'static';

/** What a language found out about one service. Languages extend it with facts of their own; all of it is JSON. */
export interface ServiceFacts {
  readonly language: string;
  /** relative to the project, `.` for the project itself */
  readonly directory: string;
  /** build context, relative to the project: the service's directory, or that of the workspace or reactor it belongs to */
  readonly context: string;
  readonly name: Fact;
  readonly kind: ServiceKind;
  /** version of the language's runtime for the image tag: `24`, `3.13`, `21` */
  readonly version: Fact;
  /** `null`: the files do not say, and a web service's plan falls back to a question */
  readonly port: Fact<number> | null;
  /** path that answers 2xx or 3xx when the service is well; `null`: any answer below 500 on `/` counts */
  readonly healthPath: Fact | null;
  /** the program that runs in the container, in exec form; `null`: the files leave it open */
  readonly command: Fact<readonly string[]> | null;
  /** the facts that the summary shows, in order; they include what is special to the language */
  readonly summary: readonly { readonly label: string; readonly fact: Fact<Json> }[];
  readonly notes: readonly Note[];
}
