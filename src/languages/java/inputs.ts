import type { Fact } from '../../model/fact.ts';
import type { Dependency } from './dependency.ts';
import type { FrameworkId } from './framework.ts';
import type { Source } from './sources.ts';
import type { Settings } from './spring.ts';

/** What is known of a service, whichever tool builds it, before it is decided how it listens and starts. */
export interface Inputs {
  readonly directory: string;
  readonly manifest: string;
  readonly name: Fact;
  readonly framework: FrameworkId;
  /** version of Spring Boot, where the service uses it and the project tells */
  readonly bootVersion: Fact | null;
  /** of the service and of the modules of the project that it uses */
  readonly dependencies: readonly Dependency[];
  /** the service's own sources first, then those of the modules that it uses */
  readonly sources: readonly Source[];
  readonly settings: Settings;
}
