import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENGINE_NAMES, findEngine } from '../../src/engine/find.ts';
import type { Check } from '../../src/model/report.ts';
import { defaultRequest } from '../../src/verify/request.ts';
import { checkSentence } from '../../src/verify/sentences.ts';
import { verify } from '../../src/verify/verify.ts';
import { DEFECTS, type Defect } from '../support/defects.ts';
import { hasEngine } from '../support/engine.ts';

/** Small images with one defect each, and the same without it: exactly the defect is named. `ENGINE=podman` takes another engine. */
const engine = ENGINE_NAMES.find((name) => name === process.env['ENGINE']) ?? null;
const chosen = DEFECTS.filter(({ name }) => name.includes(process.env['DEFECT'] ?? ''));

describe.skipIf(!hasEngine())('planted defects', () => {
  it.concurrent.for(chosen)('$name: exactly that is named', async (defect) => {
    const complaints = await verifyFiles(defect.planted, defect);
    expect(complaints.map(({ id, reason }) => [id, reason])).toEqual(defect.named);
    const [first] = complaints;
    if (first === undefined) throw new Error('nothing was named');
    expect(checkSentence(first)).toMatch(defect.says);
    if (defect.line !== undefined) expect(first.lines[0]?.line, first.lines[0]?.text).toBe(defect.line);
  });

  it.concurrent.for(chosen)('$name: its clean twin has nothing to be named', async (defect) => {
    const complaints = await verifyFiles(defect.clean, defect);
    expect(complaints.map((check) => `${check.id}: ${checkSentence(check)}`)).toEqual([]);
  });
});

async function verifyFiles(files: Readonly<Record<string, string>>, defect: Defect): Promise<Check[]> {
  const context = await mkdtemp(join(tmpdir(), 'defect-'));
  try {
    for (const [path, contents] of Object.entries(files)) {
      await mkdir(dirname(join(context, path)), { recursive: true });
      await writeFile(join(context, path), contents);
    }
    const dockerfile = join(context, 'Dockerfile');
    const request = defaultRequest({ kind: 'dockerfile', context, dockerfile, shown: 'Dockerfile' });
    const report = await verify({ ...request, ...defect.request }, await findEngine({ engine, builder: null }));
    return report.checks.filter(({ status }) => status !== 'pass');
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}
