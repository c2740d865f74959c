import { describe, expect, test } from 'vitest';
import { execForm, pathList, quotedValue } from '../../src/render/forms.ts';
import { markedPaths, markTexts, unmarked } from '../../src/render/marks.ts';

describe('forms of the Dockerfile', () => {
  test('exec form is JSON', () => {
    expect(execForm(['node', 'a "b".js'])).toBe('["node", "a \\"b\\".js"]');
  });

  test.each([
    ['production', 'production'],
    ['/opt/venv/bin:$PATH', '/opt/venv/bin:$PATH'],
    ['-Xmx1g -Dx', '"-Xmx1g -Dx"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
  ])('ENV value %s is written %s', (value, written) => {
    expect(quotedValue(value)).toBe(written);
  });

  test.each([
    [['package.json', './'], 'package.json ./'],
    [['my app', './'], '["my app", "./"]'],
    [['$cash', './'], '\\$cash ./'],
  ])('COPY %j is written %s', (paths, written) => {
    expect(pathList(paths)).toBe(written);
  });
});

describe('marks', () => {
  const plan = { image: 'node:24', list: ['a b'], nothing: null, port: 80 };

  test('a marked text reads the same without its marks', () => {
    const marked = markTexts(plan) as { image: string; list: string[] };
    expect(unmarked(marked.image)).toBe('node:24');
    expect(unmarked(pathList(marked.list))).toBe(pathList(plan.list));
  });

  test('a line names the values it was made from', () => {
    const marked = markTexts(plan) as { image: string; list: string[]; port: string };
    expect(markedPaths(`FROM ${marked.image} ${marked.port} ${execForm(marked.list)}`)).toEqual([
      'image',
      'port',
      'list.0',
    ]);
  });
});
