import type { Messages } from '../model/fact.ts';
import type { ImageChoice } from '../model/image.ts';
import type { ImagePlan } from '../model/plan.ts';
import type { Project } from '../model/project.ts';
import type { Answers, Question } from '../model/question.ts';
import type { Evidence, ServiceFacts } from '../model/service.ts';

/** What the machine would otherwise sneak in. `today` is an ISO date, so that output is reproducible. */
export interface Context {
  readonly today: string;
}

/** Build and runtime images that fit a service; the first of each is recommended. */
export interface ImageChoices {
  readonly build: readonly ImageChoice[];
  readonly runtime: readonly ImageChoice[];
}

/**
 * A language is a form that was filled in. Every function is pure: it reads the project it is given, and nothing else.
 * One folder in `languages/`, one in `templates/`, sample projects, and one line in `languages/index.ts`.
 */
export interface Language<Facts extends ServiceFacts = ServiceFacts, Parts extends object = object> {
  readonly id: string;
  readonly name: string;
  /** every directory of the project that may hold a service of this language */
  detect(project: Project): readonly Evidence[];
  /** what the files of the service in `directory` say. Throws UserError `file-malformed` for a manifest that cannot be read. */
  facts(project: Project, directory: string, context: Context): Facts;
  images(facts: Facts, context: Context): ImageChoices;
  /** further questions, beyond build image, runtime image, port, command and health path, which are common to all */
  questions(facts: Facts): readonly Question[];
  /** `answers` is complete: every question that was put is answered */
  plan(facts: Facts, answers: Answers, context: Context): ImagePlan<Parts>;
  /** sentences for the notes of this language; common ones are in `languages/shared/messages.ts` */
  readonly messages: Messages;
}
