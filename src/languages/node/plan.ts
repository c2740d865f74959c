import type { ImagePlan } from '../../model/plan.ts';
import type { Answers } from '../../model/question.ts';
import type { Context } from '../language.ts';
import type { NodeFacts } from './facts.ts';
import { type NodeParts, serverPlan } from './plan-server.ts';
import { sitePlan } from './plan-site.ts';

export type { NodeParts };

/** Facts and answers → the image plan: a server of the project's own, or its files behind a web server. */
export function plan(facts: NodeFacts, answers: Answers, _context: Context): ImagePlan<NodeParts> {
  return facts.site ? sitePlan(facts, facts.site, answers) : serverPlan(facts, answers);
}
