import type { Check, Comparison, Report } from '../model/report.ts';
import { CHECK_NAMES, checkPlace, checkSentence, megabytes } from './sentences.ts';

const MARKS = { pass: '✅', warn: '⚠️', fail: '❌', skip: '➖' } as const;

/** The report as Markdown for a pull request: what is wrong first, the rest folded away. */
export function reportMarkdown(report: Report): string {
  const wrong = report.checks.filter(({ status }) => status === 'fail' || status === 'warn');
  const rest = report.checks.filter(({ status }) => status === 'pass' || status === 'skip');
  const failed = report.checks.filter(({ status }) => status === 'fail').length;
  const verdict = report.ok ? 'the image works' : `${failed} ${failed === 1 ? 'property fails' : 'properties fail'}`;
  return [
    `### ${MARKS[report.ok ? 'pass' : 'fail']} ${escaped(report.subject)}: ${verdict}`,
    '',
    ...checkTable(wrong),
    ...(report.image === null ? [] : [`**${megabytes(report.image.bytes)}**${overBase(report)}`, '']),
    ...folded(`${rest.length} properties hold or were not tried`, checkTable(rest)),
    ...folded('Layers', layerTable(report)),
    ...folded('Steps that run again after a code change', rebuildTable(report)),
    '',
  ].join('\n');
}

/** Before and after, side by side. */
export function comparisonMarkdown({ before, after, differences, sameContract }: Comparison): string {
  const marks = { same: '', better: '✅', worse: '❌', changed: '✏️' } as const;
  const rows = differences.map(
    ({ what, before: old, after: now, verdict }) =>
      `| ${escaped(what)} | ${code(old)} | ${code(now)} | ${marks[verdict]} |`,
  );
  return [
    `### ${escaped(before.subject)} → ${escaped(after.subject)}`,
    '',
    `The runtime contract ${sameContract ? 'is the same' : 'differs'}.`,
    '',
    '| | before | after | |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    reportMarkdown(after),
  ].join('\n');
}

function overBase({ image }: Report): string {
  if (image?.base === null || image === null) return '';
  return `, ${megabytes(image.overBaseBytes)} over ${code(image.base.reference)}`;
}

function checkTable(checks: readonly Check[]): string[] {
  if (checks.length === 0) return [];
  const rows = checks.map((check) => {
    const place = checkPlace(check);
    return `| ${MARKS[check.status]} | ${CHECK_NAMES[check.id]} | ${escaped(checkSentence(check))} | ${place === null ? '' : code(place)} |`;
  });
  return ['| | property | | where |', '| --- | --- | --- | --- |', ...rows, ''];
}

function layerTable({ image }: Report): string[] {
  if (image === null) return [];
  const rows = image.layers.map(
    ({ bytes, isBase, made }) =>
      `| ${megabytes(bytes)} | ${isBase ? 'base image' : ''} | ${code(made.slice(0, 100))} |`,
  );
  return ['| size | | made by |', '| ---: | --- | --- |', ...rows, ''];
}

function rebuildTable({ rebuild }: Report): string[] {
  if (rebuild === null) return [];
  const rows = rebuild.again.map(
    ({ line, name, seconds }) => `| ${line ?? ''} | ${code(name)} | ${seconds.toFixed(1)} s |`,
  );
  const total = `After a change of ${code(rebuild.file)}: ${rebuild.seconds.toFixed(1)} s, ${megabytes(rebuild.pushBytes)} to push.`;
  return [total, '', '| line | step | |', '| ---: | --- | ---: |', ...rows, ''];
}

function folded(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`<details><summary>${title}</summary>`, '', ...lines, '</details>', ''];
}

function escaped(text: string): string {
  return text.replaceAll(/[\\|<>*_`[\]]/g, '\\$&').replaceAll(/\s+/g, ' ');
}

/** A cell in code, with as many backticks as the text needs. */
function code(text: string): string {
  const plain = text.replaceAll(/\s+/g, ' ').trim();
  if (plain === '') return '';
  const fence = '`'.repeat(Math.max(0, ...[...plain.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1);
  const inner = plain.replaceAll('|', '\\|');
  return fence.length > 1 ? `${fence} ${inner} ${fence}` : `${fence}${inner}${fence}`;
}
