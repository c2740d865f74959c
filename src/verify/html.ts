import type { BuildStep, Check, Comparison, Layer, Report } from '../model/report.ts';
import { CHECK_NAMES, checkPlace, checkSentence, megabytes } from './sentences.ts';

const WIDTH = 860;
/** Part of a row's width that bars take; their value stands behind them. */
const SPAN = 84;

/** One self-contained page: no script, no font, nothing from elsewhere. With a comparison: before and after. */
export function reportHtml(after: Report, comparison: Comparison | null = null): string {
  const reports = comparison === null ? [after] : [comparison.before, after];
  const title = comparison === null ? after.subject : `${comparison.before.subject} → ${after.subject}`;
  const widest = Math.max(1, ...reports.map((report) => report.image?.bytes ?? 0));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p class="verdict ${after.ok ? 'pass' : 'fail'}">${escaped(verdict(after))}</p>
${comparison === null ? '' : comparisonTable(comparison)}
<h2>Layers</h2>
${reports.map((report) => layerPicture(report, widest)).join('\n')}
<h2>Properties</h2>
${checkList(after.checks)}
${timelines(reports)}
${after.boots.length === 0 ? '' : bootTable(after)}
<footer>${escaped(`${after.engine.name} ${after.engine.version}`)}</footer>
</body>
</html>
`;
}

function verdict(report: Report): string {
  const failed = report.checks.filter(({ status }) => status === 'fail').length;
  const warned = report.checks.filter(({ status }) => status === 'warn').length;
  const size = report.image === null ? '' : `, ${megabytes(report.image.bytes)}`;
  return report.ok ? `works${size}${warned === 0 ? '' : `, ${warned} things to look at`}` : `${failed} failed${size}`;
}

function checkList(checks: readonly Check[]): string {
  const rows = checks.map((check) => {
    const place = checkPlace(check);
    const where = place === null ? '' : `<br><code>${escaped(place)}</code>`;
    return `<tr class="${check.status}"><td>${MARKS[check.status]}</td><th>${CHECK_NAMES[check.id]}</th><td>${escaped(checkSentence(check))}${where}</td></tr>`;
  });
  return `<table class="checks"><tbody>\n${rows.join('\n')}\n</tbody></table>`;
}

const MARKS = { pass: '✓', warn: '!', fail: '✗', skip: '–' } as const;

function comparisonTable({ differences, sameContract }: Comparison): string {
  const rows = differences.map(
    ({ what, before, after, verdict: judged }) =>
      `<tr class="${judged}"><th>${escaped(what)}</th><td>${shown(before)}</td><td>${shown(after)}</td></tr>`,
  );
  return `<h2>Before and after</h2>
<p>The runtime contract ${sameContract ? 'is the same' : 'differs'}.</p>
<table class="compare"><thead><tr><td></td><th>before</th><th>after</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>`;
}

function shown(value: string): string {
  return value === '' ? '–' : escaped(value);
}

/** All layers in one bar, in proportion to the largest image on the page, and each own layer in a row below. */
function layerPicture({ subject, image }: Report, widest: number): string {
  if (image === null) return `<p>${escaped(subject)}: there is no image.</p>`;
  const own = image.layers.filter(({ isBase }) => !isBase);
  let at = 0;
  const parts = image.layers.map((layer, index) => {
    const width = (layer.bytes / widest) * WIDTH;
    const part = `<rect class="${layer.isBase ? 'base' : `own own${index % 3}`}" x="${at.toFixed(2)}" y="0" width="${Math.max(width, 0.5).toFixed(2)}" height="26"><title>${escaped(`${megabytes(layer.bytes)} ${layer.made}`)}</title></rect>`;
    at += width;
    return part;
  });
  const base = image.base === null ? '' : ` (${megabytes(image.overBaseBytes)} over ${image.base.reference})`;
  return `<figure><figcaption>${escaped(`${subject}: ${megabytes(image.bytes)}${base}`)}</figcaption>
<svg class="whole" viewBox="0 0 ${WIDTH} 26" preserveAspectRatio="none" role="img" aria-label="layers">${parts.join('')}</svg>
${ownLayers(own)}</figure>`;
}

function ownLayers(layers: readonly Layer[]): string {
  const largest = Math.max(1, ...layers.map(({ bytes }) => bytes));
  return layers
    .map(({ bytes, made }, index) =>
      row(made, { from: 0, to: bytes / largest, kind: `own own${index % 3}`, value: megabytes(bytes) }),
    )
    .join('\n');
}

/** A name and its bar, beside each other or, on a narrow screen, one below the other; the text keeps its size. */
function row(
  name: string,
  bar: { readonly from: number; readonly to: number; readonly kind: string; readonly value: string },
): string {
  const [x, end] = [bar.from * SPAN, Math.max(bar.to, bar.from) * SPAN];
  const rect = `<rect class="${bar.kind}" x="${x.toFixed(2)}%" y="2" width="${Math.max(0.3, end - x).toFixed(2)}%" height="14"><title>${escaped(`${name}, ${bar.value}`)}</title></rect>`;
  const value = `<text x="${Math.max(end, x + 0.3).toFixed(2)}%" y="14" dx="6">${escaped(bar.value)}</text>`;
  return `<div class="row"><span title="${escaped(name)}">${escaped(name)}</span><svg height="18">${rect}${value}</svg></div>`;
}

function timelines(reports: readonly Report[]): string {
  const pictures = reports.flatMap((report) => [
    ...(report.build === null ? [] : [timeline(`${report.subject}: build`, report.build.steps)]),
    ...(report.rebuild === null
      ? []
      : [timeline(`${report.subject}: rebuild after a change of ${report.rebuild.file}`, report.rebuild.steps)]),
    ...(report.ciCache === null
      ? []
      : [timeline(`${report.subject}: the same on a fresh builder`, report.ciCache.steps)]),
  ]);
  return pictures.length === 0 ? '' : `<h2>Builds</h2>\n${pictures.join('\n')}`;
}

/** Every step at its time; what came from the cache is hollow. */
function timeline(title: string, steps: readonly BuildStep[]): string {
  const shown = steps.filter(({ kind }) => kind !== 'internal');
  const end = Math.max(0.1, ...shown.map(({ start, seconds }) => start + seconds));
  const rows = shown.map(({ name, stage, start, seconds, cached }) =>
    row(stage === null ? name : `${stage}: ${name}`, {
      from: start / end,
      to: (start + seconds) / end,
      kind: cached ? 'cached' : 'ran',
      value: cached ? 'cached' : `${seconds.toFixed(1)} s`,
    }),
  );
  return `<figure><figcaption>${escaped(title)}, ${end.toFixed(1)} s</figcaption>
${rows.join('\n')}</figure>`;
}

function bootTable({ boots }: Report): string {
  const mark = (isOn: boolean) => (isOn ? '✓' : '');
  const rows = boots.map(
    ({ constraints, tmpfs, ready, readySeconds }) =>
      `<tr class="${ready ? 'pass' : 'warn'}"><td>${mark(constraints.arbitraryUid)}</td><td>${mark(constraints.readOnly)}</td><td>${mark(constraints.noCapabilities)}</td><td>${mark(constraints.memoryLimit)}</td><td>${escaped(tmpfs.join(', '))}</td><td>${ready ? `ready after ${(readySeconds ?? 0).toFixed(1)} s` : 'not ready'}</td></tr>`,
  );
  return `<h2>Boots</h2>
<div class="wide"><table><thead><tr><th>arbitrary user</th><th>read-only</th><th>no capabilities</th><th>memory limit</th><th>writable folders</th><th></th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>`;
}

function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`)
    .replaceAll(/[\u0000-\u0008\u000b-\u001f]/g, ' ');
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2433; --soft: #667085; --line: #d5dae3; --ground: #fff; --base: #c3cad6;
  --own0: #2f6fde; --own1: #5a94f0; --own2: #1c4fa8; --good: #1a7f37; --bad: #c62828; --odd: #9a6700; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #98a2b3; --line: #333b4a; --ground: #12161f; --base: #475063;
  --good: #4ac26b; --bad: #ff7b72; --odd: #e3b341; } }
body { margin: 2rem auto; max-width: ${WIDTH}px; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
h1 { font-size: 1.5rem; overflow-wrap: anywhere; } h2 { font-size: 1.15rem; margin-top: 2rem; }
figure { margin: 1rem 0; } figcaption { margin-bottom: .4rem; overflow-wrap: anywhere; }
.row { display: grid; grid-template-columns: minmax(0, 38%) 1fr; gap: 0 .75rem; font-size: 12px; line-height: 18px; }
.row span { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
@media (max-width: 640px) { .row { grid-template-columns: minmax(0, 1fr); margin-bottom: .3rem; } }
.wide { overflow-x: auto; }
svg { display: block; width: 100%; overflow: visible; } .whole { height: 26px; margin-bottom: .4rem; } svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
.base { fill: var(--base); } .own0 { fill: var(--own0); } .own1 { fill: var(--own1); } .own2 { fill: var(--own2); }
.ran { fill: var(--own0); } rect.cached { fill: none; stroke: var(--soft); }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top; padding: .25rem .5rem; border-bottom: 1px solid var(--line); overflow-wrap: break-word; font-weight: normal; }
thead th { color: var(--soft); font-size: .85em; } .compare { table-layout: fixed; } .better td:last-child, .worse td:last-child, .changed td:last-child { font-weight: 600; }
.checks th { white-space: nowrap; } code { font-size: .85em; color: var(--soft); }
.verdict { font-weight: 600; } .pass td:first-child, .verdict.pass, .better td:last-child { color: var(--good); }
.fail td:first-child, .verdict.fail, .worse td:last-child { color: var(--bad); } .warn td:first-child, .changed td:last-child { color: var(--odd); }
footer { margin-top: 2rem; color: var(--soft); }
`;
