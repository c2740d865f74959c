import { expect, test } from 'vitest';
import type { ImagePlan } from '../../src/model/plan.ts';
import { checkValues } from '../../src/plan/values.ts';

const plan = {
  name: 'shop',
  runtime: { command: ['node', 'index.js'] },
  origins: {},
  notes: [],
} as unknown as ImagePlan;

test('an ordinary plan passes', () => {
  expect(() => checkValues(plan)).not.toThrow();
});

test.each(['a\nRUN rm', 'a\rb', 'a\u0000', 'a\u2028b', 'a\u202eb', '\uE000', 'a\u0085b'])(
  '%j cannot reach a template',
  (value) => {
    expect(() => checkValues({ ...plan, name: value })).toThrow('The value for name has a line break');
    expect(() => checkValues({ ...plan, runtime: { command: [value] } } as unknown as ImagePlan)).toThrow(
      'runtime.command.0',
    );
  },
);
