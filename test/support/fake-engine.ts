import type {
  BuildRequest,
  Change,
  ContainerState,
  Engine,
  ImageDetails,
  RunRequest,
} from '../../src/engine/engine.ts';
import type { Build } from '../../src/model/report.ts';
import { contractOf } from './report.ts';

/** How an imagined container behaves: `null` runs, a text is what it prints before it ends with exit code 1. */
export interface Behaviour {
  readonly start?: (request: RunRequest) => string | null;
  readonly written?: readonly Change[];
  readonly build?: (request: BuildRequest, count: number) => Build;
}

export interface FakeEngine extends Engine {
  /** everything that was asked for, `run`, `removeContainer x` …, in order */
  readonly calls: string[];
  readonly runs: RunRequest[];
}

/** An engine without containers, for what decides and cleans up; what images really do is tested with a real one. */
export function fakeEngine(behaviour: Behaviour = {}): FakeEngine {
  const calls: string[] = [];
  const runs: RunRequest[] = [];
  const complaintOf = (id: string) => {
    const request = runs.find(({ name }) => name === id);
    return request === undefined ? null : (behaviour.start?.(request) ?? null);
  };
  const details: ImageDetails = { id: 'i', bytes: 0, layers: [], contract: contractOf({ ports: [] }) };
  return {
    calls,
    runs,
    name: 'docker',
    version: '1',
    builder: null,
    canRun: true,
    host: '127.0.0.1',
    build: async (request) =>
      behaviour.build?.(request, calls.push(`build ${request.tag}`)) ?? { seconds: 1, steps: [], failure: null },
    inspectImage: async () => details,
    saveImage: async () => {},
    async run(request) {
      calls.push(`run ${request.name}`);
      runs.push(request);
      return { id: request.name, error: null };
    },
    inspectContainer: async (id) => stateOf(complaintOf(id) === null),
    logs: async (id) => complaintOf(id) ?? '',
    exec: async () => ({ exitCode: 1, stdout: '' }),
    changes: async () => [...(behaviour.written ?? [])],
    stop: async () => ({ seconds: 0.1, exitCode: 0 }),
    start: async () => {},
    removeContainer: async (id) => void calls.push(`removeContainer ${id}`),
    removeImage: async (image) => void calls.push(`removeImage ${image}`),
    createBuilder: async () => null,
    removeBuilder: async (name) => void calls.push(`removeBuilder ${name}`),
    labelled: async () => ({ containers: ['left-over'], images: [] }),
  };
}

function stateOf(isRunning: boolean): ContainerState {
  return {
    id: 'x',
    isRunning,
    exitCode: isRunning ? null : 1,
    outOfMemory: false,
    error: '',
    pid: 0,
    address: null,
    published: {},
    health: { status: 'none', failures: 0, output: '' },
  };
}
