import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { projectWith, SERVICE, treeOf } from './project.ts';
import { run } from './run.ts';

const OLD = 'FROM node:24\nCOPY . .\nCMD ["node", "server.js"]\n';

describe('without a terminal', () => {
  test.each(['empty', 'closed', 'silent'] as const)(
    'with standard input %s it does not wait, and says which flags would have answered',
    async (stdin) => {
      const cwd = projectWith(SERVICE);
      const before = treeOf(cwd);
      const { code, out, err } = await run([], cwd, { stdin });
      expect(code).toBe(2);
      expect(out).toBe('');
      expect(err).toMatch(/create-multistage-docker --build-image \S+ --runtime-image \S+ --port 3000/);
      expect(err).toContain('create-multistage-docker --yes');
      expect(treeOf(cwd)).toEqual(before);
    },
  );

  test('the command line that it names does the work', async () => {
    const cwd = projectWith(SERVICE);
    const { err } = await run([], cwd);
    const line = /create-multistage-docker (--build-image.*) —/.exec(err)?.[1] ?? '';
    const { code } = await run(line.split(' '), cwd);
    expect(code).toBe(0);
    expect(existsSync(join(cwd, 'Dockerfile'))).toBe(true);
  });

  test('--yes writes both files, and a second run finds them unchanged', async () => {
    const cwd = projectWith(SERVICE);
    expect((await run(['--yes'], cwd, { stdin: 'closed' })).code).toBe(0);
    const after = treeOf(cwd);
    const second = await run(['--yes'], cwd);
    expect(second.out).toMatch(/Dockerfile +unchanged\n\.dockerignore +unchanged/);
    expect(treeOf(cwd)).toEqual(after);
  });

  test('what is loaded only when it is used is there: a range that is no plain one', async () => {
    const manifest = { engines: { node: '20 || 22 - 24' }, scripts: { start: 'node server.js' } };
    const cwd = projectWith({
      'server.js': "require('http').createServer().listen(3000);\n",
      'package.json': JSON.stringify(manifest),
    });
    const { code, err } = await run(['--yes', '--dry-run'], cwd);
    expect(err).not.toContain('mistake');
    expect(code).toBe(0);
  });

  describe('what a run keeps for the next', () => {
    test('lies in a folder of the user alone, and damage or absence of it changes nothing', async () => {
      const cwd = projectWith(SERVICE);
      const env = { TMPDIR: projectWith({}) };
      const kept = join(env.TMPDIR, `create-multistage-docker-${process.getuid?.()}`);
      const first = await run(['--yes', '--dry-run'], cwd, { env });
      expect(statSync(kept).mode & 0o777).toBe(0o700);
      const names = readdirSync(kept);
      expect(names.length).toBeGreaterThan(3);
      const whole = treeOf(kept);
      expect(await run(['--yes', '--dry-run'], cwd, { env })).toEqual(first);
      expect(treeOf(kept)).toEqual(whole);
      for (const [index, name] of names.entries()) {
        const bytes = readFileSync(join(kept, name));
        writeFileSync(
          join(kept, name),
          index % 2 === 0 ? bytes.subarray(0, index) : bytes.subarray(0, bytes.length / 2),
        );
      }
      expect(await run(['--yes', '--dry-run'], cwd, { env })).toEqual(first);
    });

    test.each([
      ['somebody else may write there', { 'others/x': '' }, {}],
      ['it was turned off', {}, { NODE_DISABLE_COMPILE_CACHE: '1' }],
      ['there is no folder for temporary files', {}, { TMPDIR: '/nowhere' }],
    ])('nothing is kept where %s', async (_why, files, env) => {
      const cwd = projectWith(SERVICE);
      const temporary = projectWith(files);
      const folder = join(temporary, `create-multistage-docker-${process.getuid?.()}`);
      if (existsSync(join(temporary, 'others'))) {
        renameSync(join(temporary, 'others'), folder);
        chmodSync(folder, 0o777);
      }
      const before = treeOf(temporary);
      const { code, err } = await run(['--yes', '--dry-run'], cwd, { env: { TMPDIR: temporary, ...env } });
      expect(err).not.toContain('mistake');
      expect(code).toBe(0);
      expect(treeOf(temporary)).toEqual(before);
    });
  });

  test('--dry-run prints both files and writes nothing', async () => {
    const cwd = projectWith(SERVICE);
    const before = treeOf(cwd);
    const { code, out } = await run(['--yes', '--dry-run'], cwd);
    expect(code).toBe(0);
    expect(out).toMatch(/^==> Dockerfile <==\n# syntax=/);
    expect(out).toContain('\n==> .dockerignore <==\n');
    expect(treeOf(cwd)).toEqual(before);
  });

  test('an existing file is refused without --force, and kept with it', async () => {
    const cwd = projectWith({ ...SERVICE, Dockerfile: OLD });
    const before = treeOf(cwd);
    const refused = await run(['--yes'], cwd);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('Dockerfile exists and differs; nothing was written.');
    expect(refused.err).toContain('--force');
    expect(treeOf(cwd)).toEqual(before);
    const forced = await run(['--yes', '--force'], cwd);
    expect(forced.code).toBe(0);
    expect(forced.out).toContain('Dockerfile.bak');
    expect(readFileSync(join(cwd, 'Dockerfile.bak'), 'utf8')).toBe(OLD);
  });

  test('errors are JSON with --json, on standard output', async () => {
    const { code, out, err } = await run(['--json', 'nowhere'], projectWith({}));
    expect(code).toBe(2);
    expect(JSON.parse(out)).toEqual({
      error: { code: 'directory-missing', message: expect.any(String), hint: expect.any(String) },
    });
    expect(err).toBe('');
  });

  test('a result is JSON with --json, and names what was written', async () => {
    const cwd = projectWith(SERVICE);
    const { code, out } = await run(['--yes', '--json', '--date', '2026-11-23'], cwd);
    expect(code).toBe(0);
    const result = JSON.parse(out);
    expect(Object.keys(result)).toEqual([
      ...['version', 'language', 'directory', 'facts', 'answers', 'plan', 'written', 'files', 'notes', 'next'],
    ]);
    expect(result.files.map(({ path, action }: Record<string, string>) => `${path} ${action}`)).toEqual([
      'Dockerfile created',
      '.dockerignore created',
    ]);
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(result.files[0].contents);
  });

  test('the same day and project give the same bytes', async () => {
    const args = ['--yes', '--json', '--dry-run', '--date', '2026-11-23'];
    const [one, other] = await Promise.all([run(args, projectWith(SERVICE)), run(args, projectWith(SERVICE))]);
    expect(one.out).toBe(other.out);
  });

  test('answers that were saved give the same files again', async () => {
    const cwd = projectWith(SERVICE);
    await run(['--yes', '--port', '8123', '--save-answers', 'answers.json'], cwd);
    expect(JSON.parse(readFileSync(join(cwd, 'answers.json'), 'utf8'))).toMatchObject({ service: '.', port: '8123' });
    const { code, out } = await run(['--answers', 'answers.json'], cwd);
    expect(code).toBe(0);
    expect(out).toMatch(/Dockerfile +unchanged/);
  });

  test('a reader that closes the pipe early is no mistake', () => {
    const bin = `${inject('packedPackage')}/bin/create-multistage-docker.js`;
    const done = spawnSync('sh', ['-c', '"$0" "$1" --yes --dry-run --json | head -c 1', process.execPath, bin], {
      cwd: projectWith(SERVICE),
      encoding: 'utf8',
    });
    expect(done.stderr).toBe('');
  });
});

describe('a mistake of ours', () => {
  const broken = { ...SERVICE };

  test('is one sentence without a stack, which is shown only when asked for', async () => {
    const cwd = projectWith(broken);
    // A preload breaks the program from inside: no input that is known does.
    writeFileSync(join(cwd, 'break.cjs'), "JSON.stringify = () => { throw new TypeError('broken on purpose'); };\n");
    const env = { NODE_OPTIONS: `--require ${join(cwd, 'break.cjs')}` };
    const plain = await run(['--yes', '--dry-run'], cwd, { env });
    expect(plain.code).toBe(2);
    expect(plain.err).toContain(
      'This is a mistake in create-multistage-docker, not in your project: broken on purpose',
    );
    expect(plain.err).toContain('npm bugs create-multistage-docker');
    expect(plain.err).not.toContain('    at ');
    const debugged = await run(['--yes', '--dry-run'], cwd, { env: { ...env, CREATE_MULTISTAGE_DOCKER_DEBUG: '1' } });
    expect(debugged.err).toContain('    at ');
    expect(Math.max(...debugged.err.split('\n').map((line) => line.length))).toBeLessThan(500);
  });
});

describe('killed while it writes', () => {
  test('it leaves the old files or the new ones, whole', async () => {
    const whole = new Set<string>([OLD]);
    const reference = projectWith({ ...SERVICE, Dockerfile: OLD, '.dockerignore': 'old\n' });
    const { out } = await run(['--yes', '--json', '--dry-run'], reference);
    for (const { contents } of JSON.parse(out).files) whole.add(contents);
    whole.add('old\n');
    for (let delay = 0; delay < 160; delay += 8) {
      const cwd = projectWith({ ...SERVICE, Dockerfile: OLD, '.dockerignore': 'old\n' });
      const then = (kill: (signal: NodeJS.Signals) => void) => void setTimeout(() => kill('SIGKILL'), delay);
      await run(['--yes', '--force'], cwd, { then });
      for (const name of ['Dockerfile', '.dockerignore'])
        expect(whole).toContain(readFileSync(join(cwd, name), 'utf8'));
      const backups = readdirSync(cwd).filter((name) => name.endsWith('.bak'));
      for (const name of backups) expect(whole).toContain(readFileSync(join(cwd, name), 'utf8'));
    }
  });
});

describe('the executable', () => {
  test('can be read by versions of Node that cannot run the program', () => {
    const source = readFileSync(`${inject('packedPackage')}/bin/create-multistage-docker.js`, 'utf8');
    expect(source).toContain('var needed =');
    expect(source).not.toMatch(/=>|\bconst\b|\blet\b|`|import\(|\?\.|\?\?/);
  });

  test.each(['8.17.0', '18.20.4', '20.11.1'])('says on Node %s which version is needed', (version) => {
    const bin = `${inject('packedPackage')}/bin/create-multistage-docker.js`;
    const cwd = projectWith({ 'old.cjs': `Object.defineProperty(process.versions, 'node', { value: '${version}' });` });
    const done = spawnSync(process.execPath, ['--require', join(cwd, 'old.cjs'), bin, '--version'], {
      encoding: 'utf8',
    });
    expect(done.status).toBe(2);
    expect(done.stderr).toBe(`create-multistage-docker needs Node.js 20.12 or newer; this is ${version}.\n`);
  });

  test('prints its version and its help', async () => {
    const cwd = projectWith({});
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect((await run(['--version'], cwd)).out).toBe(`${version}\n`);
    const { out } = await run(['--help'], cwd, { env: { COLUMNS: '40' } });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
  });
});

describe('the package', () => {
  test('has types that a TypeScript program compiles against', () => {
    const cwd = projectWith({
      'package.json': '{"type":"module"}',
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          strict: true,
          module: 'nodenext',
          target: 'es2022',
          noEmit: true,
          skipLibCheck: false,
          types: [],
        },
        files: ['use.ts'],
      }),
      'use.ts': `
import { completeAnswers, detectServices, explain, languageOf, loadLanguages, makePlan, projectFromObject, questionsAbout, render, type ImagePlan } from 'create-multistage-docker';
const project = projectFromObject({ 'package.json': '{}' });
const languages = await loadLanguages(project);
const [service] = detectServices(project, languages);
if (service) {
  const language = languageOf(languages, service.language);
  const context = { today: '2026-01-31' };
  const facts = language.facts(project, service.directory, context);
  const answers = completeAnswers(questionsAbout(language, facts, language.images(facts, context)), { port: '80' });
  const plan: ImagePlan = makePlan(project, language, facts, answers, context);
  const paths: readonly string[] = render(plan).map((file) => file.path);
  console.log(paths, explain(plan)[0]?.rule);
}
// @ts-expect-error a plan is no text
render('x');
declare const console: { log(...values: unknown[]): void };
`,
    });
    execFileSync('mkdir', ['-p', join(cwd, 'node_modules')]);
    execFileSync('cp', ['-r', inject('packedPackage'), join(cwd, 'node_modules/create-multistage-docker')]);
    const tsc = join(process.cwd(), 'node_modules/typescript/bin/tsc');
    const done = spawnSync(process.execPath, [tsc, '-p', cwd], { encoding: 'utf8' });
    expect(done.stdout + done.stderr).toBe('');
    expect(done.status).toBe(0);
  });

  test('has no dependencies, and does not grow unnoticed', () => {
    const directory = inject('packedPackage');
    const manifest = JSON.parse(readFileSync(`${directory}/package.json`, 'utf8'));
    expect(manifest.dependencies).toBeUndefined();
    const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
    expect(bytes).toBeLessThan(500_000);
  });
});
