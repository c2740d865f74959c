import { describe, expect, it } from 'vitest';
import { objectionTo } from '../../src/commands/convert/proof.ts';
import type { Report } from '../../src/model/report.ts';
import { compareReports } from '../../src/verify/compare.ts';
import { bootOf, reportOf } from '../support/report.ts';

const failure = { message: 'no such file', line: 3, log: [] };
const broken = reportOf({ build: { seconds: 1, steps: [], failure }, boots: [] });
const silent = reportOf({ boots: [bootOf({ ready: false })] });
const answering = (ok: boolean): Partial<Report> => ({
  http: [{ request: 'GET /', wanted: '200', status: ok ? 200 : 500, ok, answer: null }],
});

describe('a converted file may be written', () => {
  it('when its image builds, starts and answers as the old one', () => {
    expect(objectionTo(compareReports(reportOf(answering(true)), reportOf(answering(true))))).toBe(null);
  });

  it.each([
    ['the old file does not build', broken, reportOf(), 'The old Dockerfile does not build: no such file'],
    ['the new file does not build', reportOf(), broken, 'The new Dockerfile does not build: no such file'],
    ['the old image does not start', silent, reportOf(), 'nothing to compare with'],
    ['only the new image does not start', reportOf(), silent, 'does not start, that of the old one does'],
    ['an answer is lost', reportOf(answering(true)), reportOf(answering(false)), 'GET / no longer answers as before.'],
  ])('but not when %s', (_, before, after, sentence) => {
    expect(objectionTo(compareReports(before, after))).toContain(sentence);
  });

  it('but not when its image is larger', () => {
    const { image } = reportOf();
    if (image === null) throw new Error('a report without an image');
    const larger = reportOf({ image: { ...image, bytes: image.bytes + 1 } });
    expect(objectionTo(compareReports(reportOf(), larger))).toContain('larger');
  });
});
