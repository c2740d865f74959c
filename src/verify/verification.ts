import type { Engine } from '../engine/engine.ts';
import type { StepEvent } from '../engine/progress.ts';
import type { Boot } from '../model/report.ts';
import type { VerifyRequest } from './request.ts';
import type { Session } from './session.ts';

export type Phase = 'build' | 'measure' | 'boot' | 'probe' | 'rebuild' | 'ci-cache' | 'clean-up';

/** What is going on, for whoever watches. */
export type VerifyEvent =
  | { readonly kind: 'phase'; readonly phase: Phase }
  | { readonly kind: 'step'; readonly event: StepEvent }
  | { readonly kind: 'boot'; readonly boot: Boot };

export type OnVerifyEvent = (event: VerifyEvent) => void;

/** One verification on its way: what all its parts need. */
export interface Verification {
  readonly request: VerifyRequest;
  readonly engine: Engine;
  readonly session: Session;
  readonly onEvent: OnVerifyEvent;
}

/** Hands the steps of a build on. */
export function stepEvents({ onEvent }: Verification): (event: StepEvent) => void {
  return (event) => onEvent({ kind: 'step', event });
}
