import type { Context, Language } from '../languages/language.ts';
import type { ImagePlan } from '../model/plan.ts';
import type { Project } from '../model/project.ts';
import type { Answers } from '../model/question.ts';
import type { ServiceFacts } from '../model/service.ts';
import { checkContext } from './context.ts';
import { checkValues } from './values.ts';

/** Facts and answers → the image plan, with the checks that hold for every plan. Throws UserError. */
export function makePlan(
  project: Project,
  language: Language,
  facts: ServiceFacts,
  answers: Answers,
  context: Context,
): ImagePlan {
  const plan = language.plan(facts, answers, context);
  checkValues(plan);
  checkContext(project, plan);
  return plan;
}
