import { describe, expect, test } from 'vitest';
import { createBuildahProgress } from '../../src/engine/buildah-progress.ts';
import { createPlainProgress } from '../../src/engine/plain-progress.ts';
import { type Progress, readStepName } from '../../src/engine/progress.ts';
import { createRawProgress } from '../../src/engine/raw-progress.ts';

function feed(progress: Progress, lines: readonly string[]): Progress {
  for (const line of lines) progress.add(line);
  return progress;
}

const short = (progress: Progress) =>
  progress.steps().map(({ stage, number, name, cached }) => `${stage} ${number} ${name}${cached ? ' (cached)' : ''}`);

describe('the name of a step', () => {
  test.each([
    ['[build 3/4] COPY a.txt .', 'instruction', 'build', 3, 'COPY a.txt .'],
    ['[build  3/14] COPY a.txt .', 'instruction', 'build', 3, 'COPY a.txt .'],
    ['[2/4] WORKDIR /app', 'instruction', 'stage-0', 2, 'WORKDIR /app'],
    ['[linux/amd64 2/4] WORKDIR /app', 'instruction', 'stage-0', 2, 'WORKDIR /app'],
    ['[linux/amd64->arm64 build 2/4] RUN [ -f a ] && b', 'instruction', 'build', 2, 'RUN [ -f a ] && b'],
    ['[stage-1 1/6] FROM docker.io/library/node:24', 'base', 'stage-1', 1, 'FROM docker.io/library/node:24'],
    ['[internal] load build context', 'internal', null, null, 'load build context'],
    ['[auth] library/node:pull token', 'internal', null, null, 'library/node:pull token'],
    ['exporting to image', 'internal', null, null, 'exporting to image'],
  ])('%s', (text, kind, stage, number, name) => {
    expect(readStepName(text)).toEqual({ kind, stage, number, name });
  });
});

const vertex = (fields: object) => JSON.stringify({ vertexes: [fields] });
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, 0) + seconds * 1000).toISOString();

describe('progress as JSON lines', () => {
  const lines = [
    vertex({ digest: 'x', name: '[internal] load build definition from Dockerfile', started: at(0) }),
    vertex({ digest: 'b', name: '[build 2/3] COPY a .' }),
    vertex({ digest: 'b', name: '[build 2/3] COPY a .', started: at(1), completed: at(1), cached: true }),
    vertex({ digest: 'c', name: '[build 3/3] RUN make', started: at(1.5) }),
    vertex({ digest: 'c', name: '[build 3/3] RUN make', started: at(1.5), completed: at(4) }),
    vertex({ digest: 'd', name: '[stage-1 2/2] COPY --from=build b b' }),
  ];

  test('gives the steps that began, with their times and what was cached', () => {
    const progress = feed(createRawProgress(), lines);
    expect(short(progress).slice(1)).toEqual(['build 2 COPY a . (cached)', 'build 3 RUN make']);
    expect(progress.steps().at(-1)).toMatchObject({ start: 1.5, seconds: 2.5 });
  });

  test('tells whoever watches when a step begins and ends', () => {
    const seen: string[] = [];
    feed(
      createRawProgress(({ step, isDone }) => seen.push(`${step.name} ${isDone}`)),
      lines,
    );
    expect(seen).toEqual([
      'load build definition from Dockerfile false',
      'COPY a . true',
      'RUN make false',
      'RUN make true',
    ]);
  });

  test('gives the log, the sentence and the line of a failure, not of those that it stopped', () => {
    const log = Buffer.from('first\nsecond\n').toString('base64');
    const progress = feed(createRawProgress(), [
      vertex({
        digest: 'o',
        name: '[other 2/2] RUN sleep',
        started: at(0),
        error: 'process "sleep": context canceled',
      }),
      vertex({ digest: 'c', name: '[build 2/2] RUN make', started: at(0) }),
      JSON.stringify({ logs: [{ vertex: 'c', data: log }] }),
      vertex({ digest: 'c', name: '[build 2/2] RUN make', started: at(0), completed: at(1), error: 'exit code: 2' }),
      'Dockerfile:7',
      '--------------------',
      '   7 | >>> RUN make',
      'ERROR: failed to build: failed to solve: process "make" did not complete successfully: exit code: 2',
    ]);
    expect(progress.failureLog()).toEqual(['first', 'second']);
    expect(progress.failureLine()).toBe(7);
    expect(progress.failureMessage()).toBe('process "make" did not complete successfully: exit code: 2');
    expect(progress.steps().map(({ error }) => error)).toEqual([null, 'exit code: 2']);
  });

  test('takes lines that are no JSON for what the engine says besides', () => {
    const progress = feed(createRawProgress(), ['{"broken', 'ERROR: no such file']);
    expect(progress.steps()).toEqual([]);
    expect(progress.failureMessage()).toBe('no such file');
  });
});

describe('plain progress', () => {
  test('gives the same steps', () => {
    const progress = feed(createPlainProgress(), [
      '#1 [internal] load build definition from Dockerfile',
      '#1 DONE 0.0s',
      '#5 [build 2/3] COPY a .',
      '#5 CACHED',
      '#6 [build 3/3] RUN make',
      '#6 0.210 compiling',
      '#6 DONE 2.5s',
    ]);
    expect(short(progress)).toEqual([
      'null null load build definition from Dockerfile',
      'build 2 COPY a . (cached)',
      'build 3 RUN make',
    ]);
    expect(progress.steps().at(-1)?.seconds).toBe(2.5);
  });

  test('gives the log of the step that failed', () => {
    const progress = feed(createPlainProgress(), [
      '#6 [build 3/3] RUN make',
      '#6 0.210 no rule',
      '#6 ERROR: process "make" did not complete successfully: exit code: 2',
      'Dockerfile:4',
      'ERROR: failed to solve: process "make" did not complete successfully: exit code: 2',
    ]);
    expect(progress.failureLog()).toEqual(['no rule']);
    expect(progress.failureLine()).toBe(4);
    expect(progress.failureMessage()).toMatch(/^process "make"/);
  });
});

describe('progress of buildah and podman', () => {
  test('counts stages and knows what came from the cache', () => {
    const progress = feed(createBuildahProgress(), [
      '[1/2] STEP 1/3: FROM python:3.13 AS build',
      '[1/2] STEP 2/3: WORKDIR /app',
      '--> Using cache 0a1b2c',
      '--> 0a1b2c',
      '[1/2] STEP 3/3: RUN make',
      'compiling',
      '--> 3d4e5f',
      '[2/2] STEP 1/2: FROM python:3.13-slim',
      '[2/2] STEP 2/3: COPY --from=build /app/b /b',
      '[2/2] STEP 3/3: USER 1000',
      'COMMIT image',
    ]);
    expect(short(progress)).toEqual([
      'stage-0 1 FROM python:3.13 AS build',
      'stage-0 2 WORKDIR /app (cached)',
      'stage-0 3 RUN make',
      'stage-1 1 FROM python:3.13-slim',
      'stage-1 2 COPY --from=build /app/b /b',
      'stage-1 3 USER 1000',
    ]);
    expect(progress.steps().map(({ kind }) => kind)).toEqual([
      ...['base', 'instruction', 'instruction', 'base', 'instruction', 'internal'],
    ]);
  });

  test('gives the last lines and the sentence of a failure', () => {
    const progress = feed(createBuildahProgress(), [
      'STEP 1/2: FROM python:3.13',
      'STEP 2/2: RUN false',
      'oh no',
      'Error: building at STEP "RUN false": while running runtime: exit status 1',
    ]);
    expect(progress.failureMessage()).toMatch(/RUN false/);
    expect(progress.failureLog()).toContain('oh no');
    expect(progress.steps().map(({ error }) => error !== null)).toEqual([false, true]);
  });
});
