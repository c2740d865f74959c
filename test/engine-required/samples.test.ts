import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { hasEngine } from '../support/engine.ts';
import { measuredTable } from '../support/measured.ts';
import { proveSample } from '../support/sample-run.ts';

const SAMPLES = join(import.meta.dirname, '..', 'samples');
const wanted = process.env['SAMPLE'];
const names = readdirSync(SAMPLES).filter((name) => existsSync(join(SAMPLES, name, 'run.json')));
const measured = new Map<string, Report>();
const chosen = names.filter((name) => wanted === undefined || name === wanted);

describe.skipIf(!hasEngine())('sample projects', () => {
  afterAll(() => console.log(measuredTable(measured)));

  it.concurrent.for(chosen)(
    '%s builds, starts, answers, stops and is rebuilt without installing again',
    async (name, context) => {
      const proof = await proveSample(join(SAMPLES, name));
      if (proof.report !== null) measured.set(name, proof.report);
      if (proof.skipped !== null) context.skip(`${name} is not built here: ${proof.skipped}`);
      expect(proof.failures).toEqual([]);
    },
  );
});
