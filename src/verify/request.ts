import type { CheckId } from '../model/report.ts';

/** What is built, or the image that is there already. Paths are absolute. */
export type Subject =
  | { readonly kind: 'dockerfile'; readonly context: string; readonly dockerfile: string; readonly shown: string }
  | { readonly kind: 'image'; readonly image: string };

export interface HttpExpectation {
  readonly method: string;
  readonly path: string;
  /** `null`: any status below 400 */
  readonly status: number | null;
  readonly contains: string | null;
}

export interface VerifyRequest {
  readonly subject: Subject;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** by id of the secret mount: its value */
  readonly secrets: Readonly<Record<string, string>>;
  readonly target: string | null;
  readonly platform: string | null;
  readonly env: Readonly<Record<string, string>>;
  /** inside the container; `null`: what the image EXPOSEs */
  readonly ports: readonly number[] | null;
  readonly http: readonly HttpExpectation[];
  /** regular expression that a line of the output must match before the container counts as ready */
  readonly output: string | null;
  /** a job: it must end by itself with this code */
  readonly exit: number | null;
  /** `false`: it is started as it is, without production's constraints, and nothing is said of them */
  readonly constrained: boolean;
  /** bytes */
  readonly memory: number;
  /** folders that are writable beside `/tmp` */
  readonly tmpfs: readonly string[];
  /** seconds until it must be ready, until it must have stopped, and for which it must stay up once it is ready */
  readonly startSeconds: number;
  readonly stopSeconds: number;
  readonly settleSeconds: number;
  /** whether there must (not) be a health check; `null`: either will do */
  readonly health: boolean | null;
  /** `false`: the image is not opened, so nothing is said of its files, layers and secrets */
  readonly contents: boolean;
  /** globs over the final image's files */
  readonly absent: readonly string[];
  readonly present: readonly string[];
  /** `false`: no second build */
  readonly rebuild: boolean;
  /** the file to change, relative to the context; `null`: one is chosen */
  readonly change: string | null;
  /** texts of steps that must not run again; `null`: all that install dependencies */
  readonly noStepAgain: readonly string[] | null;
  readonly ciCache: boolean;
  readonly maxBytes: number | null;
  readonly maxOverBaseBytes: number | null;
  readonly maxRebuildSteps: number | null;
  /** properties whose failure is otherwise a warning */
  readonly required: readonly CheckId[];
}

/** Under which a container is started: small enough to notice a leak, large enough for a virtual machine. */
export const DEFAULT_MEMORY = 512 * 1024 * 1024;

/** A request with nothing but its subject. */
export function defaultRequest(subject: Subject): VerifyRequest {
  return {
    subject,
    buildArgs: {},
    secrets: {},
    target: null,
    platform: null,
    env: {},
    ports: null,
    http: [],
    output: null,
    exit: null,
    constrained: true,
    memory: DEFAULT_MEMORY,
    tmpfs: [],
    startSeconds: 60,
    stopSeconds: 2,
    settleSeconds: 3,
    health: null,
    contents: true,
    absent: [],
    present: [],
    rebuild: true,
    change: null,
    noStepAgain: null,
    ciCache: false,
    maxBytes: null,
    maxOverBaseBytes: null,
    maxRebuildSteps: null,
    required: [],
  };
}

/** Reads `/health`, `/health=204`, `POST /login=401`; `null` where it is none of these. */
export function readHttpExpectation(text: string): HttpExpectation | null {
  const parts = /^(?:(?<method>[A-Z]+) +)?(?<path>\/\S*?)(?:=(?<status>[1-5]\d\d))?$/.exec(text.trim())?.groups;
  if (parts === undefined) return null;
  const status = parts['status'] === undefined ? null : Number(parts['status']);
  return { method: parts['method'] ?? 'GET', path: parts['path'] ?? '/', status, contains: null };
}

/** Reads `512m`, `1.5g`, `200MB`, `1048576` as bytes; `binary` tells whether a kilobyte has 1024 (memory) or 1000 bytes (sizes). */
export function readBytes(text: string, binary: boolean): number | null {
  const parts = /^(?<number>\d+(?:\.\d+)?)\s*(?<unit>[kmgt]?)(?<i>i?)b?$/i.exec(text.trim())?.groups;
  if (parts === undefined) return null;
  const power = ['', 'k', 'm', 'g', 't'].indexOf((parts['unit'] ?? '').toLowerCase());
  const base = binary || parts['i'] !== '' ? 1024 : 1000;
  return Math.round(Number(parts['number']) * base ** power);
}
