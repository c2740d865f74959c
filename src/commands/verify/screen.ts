import type { Check, CheckId, Comparison, Difference, ImageMeasure, Layer, Report } from '../../model/report.ts';
import type { Style } from '../../ui/style.ts';
import { printable, wrap } from '../../ui/text.ts';
import { CHECK_NAMES, checkPlace, checkSentence, megabytes } from '../../verify/sentences.ts';

const MARKS = { pass: '✓', warn: '!', fail: '✗', skip: '–' } as const;
const NAME_COLUMNS = 26;
/** Below this width a sentence stands under its name. */
const NARROW = 64;
const BAR_COLUMNS = 24;

const SECTIONS: readonly { readonly title: string; readonly ids: readonly CheckId[] }[] = [
  { title: 'Build', ids: ['build', 'size', 'user'] },
  {
    title: 'Boot',
    ids: [
      'start',
      'stays-up',
      'http',
      'output',
      'health',
      'arbitrary-uid',
      'read-only',
      'capabilities',
      'memory',
      'stop',
      'restart',
    ],
  },
  {
    title: 'Inside the image',
    ids: [
      'compilers',
      'package-managers',
      'caches',
      'dev-dependencies',
      'version-control',
      'secrets',
      'writable',
      'absent',
      'present',
    ],
  },
  { title: 'Rebuild', ids: ['rebuild', 'rebuild-steps', 'ci-cache'] },
];

/** The report for a person, in the order of an image's life. */
export function reportScreen(report: Report, columns: number, style: Style): string {
  const parts = SECTIONS.flatMap(({ title, ids }) => {
    const checks = ids.flatMap((id) => report.checks.filter((check) => check.id === id));
    if (checks.length === 0) return [];
    const rows = checks.flatMap((check) => checkRows(check, columns, style));
    return [[style.strong(title), ...rows, ...detailRows(title, report, columns, style)].join('\n')];
  });
  const engine = `${report.engine.name} ${report.engine.version}`;
  const builder = report.engine.builder === null ? '' : `, builder ${report.engine.builder}`;
  const head = `${style.strong(printable(report.subject))}  ${style.dim(`${engine}${builder}`)}`;
  return `${[head, ...parts, ...failureLog(report, columns, style), verdictLine(report, style)].join('\n\n')}\n`;
}

function detailRows(title: string, report: Report, columns: number, style: Style): string[] {
  if (title === 'Build' && report.image !== null) return layerRows(report.image, columns, style);
  if (title === 'Rebuild') return rebuildRows(report, columns, style);
  return [];
}

function checkRows(check: Check, columns: number, style: Style): string[] {
  const paint = { pass: style.added, warn: style.warning, fail: style.removed, skip: style.dim }[check.status];
  const name = CHECK_NAMES[check.id];
  const sentence = printable(checkSentence(check));
  const place = checkPlace(check);
  const indent = ' '.repeat(columns < NARROW ? 6 : NAME_COLUMNS + 4);
  const start = columns < NARROW ? [`  ${paint(MARKS[check.status])} ${name}`] : [];
  const lead = columns < NARROW ? indent : `  ${MARKS[check.status]} ${name.padEnd(NAME_COLUMNS)}`;
  const [first = '', ...more] = wrap(`${' '.repeat(lead.length)}${sentence}`, columns, indent);
  const painted =
    columns < NARROW
      ? first
      : `  ${paint(MARKS[check.status])} ${name.padEnd(NAME_COLUMNS)}${first.slice(lead.length)}`;
  const where =
    check.status === 'pass' || place === null
      ? []
      : wrap(`${indent}${printable(place)}`, columns, indent).map(style.dim);
  return [...start, painted, ...more, ...where];
}

/** The base image in one row, then each layer that the Dockerfile made, as bars in proportion to the largest of these. */
function layerRows(image: ImageMeasure, columns: number, style: Style): string[] {
  const own = image.layers.filter(({ isBase }) => !isBase);
  const largest = Math.max(1, ...own.map(({ bytes }) => bytes));
  const bars = columns < NARROW ? 8 : BAR_COLUMNS;
  const base =
    image.base === null ? [] : [row(megabytes(image.base.bytes), '░'.repeat(bars), baseWords(image), columns)];
  const rows = own.map((layer: Layer) => {
    const length = Math.max(layer.bytes === 0 ? 0 : 1, Math.round((layer.bytes / largest) * bars));
    return row(megabytes(layer.bytes), '█'.repeat(length).padEnd(bars), printable(layer.made), columns);
  });
  const hidden =
    image.hiddenBytes === 0
      ? []
      : [`    ${megabytes(image.hiddenBytes)} of that is removed by later layers, and shipped all the same`];
  return ['', ...base.map(style.dim), ...rows, ...hidden];
}

function baseWords({ base, layers }: ImageMeasure): string {
  return `${base?.reference}, ${layers.filter(({ isBase }) => isBase).length} layers`;
}

function row(size: string, bar: string, words: string, columns: number): string {
  const line = `  ${size.padStart(8)} ${bar} ${words}`;
  return line.length <= columns ? line : `${line.slice(0, columns - 1)}…`;
}

function rebuildRows({ rebuild, ciCache }: Report, columns: number, style: Style): string[] {
  const lists = [rebuild, ciCache].flatMap((build) => (build === null ? [] : [build]));
  return lists.flatMap((build) => {
    const steps = build.again.map(({ line, name, seconds }) =>
      row(`${seconds.toFixed(1)} s`, line === null ? '' : `line ${line}`, printable(name), columns),
    );
    const push = build === rebuild ? `, ${megabytes(build.pushBytes)} to push` : '';
    const where = build === rebuild ? '' : 'on a fresh builder: ';
    const total = `${where}${build.again.length} of ${build.again.length + build.cachedSteps} steps${push}`;
    return ['', ...steps, style.dim(`  ${total}`)];
  });
}

/** The end of the output of what failed first, where people look first. */
function failureLog({ build, boots, ok }: Report, columns: number, style: Style): string[] {
  const log = build?.failure?.log ?? (boots.some(({ ready }) => ready) ? [] : (boots.at(-1)?.log ?? []));
  if (ok || log.length === 0) return [];
  const lines = log.slice(-12).flatMap((line) => wrap(`  ${printable(line)}`, columns, '  '));
  return [[style.strong('Last lines'), ...lines.map(style.dim)].join('\n')];
}

function verdictLine({ checks, ok }: Report, style: Style): string {
  const count = (status: Check['status']) => checks.filter((check) => check.status === status).length;
  const looks = count('warn') === 0 ? '' : `, ${count('warn')} to look at`;
  return ok
    ? style.added(`Verified: ${count('pass')} properties hold${looks}.`)
    : style.removed(`Not verified: ${count('fail')} failed${looks}.`);
}

/** Two reports side by side; rows of the contract that are the same are left out. */
export function comparisonScreen(comparison: Comparison, columns: number, style: Style): string {
  const { before, after, differences, sameContract } = comparison;
  const rows = differences.filter(({ verdict, what }) => verdict !== 'same' || !/^(ENV|LABEL) /.test(what));
  const wide = Math.max(...rows.map(({ what }) => what.length));
  const lines = rows.flatMap((difference) => differenceRows(difference, wide, columns, style));
  const contract = sameContract
    ? style.added('The runtime contract is the same.')
    : style.warning('The runtime contract differs.');
  const head = style.strong(`${printable(before.subject)} → ${printable(after.subject)}`);
  return `${[head, lines.join('\n'), contract].join('\n\n')}\n`;
}

function differenceRows(
  { what, before, after, verdict }: Difference,
  wide: number,
  columns: number,
  style: Style,
): string[] {
  const paint = { same: style.dim, better: style.added, worse: style.removed, changed: style.warning }[verdict];
  const change = before === after ? before : `${before} → ${after}`;
  const line = `  ${what.padEnd(wide)}  ${printable(change)}`;
  if (line.length <= columns) return [`  ${what.padEnd(wide)}  ${paint(printable(change))}`];
  return [`  ${what}`, ...wrap(`      ${printable(change)}`, columns, '      ').map(paint)];
}
