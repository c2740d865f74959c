import type { Fact, Note } from '../../model/fact.ts';
import type { Artefact } from './artefact.ts';
import type { Build } from './build.ts';
import type { Inputs } from './inputs.ts';

/** All that a build tool's files say about one service. Paths of artefact and build are relative to the context. */
export interface JavaService {
  readonly context: string;
  readonly inputs: Inputs;
  readonly build: Build;
  readonly artefact: Artefact;
  /** what the artefact's name was worked out from */
  readonly artefactFrom: Fact | null;
  /** the class that the build files name as the program */
  readonly main: Fact | null;
  /** Java levels that the sources are compiled for, the one that counts first */
  readonly levels: readonly Fact[];
  readonly notes: readonly Note[];
}
