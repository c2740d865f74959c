import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readTarget } from '../../src/write/target.ts';

let base = '';
let root = '';
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'target-')));
  root = join(base, 'project');
  mkdirSync(join(root, 'docker'), { recursive: true });
  writeFileSync(join(base, 'outside'), 'precious');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function refusal(path: string): string {
  try {
    readTarget(root, path);
  } catch (error) {
    expect(error).toMatchObject({ code: 'target-unwritable' });
    return (error as Error).message;
  }
  return 'none';
}

describe('a target', () => {
  test('may be missing, with its folder', () => {
    expect(readTarget(root, 'a/b/Dockerfile')).toEqual({
      path: 'a/b/Dockerfile',
      file: join(root, 'a/b/Dockerfile'),
      before: null,
    });
  });

  test('may be a file, and its bytes are known', () => {
    writeFileSync(join(root, 'Dockerfile'), 'FROM x');
    expect(readTarget(root, 'Dockerfile').before?.toString()).toBe('FROM x');
  });

  test('may be a link to a file in the project, which is then the target', () => {
    writeFileSync(join(root, 'docker/real'), 'FROM x');
    symlinkSync('docker/real', join(root, 'Dockerfile'));
    expect(readTarget(root, 'Dockerfile').file).toBe(join(root, 'docker/real'));
  });

  test('cannot be a directory', () => {
    mkdirSync(join(root, 'Dockerfile'));
    expect(refusal('Dockerfile')).toBe('Dockerfile cannot be written: it is not a file.');
  });

  test('cannot be a link out of the project, or to nowhere, or to itself', () => {
    symlinkSync('../outside', join(root, 'out'));
    symlinkSync('missing', join(root, 'nowhere'));
    symlinkSync('loop', join(root, 'loop'));
    expect(refusal('out')).toContain('leads out of the project');
    expect(refusal('nowhere')).toContain('leads nowhere');
    expect(refusal('loop')).toContain('leads nowhere');
  });

  test('cannot be below a link out of the project, or below a file', () => {
    symlinkSync('..', join(root, 'up'));
    writeFileSync(join(root, 'file'), '');
    expect(refusal('up/Dockerfile')).toContain('leads out of the project');
    expect(refusal('file/Dockerfile')).toContain('is not a directory');
  });
});
