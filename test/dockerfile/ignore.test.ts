import { describe, expect, it } from 'vitest';
import { ignoreFileCandidates, readIgnoreFile } from '../../src/dockerfile/ignore.ts';

describe('a .dockerignore', () => {
  it.each<[string, string, string[], string[]]>([
    [
      'is anchored at the context',
      'node_modules',
      ['node_modules', 'node_modules/a/b'],
      ['web/node_modules', 'node_modules2'],
    ],
    [
      'crosses folders with **',
      '**/node_modules',
      ['node_modules', 'a/node_modules/x', 'a/b/node_modules'],
      ['a/node_modules_'],
    ],
    ['does not care for slashes at the ends', '/dist/\n./out', ['dist', 'dist/a', 'out'], ['a/dist']],
    ['keeps * inside a folder', 'src/*.log', ['src/a.log'], ['src/a/b.log', 'a.log']],
    ['knows ? and classes', 'a?c\n[xy].txt', ['abc', 'x.txt'], ['a/c', 'z.txt']],
    [
      'takes the last match',
      '*\n!src\n!package.json\nsrc/secret',
      ['README.md', 'src/secret'],
      ['src', 'src/a.ts', 'package.json'],
    ],
    ['brings back a file below an excluded folder', 'docs\n!docs/README.md', ['docs', 'docs/a.md'], ['docs/README.md']],
    ['reads only a first # as a comment', '# a\n  #b', ['#b'], ['a', '# a']],
    ['minds case', 'Dockerfile', ['Dockerfile'], ['dockerfile']],
    ['ignores a byte order mark and CRLF', '\uFEFFdist\r\nout\r\n', ['dist', 'out'], []],
    ['has no braces', '{a,b}', ['{a,b}'], ['a', 'b']],
    ['matches what is below foo/**', 'foo/**', ['foo/a', 'foo/a/b'], ['foo']],
    ['never excludes the context itself', '*\n**', ['a'], ['.', '']],
  ])('%s', (_, text, out, kept) => {
    const file = readIgnoreFile(text);
    expect(out.filter((path) => !file.excludes(path))).toEqual([]);
    expect(kept.filter((path) => file.excludes(path))).toEqual([]);
  });

  it('names the patterns that the engine refuses', () => {
    const file = readIgnoreFile('ok\n[a\n!\n');
    expect(file.malformed).toEqual([
      { text: '[a', line: 2 },
      { text: '!', line: 3 },
    ]);
    expect(file.excludes('ok')).toBe(true);
  });

  it('of the Dockerfile replaces that of the context', () => {
    expect(ignoreFileCandidates('docker/api.Dockerfile', '.')).toEqual([
      'docker/api.Dockerfile.dockerignore',
      '.dockerignore',
    ]);
    expect(ignoreFileCandidates('api/Dockerfile', 'api')).toEqual(['api/Dockerfile.dockerignore', 'api/.dockerignore']);
  });
});
