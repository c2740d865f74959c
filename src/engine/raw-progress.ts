import type { BuildStep } from '../model/report.ts';
import { createRest, keepLog, type Progress, readStepName, type StepEvent, trimFailure } from './progress.ts';

interface Vertex {
  readonly digest: string;
  readonly name: string;
  readonly started?: string;
  readonly completed?: string;
  readonly cached?: boolean;
  readonly error?: string;
}

interface Status {
  readonly vertexes?: readonly Vertex[];
  readonly logs?: readonly { readonly vertex: string; readonly data: string }[];
}

interface Seen extends Vertex {
  readonly log: string[];
  order: number;
}

/** Reads `--progress=rawjson` of BuildKit: one JSON object a line, a step's state comes again whenever it changes. */
export function createRawProgress(onStep: (event: StepEvent) => void = () => {}): Progress {
  const seen = new Map<string, Seen>();
  const rest = createRest();
  let began: number | null = null;
  let order = 0;

  function addVertex(vertex: Vertex): void {
    const before = seen.get(vertex.digest);
    const { started = before?.started, completed } = vertex;
    const after: Seen = {
      log: before?.log ?? [],
      order: before?.order ?? -1,
      ...before,
      ...vertex,
      ...(before?.started === undefined ? {} : { started: before.started }),
    };
    if (started !== undefined && after.order < 0) after.order = order++;
    seen.set(vertex.digest, after);
    if (started === undefined) return;
    began = Math.min(began ?? Date.parse(started), Date.parse(started));
    // a finished step comes again while its layers are fetched
    if (before?.completed === undefined) onStep({ step: toStep(after, began), isDone: completed !== undefined });
  }

  function addLog(vertex: string, data: string): void {
    const log = seen.get(vertex)?.log;
    if (log === undefined) return;
    const lines = Buffer.from(data, 'base64').toString('utf8').split(/\r?\n/);
    keepLog(log, ...lines.filter((line) => line.trim() !== ''));
  }

  const failed = () => [...seen.values()].find((vertex) => isFailure(vertex.error));
  return {
    add(line) {
      const status = readStatus(line);
      if (status === null) rest.add(line);
      for (const vertex of status?.vertexes ?? []) addVertex(vertex);
      for (const log of status?.logs ?? []) addLog(log.vertex, log.data);
    },
    steps: () =>
      [...seen.values()]
        .filter((vertex) => vertex.started !== undefined)
        .sort((a, b) => a.order - b.order)
        .map((vertex) => toStep(vertex, began ?? 0)),
    failureLog: () => failed()?.log ?? rest.lines(),
    failureMessage() {
      const message = rest.message() ?? failed()?.error ?? null;
      return message === null ? null : trimFailure(message);
    },
    failureLine: rest.line,
  };
}

/** A step that another one's failure stopped carries an error too, but it is not the one to show. */
function isFailure(error: string | undefined): boolean {
  return error !== undefined && error !== '' && !/context canceled/.test(error);
}

function toStep(vertex: Vertex, began: number): BuildStep {
  const start = Date.parse(vertex.started ?? '');
  const end = vertex.completed === undefined ? start : Date.parse(vertex.completed);
  return {
    ...readStepName(vertex.name),
    line: null,
    cached: vertex.cached ?? false,
    start: Math.max(0, (start - began) / 1000),
    seconds: Math.max(0, (end - start) / 1000),
    error: isFailure(vertex.error) ? (vertex.error ?? null) : null,
  };
}

function readStatus(line: string): Status | null {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line) as Status;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
