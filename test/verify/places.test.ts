import { describe, expect, test } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import {
  baseDockerfile,
  baseLine,
  finalStage,
  lastLine,
  layerLine,
  pathLine,
  placeSteps,
} from '../../src/verify/places.ts';
import { stepOf } from '../support/report.ts';

const TEXT = `ARG VERSION=24
FROM node:\${VERSION}-trixie AS build
WORKDIR /app
ENV A=1
COPY package.json ./
RUN npm ci
FROM node:\${VERSION}-trixie-slim AS runtime
WORKDIR /app
RUN mkdir -p data /var/lib/app && chown 1000 data
FROM runtime
COPY --from=build /app/node_modules ./node_modules
COPY package.json key ./
USER 1000
CMD ["node", "."]
`;
const file = parseDockerfile(TEXT);
const stage = finalStage(file, null);
if (stage === null) throw new Error('no stage');

describe('the line of a step', () => {
  const lineOf = (name: string, where: string, number: number, kind: 'instruction' | 'base' = 'instruction') =>
    placeSteps([stepOf(name, { stage: where, number, kind })], file)[0]?.line;

  test('is found as BuildKit counts: only what makes a layer', () => {
    expect(lineOf('FROM docker.io/library/node:24-trixie', 'build', 1, 'base')).toBe(2);
    expect(lineOf('COPY package.json ./', 'build', 3)).toBe(5);
    expect(lineOf('RUN npm ci', 'build', 4)).toBe(6);
    // a stage that is made from another one has no base image to count
    expect(lineOf('COPY package.json key ./', 'stage-2', 2)).toBe(12);
    expect(lineOf('COPY --from=build /app/node_modules ./node_modules', 'stage-2', 1)).toBe(11);
  });

  test('is found as buildah counts: every instruction', () => {
    expect(lineOf('RUN npm ci', 'build', 5)).toBe(6);
    expect(lineOf('USER 1000', 'stage-2', 4)).toBe(13);
  });

  test('is not guessed where nothing fits', () => {
    expect(lineOf('RUN make', 'elsewhere', 2)).toBeNull();
    expect(lineOf('RUN make', 'build', 9)).toBeNull();
  });
});

describe('the line that has to do with a path', () => {
  const line = (path: string) => pathLine(file, stage, path)[0]?.line;

  test.each([
    ['/app/node_modules/x', 11],
    ['/app/key', 12],
    ['/app/data/state', 9],
    ['/var/lib/app/x', 9],
    ['/app/other', 12],
  ])('%s: line %i', (path, wanted) => {
    expect(line(path)).toBe(wanted);
  });

  test('there is none for a path that nothing names', () => {
    expect(
      pathLine(
        parseDockerfile('FROM a\nUSER 1\n'),
        finalStage(parseDockerfile('FROM a\nUSER 1\n'), null) ?? stage,
        '/x',
      ),
    ).toEqual([]);
  });
});

describe('the line that made a layer', () => {
  test('is told where there are as many layers as instructions that make one', () => {
    expect([0, 1, 2, 3].map((layer) => layerLine(file, stage, layer, 4)[0]?.line)).toEqual([8, 9, 11, 12]);
    expect([0, 1, 2].map((layer) => layerLine(file, stage, layer, 3)[0]?.line)).toEqual([9, 11, 12]);
    expect(layerLine(file, stage, 0, 2)).toEqual([]);
  });
});

describe('the base of the final stage', () => {
  test('is built from the same FROM with the same arguments, through stages between', () => {
    expect(baseDockerfile(file, stage)).toEqual({
      text: 'ARG VERSION=24\nFROM node:${VERSION}-trixie-slim\n',
      reference: 'node:24-trixie-slim',
    });
    expect(baseLine(file, stage).line).toBe(7);
    expect(
      baseDockerfile(
        parseDockerfile('FROM scratch\nCOPY a /'),
        finalStage(parseDockerfile('FROM scratch\nCOPY a /'), null) ?? stage,
      ),
    ).toBeNull();
  });

  test('can be that of a target', () => {
    expect(finalStage(file, 'BUILD')?.name).toBe('build');
    expect(finalStage(file, 'ghost')).toBeNull();
  });

  test('is looked through for the last instruction of a kind', () => {
    expect(lastLine(file, stage, ['CMD', 'ENTRYPOINT'])).toEqual([{ line: 14, text: 'CMD ["node", "."]' }]);
    expect(lastLine(file, stage, ['HEALTHCHECK'])).toEqual([]);
  });
});
