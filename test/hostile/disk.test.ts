import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type GenerateOptions, runGenerate } from '../../src/commands/generate.ts';
import { UserError } from '../../src/errors.ts';
import { openDirectory } from '../../src/project/directory.ts';
import { fakeIo } from '../support/fake-io.ts';
import { outcomeOf } from './outcome.ts';

const SERVICE = {
  'package.json': '{ "name": "shop", "scripts": { "start": "node server.js" } }\n',
  'server.js': "require('http').createServer().listen(3000);\n",
};

let base = '';
let root = '';
const mounted: string[] = [];
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'hostile-')));
  root = join(base, 'project');
  mkdirSync(root);
});
afterEach(() => {
  for (const mount of mounted.splice(0)) execFileSync('umount', [mount]);
  rmSync(base, { recursive: true, force: true });
});

function put(files: Readonly<Record<string, string>>, directory = root): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

async function generate(options: Partial<GenerateOptions> = {}): Promise<string | UserError> {
  const io = fakeIo(base);
  const all: GenerateOptions = {
    directory: root,
    answers: {},
    answersFile: null,
    saveAnswers: null,
    printQuestions: false,
    explain: false,
    yes: true,
    dryRun: false,
    json: false,
    force: false,
    ...options,
  };
  try {
    await runGenerate(all, io);
    return io.written.out;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** Mounts need root; where that is missing the test is skipped, aloud. */
function mount(directory: string, options: string): boolean {
  const done = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory]);
  if (done.status === 0) mounted.push(directory);
  return done.status === 0;
}

describe('names', () => {
  const odd = [
    'my app',
    `it's "quoted"`,
    '$HOME `x` $(x)',
    'line\nbreak',
    '日本 語 é',
    '-rf',
    '#x',
    '[a]*?',
    '<<EOF',
    'a\\b',
    '%s',
  ];

  test.each(odd)('of the project directory may be %j', async (name) => {
    root = join(base, name);
    put(SERVICE);
    expect(await generate()).toContain('Dockerfile');
    expect(readdirSync(root).sort()).toEqual(['.dockerignore', 'Dockerfile', 'package.json', 'server.js']);
  });

  test.each(odd)('of a service directory may be %j', (name) => {
    put({ [`${name}/package.json`]: SERVICE['package.json'], [`${name}/server.js`]: SERVICE['server.js'] });
    expect(Object.keys(outcomeOf(openDirectory(root)))).toHaveLength(1);
  });
});

describe('links', () => {
  test('that go round in circles are not followed', async () => {
    put(SERVICE);
    symlinkSync('.', join(root, 'self'));
    symlinkSync('..', join(root, 'up'));
    symlinkSync('b', join(root, 'a'));
    symlinkSync('a', join(root, 'b'));
    mkdirSync(join(root, 'deep'));
    symlinkSync('../../project', join(root, 'deep/round'));
    expect(await generate()).toContain('created');
  });

  test('to a manifest outside of the project are not read', async () => {
    put({ 'package.json': SERVICE['package.json'] }, base);
    symlinkSync('../package.json', join(root, 'package.json'));
    expect(await generate()).toMatchObject({ code: 'nothing-recognised' });
  });

  test.each(['Dockerfile', '.dockerignore'])(
    'of the name %s that lead outside are not written through',
    async (name) => {
      put(SERVICE);
      put({ precious: 'precious' }, base);
      symlinkSync('../precious', join(root, name));
      expect(await generate({ force: true })).toMatchObject({ code: 'target-unwritable' });
      expect(readFileSync(join(base, 'precious'), 'utf8')).toBe('precious');
      expect(readdirSync(root)).toHaveLength(3);
    },
  );
});

describe('targets', () => {
  test.each(['Dockerfile', '.dockerignore'])(
    'that are a directory (%s) are refused, and nothing is written',
    async (name) => {
      put(SERVICE);
      put({ [`${name}/keep`]: 'x' });
      expect(await generate({ force: true })).toMatchObject({ code: 'target-unwritable' });
      expect(readdirSync(root).sort()).toEqual([name, 'package.json', 'server.js'].sort());
    },
  );

  test('on a read-only file system are refused in words', async ({ skip }) => {
    if (!mount(root, 'size=1m')) skip('mounting needs root');
    put(SERVICE);
    execFileSync('mount', ['-o', 'remount,ro', root]);
    const error = await generate();
    expect(error).toMatchObject({ code: 'target-unwritable' });
    expect((error as UserError).message).toContain('the file system is read-only');
    expect(readdirSync(root).sort()).toEqual(['package.json', 'server.js']);
  });

  test('on a full disk are refused in words, and what was there is whole', async ({ skip }) => {
    if (!mount(root, 'size=64k')) skip('mounting needs root');
    put({ ...SERVICE, Dockerfile: 'FROM old\n' });
    const filler = spawnSync('dd', ['if=/dev/zero', `of=${join(root, 'filler')}`, 'bs=4k', 'count=64']);
    expect(filler.status).not.toBe(0);
    const error = await generate({ force: true });
    expect(error).toMatchObject({ code: 'target-unwritable' });
    expect((error as UserError).message).toContain('the disk is full');
    expect(readdirSync(root).sort()).toEqual(['Dockerfile', 'filler', 'package.json', 'server.js']);
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toBe('FROM old\n');
  });
});

describe('large and unreadable', () => {
  test('manifests of 50 MB are refused in words', async () => {
    put(SERVICE);
    truncateSync(join(root, 'package.json'), 50 * 1024 * 1024);
    expect(await generate()).toMatchObject({ code: 'file-too-large' });
  });

  test('sources and other files of 50 MB do no harm', async () => {
    put({ ...SERVICE, 'big.js': '', 'package-lock.json': '{}', 'data.bin': '' });
    for (const name of ['big.js', 'data.bin']) truncateSync(join(root, name), 50 * 1024 * 1024);
    const started = performance.now();
    expect(await generate()).toContain('created');
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test('an existing Dockerfile of 50 MB is kept whole', async () => {
    put({ ...SERVICE, Dockerfile: 'x' });
    truncateSync(join(root, 'Dockerfile'), 50 * 1024 * 1024);
    expect(await generate()).toMatchObject({ code: 'target-exists' });
    expect(await generate({ force: true })).toContain('Dockerfile.bak');
    expect(readFileSync(join(root, 'Dockerfile.bak'))).toHaveLength(50 * 1024 * 1024);
  });

  test('folders and files without permission are passed over or named', ({ skip }) => {
    if (process.getuid?.() !== 0) skip('changing the user needs root');
    put({ ...SERVICE, 'secret/x.js': '', 'private.js': '' });
    chmodSync(base, 0o755);
    chmodSync(join(root, 'secret'), 0o000);
    chmodSync(join(root, 'private.js'), 0o000);
    chownSync(root, 65534, 65534);
    const run = asNobody(root);
    expect(run.stderr).toBe('');
    expect(run.stdout).toContain('FROM ');
    chmodSync(join(root, 'package.json'), 0o000);
    expect(asNobody(root).stdout).toContain('file-unreadable');
  }, 60_000);
});

/** The programmatic interface in a child process of a user without rights, bundled so that it needs no loader. */
function asNobody(directory: string): { readonly stdout: string; readonly stderr: string } {
  const bundle = join(base, 'api');
  if (!existsSync(bundle)) execFileSync(process.execPath, ['scripts/build.mjs', bundle]);
  const program = join(base, 'program.mjs');
  writeFileSync(
    program,
    `import * as api from ${JSON.stringify(`${bundle}/index.js`)};
     const context = { today: '2026-11-23' };
     try {
       const project = api.openDirectory(process.argv[2]);
       const languages = await api.loadLanguages(project);
       const [service] = api.detectServices(project, languages);
       const language = api.languageOf(languages, service.language);
       const facts = language.facts(project, service.directory, context);
       const answers = api.completeAnswers(api.questionsAbout(language, facts, language.images(facts, context)), {});
       console.log(api.render(api.makePlan(project, language, facts, answers, context))[0].contents);
     } catch (error) {
       if (!(error instanceof api.UserError)) throw error;
       console.log(error.code);
     }`,
  );
  const done = spawnSync(process.execPath, [program, directory], { encoding: 'utf8', uid: 65534, gid: 65534 });
  return { stdout: done.stdout, stderr: done.stderr };
}
