import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { objectionTo } from '../../src/commands/convert/proof.ts';
import { findEngine } from '../../src/engine/find.ts';
import type { Comparison } from '../../src/model/report.ts';
import { compareImages } from '../../src/verify/compare.ts';
import { defaultRequest, type VerifyRequest } from '../../src/verify/request.ts';
import { CASES, caseNames, convertCase } from '../convert/case.ts';
import { hasEngine } from '../support/engine.ts';

interface CaseRun {
  readonly port: number;
  readonly path: string;
  readonly contains?: string;
  /** why it is not built here */
  readonly uncheckedHere?: string;
}

function readRun(name: string): CaseRun | null {
  const file = join(CASES, name, 'run.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as CaseRun) : null;
}

/** Builds and boots the file of a case and what it is converted to, in a copy of the project. */
async function compareCase(name: string, run: CaseRun, text: string): Promise<Comparison> {
  const folder = await mkdtemp(join(tmpdir(), `convert-${name}-`));
  try {
    await cp(join(CASES, name, 'project'), folder, { recursive: true });
    await writeFile(join(folder, 'Dockerfile.converted'), text);
    const engine = await findEngine({ engine: null, builder: null });
    const request = (dockerfile: string): VerifyRequest => ({
      ...defaultRequest({
        kind: 'dockerfile',
        context: folder,
        dockerfile: join(folder, dockerfile),
        shown: dockerfile,
      }),
      ports: [run.port],
      http: [{ method: 'GET', path: run.path, status: 200, contains: run.contains ?? null }],
      rebuild: false,
    });
    return await compareImages(request('Dockerfile'), request('Dockerfile.converted'), engine);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const converted = caseNames.flatMap((name) => {
  const run = readRun(name);
  const conversion = convertCase(name);
  const isBuilt = run?.uncheckedHere === undefined || process.env['BUILD_ALL_CASES'] === '1';
  return run !== null && isBuilt && conversion.kind === 'converted' ? [{ name, run, conversion }] : [];
});

describe.runIf(hasEngine())('what a converted file makes', () => {
  it.each(converted)('$name is as good as before, and smaller', async ({ name, run, conversion }) => {
    const comparison = await compareCase(name, run, conversion.text);
    expect(objectionTo(comparison)).toBe(null);
    expect(comparison.after.http.map((probe) => [probe.request, probe.ok])).toEqual([[`GET ${run.path}`, true]]);
    const inherited = ['PATH', ...Object.keys(conversion.decision.survey.base.family?.env ?? {})].map(
      (one) => `ENV ${one}`,
    );
    const isOther = conversion.decision.runtime.base.family?.id !== conversion.decision.survey.base.family?.id;
    const contract = comparison.differences
      .filter(({ verdict }) => verdict === 'changed')
      .filter(({ what }) => !inherited.includes(what));
    expect(contract.filter(({ what }) => !(isOther && /^(ENV |entry point)/.test(what)))).toEqual([]);
  });
});
