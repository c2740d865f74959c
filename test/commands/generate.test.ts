import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type GenerateOptions, runGenerate } from '../../src/commands/generate.ts';
import { UserError } from '../../src/errors.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { OPTIONS } from '../../src/wizard/options.ts';
import { type FakeIo, fakeIo } from '../support/fake-io.ts';
import { openSample, SAMPLES } from '../support/samples.ts';
import { scripted } from '../wizard/scripted-asker.ts';

function service(name: string): Readonly<Record<string, string>> {
  return {
    'package.json': JSON.stringify({ name, scripts: { start: 'node server.js' }, engines: { node: '24' } }),
    'server.js': "require('http').createServer().listen(process.env.PORT || 3000);\n",
  };
}

function below(directory: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${directory}/${path}`, text]));
}

const MONOREPO = {
  'package.json': JSON.stringify({ name: 'root', private: true, workspaces: ['apps/*'] }),
  'package-lock.json': JSON.stringify({
    name: 'root',
    lockfileVersion: 3,
    packages: {
      '': { name: 'root', workspaces: ['apps/*'] },
      'apps/api': { name: 'api', engines: { node: '24' } },
      'apps/web': { name: 'web', engines: { node: '24' } },
      'node_modules/api': { resolved: 'apps/api', link: true },
      'node_modules/web': { resolved: 'apps/web', link: true },
    },
  }),
  ...below('apps/api', service('api')),
  ...below('apps/web', service('web')),
};

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'generate-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

async function run(options: Partial<GenerateOptions>, io: FakeIo = fakeIo(root)): Promise<FakeIo> {
  const all: GenerateOptions = {
    directory: '.',
    answers: {},
    answersFile: null,
    saveAnswers: null,
    printQuestions: false,
    explain: false,
    yes: true,
    dryRun: false,
    json: false,
    force: false,
  };
  await runGenerate({ ...all, ...options }, io);
  return io;
}

async function errorOf(options: Partial<GenerateOptions>): Promise<UserError> {
  try {
    await run(options);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('several services', () => {
  test('are an error when nobody can be asked, with a command line that works', async () => {
    put(MONOREPO);
    const error = await errorOf({ yes: false });
    expect(error.code).toBe('several-services');
    expect(error.message).toContain('apps/api (Node.js), apps/web (Node.js)');
    expect(error.hint).toContain('create-multistage-docker --service apps/api');
  });

  test('are settled by --yes, with a sentence that names the others', async () => {
    put(MONOREPO);
    const { written } = await run({ dryRun: true });
    expect(written.info.replaceAll(/\s+/g, ' ')).toContain(
      'apps/api was taken. For another one give --service: apps/web.',
    );
  });

  test('that share a build context get a Dockerfile each, with its own ignore file beside it', async () => {
    put(MONOREPO);
    for (const name of ['apps/api', 'apps/web']) await run({ answers: { service: name } });
    expect(readdirSync(join(root, 'apps/web')).sort()).toEqual(
      ['Dockerfile', 'Dockerfile.dockerignore', 'package.json', 'server.js'].sort(),
    );
    const { written } = await run({ answers: { service: 'apps/web' } });
    expect(written.out).toContain('docker build -t web -f apps/web/Dockerfile .');
  });

  test('are a question to a person', async () => {
    put(MONOREPO);
    // Without a PATH there is no container engine, and so no offer to verify.
    vi.stubEnv('PATH', '');
    const { asker, offered } = scripted(['apps/web', true, true, true, true]);
    await run({ yes: false }, fakeIo(root, asker));
    expect(offered.get('Which service is the image for?')).toEqual(['apps/api', 'apps/web']);
    expect(readFileSync(join(root, 'apps/web/Dockerfile'), 'utf8')).toContain('FROM');
  });
});

describe('answers', () => {
  test('put the Dockerfile where they say', async () => {
    put(service('shop'));
    const { written } = await run({ answers: { dockerfile: 'docker/Dockerfile' } });
    expect(readdirSync(join(root, 'docker')).sort()).toEqual(['Dockerfile', 'Dockerfile.dockerignore']);
    expect(written.out).toContain('docker build -t shop -f docker/Dockerfile .');
  });

  test('for a question that is not put are not passed over in silence', async () => {
    put(service('shop'));
    const { written } = await run({ answers: { server: 'gunicorn' }, dryRun: true });
    expect(written.info).toContain('--server was given, but there is no such question about this service.');
  });

  test('to one image alone choose the other one to go with it, and say so', async () => {
    put(service('shop'));
    const io = await run({ answers: { 'runtime-image': 'node:24-alpine3.24' }, dryRun: true, json: true });
    const result = JSON.parse(io.written.out);
    expect(result.answers['build-image']).toContain('alpine');
    expect(result.notes.map(({ code }: { code: string }) => code)).toContain('image-paired');
  });

  test('that contradict each other are refused in words', async () => {
    put(service('shop'));
    const answers = { 'runtime-image': 'node:24-alpine3.24', 'build-image': 'node:24-trixie' };
    expect((await errorOf({ answers })).code).toBe('answer-invalid');
  });
});

describe('files that are there already', () => {
  test('are left alone with --existing skip, and written beside with --existing beside', async () => {
    put({ ...service('shop'), Dockerfile: 'FROM a\n', '.dockerignore': 'x\n' });
    await run({ answers: { existing: 'skip' } });
    expect(readdirSync(root)).toHaveLength(4);
    const { written } = await run({ answers: { existing: 'beside' } });
    expect(written.out).toContain('-f Dockerfile.multistage .');
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toBe('FROM a\n');
    const again = await run({ answers: { existing: 'beside' } });
    expect(again.written.out).toMatch(/Dockerfile\.multistage +unchanged/);
  });

  test('are kept without a person where it is the ignore file alone: the new one is the Dockerfile’s own', async () => {
    put({ ...service('shop'), '.dockerignore': '*\n!dist\n' });
    const { written } = await run({});
    expect(written.out).toMatch(/Dockerfile\.dockerignore +created/);
    expect(readFileSync(join(root, '.dockerignore'), 'utf8')).toBe('*\n!dist\n');
  });

  test('without a person are an error where one is a Dockerfile, or an ignore file of its own', async () => {
    put({ ...service('shop'), Dockerfile: 'FROM a\n', '.dockerignore': 'x\n' });
    expect((await errorOf({})).code).toBe('target-exists');
    rmSync(join(root, 'Dockerfile'));
    put({ 'Dockerfile.dockerignore': 'y\n' });
    expect((await errorOf({})).code).toBe('target-exists');
  });

  test('of the ignore file alone get the new one as the Dockerfile’s own', async () => {
    put({ ...service('shop'), '.dockerignore': 'x\n' });
    await run({ answers: { existing: 'beside' } });
    expect(readFileSync(join(root, '.dockerignore'), 'utf8')).toBe('x\n');
    expect(readFileSync(join(root, 'Dockerfile.dockerignore'), 'utf8')).toContain('**/.git');
  });
});

describe('every question', () => {
  test.each(SAMPLES)('about %s has a flag', (name) => {
    const ids = new Set(OPTIONS.map(({ question }) => question));
    for (const question of openSample(name).questions) expect(ids, question.id).toContain(question.id);
  });

  test('can be printed with its flag and recommendation, for a person and for a program', async () => {
    put(service('shop'));
    const shown = await run({ printQuestions: true, yes: false });
    expect(shown.written.out).toMatch(/--runtime-image .*\n {4}recommended: node:24/);
    const { written } = await run({ printQuestions: true, yes: false, json: true });
    const { questions } = JSON.parse(written.out);
    expect(questions.map(({ flag }: { flag: string }) => flag)).toContain('--port');
    expect(readdirSync(root)).toHaveLength(2);
  });
});

describe('an explanation', () => {
  test('has each line of the Dockerfile with its rule, and the places that say so', async () => {
    put(service('shop'));
    const { written } = await run({ explain: true });
    expect(written.out).toMatch(/FROM node:24\S* AS runtime\n {8}runtime-image: /);
    expect(written.out).toContain('package.json:1 says');
    expect(readdirSync(root)).toHaveLength(2);
  });
});

describe('nothing that is known', () => {
  test('says what was looked for and what is there', async () => {
    put({ 'main.cob': '' });
    const error = await errorOf({});
    expect(error.code).toBe('nothing-recognised');
    for (const { name } of LANGUAGES) expect(error.message).toContain(name);
    expect(error.message).toContain('main.cob');
  });
});
