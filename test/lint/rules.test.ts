import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/lint/rules/index.ts';
import { BEHAVIOUR } from './cases/behaviour.ts';
import { BUILD } from './cases/build.ts';
import type { Cases } from './cases/case.ts';
import { PLACES } from './cases/places.ts';
import { SAFETY } from './cases/safety.ts';
import { SIZE } from './cases/size.ts';
import { START } from './cases/start.ts';
import { findings } from './check-file.ts';

const CASES: Cases = { ...BUILD, ...START, ...SAFETY, ...SIZE, ...PLACES, ...BEHAVIOUR };

describe.each(Object.entries(CASES))('%s', (rule, { catches, allows }) => {
  it.each(catches.map((one) => [one[0], one] as const))('catches %j', (_, [text, files]) => {
    const found = findings(text, files).filter((finding) => finding.rule === rule);
    expect(found).toHaveLength(1);
  });

  it.each(allows.map((one) => [one[0], one] as const))('allows %j', (_, [text, files]) => {
    expect(findings(text, files).filter((finding) => finding.rule === rule)).toEqual([]);
  });
});

describe('the list of rules', () => {
  it('has at least two files that each rule catches, and two that it allows', () => {
    const poor = RULES.filter(({ id }) => (CASES[id]?.catches.length ?? 0) < 2 || (CASES[id]?.allows.length ?? 0) < 2);
    expect(poor.map((rule) => rule.id)).toEqual([]);
  });

  it('has no id twice and no case for a rule that is not there', () => {
    const ids = RULES.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(CASES).filter((id) => !ids.includes(id))).toEqual([]);
  });
});
