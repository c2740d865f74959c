import type { Build, RuntimeContract } from '../model/report.ts';
import type { StepEvent } from './progress.ts';

export type EngineName = 'docker' | 'podman' | 'buildah';

export interface BuildRequest {
  /** build context, absolute */
  readonly context: string;
  /** absolute */
  readonly dockerfile: string;
  /** name of the image to be made */
  readonly tag: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** secret id → file that holds its value */
  readonly secrets: Readonly<Record<string, string>>;
  readonly target: string | null;
  readonly platform: string | null;
  readonly cacheFrom: readonly string[];
  readonly cacheTo: readonly string[];
  /** another builder than the engine's own choice */
  readonly builder?: string;
  /** build only, leave no image: for filling a cache */
  readonly discard?: boolean;
}

export interface ImageDetails {
  readonly id: string;
  /** as the engine counts them: good for comparing two images on it */
  readonly bytes: number;
  /** digests of the uncompressed layers, the lowest first */
  readonly layers: readonly string[];
  readonly contract: RuntimeContract;
}

export interface RunRequest {
  readonly image: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** `12345:0`; `null`: the image's own */
  readonly user: string | null;
  readonly readOnly: boolean;
  /** writable folders in memory */
  readonly tmpfs: readonly string[];
  readonly dropCapabilities: boolean;
  /** bytes */
  readonly memory: number | null;
  readonly env: Readonly<Record<string, string>>;
  /** ports inside the container; each gets a free one on the engine's machine */
  readonly ports: readonly number[];
}

export interface ContainerState {
  /** in full, as it stands in the names of control groups */
  readonly id: string;
  readonly isRunning: boolean;
  readonly exitCode: number | null;
  readonly outOfMemory: boolean;
  /** the engine's sentence where it could not start the program */
  readonly error: string;
  /** of the first process, in the engine's own machine; 0 when it is not running */
  readonly pid: number;
  readonly address: string | null;
  /** port inside → port outside */
  readonly published: Readonly<Record<string, number>>;
  readonly health: Health;
}

export interface Health {
  readonly status: 'none' | 'starting' | 'healthy' | 'unhealthy';
  /** probes in a row that failed */
  readonly failures: number;
  /** what the last failed probe printed */
  readonly output: string;
}

export interface Stopped {
  readonly seconds: number;
  readonly exitCode: number | null;
}

export interface Change {
  readonly path: string;
  /** it was not in the image */
  readonly isNew: boolean;
}

/** A container engine, whichever it is. Every call can be cancelled by the signal that it was made with. */
export interface Engine {
  readonly name: EngineName;
  readonly version: string;
  readonly builder: string | null;
  /** containers can be started: buildah alone only builds */
  readonly canRun: boolean;
  /** name of the machine where published ports are found */
  readonly host: string;
  build(request: BuildRequest, onStep: (event: StepEvent) => void): Promise<Build>;
  inspectImage(image: string): Promise<ImageDetails>;
  /** writes the image as a tar archive of layers */
  saveImage(image: string, file: string): Promise<void>;
  /** `error` is the engine's sentence where the container was made but could not start */
  run(request: RunRequest): Promise<{ readonly id: string; readonly error: string | null }>;
  inspectContainer(id: string): Promise<ContainerState>;
  logs(id: string): Promise<string>;
  exec(id: string, command: readonly string[]): Promise<{ readonly exitCode: number | null; readonly stdout: string }>;
  /** what the container wrote into its own file system, folders too; without tmpfs and volumes */
  changes(id: string): Promise<Change[]>;
  /** SIGTERM (or the image's own stop signal), and SIGKILL after `grace` seconds */
  stop(id: string, grace: number): Promise<Stopped>;
  start(id: string): Promise<void>;
  removeContainer(id: string): Promise<void>;
  removeImage(image: string): Promise<void>;
  /** a builder in a container of its own, with nothing in its cache; `null`, or why there can be none */
  createBuilder(name: string): Promise<string | null>;
  removeBuilder(name: string): Promise<void>;
  /** containers and images with this label, for clean-up; both as ids or names */
  labelled(label: string): Promise<{ readonly containers: string[]; readonly images: string[] }>;
}
