import type { BuildStep } from '../model/report.ts';
import { createRest, keepLog, type Progress, readStepName, type StepEvent, trimFailure } from './progress.ts';

interface Seen {
  readonly id: string;
  step: BuildStep;
  readonly log: string[];
  isDone: boolean;
}

const NUMBERED = /^#(?<id>\d+) (?<text>.*)$/;
const DONE = /^DONE(?: (?<seconds>[\d.]+)s)?$/;
const ERROR = /^ERROR: (?<message>.*)$/;
const OUTPUT = /^[\d.]+ (?<text>.*)$/;

/** Reads `--progress=plain` of BuildKit, for clients that do not know `rawjson`: `#7 [build 3/4] COPY a.txt .`, `#7 CACHED`. */
export function createPlainProgress(onStep: (event: StepEvent) => void = () => {}, now = Date.now): Progress {
  const seen = new Map<string, Seen>();
  const rest = createRest();
  const began = now();

  function change(entry: Seen, fields: Partial<BuildStep>, isDone: boolean): void {
    entry.step = { ...entry.step, ...fields };
    entry.isDone = isDone;
    onStep({ step: entry.step, isDone });
  }

  function open(id: string, text: string): void {
    const start = (now() - began) / 1000;
    const step = { ...readStepName(text), line: null, cached: false, start, seconds: 0, error: null };
    seen.set(id, { id, step, log: [], isDone: false });
    onStep({ step, isDone: false });
  }

  function addTo(entry: Seen, text: string): void {
    const done = DONE.exec(text)?.groups;
    const error = ERROR.exec(text)?.groups?.['message'];
    if (text === 'CACHED') change(entry, { cached: true }, true);
    else if (done !== undefined) change(entry, { seconds: Number(done['seconds'] ?? 0) }, true);
    else if (error !== undefined) change(entry, { error }, true);
    else keepLog(entry.log, OUTPUT.exec(text)?.groups?.['text'] ?? text);
  }

  const failed = () => [...seen.values()].find((entry) => entry.step.error !== null);
  return {
    add(line) {
      const { id, text } = NUMBERED.exec(line)?.groups ?? {};
      const entry = seen.get(id ?? '');
      if (id === undefined) rest.add(line);
      else if (entry === undefined) open(id, text ?? '');
      else addTo(entry, text ?? '');
    },
    steps: () => [...seen.values()].map((entry) => entry.step),
    failureLog: () => failed()?.log ?? rest.lines(),
    failureMessage() {
      const message = rest.message() ?? failed()?.step.error ?? null;
      return message === null ? null : trimFailure(message);
    },
    failureLine: rest.line,
  };
}
