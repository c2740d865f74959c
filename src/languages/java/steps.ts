import type { CopyStep, EnvEntry, RunStep } from '../../model/plan.ts';

/** What a build tool does in the stages before the last one. */
export interface BuildSteps {
  /** the wrapper and settings that are read before any manifest */
  readonly tool: readonly CopyStep[];
  /** fetches the build tool itself; `null`: it is in the image */
  readonly fetch: RunStep | null;
  readonly manifests: readonly CopyStep[];
  readonly dependencies: RunStep;
  readonly package: RunStep;
  readonly env: readonly EnvEntry[];
}
