import { describe, expect, test } from 'vitest';
import { factRows } from '../../src/ui/facts.ts';
import { styleFor } from '../../src/ui/style.ts';

const ROWS = [
  { label: 'Port', fact: { value: '3000', from: 'package.json:13' } },
  { label: 'Command', fact: { value: ['node', '.output/server/index.mjs'], from: 'package.json:13' } },
];

describe('the rows of facts', () => {
  test('keep a long value apart from its place', () => {
    expect(factRows(ROWS, 80, styleFor(false))).toContain('Command  node .output/server/index.mjs  package.json:13');
  });

  test('keep their column where the place goes below', () => {
    expect(factRows(ROWS, 40, styleFor(false))).toContain(
      'Command  node .output/server/index.mjs\n    package.json:13',
    );
  });
});
