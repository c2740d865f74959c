import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../src/model/fact.ts';
import type { Json } from '../src/model/json.ts';
import { explain } from '../src/render/render.ts';
import { filesOf, openSample, planOf, SAMPLES, type Sample } from './support/samples.ts';

/** `UPDATE_EXPECTED=1` writes what is generated now; read every change by eye before it is accepted. */
const UPDATE = process.env['UPDATE_EXPECTED'] === '1' && process.env['CI'] === undefined;

describe.each(SAMPLES)('%s', (name) => {
  const sample = openSample(name);

  test('gives the expected files', () => {
    for (const file of filesOf(sample)) {
      const path = join(sample.directory, 'expected', file.path);
      if (UPDATE) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, file.contents);
      }
      expect(existsSync(path), `${path} is missing; UPDATE_EXPECTED=1 writes it`).toBe(true);
      expect(file.contents).toBe(readFileSync(path, 'utf8'));
    }
    const expected = readdirSync(join(sample.directory, 'expected'), { recursive: true, withFileTypes: true });
    expect(expected.filter((entry) => entry.isFile()).length).toBe(filesOf(sample).length);
  });

  test('has facts and a plan that are plain data', () => {
    expect(JSON.parse(JSON.stringify(sample.facts))).toEqual(sample.facts);
    const plan = planOf(sample);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  test('gives the same bytes again', () => {
    expect(filesOf(openSample(name))).toEqual(filesOf(sample));
  });

  test('explains every line with a place that holds the value', () => {
    const explanations = explain(planOf(sample));
    expect(explanations.length).toBeGreaterThan(20);
    expect(explanations.some((one) => one.facts.length > 0)).toBe(true);
    const facts = [...explanations.flatMap((one) => one.facts), ...sample.facts.summary.map((row) => row.fact)];
    expect(facts.map((fact) => contradiction(sample, fact)).filter((one) => one !== null)).toEqual([]);
  });

  test('writes each note as a sentence', () => {
    for (const note of [...sample.facts.notes, ...planOf(sample).notes]) {
      const message = sample.language.messages[note.code];
      expect(message, note.code).toBeDefined();
      expect(message?.(note.args)).toMatch(/\.$/);
      expect(message?.(note.args)).not.toContain('undefined');
    }
  });

  test('can be answered with every image that is offered', () => {
    for (const build of sample.images.build) {
      for (const runtime of sample.images.runtime) {
        const given = { 'build-image': build.reference, 'runtime-image': runtime.reference };
        try {
          expect(filesOf(sample, given)[0]?.contents).toContain(`FROM ${runtime.reference} AS runtime`);
        } catch (error) {
          // A pair of two C libraries is refused in words; anything else is a mistake.
          expect(error).toMatchObject({ code: 'answer-invalid' });
        }
      }
    }
  });
});

/** What is wrong with a fact's place, or `null` when the file says what the fact claims. */
function contradiction(sample: Sample, fact: Fact<Json>): string | null {
  const [, path = '', line] = /^(.*?)(?::(\d+))?$/.exec(fact.from) ?? [];
  const there = sample.project.isFile(path) || sample.project.isDirectory(path);
  if (!there) return `${fact.from} does not exist`;
  if (line === undefined) return null;
  const text = sample.project.text(path)?.split(/\r\n|\r|\n/)[Number(line) - 1] ?? '';
  const claimed = fact.holds ?? String(fact.value);
  const plain = (value: string) => value.replaceAll('\\', '').replaceAll(/\s+/g, ' ');
  return plain(text).includes(plain(claimed))
    ? null
    : `${fact.from} holds ${JSON.stringify(text)}, not ${JSON.stringify(claimed)}`;
}
