import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openDirectory } from '../../src/project/directory.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { type Files, SEEDS } from './seeds.ts';

const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

function written(files: Files, encode: (text: string) => Buffer): Outcome {
  const base = mkdtempSync(join(tmpdir(), 'encoding-'));
  made.push(base);
  // The name of the directory is the name of a project that does not say its own.
  const directory = join(base, 'project');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), encode(text));
  }
  return outcomeOf(openDirectory(directory));
}

function utf16be(text: string): Buffer {
  return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
}

const ENCODINGS: Readonly<Record<string, (text: string) => Buffer>> = {
  'a byte order mark': (text) => Buffer.from(`\uFEFF${text}`),
  'UTF-16, little end first': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'UTF-16, big end first': utf16be,
  'CR LF': (text) => Buffer.from(text.replaceAll('\n', '\r\n')),
};

describe.each(Object.entries(SEEDS))('%s', (_name, seed) => {
  test.each(Object.entries(ENCODINGS))('is read the same with %s', (_encoding, encode) => {
    expect(written(seed, encode)).toEqual(written(seed, Buffer.from));
  });

  test.each([
    ['nothing but zeros', () => Buffer.alloc(64)],
    ['bytes that are no text', () => Buffer.from(Array.from({ length: 256 }, (_item, index) => index))],
    ['no bytes at all', () => Buffer.alloc(0)],
  ])('with %s in every file gives a sentence or a file', (_title, encode) => {
    expect(Object.keys(written(seed, encode))).toHaveLength(1);
  });
});

describe('a manifest that is', () => {
  test.each([
    ['package.json', '['.repeat(100_000)],
    ['package.json', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['package.json', `{"scripts":{"start":"node x"},"__proto__":{"toString":1},"constructor":{"prototype":{}}}`],
    ['package.json', '{"scripts":{"start":"node a"},"scripts":{"start":"node b"}}'],
    ['package.json', 'null'],
    ['package.json', '"text"'],
    ['pom.xml', '<a>'.repeat(100_000)],
    ['pom.xml', `${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}`],
    [
      'pom.xml',
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><project><artifactId>&b;</artifactId></project>',
    ],
    ['pom.xml', '<!DOCTYPE x SYSTEM "file:///etc/passwd"><project/>'],
    ['pyproject.toml', `a = ${'['.repeat(100_000)}`],
    ['pyproject.toml', `${'[a]\n'.repeat(10)}`],
    ['pyproject.toml', `${'a.'.repeat(50_000)}b = 1`],
    ['requirements.txt', `-r requirements.txt\n`.repeat(100)],
    ['requirements.txt', '-r ../../../../etc/passwd\n'],
    ['requirements.txt', 'a'.repeat(1_000_000)],
    [
      'pnpm-workspace.yaml',
      `a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: &d [*c,*c]\n${Array.from({ length: 30 }, (_i, n) => `e${n}: &e${n} [${'*d,'.repeat(9)}*d]`).join('\n')}`,
    ],
    ['pnpm-workspace.yaml', '{'.repeat(50_000)],
    ['build.gradle', '{'.repeat(100_000)],
    ['build.gradle.kts', '"'.repeat(100_001)],
    ['settings.gradle', `include ':a'\n`.repeat(50_000)],
    ['Procfile', `web: ${'('.repeat(50_000)}`],
    ['.nvmrc', '9'.repeat(1_000_000)],
    ['Dockerfile', 'EXPOSE 99999999\nFROM '.repeat(10_000)],
  ])('%s %#: is survived', (path, text) => {
    const project = { 'package.json': '{"scripts":{"start":"node x.js"}}', 'x.js': '', [path]: text };
    const started = performance.now();
    expect(Object.keys(written(project, Buffer.from))).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
