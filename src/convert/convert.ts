import { parseDockerfile } from '../dockerfile/parse.ts';
import type { Project } from '../model/project.ts';
import { type Decision, decide, isRefusal } from './decide.ts';
import { emitDockerfile } from './emit.ts';
import { type Refusal, refuseFile, refuseSurvey } from './refusals.ts';
import { openContext, surveyStage } from './survey.ts';

export interface ConvertInput {
  readonly text: string;
  /** path of the Dockerfile in the project */
  readonly path: string;
  readonly project: Project;
  /** build context in the project */
  readonly context: string;
}

export type Conversion =
  | { readonly kind: 'converted'; readonly text: string; readonly decision: Decision }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** it has several stages already */
  | { readonly kind: 'unchanged'; readonly stages: number };

/** Makes a single-stage Dockerfile multi-stage, or says why not. Pure; never throws on any text. */
export function convertDockerfile(input: ConvertInput): Conversion {
  const file = parseDockerfile(input.text);
  if (file.stages.length > 1) return { kind: 'unchanged', stages: file.stages.length };
  const [stage] = file.stages;
  const early = refuseFile(file);
  if (early !== null || stage === undefined) {
    return { kind: 'refused', refusal: early ?? { reason: { code: 'no-from', args: {} }, line: null } };
  }
  const survey = surveyStage(file, stage, openContext(input.project, input.context, input.path));
  const refusal = refuseSurvey(survey);
  if (refusal !== null) return { kind: 'refused', refusal };
  const decision = decide(survey);
  if (isRefusal(decision)) return { kind: 'refused', refusal: decision };
  return { kind: 'converted', text: emitDockerfile(decision), decision };
}
