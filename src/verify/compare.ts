import type { Engine } from '../engine/engine.ts';
import type { Comparison, Difference, Report, RuntimeContract } from '../model/report.ts';
import type { VerifyRequest } from './request.ts';
import { megabytes } from './sentences.ts';
import type { OnVerifyEvent } from './verification.ts';
import { verify } from './verify.ts';

/** Verifies two subjects one after the other and lays the reports side by side. Throws as `verify` does. */
export async function compareImages(
  before: VerifyRequest,
  after: VerifyRequest,
  engine: Engine,
  onEvent: OnVerifyEvent = () => {},
): Promise<Comparison> {
  const old = await verify(before, engine, onEvent);
  return compareReports(old, await verify(after, engine, onEvent));
}

/** Two reports side by side: size, layers, runtime contract, start, stop, rebuild. */
export function compareReports(before: Report, after: Report): Comparison {
  const contract = compareContracts(before.image?.contract ?? null, after.image?.contract ?? null);
  const differences = [...compareMeasures(before, after), ...contract];
  return { version: 1, before, after, differences, sameContract: contract.every(({ verdict }) => verdict === 'same') };
}

/** Less is better for every measure; `small` is the change that is only noise. */
function measure(
  what: string,
  [before, after]: readonly [number | null | undefined, number | null | undefined],
  show: (value: number) => string,
  small: (value: number) => number = () => 0,
): Difference {
  const shown = (value: number | null | undefined) => (value === null || value === undefined ? '–' : show(value));
  const row = { what, before: shown(before), after: shown(after) };
  if (typeof before !== 'number' || typeof after !== 'number')
    return { ...row, verdict: before === after ? 'same' : 'changed' };
  const isSmall = Math.abs(after - before) <= small(before);
  return { ...row, verdict: isSmall ? 'same' : after < before ? 'better' : 'worse' };
}

const seconds = (value: number) => `${value.toFixed(1)} s`;
const count = (value: number) => String(value);
/** Times of two runs on a busy machine differ by half without meaning anything. */
const noise = (value: number) => Math.max(0.5, value / 2);
/** A number that is told but not judged. */
const neutral = () => Number.POSITIVE_INFINITY;
/** Readiness is seen a second later where a health check has to pass first: that is the rhythm of the probes. */
const readyNoise = (value: number) => Math.max(1.5, value / 2);

function compareMeasures(before: Report, after: Report): Difference[] {
  const both = <T>(read: (report: Report) => T): [T, T] => [read(before), read(after)];
  return [
    measure(
      'size',
      both((report) => report.image?.bytes),
      megabytes,
    ),
    measure(
      'size over the base image',
      both((report) => (report.image?.base ? report.image.overBaseBytes : null)),
      megabytes,
    ),
    measure(
      'layers over the base image',
      both((report) => report.image?.layers.filter(({ isBase }) => !isBase).length),
      count,
      neutral,
    ),
    measure(
      'removed, but still shipped',
      both((report) => report.image?.hiddenBytes),
      megabytes,
    ),
    verdictRow('starts', both(startWords), both(startRank)),
    measure(
      'ready after',
      both((report) => report.boots.find(({ ready }) => ready)?.readySeconds),
      seconds,
      readyNoise,
    ),
    measure(
      'stops in',
      both((report) => report.stop?.seconds),
      seconds,
      noise,
    ),
    measure(
      'steps again after a code change',
      both((report) => report.rebuild?.again.length),
      count,
    ),
    measure(
      'seconds of that rebuild',
      both((report) => report.rebuild?.seconds),
      seconds,
      noise,
    ),
    measure(
      'bytes to push after it',
      both((report) => report.rebuild?.pushBytes),
      megabytes,
      (value) => value / 20,
    ),
    measure(
      'compilers',
      both((report) => report.contents?.compilers.items.length),
      count,
    ),
    measure(
      'development dependencies',
      both((report) => report.contents?.devDependencies.items.length),
      count,
    ),
    measure(
      'files that the application can change',
      both((report) => writableCount(report)),
      count,
    ),
    measure(
      'secrets found',
      both((report) => report.contents?.secrets.length),
      count,
    ),
  ];
}

function writableCount({ contents }: Report): number | null {
  return contents === null ? null : contents.writable.items.length + contents.writable.more;
}

function verdictRow(what: string, [before, after]: [string, string], [low, high]: [number, number]): Difference {
  return { what, before, after, verdict: low === high ? 'same' : high > low ? 'better' : 'worse' };
}

function startWords(report: Report): string {
  const ready = report.boots.find((boot) => boot.ready);
  if (report.boots.length === 0) return 'not tried';
  if (ready === undefined) return 'no';
  const { arbitraryUid, readOnly, noCapabilities } = ready.constraints;
  const broken = [
    ...(arbitraryUid ? [] : ['its own user']),
    ...(readOnly ? [] : ['writable root']),
    ...(noCapabilities ? [] : ['capabilities']),
  ];
  return broken.length === 0 ? 'under all constraints' : `needs ${broken.join(', ')}`;
}

function startRank(report: Report): number {
  const ready = report.boots.find((boot) => boot.ready);
  return ready === undefined ? 0 : 1 + Object.values(ready.constraints).filter(Boolean).length;
}

const CONTRACT_ROWS: readonly { readonly what: string; readonly read: (contract: RuntimeContract) => string }[] = [
  { what: 'entry point', read: ({ entrypoint }) => list(entrypoint) },
  { what: 'command', read: ({ command }) => list(command) },
  { what: 'working directory', read: ({ workdir }) => workdir },
  { what: 'user', read: ({ user }) => user || 'root' },
  { what: 'ports', read: ({ ports }) => ports.join(', ') },
  { what: 'volumes', read: ({ volumes }) => volumes.join(', ') },
  { what: 'stop signal', read: ({ stopSignal }) => stopSignal ?? 'SIGTERM' },
  { what: 'health check', read: ({ health }) => list(health ?? []) },
];

/** Every entry of the contract, ENV and LABEL only where they differ. */
export function compareContracts(before: RuntimeContract | null, after: RuntimeContract | null): Difference[] {
  if (before === null || after === null) return [];
  const rows = CONTRACT_ROWS.map(({ what, read }) => changed(what, read(before), read(after)));
  const env = compareRecords('ENV', before.env, after.env);
  const labels = compareRecords('LABEL', before.labels, after.labels);
  return [...rows, ...env, ...labels];
}

function compareRecords(
  what: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .map((name) => changed(`${what} ${name}`, before[name] ?? 'not set', after[name] ?? 'not set'))
    .filter(({ verdict }) => verdict !== 'same');
}

function changed(what: string, before: string, after: string): Difference {
  return { what, before, after, verdict: before === after ? 'same' : 'changed' };
}

function list(words: readonly string[]): string {
  return words.length === 0 ? 'none' : JSON.stringify(words);
}
