import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CHECK_NAMES } from '../../src/verify/sentences.ts';

test('every property has its row in docs/verify.md, and no row is without its property', () => {
  const rows = [...readFileSync('docs/verify.md', 'utf8').matchAll(/^\| `([\w-]+)` \|/gm)].map(([, id]) => id);
  expect(rows.sort()).toEqual(Object.keys(CHECK_NAMES).sort());
});
