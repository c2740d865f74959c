import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { projectFromObject } from '../../src/project/object.ts';
import { mutated, NASTY } from './mutations.ts';
import { outcomeOf } from './outcome.ts';
import { SEEDS } from './seeds.ts';

/** `HOSTILE_RUNS` makes more of them; the same seed of the generator makes the same ones. */
const RUNS = Number(process.env['HOSTILE_RUNS'] ?? 100);
/** Milliseconds within which a project of a few small files must be done, also on a busy machine. */
const PATIENCE = 3000;

describe.each(Object.entries(SEEDS))('%s', (_name, seed) => {
  test('gives files when nothing is wrong', () => {
    expect(outcomeOf(projectFromObject(seed))).toHaveProperty('files');
  });

  test(
    `gives a right file or a sentence for each of ${RUNS} broken versions`,
    () => {
      fc.assert(
        fc.property(mutated(seed), (files) => {
          const started = performance.now();
          outcomeOf(projectFromObject(files));
          expect(performance.now() - started).toBeLessThan(PATIENCE);
        }),
        { numRuns: RUNS, seed: 42, endOnFailure: process.env['HOSTILE_SHRINK'] !== '1' },
      );
    },
    RUNS * 200 + 20_000,
  );

  test.each(['command', 'health-path', 'build-image', 'runtime-image', 'port'])(
    'takes nothing harmful as an answer to %s',
    (id) => {
      for (const answer of NASTY) outcomeOf(projectFromObject(seed), { [id]: answer });
    },
  );
});

describe('what was found by chance once', () => {
  test('a package that is named like a property of every object is a package', () => {
    const lock = (SEEDS['poetry']?.['poetry.lock'] ?? '').replace('celery', 'constructor');
    expect(outcomeOf(projectFromObject({ ...SEEDS['poetry'], 'poetry.lock': lock }))).toHaveProperty('files');
  });

  test('a folder with a comma in its name cannot be mounted, and that is said', () => {
    const files = Object.entries(SEEDS['pip'] ?? {}).map(([path, text]) => [`my,folder/${path}`, text]);
    const outcome = outcomeOf(projectFromObject(Object.fromEntries(files)));
    if ('error' in outcome) expect(outcome.error.message).toContain('comma');
  });
});
