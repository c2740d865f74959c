import type { ExitCode } from '../../model/command.ts';
import type { Note } from '../../model/fact.ts';
import type { ImagePlan } from '../../model/plan.ts';
import type { Decide, SettledFiles } from './files.ts';
import type { Outcome } from './result.ts';
import type { Service } from './service.ts';

/** What a run shows and asks beside the questions: one screen for a person who answers, one for a log. */
export interface Screen {
  begin(): void;
  facts(service: Service, notes: readonly Note[]): void;
  /** what the person would rather do (convert the Dockerfile that is there), or `null` */
  otherWay(service: Service): Promise<(() => Promise<ExitCode>) | null>;
  preview(plan: ImagePlan, service: Service, notes: readonly Note[]): void;
  /** asks about an existing file; `null`: nobody can be asked */
  readonly decide: Decide | null;
  /** Throws UserError `cancelled` for a no. */
  confirm(settled: SettledFiles): Promise<void>;
  end(outcome: Outcome): Promise<ExitCode>;
}
