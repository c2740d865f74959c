import { describe, expect, it } from 'vitest';
import { reported } from '../../src/lint/report/reported.ts';
import { RULES } from '../../src/lint/rules/index.ts';
import { BEHAVIOUR } from './cases/behaviour.ts';
import { BUILD } from './cases/build.ts';
import { PLACES } from './cases/places.ts';
import { SAFETY } from './cases/safety.ts';
import { SIZE } from './cases/size.ts';
import { START } from './cases/start.ts';
import { findings } from './check-file.ts';

const caught = Object.values({ ...BUILD, ...START, ...SAFETY, ...SIZE, ...PLACES, ...BEHAVIOUR })
  .flatMap(({ catches }) => catches)
  .flatMap(([text, files]) => findings(text, files));

describe('what is said about a finding', () => {
  it('is a sentence about what is wrong and one about what to do', () => {
    const said = caught.map((finding) => reported(finding, RULES));
    const bad = said.filter(({ message, advice }) => !/^\S.*[.…]$/.test(message) || !/^[A-Z].*\S$/.test(advice));
    expect(bad).toEqual([]);
    expect(said.filter(({ message, advice }) => /undefined|null|NaN| {2}|\(\)/.test(message + advice))).toEqual([]);
  });

  it('is made from plain data', () => {
    expect(JSON.parse(JSON.stringify(caught))).toEqual(caught);
  });

  it('points at lines of the file', () => {
    expect(caught.filter(({ line, endLine }) => line < 1 || endLine < line)).toEqual([]);
  });
});
