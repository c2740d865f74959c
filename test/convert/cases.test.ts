import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Conversion } from '../../src/convert/convert.ts';
import { reportConversion } from '../../src/convert/report.ts';
import { refusalSentence } from '../../src/convert/sentences.ts';
import { CASES, caseNames, convertCase, convertText } from './case.ts';

/** What lies in `expected/`: the new Dockerfile, or why there is none. */
function expectedFile(conversion: Conversion): { name: string; contents: string } {
  if (conversion.kind === 'converted') return { name: 'Dockerfile', contents: conversion.text };
  if (conversion.kind === 'unchanged') return { name: 'unchanged.txt', contents: `${conversion.stages} stages\n` };
  const { reason, line } = conversion.refusal;
  const contents = { code: reason.code, line, reason: refusalSentence(reason) };
  return { name: 'refusal.json', contents: `${JSON.stringify(contents, null, 2)}\n` };
}

it('the cases that the page names are there', () => {
  const page = readFileSync(join(CASES, 'README.md'), 'utf8');
  const tables = page.split('\n').filter((line) => line.startsWith('|'));
  const named = tables.flatMap((line) =>
    [...(line.split('|')[2] ?? '').matchAll(/`([a-z\d-]+)`/g)].map(([, name]) => name),
  );
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((name) => !caseNames.includes(name ?? ''))).toEqual([]);
});

describe.each(caseNames)('the case %s', (name) => {
  const conversion = convertCase(name);

  it('is converted, or refused, as expected', () => {
    const { name: file, contents } = expectedFile(conversion);
    const folder = join(CASES, name, 'expected');
    if (process.env['UPDATE_EXPECTED'] === '1') {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, file), contents);
    }
    expect(existsSync(join(folder, file)), `no ${file} in expected/`).toBe(true);
    expect(contents).toBe(readFileSync(join(folder, file), 'utf8'));
  });

  it('has notes that say what it is for', () => {
    expect(readFileSync(join(CASES, name, 'notes.md'), 'utf8').length).toBeGreaterThan(30);
  });

  it.runIf(conversion.kind === 'converted')('is left alone when it is converted again', () => {
    if (conversion.kind !== 'converted') return;
    expect(convertText(conversion.text)).toEqual({ kind: 'unchanged', stages: 2 });
  });

  it.runIf(conversion.kind === 'converted')('has a report in plain data that names every instruction', () => {
    if (conversion.kind !== 'converted') return;
    const report = reportConversion(conversion, '2026-11-23');
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.moves.length).toBe(conversion.decision.survey.trace.steps.length);
    for (const { why } of [...report.moves, ...report.copies]) expect(why).toMatch(/ /);
    for (const note of report.notes) expect(note).toMatch(/^[A-Z\w].*\.$/s);
  });
});
