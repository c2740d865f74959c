/** Sizes are bytes (uncompressed unless said otherwise), times are seconds. */

/** One step of a build, as the engine reports it. */
export interface BuildStep {
  /** `RUN npm ci`; for what the engine does on its own account `load build context` */
  readonly name: string;
  /** an instruction of the Dockerfile, the base image of a stage, or the engine's own work */
  readonly kind: 'instruction' | 'base' | 'internal';
  /** the stage's name, `stage-1` where it has none, `null` for internal steps */
  readonly stage: string | null;
  /** position in its stage as the engine counts, 1-based; the base image is number 1 */
  readonly number: number | null;
  /** 1-based line in the Dockerfile, `null` where it could not be told */
  readonly line: number | null;
  readonly cached: boolean;
  /** since the build began */
  readonly start: number;
  readonly seconds: number;
  readonly error: string | null;
}

export interface BuildFailure {
  readonly message: string;
  readonly line: number | null;
  /** last lines that the failing step printed */
  readonly log: readonly string[];
}

export interface Build {
  readonly seconds: number;
  readonly steps: readonly BuildStep[];
  readonly failure: BuildFailure | null;
}

/** What a container promises from outside. */
export interface RuntimeContract {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly workdir: string;
  readonly user: string;
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly stopSignal: string | null;
  /** the command, with the engine's `CMD` or `CMD-SHELL` in front */
  readonly health: readonly string[] | null;
  readonly architecture: string;
}

export interface Layer {
  /** digest of the uncompressed layer */
  readonly id: string;
  readonly bytes: number;
  readonly files: number;
  readonly isBase: boolean;
  /** the instruction that made it: `COPY /app/dist ./dist` */
  readonly made: string;
}

export interface ImageMeasure {
  readonly bytes: number;
  readonly overBaseBytes: number;
  /** `null` where the Dockerfile starts from scratch or an image was given instead of a Dockerfile */
  readonly base: { readonly reference: string; readonly bytes: number } | null;
  readonly layers: readonly Layer[];
  /** in layers below that a later layer removed or replaced: shipped, but not to be seen */
  readonly hiddenBytes: number;
  readonly contract: RuntimeContract;
}

/** Under which conditions a container ran. `true`: the constraint was on. */
export interface Constraints {
  /** user 12345, group 0, instead of the image's own user */
  readonly arbitraryUid: boolean;
  readonly readOnly: boolean;
  readonly noCapabilities: boolean;
  readonly memoryLimit: boolean;
}

export type ConstraintName = keyof Constraints;

export interface Boot {
  readonly constraints: Constraints;
  /** folders that were writable beside `/tmp` */
  readonly tmpfs: readonly string[];
  readonly ready: boolean;
  readonly readySeconds: number | null;
  /** ports on which it listens for the world; empty where that could not be told */
  readonly listening: readonly number[];
  /** paths that its output says could not be written, whether it became ready or not */
  readonly complaints: readonly string[];
  /** why it did not become ready; `null` when it did */
  readonly trouble: Trouble | null;
  /** last lines of its output */
  readonly log: readonly string[];
}

/** Why a container did not become ready, in the order in which it is looked for. */
export interface Trouble {
  readonly kind:
    | 'no-start' // the engine could not start it: the program is missing or may not be run
    | 'library-missing'
    | 'out-of-memory'
    | 'exited' // it ended by itself
    | 'loopback-only' // it listens on 127.0.0.1 only
    | 'other-port' // it listens, but not on the port that was published
    | 'unhealthy' // it answers, but its health check does not pass
    | 'http' // it answers, but not as asked
    | 'output' // the expected line never came
    | 'silent'; // nothing listens
  /** library, exit code, port, path … by kind */
  readonly args: Readonly<Record<string, string>>;
}

export interface Stop {
  readonly seconds: number;
  readonly exitCode: number | null;
  /** the engine had to kill it */
  readonly killed: boolean;
}

export interface HttpProbe {
  /** `GET /health` */
  readonly request: string;
  readonly wanted: string;
  readonly status: number | null;
  readonly ok: boolean;
  /** what came back, short enough to compare: `200, 12 bytes, 3f2a9c1d`; `null`: nothing */
  readonly answer: string | null;
}

export interface ContentItem {
  readonly path: string;
  readonly layer: number;
  readonly isBase: boolean;
  readonly bytes: number;
}

/** What was found inside the image, by kind. Lists are cut at 50; `more` says how many were left out. */
export interface ContentGroup {
  readonly items: readonly ContentItem[];
  readonly more: number;
  readonly bytes: number;
}

export interface SecretFind {
  /** id of the pattern, or `canary` */
  readonly pattern: string;
  /** a path in the image, or `ENV`, `LABEL`, `history` */
  readonly where: string;
  readonly layer: number | null;
  /** a later layer removes the file: it is shipped all the same */
  readonly removed: boolean;
}

export interface Contents {
  readonly compilers: ContentGroup;
  readonly packageManagers: ContentGroup;
  readonly caches: ContentGroup;
  readonly devDependencies: ContentGroup;
  readonly versionControl: ContentGroup;
  /** files outside `/tmp` and the like that the image's own user may write */
  readonly writable: ContentGroup;
  readonly secrets: readonly SecretFind[];
}

export interface Rebuild {
  /** the source file that got a comment more, relative to the context */
  readonly file: string;
  readonly seconds: number;
  /** instructions that ran again */
  readonly again: readonly BuildStep[];
  readonly steps: readonly BuildStep[];
  readonly cachedSteps: number;
  /** layers that the image before did not have */
  readonly newBytes: number;
  /** the same, compressed: what a push sends */
  readonly pushBytes: number;
  readonly failure: BuildFailure | null;
}

export type CheckId =
  | 'build'
  | 'size'
  | 'start'
  | 'stays-up'
  | 'http'
  | 'output'
  | 'health'
  | 'user'
  | 'arbitrary-uid'
  | 'read-only'
  | 'capabilities'
  | 'memory'
  | 'stop'
  | 'restart'
  | 'compilers'
  | 'package-managers'
  | 'caches'
  | 'dev-dependencies'
  | 'version-control'
  | 'secrets'
  | 'writable'
  | 'absent'
  | 'present'
  | 'rebuild'
  | 'rebuild-steps'
  | 'ci-cache';

/** `fail` makes the verification fail, `warn` does not, `skip` could not be tried (its reason is in `args`). */
export type CheckStatus = 'pass' | 'warn' | 'fail' | 'skip';

/** One property, as data: its sentence is made when it is shown. */
export interface Check {
  readonly id: CheckId;
  readonly status: CheckStatus;
  /** which of the check's sentences: `exited`, `hangs` …; empty for the plain one */
  readonly reason: string;
  readonly args: Readonly<Record<string, string>>;
  /** where in the Dockerfile to look */
  readonly lines: readonly { readonly line: number; readonly text: string }[];
  /** paths in the image */
  readonly paths: readonly string[];
}

/** All that `verify` found out about one image: plain JSON. */
export interface Report {
  readonly version: 1;
  /** how the image is called on the screen: the Dockerfile's path, or the image's name */
  readonly subject: string;
  readonly context: string | null;
  readonly dockerfile: string | null;
  readonly engine: { readonly name: string; readonly version: string; readonly builder: string | null };
  /** `null` where an image was given instead of a Dockerfile */
  readonly build: Build | null;
  readonly image: ImageMeasure | null;
  readonly boots: readonly Boot[];
  readonly http: readonly HttpProbe[];
  readonly stop: Stop | null;
  readonly contents: Contents | null;
  readonly rebuild: Rebuild | null;
  readonly ciCache: Rebuild | null;
  readonly checks: readonly Check[];
  readonly ok: boolean;
}

/** One row of two reports side by side. `worse` and `better` only where that can be said. */
export interface Difference {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  readonly verdict: 'same' | 'better' | 'worse' | 'changed';
}

export interface Comparison {
  readonly version: 1;
  readonly before: Report;
  readonly after: Report;
  readonly differences: readonly Difference[];
  /** the runtime contract is the same */
  readonly sameContract: boolean;
}
