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
  const differences = [...compareMeasures(before, after), ...compareAnswers(before, after), ...contract];
  return { version: 1, before, after, differences, sameContract: contract.every(({ verdict }) => verdict === 'same') };
}

type Amount = number | null | undefined;

/** Something that is measured in both; less is better. */
interface Measure {
  readonly what: string;
  readonly read: (report: Report) => Amount;
  readonly show: (value: number) => string;
  /** the change that is only noise, by the value before; none by default */
  readonly noise?: (value: number) => number;
}

const count = (value: number) => String(value);
const seconds = (value: number) => `${value.toFixed(1)} s`;
/** Times of two runs on a busy machine differ by half without meaning anything. */
const halfOrMore = (least: number) => (value: number) => Math.max(least, value / 2);
/** A number that is told but not judged. */
const neutral = () => Number.POSITIVE_INFINITY;

const IMAGE_MEASURES: readonly Measure[] = [
  { what: 'size', read: ({ image }) => image?.bytes, show: megabytes },
  {
    what: 'size over the base image',
    read: ({ image }) => (image?.base ? image.overBaseBytes : null),
    show: megabytes,
  },
  { what: 'layers over the base image', read: ownLayers, show: count, noise: neutral },
  { what: 'removed, but still shipped', read: ({ image }) => image?.hiddenBytes, show: megabytes },
];

const RUN_MEASURES: readonly Measure[] = [
  // a health check that must pass first is seen a second later: that is the rhythm of its probes
  { what: 'ready after', read: readySeconds, show: seconds, noise: halfOrMore(1.5) },
  { what: 'stops in', read: ({ stop }) => stop?.seconds, show: seconds, noise: halfOrMore(0.5) },
  { what: 'steps again after a code change', read: ({ rebuild }) => rebuild?.again.length, show: count },
  { what: 'seconds of that rebuild', read: ({ rebuild }) => rebuild?.seconds, show: seconds, noise: halfOrMore(0.5) },
  {
    what: 'bytes to push after it',
    read: ({ rebuild }) => rebuild?.pushBytes,
    show: megabytes,
    noise: (value) => value / 20,
  },
  { what: 'compilers', read: ({ contents }) => contents?.compilers.items.length, show: count },
  { what: 'development dependencies', read: ({ contents }) => contents?.devDependencies.items.length, show: count },
  { what: 'files that the application can change', read: writableCount, show: count },
  { what: 'secrets found', read: ({ contents }) => contents?.secrets.length, show: count },
];

function compareMeasures(before: Report, after: Report): Difference[] {
  const rows = (measures: readonly Measure[]) => measures.map((measure) => compareMeasure(measure, before, after));
  return [...rows(IMAGE_MEASURES), compareStarts(before, after), ...rows(RUN_MEASURES)];
}

function compareMeasure({ what, read, show, noise }: Measure, before: Report, after: Report): Difference {
  const [old, now] = [read(before) ?? null, read(after) ?? null];
  const shown = (value: number | null) => (value === null ? '–' : show(value));
  const row = { what, before: shown(old), after: shown(now) };
  if (old === null || now === null) return { ...row, verdict: old === now ? 'same' : 'changed' };
  const isNoise = Math.abs(now - old) <= (noise?.(old) ?? 0);
  return { ...row, verdict: isNoise ? 'same' : now < old ? 'better' : 'worse' };
}

function ownLayers({ image }: Report): Amount {
  return image?.layers.filter(({ isBase }) => !isBase).length;
}

function readySeconds({ boots }: Report): Amount {
  return boots.find(({ ready }) => ready)?.readySeconds;
}

function writableCount({ contents }: Report): number | null {
  return contents === null ? null : contents.writable.items.length + contents.writable.more;
}

function compareStarts(before: Report, after: Report): Difference {
  const [low, high] = [startRank(before), startRank(after)];
  const verdict = low === high ? 'same' : high > low ? 'better' : 'worse';
  return { what: 'starts', before: startWords(before), after: startWords(after), verdict };
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

/** What the same request got from each. A page that changes by itself differs too, so it is told and not judged. */
function compareAnswers(before: Report, after: Report): Difference[] {
  return before.http.flatMap(({ request, answer }) => {
    const other = after.http.find((probe) => probe.request === request)?.answer;
    return answer && other ? [changed(`answer to ${request}`, answer, other)] : [];
  });
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
function compareContracts(before: RuntimeContract | null, after: RuntimeContract | null): Difference[] {
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
