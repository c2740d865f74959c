import type { ImagePlan } from '../../model/plan.ts';
import type { Answers } from '../../model/question.ts';
import { follow } from '../../project/readers/document.ts';
import type { Context } from '../language.ts';
import type { NodeFacts } from './facts.ts';
import { type NodeParts, serverPlan } from './plan-server.ts';
import { sitePlan } from './plan-site.ts';

export type { NodeParts };

/** Facts and answers → the image plan: a server of the project's own, or its files behind a web server. */
export function plan(facts: NodeFacts, answers: Answers, _context: Context): ImagePlan<NodeParts> {
  const made = facts.site ? sitePlan(facts, facts.site, answers) : serverPlan(facts, answers);
  // a part that is left out has no origin
  const origins = Object.entries(made.origins).filter(([path]) => follow(made, path.split('.')) !== undefined);
  return { ...made, origins: Object.fromEntries(origins) };
}
