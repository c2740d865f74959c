import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { installsAgain, stepsAgain } from '../../src/verify/rebuild.ts';
import { readBytes, readHttpExpectation } from '../../src/verify/request.ts';
import type { Session } from '../../src/verify/session.ts';
import { createWorkspace, findSources, touchSource } from '../../src/verify/workspace.ts';
import { stepOf } from '../support/report.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workspace-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(files: Readonly<Record<string, string>>): Promise<string> {
  const context = join(folder, 'project');
  for (const [path, contents] of Object.entries(files)) {
    await mkdir(dirname(join(context, path)), { recursive: true });
    await writeFile(join(context, path), contents);
  }
  return context;
}

/** As much of a session as copying needs. */
const session = {
  async newFolder(what: string) {
    const path = join(folder, what);
    await mkdir(path, { recursive: true });
    return path;
  },
} as Session;

const text = (path: string) => readFile(path, 'utf8').catch(() => null);

describe('the copy of a build context', () => {
  test('leaves out what is ignored, keeps what an exception brings back, and keeps links as links', async () => {
    const context = await write({
      Dockerfile: 'FROM a',
      '.dockerignore': 'node_modules\n*.md\n!README.md\n.env*\n',
      'src/a.js': '1',
      'node_modules/x/y.js': '2',
      'README.md': '3',
      'NOTES.md': '4',
    });
    await symlink('src/a.js', join(context, 'link.js'));
    const workspace = await createWorkspace(session, context, join(context, 'Dockerfile'));
    expect(await text(join(workspace.context, 'src/a.js'))).toBe('1');
    expect(await text(join(workspace.context, 'README.md'))).toBe('3');
    expect(await text(join(workspace.context, 'link.js'))).toBe('1');
    expect(await text(join(workspace.context, 'NOTES.md'))).toBeNull();
    expect(await text(join(workspace.context, 'node_modules/x/y.js'))).toBeNull();
    expect(await text(join(workspace.context, '.dockerignore'))).toContain('node_modules');
  });

  test('gets canaries where nothing stands, and the project none', async () => {
    const context = await write({ Dockerfile: 'FROM a', '.env': 'A=1', '.git/HEAD': 'x' });
    const { planted, canary, context: copy } = await createWorkspace(session, context, join(context, 'Dockerfile'));
    expect(planted).toEqual(['.env.local', '.git/canary']);
    expect(await text(join(copy, '.env.local'))).toBe(`# ${canary}\n`);
    expect(await text(join(copy, '.env'))).toBe('A=1');
    expect(await text(join(context, '.env.local'))).toBeNull();
  });

  test('takes the ignore file that belongs to the Dockerfile, also when that is ignored or lies elsewhere', async () => {
    const context = await write({
      'a.txt': '1',
      'b.txt': '2',
      '.dockerignore': 'a.txt',
      'docker/Dockerfile': 'FROM a',
      'docker/Dockerfile.dockerignore': 'b.txt\ndocker',
    });
    const inside = await createWorkspace(session, context, join(context, 'docker/Dockerfile'));
    expect(await text(join(inside.context, 'a.txt'))).toBe('1');
    expect(await text(join(inside.context, 'b.txt'))).toBeNull();
    expect(await text(inside.dockerfile)).toBe('FROM a');
    expect(await text(`${inside.dockerfile}.dockerignore`)).toContain('b.txt');
  });

  test('a change is a comment in the language of the file', async () => {
    const context = await write({
      Dockerfile: 'FROM a',
      'a.py': 'x = 1',
      'b.ts': 'let x;',
      'c.html': '<p>',
      'd.css': 'p {}',
    });
    const workspace = await createWorkspace(session, context, join(context, 'Dockerfile'));
    for (const path of ['a.py', 'b.ts', 'c.html', 'd.css']) await touchSource(workspace, path);
    expect(await text(join(workspace.context, 'a.py'))).toMatch(/^x = 1\n# [0-9a-f]{16}\n$/);
    expect(await text(join(workspace.context, 'b.ts'))).toMatch(/^let x;\n\/\/ [0-9a-f]{16}\n$/);
    expect(await text(join(workspace.context, 'c.html'))).toMatch(/<!-- [0-9a-f]{16} -->\n$/);
    expect(await text(join(workspace.context, 'd.css'))).toMatch(/\/\* [0-9a-f]{16} \*\/\n$/);
    expect(await text(join(context, 'a.py'))).toBe('x = 1');
  });
});

describe('the source file that is changed', () => {
  test('is one that a developer edits: no test, no configuration, no dependency, sources before the rest', async () => {
    const context = await write({
      'vite.config.ts': '',
      'src/index.ts': '',
      'src/index.test.ts': '',
      'src/types.d.ts': '',
      'test/a.ts': '',
      'node_modules/a/b.js': '',
      'setup.py': '',
      'index.html': '',
      'main.py': '',
      'dist/x.js': '',
      'package.json': '',
    });
    expect(await findSources(context, 9)).toEqual(['src/index.ts', 'main.py', 'index.html']);
    expect(await findSources(context, 1)).toEqual(['src/index.ts']);
  });

  test('there may be none', async () => {
    expect(await findSources(await write({ 'a.txt': '' }), 3)).toEqual([]);
  });
});

describe('steps that run again', () => {
  const cached = (name: string, stage = 'build') => stepOf(name, { cached: true, stage });

  test('are instructions that did not come from the cache', () => {
    const steps = [
      stepOf('FROM a', { kind: 'base' }),
      cached('RUN npm ci'),
      stepOf('COPY src .'),
      stepOf('load', { kind: 'internal' }),
    ];
    expect(stepsAgain(steps).map(({ name }) => name)).toEqual(['COPY src .']);
  });

  test.each([
    'RUN npm ci',
    'RUN --mount=type=cache,target=/root/.npm npm install --omit=dev',
    'RUN corepack enable && pnpm i --frozen-lockfile',
    'RUN yarn --frozen-lockfile',
    'RUN yarn',
    'RUN pip install -r requirements.txt',
    'RUN pip --python /opt/venv/bin/python install -r r.txt',
    'RUN uv sync --locked',
    'RUN poetry install --only main',
    'RUN apt-get update && apt-get install -y curl',
    'RUN apk add --no-cache git',
    'RUN mvn -B dependency:go-offline',
    'RUN bundle install',
    'RUN go mod download',
  ])('%s installs', (name) => {
    expect(installsAgain([stepOf(name)], null)).toHaveLength(1);
  });

  test.each([
    'RUN npm run build',
    'RUN npm prune --omit=dev',
    'RUN yarn build',
    'RUN pip install --no-deps .',
    'RUN pip install --no-index dist/x.whl',
    'RUN mvn -B -DskipTests package',
    'RUN python manage.py collectstatic --noinput',
    'COPY install ./',
    'RUN ./install.sh',
    'RUN npx tsc',
  ])('%s does not', (name) => {
    expect(installsAgain([stepOf(name)], null)).toEqual([]);
  });

  test('a tool whose earlier step came from the cache installs only the project', () => {
    expect(
      installsAgain([cached('RUN uv sync --locked --no-install-project'), stepOf('RUN uv sync --locked')], null),
    ).toEqual([]);
    expect(installsAgain([cached('RUN uv sync --locked', 'other'), stepOf('RUN uv sync --locked')], null)).toHaveLength(
      1,
    );
  });

  test('what must not run again can be said', () => {
    const steps = [stepOf('RUN make deps'), stepOf('RUN npm ci')];
    expect(installsAgain(steps, ['make deps']).map(({ name }) => name)).toEqual(['RUN make deps']);
  });
});

describe('what is written on a command line', () => {
  test.each([
    ['/', 'GET', '/', null],
    ['/health=204', 'GET', '/health', 204],
    ['POST /login=401', 'POST', '/login', 401],
    ['/a?b=c=200', 'GET', '/a?b=c', 200],
  ])('%s is a request', (written, method, path, status) => {
    expect(readHttpExpectation(written)).toEqual({ method, path, status, contains: null });
  });

  test.each(['health', '', '=200', 'http://x/'])('"%s" is none', (written) => {
    expect(readHttpExpectation(written)).toBeNull();
  });

  test('sizes count in thousands, memory in 1024', () => {
    expect([readBytes('200MB', false), readBytes('1.5g', true), readBytes('512m', true), readBytes('7', true)]).toEqual(
      [200e6, 1.5 * 1024 ** 3, 512 * 1024 ** 2, 7],
    );
    expect([readBytes('1MiB', false), readBytes('x', true), readBytes('-1', true)]).toEqual([1024 ** 2, null, null]);
  });
});
