import { describe, expect, it } from 'vitest';
import { predictRebuild } from '../../src/lint/rebuild.ts';
import { lines } from './cases/case.ts';
import { viewFromText } from './check-file.ts';

function rerun(
  text: string,
  changed: string,
  files: Readonly<Record<string, string>> = { [changed]: '' },
): readonly number[] {
  return predictRebuild(viewFromText(text, { ...files, [changed]: '' }), changed).rerun;
}

const NODE = lines(
  'FROM node:24 AS deps',
  'WORKDIR /app',
  'COPY package.json package-lock.json ./',
  'RUN npm ci',
  'FROM deps AS build',
  'COPY . .',
  'RUN npm run build',
  'FROM node:24-slim',
  'WORKDIR /app',
  'COPY --from=deps /app/node_modules ./node_modules',
  'COPY --from=build /app/dist ./dist',
  'COPY package.json ./',
  'USER node',
);
const FILES = { 'package.json': '{}', 'package-lock.json': '{}' };

describe('a rebuild after a change of', () => {
  it('code runs the copy, the build and the last copies again', () => {
    expect(rerun(NODE, 'src/a.js', FILES)).toEqual([6, 7, 11, 12]);
  });

  it('the manifest runs nearly everything again', () => {
    expect(rerun(NODE, 'package.json', FILES)).toEqual([3, 4, 6, 7, 10, 11, 12]);
  });

  it('a file that is ignored runs nothing again', () => {
    expect(rerun(NODE, 'README.md', { ...FILES, '.dockerignore': '*.md' })).toEqual([]);
  });

  it('a bind-mounted file runs its RUN again', () => {
    const text = lines(
      'FROM node:24',
      'RUN --mount=type=bind,source=package.json,target=package.json npm i',
      'COPY src src',
    );
    expect(rerun(text, 'package.json')).toEqual([2, 3]);
    expect(rerun(text, 'src/a.js', FILES)).toEqual([3]);
  });

  it('code leaves linked copies alone', () => {
    const text = lines('FROM node:24', 'COPY src src', 'COPY --link lib lib', 'COPY etc etc');
    expect(rerun(text, 'src/a.js', { 'lib/b': '', 'etc/c': '' })).toEqual([2, 4]);
  });

  it('code does not touch stages that the image does not need', () => {
    expect(
      rerun(lines('FROM node:24 AS test', 'COPY . .', 'FROM node:24', 'COPY lib lib'), 'src/a.js', { 'lib/b': '' }),
    ).toEqual([]);
  });

  it('code reaches a stage that is made from the changed one', () => {
    expect(rerun(lines('FROM node:24 AS a', 'COPY . .', 'FROM a', 'ENV X=1', 'RUN y'), 'src/a.js')).toEqual([2, 5]);
  });
});
