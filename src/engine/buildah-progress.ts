import type { BuildStep } from '../model/report.ts';
import { createRest, keepLog, type Progress, type StepEvent } from './progress.ts';

const STEP = /^(?:\[(?<stage>\d+)\/\d+\] )?(?:STEP|Step) (?<number>\d+)(?:\/\d+)?\s*: (?<name>.*)$/;
/** What only changes the configuration is listed too, but costs nothing: BuildKit does not call it a step. */
const WORK = /^(?:RUN|COPY|ADD|WORKDIR)\s/i;
const CACHED = /^(?: *---> Using cache|--> Using cache)/;

/**
 * Reads the output of `podman build` and `buildah bud`, and of Docker's builder before BuildKit:
 * `[1/2] STEP 3/4: RUN make`, then `--> Using cache 1a2b…`. Stages are counted; their names do not stand there.
 */
export function createBuildahProgress(onStep: (event: StepEvent) => void = () => {}, now = Date.now): Progress {
  const steps: BuildStep[] = [];
  const rest = createRest();
  const began = now();
  let log: string[] = [];
  const elapsed = () => (now() - began) / 1000;

  function closeStep(): void {
    const last = steps.pop();
    if (last === undefined) return;
    const closed = { ...last, seconds: last.cached ? 0 : Math.max(0, elapsed() - last.start) };
    steps.push(closed);
    onStep({ step: closed, isDone: true });
  }

  function openStep(parts: Readonly<Record<string, string | undefined>>): void {
    closeStep();
    log = [];
    const name = (parts['name'] ?? '').replaceAll(/\s+/g, ' ').trim();
    const step: BuildStep = {
      name,
      kind: kindOf(name),
      stage: `stage-${Number(parts['stage'] ?? 1) - 1}`,
      number: Number(parts['number']),
      line: null,
      cached: false,
      start: elapsed(),
      seconds: 0,
      error: null,
    };
    steps.push(step);
    onStep({ step, isDone: false });
  }

  return {
    add(line) {
      const parts = STEP.exec(line)?.groups;
      const last = steps.at(-1);
      if (parts !== undefined) {
        openStep(parts);
      } else if (CACHED.test(line) && last !== undefined) {
        steps[steps.length - 1] = { ...last, cached: true };
      } else {
        rest.add(line);
        keepLog(log, line);
      }
    },
    steps() {
      closeStep();
      const error = rest.message();
      return steps.map((step, index) => (index === steps.length - 1 ? { ...step, error } : step));
    },
    failureLog: () => (log.length > 0 ? log : rest.lines()),
    failureMessage: rest.message,
    failureLine: rest.line,
  };
}

function kindOf(name: string): BuildStep['kind'] {
  if (/^FROM\s/i.test(name)) return 'base';
  return WORK.test(name) ? 'instruction' : 'internal';
}
