import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readCheckOptions, runCheck } from '../../src/commands/check.ts';
import type { Values } from '../../src/wizard/arguments.ts';
import { capturedIo } from './captured-io.ts';

const folders: string[] = [];

function projectWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'check-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

async function check(folder: string, values: Values = {}, path = '.', columns = 80) {
  const io = capturedIo(folder, { columns });
  const code = await runCheck(readCheckOptions(path, values, '1.2.3'), io);
  return { code, printed: io.printed(), told: io.told() };
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const GOOD = 'FROM node:24-trixie-slim\nUSER node\nCMD ["node", "-e", "1"]\n';

describe('check', () => {
  it('says that there is nothing to say', async () => {
    const result = await check(projectWith({ Dockerfile: GOOD }));
    expect(result).toEqual({ code: 0, printed: '', told: 'nothing found in 1 file\n' });
  });

  it('shows the line, the reason and what to do', async () => {
    const { code, printed, told } = await check(
      projectWith({ Dockerfile: 'FROM node:24-trixie-slim\nUSER node\nCMD node -e 1\n' }),
    );
    expect(code).toBe(1);
    expect(printed).toBe(
      [
        'Dockerfile:3  warning  shell-form-command (DL3025, JSONArgsRecommended)',
        '  CMD node -e 1',
        '  CMD starts a shell that starts the program: docker stop does not reach it, and',
        '  it is killed after ten seconds.',
        '  Write it in exec form: ["program", "argument"].',
        '',
        '',
      ].join('\n'),
    );
    expect(told).toBe('1 warning in 1 file\n');
  });

  it.each([40, 100])('keeps to %d columns', async (columns) => {
    const folder = projectWith({
      Dockerfile: 'FROM node\nCMD npm run start --workspace=packages/a-rather-long-name/with/folders && true\n',
    });
    const { printed } = await check(folder, {}, '.', columns);
    const wide = printed.split('\n').filter((line) => line.length > columns && !/^Dockerfile:/.test(line));
    expect(wide).toEqual([]);
  });

  it.each([
    [{}, 1],
    [{ 'fail-on': 'error' }, 0],
    [{ 'fail-on': 'error', ignore: ['DL3025'] }, 0],
    [{ ignore: ['shell-form-command'] }, 0],
  ])('with %j exits with %d', async (values, code) => {
    const folder = projectWith({ Dockerfile: 'FROM node:24-trixie-slim\nUSER node\nCMD node -e 1\n' });
    expect((await check(folder, values)).code).toBe(code);
  });

  it('exits with 1 on notes only where they are asked for', async () => {
    const folder = projectWith({ Dockerfile: 'FROM node:24-trixie-slim\nADD . /app/\nUSER node\n' });
    expect([(await check(folder)).code, (await check(folder, { 'fail-on': 'info' })).code]).toEqual([0, 1]);
  });

  it('takes a Dockerfile, by its path or by an option', async () => {
    const folder = projectWith({ Dockerfile: 'FROM node\n', 'docker/web.Dockerfile': GOOD });
    expect((await check(folder, {}, 'docker/web.Dockerfile')).code).toBe(0);
    expect((await check(folder, { dockerfile: 'docker/web.Dockerfile' })).code).toBe(0);
    expect((await check(folder)).code).toBe(1);
  });

  it('finds the Dockerfiles below where none is at the root, with their contexts', async () => {
    const folder = projectWith({
      'api/Dockerfile': 'FROM node:24-trixie-slim\nCOPY server.js /\nUSER node\nCMD ["node", "/server.js"]\n',
      'api/server.js': '',
      'web/Dockerfile': 'FROM node:24-trixie-slim\nCOPY web/app.js /\nUSER node\nCMD ["node", "/app.js"]\n',
      'web/app.js': '',
    });
    const { code, printed } = await check(folder, { json: true });
    const report = JSON.parse(printed) as { files: { file: string; context: string; findings: unknown[] }[] };
    expect(code).toBe(0);
    expect(report.files.map(({ file, context, findings }) => [file, context, findings.length])).toEqual([
      ['api/Dockerfile', 'api', 0],
      ['web/Dockerfile', '.', 0],
    ]);
  });

  it('takes another context when it is told', async () => {
    const folder = projectWith({
      'api/Dockerfile': 'FROM node:24-trixie-slim\nCOPY api/x /\nUSER node\n',
      'api/api/x': '',
      'api/x': '',
    });
    const values = { dockerfile: 'api/Dockerfile' };
    expect((await check(folder, { ...values, context: '.' })).code).toBe(0);
    expect((await check(folder, { ...values, context: 'web' })).code).toBe(1);
  });

  it.each([
    [{}, '.', 'There is no Dockerfile in .'],
    [{ dockerfile: 'x.Dockerfile' }, '.', 'There is no x.Dockerfile in .'],
    [{}, 'gone', 'There is no directory'],
    [{ ignore: ['nope'] }, '.', '--ignore nope'],
    [{ settings: 'gone.json' }, '.', 'gone.json cannot be read'],
  ])('with %j in %s says why it cannot run', async (values, path, words) => {
    const files: Record<string, string> =
      'ignore' in values || 'settings' in values ? { Dockerfile: GOOD } : { 'README.md': '' };
    await expect(check(projectWith(files), values, path)).rejects.toThrow(words);
  });

  it('reads the settings of the project', async () => {
    const settings = '{"check": {"rules": {"floating-tag": {"severity": "off", "reason": "a mirror decides"}}}}';
    expect((await check(projectWith({ Dockerfile: 'FROM node\n', '.multistage.json': settings }))).code).toBe(0);
  });

  it('reads what Windows editors write', async () => {
    const folder = projectWith({ Dockerfile: `\uFEFF${GOOD.replaceAll('\n', '\r\n')}` });
    expect((await check(folder)).code).toBe(0);
  });
});

describe('check --fix', () => {
  it('changes only what it can put right, keeps a backup, and reports what is left', async () => {
    const before =
      '\uFEFFFROM node\r\nADD --chown=1:1 package.json /app/\r\nUSER node\r\nCMD node -e 1 # start\r\nHEALTHCHECK NONE';
    const folder = projectWith({ Dockerfile: before, 'package.json': '{}' });
    const { code, told } = await check(folder, { fix: true });
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe(before.replace('ADD', 'COPY'));
    expect(readFileSync(join(folder, 'Dockerfile.bak'), 'utf8')).toBe(before);
    expect(code).toBe(1);
    expect(told).toBe('2 warnings, 1 fixed in 1 file\n');
  });

  it('writes nothing where there is nothing to put right', async () => {
    const folder = projectWith({ Dockerfile: GOOD });
    await check(folder, { fix: true });
    expect(readdirSync(folder)).toEqual(['Dockerfile']);
  });
});

describe('check --json', () => {
  it('gives the findings with their sentences', async () => {
    const { printed } = await check(projectWith({ Dockerfile: 'FROM node\n' }), { json: true });
    expect(JSON.parse(printed)).toEqual({
      version: 1,
      counts: { info: 0, warning: 1, error: 0 },
      files: [
        {
          file: 'Dockerfile',
          context: '.',
          silenced: 0,
          fixed: 0,
          findings: [
            {
              rule: 'floating-tag',
              aliases: ['DL3006', 'DL3007'],
              severity: 'warning',
              file: 'Dockerfile',
              line: 1,
              endLine: 1,
              message: 'node has no tag, which means latest: another image tomorrow.',
              advice: 'Name a version and the distribution, node:24-trixie-slim for example.',
              fixable: false,
            },
          ],
        },
      ],
    });
  });
});

describe('check --sarif', () => {
  it('gives a log of version 2.1.0 whose results name their rules', async () => {
    const { printed, told } = await check(projectWith({ 'a b.Dockerfile': 'FROM node\nADD . /app/\n' }), {
      sarif: true,
    });
    const log = JSON.parse(printed) as Record<string, never>;
    expect(told).toBe('');
    expect(log).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'create-multistage-docker',
              version: '1.2.3',
              rules: [
                { id: 'add-for-copy', defaultConfiguration: { level: 'note' } },
                {
                  id: 'floating-tag',
                  defaultConfiguration: { level: 'warning' },
                  properties: { tags: ['safety', 'DL3006', 'DL3007'] },
                },
              ],
            },
          },
          results: [
            {
              ruleId: 'floating-tag',
              ruleIndex: 1,
              level: 'warning',
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'a%20b.Dockerfile' },
                    region: { startLine: 1, endLine: 1 },
                  },
                },
              ],
            },
            { ruleId: 'add-for-copy', ruleIndex: 0, level: 'note' },
          ],
        },
      ],
    });
  });
});
