import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Comparison, Report } from '../../src/model/report.ts';
import { CLEAN } from '../support/defects.ts';
import { hasEngine } from '../support/engine.ts';
import { projectWith } from '../terminal/project.ts';
import { CTRL_C, start } from '../terminal/session.ts';

/** The packed package, as people run it, with the engine's client on the path. */
const HOME = process.env['HOME'] ?? '';
const PATH = process.env['PATH'] ?? '';
const SEQUENCES = /\u001b\[[0-9;?]*[A-Za-z]/g;

function run(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) {
  const bin = join(inject('packedPackage'), 'bin', 'create-multistage-docker.js');
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    const child = spawn(process.execPath, [bin, 'verify', ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const text = { out: '', err: '' };
    child.stdout.on('data', (data) => {
      text.out += String(data);
    });
    child.stderr.on('data', (data) => {
      text.err += String(data);
    });
    child.on('close', (code) => resolve({ code, ...text }));
  });
}

/** Containers and images with our label: there must be none of this test's, and nobody else's runs at the same time. */
function leftOvers(): string[] {
  const filter = ['--filter', 'label=create-multistage-docker.run', '--quiet'];
  const lists = [
    ['ps', '--all', ...filter],
    ['images', ...filter],
  ].map((args) => spawnSync('docker', args, { encoding: 'utf8' }).stdout);
  return lists
    .join('\n')
    .split('\n')
    .filter((line) => line !== '');
}

const FAT = {
  ...CLEAN,
  Dockerfile: (CLEAN['Dockerfile'] ?? '').replace('slim-trixie', 'trixie').replace('USER 1000:1000\n', ''),
};

describe.skipIf(!hasEngine())('verify, from the packed package', () => {
  let before: readonly string[] = [];
  beforeAll(() => {
    before = leftOvers();
  });
  afterAll(() => {
    expect(leftOvers().filter((id) => !before.includes(id))).toEqual([]);
  });

  it('gives a report as JSON and nothing else, and two at once do not disturb each other', async () => {
    const projects = [projectWith(CLEAN), projectWith(CLEAN)];
    const runs = await Promise.all(projects.map((project) => run(['.', '--json', '--http', '/=200'], project)));
    for (const { code, out, err } of runs) {
      expect([code, err]).toEqual([0, '']);
      const report = JSON.parse(out) as Report;
      expect(report.ok).toBe(true);
      expect(report.http).toMatchObject([{ request: 'GET /', status: 200, ok: true }]);
      expect(report.rebuild?.again.map(({ name, line }) => [name, line])).toEqual([['COPY server.py ./', 4]]);
    }
  });

  it('lays another Dockerfile beside it, as Markdown and as a page', async () => {
    const project = projectWith({ ...CLEAN, 'Dockerfile.fat': FAT['Dockerfile'] ?? '' });
    const { code, out } = await run(['.', '--compare', 'Dockerfile.fat', '--markdown', '--html', 'page.html'], project);
    expect(code).toBe(0);
    expect(out).toMatch(/### Dockerfile\.fat → Dockerfile/);
    expect(out).toMatch(/\| user \| `root` \| `1000:1000` \|/);
    expect(out).toMatch(/\| size \| `\d+ MB` \| `\d+ MB` \| ✅ \|/);
    const page = readFileSync(join(project, 'page.html'), 'utf8');
    expect(page).toContain('<h2>Before and after</h2>');
  });

  it('compares with an image that is there already', async () => {
    const { code, out } = await run(
      ['.', '--compare', 'python:3.13-slim-trixie', '--json', '--no-rebuild'],
      projectWith(CLEAN),
    );
    expect(code).toBe(0);
    const { before: old, after, sameContract } = JSON.parse(out) as Comparison;
    expect([old.build, old.subject, after.ok, sameContract]).toEqual([null, 'python:3.13-slim-trixie', true, false]);
  });

  it('fails when a budget is exceeded or a required property does not hold', async () => {
    const project = projectWith(FAT);
    const { code, out } = await run(['.', '--max-size', '1MB', '--require', 'user', '--no-rebuild'], project);
    expect(code).toBe(1);
    expect(out).toMatch(/✗ size +\d+ MB is more than the 1\.0 MB that were allowed/);
    expect(out).toMatch(/✗ user +runs as root/);
    expect(out).toMatch(/! compilers/);
    expect(out).toContain('Not verified: 2 failed, 1 to look at.');
  });

  it('cleans up after Ctrl-C in the middle of a build and of a boot, and exits with 130', async () => {
    const slow = {
      ...CLEAN,
      Dockerfile: (CLEAN['Dockerfile'] ?? '').replace('#files', `RUN echo ${Math.random()} && sleep 30`),
    };
    const silent = { ...CLEAN, 'server.py': 'import time\ntime.sleep(600)\n' };
    for (const [files, sight] of [
      [slow, 'sleep 30'],
      [silent, 'Starting under constraints'],
    ] as const) {
      const session = start(['verify', '.'], projectWith(files), { env: { HOME, PATH } });
      await session.sees(sight);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      session.press(CTRL_C);
      expect(await session.ended).toBe(130);
      expect(session.text()).toContain('Cancelled.');
      expect(leftOvers().filter((id) => !before.includes(id))).toEqual([]);
    }
  });

  it('fits a narrow terminal without colour', async () => {
    const session = start(['verify', '.', '--no-rebuild'], projectWith(CLEAN), {
      columns: 40,
      env: { HOME, PATH, NO_COLOR: '1' },
    });
    expect(await session.ended).toBe(0);
    expect(session.raw()).not.toMatch(/\u001b\[[0-9;]*m/);
    const lines = session
      .raw()
      .split(/[\r\n]+/)
      .map((line) => line.replaceAll(SEQUENCES, ''));
    expect(lines.filter((line) => line.length > 40)).toEqual([]);
    expect(session.text()).toContain('Verified:');
  });
});

describe('verify where it cannot run', () => {
  it('says that there is no engine, and exits with 2', async () => {
    const { code, out, err } = await run(['.'], projectWith(CLEAN), {
      PATH: dirname(process.execPath) === '/usr/bin' ? '/nowhere' : dirname(process.execPath),
    });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^No container engine answers: docker \(not installed\), podman/);
  });

  it('says what it cannot read', async () => {
    for (const args of [
      ['nowhere'],
      ['.', '--memory', 'lots'],
      ['.', '--http', 'health'],
      ['.', '--require', 'beauty'],
      ['.', '--output', '('],
    ]) {
      const { code, err } = await run(args, projectWith(CLEAN));
      expect([code, err], err).toEqual([
        2,
        expect.stringMatching(/^(There is no directory nowhere|--\w+ .*: that cannot be read\.)/),
      ]);
    }
  });

  it.skipIf(!hasEngine())('says that there is no Dockerfile', async () => {
    const { code, err } = await run(['.', '--json'], projectWith({ 'a.txt': '' }));
    expect([code, err]).toEqual([2, '']);
  });
});
