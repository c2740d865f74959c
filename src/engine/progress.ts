import type { BuildStep } from '../model/report.ts';

/** A step that began or ended; a running one has `seconds` so far. */
export interface StepEvent {
  readonly step: BuildStep;
  readonly isDone: boolean;
}

/** What a build's output says, collected line by line. */
export interface Progress {
  add(line: string): void;
  /** in the order in which they began; what never began is left out */
  steps(): BuildStep[];
  /** the last lines that the failing step printed, else the last lines that were no progress */
  failureLog(): string[];
  /** the engine's own sentence about the failure, and the line of the Dockerfile where it names one */
  failureMessage(): string | null;
  failureLine(): number | null;
}

const KEPT_LOG_LINES = 30;

/** Adds lines to a log of which only the end is kept. */
export function keepLog(log: string[], ...lines: readonly string[]): void {
  log.push(...lines);
  log.splice(0, Math.max(0, log.length - KEPT_LOG_LINES));
}

export interface StepName {
  readonly name: string;
  readonly kind: BuildStep['kind'];
  readonly stage: string | null;
  readonly number: number | null;
}

const COUNT = /^(?<number>\d+)\/\d+$/;

/**
 * Reads BuildKit's name of a step: `[build 3/4] COPY a.txt .`, `[linux/amd64 build 3/4] …`, `[3/4] …` where there is but one
 * stage without a name, `[internal] load …`, `exporting to image`.
 */
export function readStepName(text: string): StepName {
  const [, head = '', rest = text] = /^\[([^\]]+)\] ([\s\S]*)$/.exec(text) ?? [];
  const words = head.split(/ +/);
  const number = COUNT.exec(words.at(-1) ?? '')?.groups?.['number'];
  const name = rest.replaceAll(/\s+/g, ' ').trim();
  if (number === undefined) return { name, kind: 'internal', stage: null, number: null };
  const stage = words.slice(0, -1).find((word) => !word.includes('/')) ?? 'stage-0';
  return { name, kind: /^FROM\s/i.test(name) ? 'base' : 'instruction', stage, number: Number(number) };
}

const ERROR_LINE = /^ *(?:ERROR|Error|error): (?<message>.*)$/;
const SOURCE_LINE = /^(?!\s)\S+:(?<line>\d+)$/;

/** What engines print about a failure beside the steps: an excerpt of the Dockerfile behind `Dockerfile:4`, and `ERROR: …`. */
export function createRest() {
  const lines: string[] = [];
  let message: string | null = null;
  let line: number | null = null;
  return {
    add(text: string): void {
      if (text.trim() === '') return;
      keepLog(lines, text);
      message = ERROR_LINE.exec(text)?.groups?.['message'] ?? message;
      const source = SOURCE_LINE.exec(text)?.groups?.['line'];
      line = source === undefined ? line : Number(source);
    },
    lines: () => lines.filter((text) => !ERROR_LINE.test(text) && !SOURCE_LINE.test(text)),
    message: () => message,
    line: () => line,
  };
}

/** Shortens the engine's chain `failed to build: failed to solve: …` to what says something. */
export function trimFailure(message: string): string {
  return message.replace(/^(?:failed to build: )?(?:failed to solve: )?/, '');
}
