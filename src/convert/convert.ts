import { parseDockerfile } from '../dockerfile/parse.ts';
import type { Project } from '../model/project.ts';
import type { Reason } from './conversion.ts';
import { type Decision, decide, isRefusal } from './decide.ts';
import { emitDockerfile } from './emit.ts';
import { estimate, paysOff } from './estimate.ts';
import { applyImprovements, type Improvement, improvementsOf, needsRoot } from './harden.ts';
import { type Refusal, refuseFile, refuseSurvey } from './refusals.ts';
import { brokenRow, contractRows } from './report.ts';
import { openContext, surveyStage } from './survey.ts';

export interface ConvertInput {
  readonly text: string;
  readonly project: Project;
  /** build context in the project */
  readonly context: string;
  /** text of `<Dockerfile>.dockerignore`, which counts before the context's own; `null`: there is none */
  readonly ignore?: string | null;
  /** improvements that change behaviour, by id: only where asked for */
  readonly harden?: readonly Improvement['id'][];
  /** base image of the final stage, instead of the one that would be chosen */
  readonly runtimeImage?: string | null;
}

export type Conversion =
  | {
      readonly kind: 'converted';
      readonly text: string;
      readonly decision: Decision;
      /** those of the wanted ones that apply; they are in the text */
      readonly improvements: readonly Improvement[];
      /** those that apply and were not asked for */
      readonly offered: readonly Improvement[];
      /** why the program stays root although another user was asked for; `null`: it does not, or nobody asked */
      readonly rootReason: Reason | null;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** it has several stages already */
  | { readonly kind: 'unchanged'; readonly stages: number };

/** Makes a single-stage Dockerfile multi-stage, or says why not. Pure; never throws on any text. */
export function convertDockerfile(input: ConvertInput): Conversion {
  const file = parseDockerfile(input.text);
  if (file.stages.length > 1) return { kind: 'unchanged', stages: file.stages.length };
  const [stage] = file.stages;
  const early = refuseFile(file);
  if (early !== null) return { kind: 'refused', refusal: early };
  if (stage === undefined) return refused('no-from');
  const survey = surveyStage(file, stage, openContext(input.project, input.context, input.ignore ?? null));
  const refusal = refuseSurvey(survey);
  if (refusal !== null) return { kind: 'refused', refusal };
  const decision = decide(survey, input.runtimeImage ?? null);
  if (isRefusal(decision)) return { kind: 'refused', refusal: decision };
  const text = emitDockerfile(decision);
  const broken = brokenRow(decision, contractRows(decision, text));
  if (broken !== null) return refused('contract-differs', { part: broken });
  if (!paysOff(estimate(decision))) return refused('would-not-pay');
  const possible = improvementsOf(decision, text);
  const improvements = possible.filter(({ id }) => input.harden?.includes(id));
  const offered = possible.filter((one) => !improvements.includes(one));
  const rootReason = input.harden?.includes('non-root') ? needsRoot(decision) : null;
  return {
    kind: 'converted',
    text: applyImprovements(text, improvements),
    decision,
    improvements,
    offered,
    rootReason,
  };
}

function refused(code: string, args: Readonly<Record<string, string>> = {}): Conversion {
  return { kind: 'refused', refusal: { reason: { code, args }, line: null } };
}
