import fc from 'fast-check';
import semver from 'semver';
import { expect, test } from 'vitest';
import { plainlyAllows, plainlyMeets } from '../../../src/languages/node/plain-range.ts';

const part = fc.oneof(fc.integer({ min: 0, max: 3 }).map(String), fc.constantFrom('x', '*', '24'));
const version = fc
  .array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 })
  .map((parts) => parts.join('.'));
const comparator = fc
  .tuple(
    fc.constantFrom('', '^', '~', '>=', '<', '=', '>= ', '< ', 'v'),
    fc.array(part, { minLength: 1, maxLength: 3 }),
  )
  .map(([sign, parts]) => sign + parts.join('.'));
const range = fc
  .array(fc.array(comparator, { minLength: 0, maxLength: 2 }), { minLength: 1, maxLength: 2 })
  .map((parts) => parts.map((one) => one.join(' ')).join(' || '));

test('says what the library says, wherever it says something', () => {
  let answered = 0;
  fc.assert(
    fc.property(range, version, fc.constantFrom(0, 1, 2, 3, 24), (text, one, major) => {
      const allowed = plainlyAllows(text, one);
      if (allowed !== null) {
        answered += 1;
        expect([text, one, allowed]).toEqual([text, one, semver.satisfies(one, text)]);
      }
      const meets = plainlyMeets(text, major);
      if (meets !== null) expect([text, major, meets]).toEqual([text, major, semver.intersects(text, `${major}.x`)]);
    }),
    { numRuns: 3000 },
  );
  expect(answered).toBeGreaterThan(2000);
});

test.each(['latest', 'file:../a', '1.2.3-beta.1', '>1.2', '<=2', '1 - 2', 'workspace:^1', '^1.2.3 || next'])(
  'leaves %s to the library',
  (text) => {
    expect(plainlyAllows(text, '1.2.3')).toBeNull();
    expect(plainlyMeets(text, 1)).toBeNull();
  },
);

test.each(['1.2.3-rc.1', '1.2', '123456.0.0'])('%s is no plain version', (one) => {
  expect(plainlyAllows('*', one)).toBeNull();
});
