import { describe, expect, test } from 'vitest';
import type { Question } from '../../src/model/question.ts';
import { askQuestions } from '../../src/wizard/ask.ts';
import { scripted } from './scripted-asker.ts';

const PORT: Question = {
  id: 'port',
  message: 'Port',
  recommended: '3000',
  from: ['src/index.js:1'],
  open: true,
  format: 'port',
};

const COMMAND: Question = {
  ...PORT,
  id: 'command',
  message: 'Command',
  recommended: 'node .',
  open: false,
  format: 'command',
};

function image(id: string, ...values: readonly string[]): Question {
  const choices = values.map((value) => ({ value, label: value }));
  const recommended = values[0] ?? null;
  return { id, message: id, choices, allowsOther: true, recommended, from: [], open: true, format: 'image' };
}

const IMAGES = [
  image('build-image', 'node:24', 'node:24-alpine'),
  image('runtime-image', 'node:24-slim', 'node:24-alpine'),
];

function sameLibrary({ 'build-image': build = 'node:24', 'runtime-image': runtime = 'node:24-slim' }): string | null {
  return build.includes('alpine') === runtime.includes('alpine') ? null : 'another C library';
}

describe('asking', () => {
  test('puts only questions that are open and not answered', async () => {
    const { asker, log } = scripted(['8080']);
    const answers = await askQuestions([PORT, COMMAND], {}, asker);
    expect(answers).toEqual({ port: '8080', command: 'node .' });
    expect(log).toEqual(['text Port']);
  });

  test('puts nothing when flags have answered', async () => {
    const { asker, log } = scripted([]);
    expect(await askQuestions([PORT, COMMAND], { port: '80', command: 'node x' }, asker)).toEqual({
      port: '80',
      command: 'node x',
    });
    expect(log).toEqual([]);
  });

  test('puts a closed question that nobody recommends an answer to', async () => {
    const { asker } = scripted(['node y']);
    expect(await askQuestions([{ ...COMMAND, recommended: null }], {}, asker)).toEqual({ command: 'node y' });
  });

  test('offers the recommended answer first', async () => {
    const { asker } = scripted([true, true, true]);
    expect(await askQuestions([...IMAGES, PORT], {}, asker)).toEqual({
      'build-image': 'node:24',
      'runtime-image': 'node:24-slim',
      port: '3000',
    });
  });

  test('complains at once about an answer that will not do', async () => {
    const { asker, log } = scripted(['99999', '0x10', '4000']);
    expect(await askQuestions([PORT], {}, asker)).toEqual({ port: '4000' });
    expect(log.filter((line) => line.startsWith('complaint'))).toHaveLength(2);
  });

  test('takes another image when asked to, and checks its name', async () => {
    const { asker, log } = scripted(['another image…', 'not an image', 'registry.local:5000/node:24', true]);
    const answers = await askQuestions(IMAGES, {}, asker);
    expect(answers['build-image']).toBe('registry.local:5000/node:24');
    expect(log).toContain('complaint an image is named like registry/name:tag');
  });

  test('offers no image that does not go with the one chosen before', async () => {
    const { asker, offered } = scripted(['node:24-alpine', true]);
    const answers = await askQuestions(IMAGES, {}, asker, sameLibrary);
    expect(answers).toEqual({ 'build-image': 'node:24-alpine', 'runtime-image': 'node:24-alpine' });
    expect(offered.get('runtime-image')).toEqual(['node:24-alpine', 'another image…']);
  });

  test('offers build images that go with a runtime image given by a flag', async () => {
    const { asker, offered } = scripted([true]);
    const answers = await askQuestions(IMAGES, { 'runtime-image': 'node:24-alpine' }, asker, sameLibrary);
    expect(answers['build-image']).toBe('node:24-alpine');
    expect(offered.get('build-image')).toEqual(['node:24-alpine', 'another image…']);
  });

  test('refuses a wrong answer that a flag gave', async () => {
    const asking = askQuestions([PORT], { port: 'http' }, scripted([]).asker);
    await expect(asking).rejects.toMatchObject({ code: 'answer-invalid' });
  });
});
