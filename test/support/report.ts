import type { Boot, BuildStep, Check, Report, RuntimeContract } from '../../src/model/report.ts';

/** A runtime contract, a build step, a boot and a report with nothing special; tests change what they are about. */
export function contractOf(more: Partial<RuntimeContract> = {}): RuntimeContract {
  return {
    entrypoint: [],
    command: ['node', 'index.js'],
    env: { PATH: '/usr/bin' },
    workdir: '/app',
    user: '1000:1000',
    ports: ['3000/tcp'],
    volumes: [],
    labels: {},
    stopSignal: null,
    health: null,
    architecture: 'amd64',
    ...more,
  };
}

export function stepOf(name: string, more: Partial<BuildStep> = {}): BuildStep {
  return {
    name,
    kind: 'instruction',
    stage: 'build',
    number: 2,
    line: 3,
    cached: false,
    start: 0,
    seconds: 1,
    error: null,
    ...more,
  };
}

export function bootOf(more: Partial<Boot> = {}): Boot {
  const constraints = { arbitraryUid: true, readOnly: true, noCapabilities: true, memoryLimit: true };
  return {
    constraints,
    tmpfs: [],
    ready: true,
    readySeconds: 1.5,
    listening: [3000],
    complaints: [],
    trouble: null,
    log: [],
    ...more,
  };
}

export function checkOf(more: Partial<Check>): Check {
  return { id: 'start', status: 'pass', reason: '', args: {}, lines: [], paths: [], ...more };
}

export function reportOf(more: Partial<Report> = {}): Report {
  const layers = [
    { id: 'a', bytes: 80e6, files: 100, isBase: true, made: 'ADD root' },
    { id: 'b', bytes: 2e6, files: 10, isBase: false, made: 'COPY --from=build /app/node_modules ./node_modules' },
    { id: 'c', bytes: 3000, files: 1, isBase: false, made: 'COPY src ./src' },
  ];
  const steps = [
    stepOf('FROM node:24', { kind: 'base', number: 1, line: 1 }),
    stepOf('RUN npm ci', { cached: true, seconds: 0 }),
    stepOf('COPY src ./src', { start: 0.4, seconds: 0.2, line: 9 }),
  ];
  return {
    version: 1,
    subject: 'Dockerfile',
    context: '/project',
    dockerfile: '/project/Dockerfile',
    engine: { name: 'docker', version: '28.0', builder: null },
    build: { seconds: 12.3, steps, failure: null },
    image: {
      bytes: 82_003_000,
      overBaseBytes: 2_003_000,
      base: { reference: 'node:24-trixie-slim', bytes: 80e6 },
      layers,
      hiddenBytes: 0,
      contract: contractOf(),
    },
    boots: [bootOf()],
    http: [],
    stop: { seconds: 0.2, exitCode: 0, killed: false },
    contents: null,
    rebuild: {
      file: 'src/index.js',
      seconds: 0.8,
      again: steps.slice(2),
      steps,
      cachedSteps: 1,
      newBytes: 3000,
      pushBytes: 900,
      failure: null,
    },
    ciCache: null,
    checks: [
      checkOf({ id: 'build', args: { seconds: '12.3', steps: '2' } }),
      checkOf({ id: 'user', status: 'warn', reason: 'root', lines: [{ line: 4, text: 'FROM node:24-trixie-slim' }] }),
      checkOf({ id: 'start', args: { seconds: '1.5', listening: '3000' } }),
      checkOf({ id: 'stop', status: 'fail', reason: 'killed', args: { seconds: '10.2', code: '137', limit: '2' } }),
    ],
    ok: false,
    ...more,
  };
}
