import { appendFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { test } from 'vitest';
import { projectFromObject } from '../../src/project/object.ts';
import { mutated } from './mutations.ts';
import { outcomeOf } from './outcome.ts';
import { SEEDS } from './seeds.ts';

const only = process.env['SEED'] ?? 'node';
test('x', () => {
  const fails = new Map<string, number>();
  let n = 0;
  for (const files of fc.sample(mutated(SEEDS[only]!), { numRuns: Number(process.env['N'] ?? 300), seed: 42 })) {
    writeFileSync(`/tmp/wiz/last-${only}.json`, JSON.stringify(files));
    const a = performance.now();
    try {
      outcomeOf(projectFromObject(files));
    } catch (e) {
      const s = String((e as Error).stack)
        .split('\n')
        .filter((l) => !/node_modules/.test(l))
        .slice(0, 3)
        .join(' | ')
        .slice(0, 400);
      if (!fails.has(s)) writeFileSync(`/tmp/wiz/fail-${only}-${fails.size}.json`, JSON.stringify(files));
      fails.set(s, (fails.get(s) ?? 0) + 1);
    }
    const t = performance.now() - a;
    if (t > 1500) {
      writeFileSync(`/tmp/wiz/slow-${only}-${n}.json`, JSON.stringify(files));
      appendFileSync('/tmp/wiz/slow.log', `${only} ${n} ${t}\n`);
    }
    n += 1;
  }
  appendFileSync('/tmp/wiz/fails.log', [...fails].map(([s, c]) => `${only} ${c} ${s}\n`).join(''));
}, 1e9);
