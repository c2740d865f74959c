import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OutputFile } from '../../src/model/output.ts';
import { changesOf } from '../../src/write/changes.ts';
import { type Disk, realDisk } from '../../src/write/disk.ts';
import { readTarget } from '../../src/write/target.ts';
import { writeChanges } from '../../src/write/write.ts';

const NEW: readonly OutputFile[] = [
  { path: 'Dockerfile', contents: 'new Dockerfile\n' },
  { path: '.dockerignore', contents: 'new ignore\n' },
];

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'write-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
}

function tree(): Readonly<Record<string, string>> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    names.map((name) => [name, statSync(join(root, name)).isFile() ? readFileSync(join(root, name), 'utf8') : '/']),
  );
}

function changes(files = NEW) {
  const targets = files.map(({ path }) => readTarget(root, path));
  return changesOf(files, targets, () => 'replace');
}

/** The real disk, until a step: that one fails, and with `isKilled` nothing after it happens either. */
function failingDisk(step: number, isKilled: boolean): { readonly disk: Disk; readonly steps: () => number } {
  let count = 0;
  const guard =
    <Args extends readonly unknown[], Result>(action: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      count += 1;
      if (count === step || (isKilled && count > step)) {
        if (isKilled) throw new Error('killed');
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      }
      return action(...args);
    };
  const disk: Disk = {
    makeFolder: guard(realDisk.makeFolder),
    writeNew: guard(realDisk.writeNew),
    keep: guard(realDisk.keep),
    exists: guard(realDisk.exists),
    rename: guard(realDisk.rename),
    remove: guard(realDisk.remove),
    mode: guard(realDisk.mode),
  };
  return { disk, steps: () => count };
}

async function countSteps(): Promise<number> {
  const { disk, steps } = failingDisk(Number.POSITIVE_INFINITY, false);
  await writeChanges(changes(), disk);
  return steps();
}

describe('writing', () => {
  test('makes new files and the folders they need', async () => {
    const files = [{ path: 'docker/api/Dockerfile', contents: 'x\n' }];
    expect(await writeChanges(changes(files), realDisk)).toEqual([
      { path: 'docker/api/Dockerfile', action: 'created', backup: null },
    ]);
    expect(tree()).toEqual({ docker: '/', 'docker/api': '/', 'docker/api/Dockerfile': 'x\n' });
  });

  test('keeps what it replaces, and its permissions', async () => {
    put({ Dockerfile: 'old' });
    const mode = statSync(join(root, 'Dockerfile')).mode;
    const written = await writeChanges(changes(), realDisk);
    expect(written[0]).toEqual({ path: 'Dockerfile', action: 'replaced', backup: 'Dockerfile.bak' });
    expect(tree()).toEqual({
      '.dockerignore': 'new ignore\n',
      Dockerfile: 'new Dockerfile\n',
      'Dockerfile.bak': 'old',
    });
    expect(statSync(join(root, 'Dockerfile')).mode).toBe(mode);
  });

  test('never overwrites an older backup', async () => {
    put({ Dockerfile: 'old', 'Dockerfile.bak': 'older', 'Dockerfile.bak.2': 'oldest' });
    const written = await writeChanges(changes(), realDisk);
    expect(written[0]?.backup).toBe('Dockerfile.bak.3');
    expect(tree()).toMatchObject({
      'Dockerfile.bak': 'older',
      'Dockerfile.bak.2': 'oldest',
      'Dockerfile.bak.3': 'old',
    });
  });

  test('leaves a file alone that holds the same already', async () => {
    put({ Dockerfile: 'new Dockerfile\n', '.dockerignore': 'new ignore\n' });
    const before = statSync(join(root, 'Dockerfile')).mtimeMs;
    const written = await writeChanges(changes(), realDisk);
    expect(written.map(({ action }) => action)).toEqual(['unchanged', 'unchanged']);
    expect(statSync(join(root, 'Dockerfile')).mtimeMs).toBe(before);
    expect(readdirSync(root)).toHaveLength(2);
  });

  test('does not overwrite a file that someone else made in the meantime', async () => {
    const planned = changes();
    put({ Dockerfile: 'by someone else' });
    await expect(writeChanges(planned, realDisk)).rejects.toMatchObject({ code: 'target-exists' });
    expect(tree()).toEqual({ Dockerfile: 'by someone else' });
  });
});

describe.each([
  ['new files', {}],
  ['files to replace', { Dockerfile: 'old Dockerfile', '.dockerignore': 'old ignore' }],
  ['one of each', { Dockerfile: 'old Dockerfile', 'Dockerfile.bak': 'older' }],
])('with %s', (_title, before) => {
  test('a failure at any step puts everything back', async () => {
    put(before);
    const steps = await countSteps();
    expect(steps).toBeGreaterThan(5);
    for (let step = 1; step <= steps; step += 1) {
      rmSync(root, { recursive: true });
      root = mkdtempSync(join(tmpdir(), 'write-'));
      put(before);
      const { disk } = failingDisk(step, false);
      await expect(writeChanges(changes(), disk), `step ${step}`).rejects.toMatchObject({
        code: 'target-unwritable',
        message: expect.stringContaining('the disk is full'),
      });
      expect(tree(), `step ${step}`).toEqual(before);
    }
  });

  test('an end at any step leaves each file old or new, never half or lost', async () => {
    put(before);
    const steps = await countSteps();
    for (let step = 1; step <= steps; step += 1) {
      rmSync(root, { recursive: true });
      root = mkdtempSync(join(tmpdir(), 'write-'));
      put(before);
      await expect(writeChanges(changes(), failingDisk(step, true).disk)).rejects.toThrow('killed');
      const after = tree();
      for (const { path, contents } of NEW) {
        const old = (before as Readonly<Record<string, string>>)[path];
        expect([old, contents], `${path}, step ${step}`).toContain(after[path]);
        if (old !== undefined) expect(Object.values(after), `${path}, step ${step}`).toContain(old);
      }
    }
  });
});
