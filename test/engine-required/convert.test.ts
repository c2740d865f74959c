import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { objectionTo } from '../../src/commands/convert/proof.ts';
import type { Conversion } from '../../src/convert/convert.ts';
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
      contents: false,
      constrained: false,
      settleSeconds: 1,
    });
    return await compareImages(request('Dockerfile'), request('Dockerfile.converted'), engine);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Converted = Extract<Conversion, { kind: 'converted' }>;

const converted = caseNames.flatMap((name) => {
  const run = readRun(name);
  const conversion = convertCase(name);
  const isBuilt = run?.uncheckedHere === undefined || process.env['BUILD_ALL_CASES'] === '1';
  return run !== null && isBuilt && conversion.kind === 'converted' ? [{ name, run, conversion }] : [];
});

/** What may differ: what only the base image says, where that is another one. */
function isOfBase({ decision }: Converted, what: string): boolean {
  const { survey, runtime } = decision;
  const isOther = runtime.base.family?.id !== survey.base.family?.id;
  const { instructions } = survey.stage;
  if (what === 'entry point') return isOther && !instructions.some(({ keyword }) => keyword === 'ENTRYPOINT');
  if (!what.startsWith('ENV ')) return false;
  const name = what.slice('ENV '.length);
  const isOwn = instructions.some(
    ({ keyword, body }) => keyword === 'ENV' && new RegExp(`\\b${name}\\b`).test(body.text),
  );
  // what the file puts before the PATH of its base stays before that of the other
  return isOwn ? name === 'PATH' && isOther : isOther || name === 'PATH' || name in (survey.base.family?.env ?? {});
}

describe.runIf(hasEngine())('what a converted file makes', () => {
  it.concurrent.each(converted)('$name is as good as before, and smaller', async ({ name, run, conversion }) => {
    const comparison = await compareCase(name, run, conversion.text);
    expect(objectionTo(comparison)).toBe(null);
    for (const { http } of [comparison.before, comparison.after])
      expect(http.map((probe) => [probe.request, probe.ok])).toEqual([[`GET ${run.path}`, true]]);
    const changed = comparison.differences.filter(({ verdict }) => verdict === 'changed');
    expect(changed.filter(({ what }) => !isOfBase(conversion, what))).toEqual([]);
  });
});
