import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from './run.ts';

/** The bundle loads its parsers otherwise than the sources do, so every kind of project goes through it once. */
const ROOT = 'test/samples';
const samples = readdirSync(ROOT).filter((name) => existsSync(join(ROOT, name, 'run.json')));
const work = mkdtempSync(join(tmpdir(), 'packed-samples-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the packed package gives what the sources give', () => {
  it.each(samples)('%s', async (name) => {
    const project = join(work, name);
    cpSync(join(ROOT, name, 'project'), project, { recursive: true });
    const answers = join(ROOT, name, 'answers.json');
    const given = existsSync(answers) ? ['--answers', resolve(answers)] : [];
    const { code, err } = await run(['.', '--yes', ...given], project);
    expect(code, err).toBe(0);
    for (const path of readdirSync(join(ROOT, name, 'expected'), { recursive: true, encoding: 'utf8' })) {
      if (!/(?:^|\/)(?:Dockerfile|\.dockerignore)$/.test(path)) continue;
      const expected = readFileSync(join(ROOT, name, 'expected', path), 'utf8');
      expect(readFileSync(join(project, path), 'utf8')).toBe(expected);
    }
  });
});
