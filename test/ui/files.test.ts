import { expect, it } from 'vitest';
import { ignoreLines } from '../../src/ui/files.ts';
import { styleFor } from '../../src/ui/style.ts';

it('no line of a .dockerignore is wider than the screen, titles included', () => {
  const groups = [
    { title: 'Python: environments, caches and what builds leave behind', patterns: ['**/venv', '**/.tox'] },
  ];
  const lines = ignoreLines(groups, 40, styleFor(false)).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
  expect(lines[1]).toMatch(/^# {3}/);
});
