import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { generatedPages } from './support/documents.ts';

/** `UPDATE_EXPECTED=1` writes the pages anew. */
const UPDATE = process.env['UPDATE_EXPECTED'] === '1' && process.env['CI'] === undefined;

test.each([...generatedPages().keys()])('%s says what the code does', (path) => {
  const page = generatedPages().get(path) ?? '';
  if (UPDATE) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, page);
  }
  expect(existsSync(path), `${path} is missing; UPDATE_EXPECTED=1 writes it`).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe(page);
});
