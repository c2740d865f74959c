import type { Fact, Note } from './fact.ts';
import type { Json } from './json.ts';
import type { ServiceKind } from './service.ts';

export interface EnvEntry {
  readonly name: string;
  readonly value: string;
}

/** One RUN instruction: its mounts (what follows `--mount=`) and its commands, joined by `&&`. */
export interface RunStep {
  readonly mounts: readonly string[];
  readonly commands: readonly string[];
}

/** One COPY instruction. `from` is a stage or an image; `null` is the build context. A target of several sources ends in `/`. */
export interface CopyStep {
  readonly from: string | null;
  readonly sources: readonly string[];
  readonly target: string;
  /** octal, or `null` to keep the source's mode */
  readonly chmod: string | null;
  /** keep the sources' parent folders (`COPY --parents`) */
  readonly parents: boolean;
  /** patterns of what is left out below the sources (`COPY --exclude`) */
  readonly exclude?: readonly string[];
}

/** Operating-system packages; exactly one list is not `null`, after the image's package manager. */
export interface Packages {
  readonly apt: readonly string[] | null;
  readonly apk: readonly string[] | null;
}

interface BuildStage {
  readonly image: string;
  /** `$BUILDPLATFORM` where the artefact does not depend on the architecture; `null`: the target's platform */
  readonly platform: string | null;
  readonly workdir: string;
  readonly env: readonly EnvEntry[];
  readonly packages: Packages | null;
}

/** Durations are Dockerfile durations: `30s`. The command is in exec form. */
export interface HealthCheck {
  readonly command: readonly string[];
  readonly interval: string;
  readonly timeout: string;
  readonly startPeriod: string;
  readonly retries: number;
}

export interface RuntimeStage {
  readonly image: string;
  readonly workdir: string;
  readonly env: readonly EnvEntry[];
  readonly packages: Packages | null;
  /** in the order of change: what changes least first */
  readonly copies: readonly CopyStep[];
  /** numeric `uid:gid`; `null` where the image already has it (distroless `:nonroot`, unprivileged nginx): it is stated all the same when known */
  readonly user: string | null;
  readonly port: number | null;
  readonly health: HealthCheck | null;
  readonly stopSignal: string | null;
  /** exec form; `null` keeps the image's own */
  readonly entrypoint: readonly string[] | null;
  readonly command: readonly string[] | null;
}

/** One titled block of the .dockerignore; patterns follow the engine's rules (anchored at the context, `**` crosses folders). */
export interface IgnoreGroup {
  readonly title: string;
  readonly patterns: readonly string[];
}

/** Why a value of the plan is what it is: the rule's id (a key of the rules table) and the facts it was worked out from. */
export interface Origin {
  readonly rule: string;
  readonly facts: readonly Fact<Json>[];
}

/**
 * All that a template may say about one image: plain JSON, the waist between deciding and writing.
 * `Parts` is what only this language's template reads.
 */
export interface ImagePlan<Parts extends object = object> {
  /** template below `templates/`, without `.hbs`: `node/service` */
  readonly template: string;
  readonly language: string;
  readonly name: string;
  readonly kind: ServiceKind;
  /** service directory and build context, relative to the project */
  readonly directory: string;
  readonly context: string;
  /** path of the Dockerfile, relative to the project */
  readonly dockerfile: string;
  readonly build: BuildStage;
  readonly runtime: RuntimeStage;
  readonly parts: Parts;
  readonly ignore: readonly IgnoreGroup[];
  /** by path in this plan, `runtime.image`, `parts.install.commands`; a path speaks for all below it */
  readonly origins: Readonly<Record<string, Origin>>;
  /** what an operator should know: writable folders needed, secrets to mount, migrations to run … */
  readonly notes: readonly Note[];
}
