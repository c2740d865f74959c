import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readScript } from '../../src/dockerfile/shell.ts';

const word = fc.oneof(
  fc.constantFrom(
    'node',
    'dist/index.js',
    '-p',
    '--port=3000',
    'a=b',
    'in',
    'do',
    '!',
    'time',
    '1',
    '@scope/x',
    './run',
    'if',
  ),
  fc.string({ unit: fc.constantFrom(...'aZ9_./:@,+=-'), minLength: 1, maxLength: 6 }),
);

test('a script of plain words is read the same with and without the parser', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), fc.constantFrom(' ', '  '), (words, blank) => {
      const text = words.join(blank);
      // A blank at the end changes nothing for a shell, and is not plain: so the parser reads it.
      const { units, isBroken } = readScript(`${text} `);
      expect(readScript(text)).toEqual({ text, units, isBroken });
    }),
    { numRuns: 2000, seed: 7 },
  );
});
