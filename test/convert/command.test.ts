import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runConvert } from '../../src/commands/convert.ts';
import type { Asker, CommandIo } from '../../src/model/command.ts';
import { CASES } from './case.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convert-command-'));
  cpSync(join(CASES, 'node-typescript-health', 'project'), folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A terminal that answers every question the same way, or none. */
function fakeIo(answer: boolean | null = null) {
  const printed = { out: '', info: '', asked: [] as string[] };
  const asker: Asker = {
    select: () => Promise.reject(new Error('not asked here')),
    text: () => Promise.reject(new Error('not asked here')),
    confirm: ({ message }) => {
      printed.asked.push(message);
      return Promise.resolve(answer === true);
    },
    note: () => {},
  };
  const io: CommandIo = {
    out: (text) => {
      printed.out += text;
    },
    info: (text) => {
      printed.info += text;
    },
    interactive: answer !== null,
    colour: false,
    columns: 120,
    cwd: folder,
    today: '2026-11-23',
    signal: new AbortController().signal,
    asker,
  };
  return { io, printed };
}

const files = () => readdirSync(folder).sort();
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('convert', () => {
  it('prints the new file with --dry-run and writes nothing', async () => {
    const before = [files(), read('Dockerfile')];
    const { io, printed } = fakeIo();
    expect(await runConvert({ directory: '.', values: { 'dry-run': true } }, io)).toBe(0);
    expect(printed.out).toContain('FROM node:20-slim');
    expect([files(), read('Dockerfile')]).toEqual(before);
  });

  it('shows what went where, the contract and the estimate', async () => {
    const { io, printed } = fakeIo();
    await runConvert({ directory: '.', values: { 'dry-run': true } }, io);
    for (const title of [
      'New file',
      'What went where',
      'Copied from the build stage',
      'Runtime contract',
      'Estimate',
      'Good to know',
    ]) {
      expect(printed.info).toContain(title);
    }
    expect(printed.info).toContain(
      'curl is installed in the final stage: the old base image had it, and Dockerfile:11 needs it.',
    );
  });

  it.each([40, 100])('fits a terminal of %i columns', async (columns) => {
    const { io, printed } = fakeIo();
    await runConvert({ directory: '.', values: { 'dry-run': true, harden: true } }, { ...io, columns });
    expect(Math.max(...printed.info.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  it('writes with --yes and keeps the old file', async () => {
    const old = read('Dockerfile');
    const { io, printed } = fakeIo();
    expect(await runConvert({ directory: '.', values: { yes: true } }, io)).toBe(0);
    expect(read('Dockerfile')).toContain('AS build');
    expect(read('Dockerfile.bak')).toBe(old);
    expect(printed.out).toBe('Dockerfile replaced, the old one is Dockerfile.bak.\n');
    expect(await runConvert({ directory: '.', values: { yes: true } }, fakeIo().io)).toBe(0);
    expect(files().filter((name) => name.includes('.bak'))).toEqual(['Dockerfile.bak']);
  });

  it('takes the Dockerfile itself, and writes elsewhere with --output', async () => {
    const old = read('Dockerfile');
    const { io } = fakeIo();
    expect(await runConvert({ directory: 'Dockerfile', values: { yes: true, output: 'Dockerfile.new' } }, io)).toBe(0);
    expect(read('Dockerfile')).toBe(old);
    expect(read('Dockerfile.new')).toContain('AS build');
  });

  it('writes outside of the project where --output leads there', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    const target = join(elsewhere, 'Dockerfile');
    expect(await runConvert({ directory: '.', values: { yes: true, output: target } }, fakeIo().io)).toBe(0);
    expect(readFileSync(target, 'utf8')).toContain('AS build');
    rmSync(elsewhere, { recursive: true });
  });

  it('finds the build context of a Dockerfile in a folder of its own', async () => {
    mkdirSync(join(folder, 'docker'));
    renameSync(join(folder, 'Dockerfile'), join(folder, 'docker', 'Dockerfile'));
    const { io, printed } = fakeIo();
    expect(await runConvert({ directory: 'docker/Dockerfile', values: { yes: true } }, io)).toBe(0);
    expect(read('docker/Dockerfile')).toContain('RUN npm prune');
    expect(printed.out).toBe('docker/Dockerfile replaced, the old one is docker/Dockerfile.bak.\n');
  });

  it('keeps a byte order mark', async () => {
    writeFileSync(join(folder, 'Dockerfile'), `\uFEFF${read('Dockerfile')}`);
    await runConvert({ directory: '.', values: { yes: true } }, fakeIo().io);
    expect(read('Dockerfile').startsWith('\uFEFFFROM node:20 AS build')).toBe(true);
  });

  it('asks, and writes nothing when the answer is no', async () => {
    const before = read('Dockerfile');
    const { io, printed } = fakeIo(false);
    expect(await runConvert({ directory: '.', values: {} }, io)).toBe(0);
    expect(printed.asked).toEqual(['Write Dockerfile? The old file is kept.']);
    expect([read('Dockerfile'), existsSync(join(folder, 'Dockerfile.bak'))]).toEqual([before, false]);
  });

  it('never waits without a terminal: it says which flags would do', async () => {
    const { io } = fakeIo();
    await expect(runConvert({ directory: '.', values: {} }, io)).rejects.toMatchObject({
      code: 'answer-needed',
      hint: expect.stringContaining('--yes'),
    });
  });

  it('says what stands in the way of writing before anything is built', async () => {
    mkdirSync(join(folder, 'taken'));
    // An engine that is not there would be the first thing that a build complains of.
    const values = { verify: true, engine: 'podman', yes: true, output: 'taken' } as const;
    const { io } = fakeIo();
    await expect(runConvert({ directory: '.', values }, io)).rejects.toMatchObject({ code: 'target-unwritable' });
  });

  it('gives one JSON value with --json, and writes only with --yes', async () => {
    const before = read('Dockerfile');
    const { io, printed } = fakeIo();
    expect(await runConvert({ directory: '.', values: { json: true } }, io)).toBe(0);
    const result = JSON.parse(printed.out);
    expect([result.kind, result.written, result.report.class]).toEqual(['converted', null, 'interpreted']);
    expect([printed.info, read('Dockerfile')]).toEqual(['', before]);
  });

  it('refuses with a sentence, a line, exit code 1, and nothing written', async () => {
    writeFileSync(
      join(folder, 'Dockerfile'),
      'FROM golang:1.24\nWORKDIR /app\nCOPY . .\nRUN go mod download\nCMD go run .\n',
    );
    const before = files();
    const { io, printed } = fakeIo();
    expect(await runConvert({ directory: '.', values: { yes: true } }, io)).toBe(1);
    expect(printed.info).toMatch(/^Dockerfile:5 is not converted\.\nThe container compiles when it starts/);
    expect(files()).toEqual(before);
    const asJson = fakeIo();
    expect(await runConvert({ directory: '.', values: { json: true } }, asJson.io)).toBe(1);
    expect(JSON.parse(asJson.printed.out)).toMatchObject({ kind: 'refused', code: 'command-needs-toolchain', line: 5 });
  });

  it('leaves a file with several stages alone, with exit code 0', async () => {
    const text = '\uFEFFfrom a  AS b\r\n\r\nFROM c\nCOPY --from=b /d /d';
    writeFileSync(join(folder, 'Dockerfile'), text);
    const before = files();
    const { io, printed } = fakeIo();
    expect(await runConvert({ directory: '.', values: { yes: true, harden: true } }, io)).toBe(0);
    expect(printed.out).toBe('Dockerfile has 2 stages already: nothing to convert.\n');
    expect([read('Dockerfile'), files()]).toEqual([text, before]);
  });

  it('says what is missing', async () => {
    const { io } = fakeIo();
    await expect(runConvert({ directory: 'nowhere', values: {} }, io)).rejects.toMatchObject({
      code: 'directory-missing',
    });
    rmSync(join(folder, 'Dockerfile'));
    await expect(runConvert({ directory: '.', values: {} }, io)).rejects.toMatchObject({ code: 'dockerfile-missing' });
  });

  it('hardens only on request, lists each change, and lets each be declined', async () => {
    writeFileSync(
      join(folder, 'Dockerfile'),
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nEXPOSE 3000\nCMD node dist/server.js\n',
    );
    const { io, printed } = fakeIo();
    await runConvert({ directory: '.', values: { 'dry-run': true, harden: true } }, io);
    expect(printed.out).toContain('\nUSER 1000:1000\nHEALTHCHECK --start-period=30s CMD ["node","-e",');
    expect(printed.out).toContain('\nCMD ["node", "dist/server.js"]\n');
    expect(printed.info.split('Changed on request')[1]?.match(/^- /gm)?.length).toBe(3);
    const declined = fakeIo(false);
    await runConvert({ directory: '.', values: { harden: true } }, declined.io);
    expect(declined.printed.asked.length).toBe(4);
    expect(declined.printed.info).not.toContain('Changed on request');
    expect(declined.printed.info.split('Left as it is; --harden changes it')[1]?.match(/^- /gm)?.length).toBe(3);
  });
});
