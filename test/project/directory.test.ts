import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDirectory } from '../../src/project/directory.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'project-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('dependency folders and hidden ones are not searched', () => {
  for (const directory of ['node_modules/x', '.git', 'api']) mkdirSync(join(root, directory), { recursive: true });
  for (const file of ['node_modules/x/package.json', '.git/package.json', 'api/package.json', 'package.json']) {
    writeFileSync(join(root, file), '{}');
  }
  expect(openDirectory(root).find({ names: ['package.json'] })).toEqual(['package.json', 'api/package.json']);
});

test('a loop of links is walked once', () => {
  mkdirSync(join(root, 'a'));
  symlinkSync('..', join(root, 'a', 'up'));
  symlinkSync('.', join(root, 'a', 'self'));
  writeFileSync(join(root, 'a', 'x.py'), '');
  expect(openDirectory(root).find({ endings: ['.py'] })).toEqual(['a/x.py']);
});

test('a link that leads out of the project is not seen', () => {
  symlinkSync('/etc/passwd', join(root, 'Dockerfile'));
  expect(openDirectory(root).isFile('Dockerfile')).toBe(false);
  expect(openDirectory(root).text('Dockerfile')).toBeNull();
  expect(openDirectory(root).text('../../../etc/passwd')).toBeNull();
});

test('a byte order mark and UTF-16 are decoded', () => {
  writeFileSync(join(root, 'a'), Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]));
  writeFileSync(join(root, 'b'), Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{}', 'utf16le')]));
  expect(openDirectory(root).text('a')).toBe('{}');
  expect(openDirectory(root).text('b')).toBe('{}');
});

test('a file of many megabytes is refused as a manifest and skipped as a source', () => {
  writeFileSync(join(root, 'package.json'), Buffer.alloc(9 * 1024 * 1024, 0x20));
  expect(() => openDirectory(root).text('package.json')).toThrow('package.json has 9 MB');
  expect(openDirectory(root).source('package.json')).toBeNull();
});

test('a missing directory is said so', () => {
  expect(() => openDirectory(join(root, 'nowhere'))).toThrow('There is no directory');
});
