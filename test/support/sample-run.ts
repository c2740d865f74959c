import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { findEngine } from '../../src/engine/find.ts';
import type { CheckId, Report } from '../../src/model/report.ts';
import {
  defaultRequest,
  type HttpExpectation,
  readHttpExpectation,
  type VerifyRequest,
} from '../../src/verify/request.ts';
import { CHECK_NAMES, checkPlace, checkSentence } from '../../src/verify/sentences.ts';
import { verify } from '../../src/verify/verify.ts';
import { putInAddresses } from './addresses.ts';
import { predictionFailures } from './prediction.ts';

/** `run.json`; `test/samples/README.md` says what the fields mean. */
interface SampleRun {
  readonly http?: Readonly<Record<string, number | { readonly status: number; readonly contains?: string }>>;
  readonly output?: string;
  readonly exit?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly port?: number;
  readonly absent?: readonly string[];
  readonly present?: readonly string[];
  readonly change?: string;
  readonly noStepAgain?: readonly string[];
  readonly maxOverBaseMb?: number;
  readonly health?: boolean;
  readonly root?: boolean;
  readonly arbitraryUid?: boolean;
  readonly readOnly?: boolean | { readonly tmpfs: readonly string[] };
  readonly memoryMb?: number;
  readonly stopSeconds?: number;
  readonly startSeconds?: number;
  readonly context?: string;
  readonly dockerfile?: string;
  readonly uncheckedHere?: string;
}

const GIT = '.git';

const FIELDS = new Set([
  ...['http', 'output', 'exit', 'env', 'buildArgs', 'secrets', 'port', 'absent', 'present', 'change', 'noStepAgain'],
  ...['maxOverBaseMb', 'health', 'root', 'arbitraryUid', 'readOnly', 'memoryMb', 'stopSeconds', 'startSeconds'],
  ...['context', 'dockerfile', 'uncheckedHere'],
]);

/** What every sample must be: warnings of these checks are failures for us. */
const ALWAYS: readonly CheckId[] = [
  ...(['compilers', 'caches', 'dev-dependencies', 'version-control', 'secrets', 'writable', 'rebuild'] as const),
  ...(['capabilities', 'memory'] as const),
];

export interface SampleProof {
  /** `null` when it was proved */
  readonly skipped: string | null;
  /** sentences; empty when all is well */
  readonly failures: readonly string[];
  readonly report: Report | null;
}

/** Reads `run.json` of a sample; an unknown field is an error. */
async function readSampleRun(sample: string): Promise<SampleRun> {
  const run = JSON.parse(await readFile(join(sample, 'run.json'), 'utf8')) as Record<string, unknown>;
  const unknown = Object.keys(run).filter((field) => !FIELDS.has(field));
  if (unknown.length > 0) throw new Error(`${basename(sample)}/run.json: unknown field ${unknown.join(', ')}`);
  return run as SampleRun;
}

/**
 * Builds, boots, probes, stops, opens and rebuilds a sample with its expected files. `generated` (path → contents) replaces
 * `expected/`, for those who want to prove what was generated just now.
 */
export async function proveSample(sample: string, generated?: Readonly<Record<string, string>>): Promise<SampleProof> {
  const run = await readSampleRun(sample);
  if (run.uncheckedHere !== undefined && process.env['BUILD_ALL_SAMPLES'] !== '1') {
    return { skipped: run.uncheckedHere, failures: [], report: null };
  }
  const folder = await mkdtemp(join(tmpdir(), `sample-${basename(sample)}-`));
  try {
    await layOut(sample, folder, generated);
    const engine = await findEngine({ engine: null, builder: null });
    const report = await verify(toRequest(run, folder), engine);
    const predicted = predictionFailures(folder, run.dockerfile ?? 'Dockerfile', run.context ?? '.', report);
    return { skipped: null, failures: [...failuresOf(report, run), ...predicted], report };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function layOut(sample: string, folder: string, generated?: Readonly<Record<string, string>>): Promise<void> {
  await cp(join(sample, 'project'), folder, { recursive: true, verbatimSymlinks: true });
  await putInAddresses(folder);
  if (generated === undefined) await cp(join(sample, 'expected'), folder, { recursive: true });
  for (const [path, contents] of Object.entries(generated ?? {})) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), contents);
  }
  // a history that must not reach the image, as every real project has one
  await mkdir(join(folder, GIT), { recursive: true });
  await writeFile(join(folder, GIT, 'HEAD'), 'ref: refs/heads/main\n');
}

/** The verification that `run.json` asks for. */
function toRequest(run: SampleRun, folder: string): VerifyRequest {
  const context = join(folder, run.context ?? '.');
  const dockerfile = join(folder, run.dockerfile ?? 'Dockerfile');
  const readOnly = run.readOnly ?? true;
  const base = defaultRequest({ kind: 'dockerfile', context, dockerfile, shown: run.dockerfile ?? 'Dockerfile' });
  return {
    ...base,
    buildArgs: run.buildArgs ?? {},
    secrets: run.secrets ?? {},
    env: run.env ?? {},
    ports: run.port === undefined ? null : [run.port],
    http: Object.entries(run.http ?? {}).map(toExpectation),
    output: run.output ?? null,
    exit: run.exit ?? null,
    memory: run.memoryMb === undefined ? base.memory : run.memoryMb * 1024 * 1024,
    tmpfs: typeof readOnly === 'object' ? readOnly.tmpfs : [],
    startSeconds: run.startSeconds ?? base.startSeconds,
    stopSeconds: run.stopSeconds ?? base.stopSeconds,
    health: run.health ?? run.http !== undefined,
    absent: run.absent ?? [],
    present: run.present ?? [],
    change: run.change ?? null,
    noStepAgain: run.noStepAgain ?? null,
    maxOverBaseBytes: run.maxOverBaseMb === undefined ? null : run.maxOverBaseMb * 1e6,
    required: [
      ...ALWAYS,
      ...(run.root === true ? [] : (['user'] as const)),
      ...(run.arbitraryUid === false ? [] : (['arbitrary-uid'] as const)),
      ...(readOnly === false ? [] : (['read-only'] as const)),
    ],
  };
}

function toExpectation([path, wanted]: [string, number | { status: number; contains?: string }]): HttpExpectation {
  const parsed = readHttpExpectation(path);
  if (parsed === null) throw new Error(`run.json: ${path} is no path`);
  if (typeof wanted === 'number') return { ...parsed, status: wanted };
  return { ...parsed, status: wanted.status, contains: wanted.contains ?? null };
}

function failuresOf(report: Report, run: SampleRun): string[] {
  const failed = report.checks.filter(({ status }) => status === 'fail');
  const sentences = failed.map((check) => {
    const place = checkPlace(check);
    return `${CHECK_NAMES[check.id]}: ${checkSentence(check)}${place === null ? '' : ` (${place})`}`;
  });
  const log = report.build?.failure?.log ?? report.boots.findLast(({ ready }) => !ready)?.log ?? [];
  const isUntouched = report.checks.some(({ id, status }) => id === 'rebuild' && status === 'skip');
  return [
    ...sentences,
    ...(failed.length > 0 && log.length > 0 ? [`last lines:\n${log.slice(-15).join('\n')}`] : []),
    ...(isUntouched
      ? [`rebuild: ${run.change ?? 'no file'} takes no part in the build; name another file in "change"`]
      : []),
  ];
}
