import { describe, expect, test } from 'vitest';
import { node } from '../../../src/languages/node/index.ts';
import { projectFromObject } from '../../../src/project/object.ts';
import { dockerfileOf, factsOf, ignoreFileOf, manifest } from './support.ts';

const CONFIG = '{"compilerOptions": {"outDir": "dist", "rootDir": "src"}}';

function workspace(range = '*', more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    'package.json': manifest({ workspaces: ['apps/*', 'packages/*'], devDependencies: { typescript: '^5' } }),
    'apps/api/package.json': manifest({
      name: '@m/api',
      scripts: { build: 'tsc', start: 'node dist/index.js' },
      dependencies: { express: '^4', '@m/shared': range },
    }),
    'apps/api/tsconfig.json': CONFIG,
    'apps/api/src/index.ts': "import express from 'express';\nexpress().listen(process.env.PORT || 3000);\n",
    'packages/shared/package.json': manifest({
      name: '@m/shared',
      main: 'dist/index.js',
      scripts: { build: 'tsc', prepare: 'npm run build' },
    }),
    'packages/other/package.json': manifest({ name: '@m/other' }),
    ...more,
  };
}

describe('a workspace', () => {
  test('is the build context of its members, and all manifests are there before the installation', () => {
    const text = dockerfileOf(workspace(), {}, 'apps/api');
    expect(factsOf(workspace(), 'apps/api').context).toBe('.');
    expect(text).toContain(
      'COPY --parents apps/api/package.json packages/other/package.json packages/shared/package.json ./',
    );
    expect(text).toContain('npm --prefix packages/shared pkg delete scripts.prepare');
  });

  test('builds what the service needs first, and starts the service where it is', () => {
    const text = dockerfileOf(workspace(), {}, 'apps/api');
    expect(text).toContain(
      'RUN npm run build --workspace=packages/shared && \\\n    npm run build --workspace=apps/api',
    );
    expect(text).toContain('WORKDIR /app/apps/api');
    expect(text).toContain('COPY --from=production --exclude=src /app/packages/shared /app/packages/shared');
    expect(text).not.toContain('/app/packages/other ');
  });

  test('names many manifests by one pattern', () => {
    const more = Object.fromEntries(
      ['a', 'b', 'c'].map((name) => [`packages/${name}/package.json`, manifest({ name: `@m/${name}` })]),
    );
    const text = dockerfileOf(workspace('*', more), {}, 'apps/api');
    expect(text).toContain('COPY --parents apps/api/package.json packages/*/package.json ./\n');
  });

  test('of pnpm deploys the service', () => {
    const files = {
      ...workspace('workspace:*'),
      'package.json': manifest({ packageManager: 'pnpm@10.2.0' }),
      'pnpm-workspace.yaml': "packages:\n  - 'apps/*'\n  - 'packages/*'\n",
    };
    const text = dockerfileOf(files, {}, 'apps/api');
    expect(text).toContain('pnpm --filter=@m/api --prod --legacy deploy /deploy');
    expect(text).toContain('COPY --from=production /deploy');
  });
});

describe('what the image of one member is made of', () => {
  const web = { 'apps/web/package.json': manifest({ name: '@m/web', dependencies: { react: '^19' } }) };
  const locked = (packages: object): string =>
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        '': { workspaces: ['apps/*', 'packages/*'] },
        'node_modules/@m/shared': { resolved: 'packages/shared', link: true },
        'packages/shared': {},
        'node_modules/express': { version: '4.21.0' },
        'node_modules/react': { version: '19.1.0' },
        'node_modules/typescript': { version: '5.9.0', dev: true },
        ...packages,
      },
    });

  test('no packages of other members: npm installs again where no package has an install script', () => {
    const plain = dockerfileOf(workspace('*', { ...web, 'package-lock.json': locked({}) }), {}, 'apps/api');
    expect(plain).toContain('npm ci --omit=dev --workspace=apps/api --ignore-scripts');
    const native = { 'node_modules/bcrypt': { version: '6.0.0', hasInstallScript: true } };
    const text = dockerfileOf(workspace('*', { ...web, 'package-lock.json': locked(native) }), {}, 'apps/api');
    expect(text).toContain('RUN npm prune --omit=dev --ignore-scripts');
    expect(dockerfileOf(workspace('*', { 'package-lock.json': locked({}) }), {}, 'apps/api')).toContain('npm prune');
  });

  test('Yarn and Bun are told its name, and that of a root with packages of its own', () => {
    const yarn = (root: object): string =>
      dockerfileOf(
        workspace('workspace:*', {
          ...web,
          'package.json': manifest({ packageManager: 'yarn@4.5.0', workspaces: ['apps/*', 'packages/*'], ...root }),
        }),
        {},
        'apps/api',
      );
    expect(yarn({})).toContain('yarn workspaces focus --production @m/api\n');
    expect(yarn({ dependencies: { zod: '3' } })).toContain('yarn workspaces focus --production @m/api app\n');
    const bun = {
      ...web,
      'package.json': manifest({ packageManager: 'bun@1.2.0', workspaces: ['apps/*', 'packages/*'] }),
    };
    expect(dockerfileOf(workspace('workspace:*', bun), {}, 'apps/api')).toContain(
      'bun install --production --filter=@m/api --ignore-scripts',
    );
  });

  test('a service without a build installs its own packages from the start', () => {
    const files = {
      ...web,
      'package.json': manifest({ workspaces: ['apps/*'] }),
      'apps/api/package.json': manifest({ name: 'api', main: 'index.js', dependencies: { express: '4' } }),
      'apps/api/index.js': "require('express')().listen(3000);\n",
    };
    expect(dockerfileOf(files, {}, 'apps/api')).toContain('npm install --omit=dev --workspace=apps/api');
  });

  test('packages beside a member are copied where its package manager puts some there', () => {
    const plain = { 'apps/api/package.json': manifest({ name: 'api', main: 'index.js', dependencies: { lib: '*' } }) };
    const files = (lock: string): Record<string, string> => ({
      'package.json': manifest({ workspaces: ['apps/*', 'libs/*'] }),
      ...plain,
      'apps/api/index.js': "require('lib'); require('http').createServer().listen(3000);\n",
      'libs/lib/package.json': manifest({ name: 'lib', main: 'index.js', dependencies: { ms: '2' } }),
      'libs/lib/index.js': 'module.exports = 1;\n',
      'bun.lock': lock,
    });
    const workspaces =
      '"workspaces": {"": {}, "apps/api": {"dependencies": {"lib": "*"}}, "libs/lib": {"dependencies": {"ms": "2"}}}';
    const isolated = dockerfileOf(files(`{\n"lockfileVersion": 1, "configVersion": 1, ${workspaces}}`), {}, 'apps/api');
    expect(isolated).toContain('COPY --from=dependencies /app/libs/lib/node_module? /app/libs/lib/node_modules/');
    expect(isolated).toContain('COPY --from=dependencies /app/apps/api/node_module? ./node_modules/');
    const hoisted = dockerfileOf(files(`{\n"lockfileVersion": 1, ${workspaces}}`), {}, 'apps/api');
    expect(hoisted).not.toContain('node_module?');
  });

  test('no member that only helps to build, unless development dependencies stay', () => {
    const files = (start: string, tsx: object) => ({
      'package.json': manifest({ workspaces: ['api', 'config', 'lib'] }),
      'api/package.json': manifest({
        name: 'api',
        scripts: { start },
        dependencies: { lib: '*' },
        devDependencies: { config: '*', ...tsx },
      }),
      'api/index.js': "require('lib'); require('http').createServer().listen(3000);\n",
      'api/index.ts': "import 'lib'; import http from 'http'; http.createServer().listen(3000);\n",
      'lib/package.json': manifest({ name: 'lib', main: 'index.js', devDependencies: { config: '*' } }),
      'lib/index.js': '',
      'config/package.json': manifest({ name: 'config' }),
    });
    const text = dockerfileOf(files('node index.js', {}), {}, 'api');
    expect(text).toContain('COPY lib /app/lib');
    expect(text).not.toContain('/app/config');
    expect(dockerfileOf(files('tsx index.ts', { tsx: '4' }), {}, 'api')).toContain('COPY config /app/config');
  });

  test('the program of a package is started from where that lies', () => {
    const files = (more: Record<string, string>) => ({
      'package.json': manifest({ workspaces: ['api'] }),
      'api/package.json': manifest({
        name: 'api',
        scripts: { start: 'fastify start app.js' },
        dependencies: { 'fastify-cli': '7', fastify: '5' },
      }),
      'api/app.js': '',
      ...more,
    });
    const lock = (place: string): string =>
      JSON.stringify({
        lockfileVersion: 3,
        packages: {
          'node_modules/api': { resolved: 'api', link: true },
          'node_modules/fastify': { version: '5.1.0' },
          [place]: { version: '7.4.0' },
        },
      });
    const own = 'CMD ["node", "node_modules/fastify-cli/cli.js"';
    const hoisted = 'CMD ["node", "/app/node_modules/fastify-cli/cli.js"';
    const text = (more: Record<string, string>): string => dockerfileOf(files(more), {}, 'api');
    expect(text({ 'package-lock.json': lock('node_modules/fastify-cli') })).toContain(hoisted);
    expect(text({ 'package-lock.json': lock('api/node_modules/fastify-cli') })).toContain(own);
    expect(text({})).toContain(hoisted);
    expect(
      text({ 'pnpm-workspace.yaml': 'packages: [api]\n', 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" }),
    ).toContain(own);
  });

  test('a server at the root brings its members with its own files, once', () => {
    const text = dockerfileOf({
      'package.json': manifest({
        workspaces: ['libs/*'],
        scripts: { start: 'node index.js' },
        dependencies: { lib: '*' },
      }),
      'index.js': "require('lib'); require('http').createServer().listen(3000);\n",
      'libs/lib/package.json': manifest({ name: 'lib', main: 'index.js' }),
      'libs/lib/index.js': '',
    });
    expect(text).toContain('COPY . .');
    expect(text).not.toContain('COPY libs/lib /app/libs/lib');
  });
});

describe('a client that the server hands out', () => {
  const files = (source: string, scripts: object = {}) => ({
    'package.json': manifest({
      scripts: { start: 'node backend/server.js', ...scripts },
      dependencies: { express: '4' },
    }),
    'backend/server.js': `const app = require('express')();\n${source}\napp.listen(5000);\n`,
    'frontend/package.json': manifest({
      scripts: { build: 'react-scripts build' },
      dependencies: { 'react-scripts': '5' },
    }),
    'frontend/src/index.js': '',
  });
  const served = "app.use(express.static(path.join(__dirname, '../frontend/build')))";

  test('is built with it, also where no script says so', () => {
    const text = dockerfileOf(files(served));
    expect(text).toContain('npm install --prefix frontend');
    expect(text).toContain('RUN npm run build --prefix frontend');
    expect(text).toContain('COPY --from=build --exclude=**/node_modules --exclude=frontend/src /app ./');
  });

  test('is built once where a script says so', () => {
    const text = dockerfileOf(
      files(served, { build: 'npm install --prefix frontend && npm run build --prefix frontend' }),
    );
    expect(text).toContain('RUN npm run build\n');
  });

  test('is built by a script that bears the name of the one it calls', () => {
    const text = dockerfileOf(files('', { build: 'npm run build --prefix frontend' }));
    expect(text).toContain('npm install --prefix frontend');
    expect(text).toContain('RUN npm run build\n');
  });

  test('is left alone where the server does not name it', () => {
    expect(dockerfileOf(files("app.use(express.static('public'))"))).not.toContain('--prefix frontend');
  });
});

describe('a client beside the server that hands it out', () => {
  const served = "app.use(express.static(path.join(__dirname, '..', '..', 'client', 'dist')));";
  const client = {
    'client/package.json': manifest({
      name: 'client',
      scripts: { build: 'vite build' },
      dependencies: { react: '19' },
    }),
  };
  const server = (source: string) => ({
    'server/package.json': manifest({
      name: 'server',
      scripts: { start: 'node src/index.js' },
      dependencies: { express: '4' },
    }),
    'server/src/index.js': `const app = require('express')();\n${source}\napp.listen(5000);\n`,
  });

  test('is installed and built with it, and stands where it is looked for', () => {
    const files = { ...client, ...server(served) };
    expect(factsOf(files, 'server').context).toBe('.');
    const text = dockerfileOf(files, {}, 'server');
    expect(text).toContain('npm install --prefix ../client');
    expect(text).toContain('RUN npm run build --prefix ../client\n');
    expect(text).toContain('WORKDIR /app/server');
    expect(text).toContain('COPY --from=build /app/client/dist /app/client/dist');
    expect(ignoreFileOf(files, 'server')).toContain('\nclient/dist\n');
  });

  test('is a part of it, not a second service', () => {
    const found = node.detect(projectFromObject({ ...client, ...server(served) }));
    expect(found.find(({ directory }) => directory === 'client')?.strength).toBe(35);
  });

  test.each([
    ['its configuration says so', 'vite build', "export default { build: { outDir: '../server/public' } }\n"],
    ['its script puts it there', 'react-scripts build && mv build ../server/public', ''],
  ])('may be built into the server: %s', (_why, build, config) => {
    const files = {
      ...server("app.use(require('express').static('public'));"),
      'client/package.json': manifest({ name: 'client', scripts: { build }, dependencies: { react: '19' } }),
      'client/vite.config.js': config,
    };
    const text = dockerfileOf(files, {}, 'server');
    expect(text).toContain('RUN npm run build --prefix ../client\n');
    expect(text).toContain('COPY --from=build --exclude=**/node_modules /app/server ./\n');
    expect(text).not.toContain('/app/server/public');
    const compiled = {
      ...files,
      'server/package.json': manifest({
        name: 'server',
        scripts: { build: 'tsc', start: 'node dist/index.js' },
        dependencies: { express: '4' },
      }),
      'server/tsconfig.json': '{"compilerOptions": {"outDir": "dist", "rootDir": "src"}}',
      'server/src/index.ts': "import express from 'express';\nexpress().listen(3000);\n",
    };
    expect(dockerfileOf(compiled, {}, 'server')).toContain('COPY --from=build /app/server/public /app/server/public');
  });

  test('is none where its package.json cannot be read', () => {
    const files = { ...server(served), 'client/package.json': '{' };
    expect(dockerfileOf(files, {}, 'server')).not.toContain('client');
  });

  test('is built as a member of the workspace, after what it needs', () => {
    const files = {
      ...server(served),
      'package.json': manifest({ workspaces: ['client', 'server', 'ui'] }),
      'client/package.json': manifest({ name: 'client', scripts: { build: 'vite build' }, dependencies: { ui: '*' } }),
      'ui/package.json': manifest({ name: 'ui', main: 'dist/ui.js', scripts: { build: 'vite build' } }),
    };
    const text = dockerfileOf(files, {}, 'server');
    expect(text).toContain('RUN npm run build --workspace=ui && \\\n    npm run build --workspace=client\n');
    expect(text).toContain('COPY --from=build /app/client/dist /app/client/dist');
    expect(text).not.toContain('/app/ui');
  });

  test('is left alone where nothing builds it, or where no source names its files', () => {
    expect(dockerfileOf({ ...client, ...server('') }, {}, 'server')).not.toContain('client');
    const plain = { 'client/package.json': manifest({ scripts: { build: 'tsc' } }) };
    expect(dockerfileOf({ ...plain, ...server(served) }, {}, 'server')).not.toContain('client');
  });
});

describe('a package of the workspace that the service needs', () => {
  const monorepo = (database: object, more: object = {}) => ({
    'package.json': manifest({ workspaces: ['apps/*', 'packages/*'] }),
    'apps/web/package.json': manifest({
      name: 'web',
      scripts: { build: 'next build', start: 'next start' },
      dependencies: { next: '^15', '@m/db': '*' },
    }),
    'packages/db/package.json': manifest({
      name: '@m/db',
      main: 'index.ts',
      dependencies: { '@prisma/client': '^6', prisma: '^6' },
      ...database,
    }),
    'packages/db/index.ts': '',
    'packages/db/prisma/schema.prisma': '',
    ...more,
  });

  test('has its install scripts run once the sources are there', () => {
    const text = dockerfileOf(monorepo({ scripts: { postinstall: 'prisma generate' } }), {}, 'apps/web');
    expect(text).toContain('npm --prefix packages/db pkg delete scripts.postinstall');
    expect(text).toContain('npm run postinstall --workspace=packages/db && \\\n    npm run build --workspace=apps/web');
  });

  test('has its client made where only its own script would make it, and the image what that needs', () => {
    const text = dockerfileOf(monorepo({ scripts: { generate: 'prisma generate' } }), {}, 'apps/web');
    expect(text).toContain('npm exec --workspace=packages/db -- prisma generate');
    expect(text).toContain('apt-get install -y --no-install-recommends openssl');
  });
});

describe('evidence', () => {
  const strengths = (files: Readonly<Record<string, string>>): Record<string, number> =>
    Object.fromEntries(node.detect(projectFromObject(files)).map((one) => [one.directory, one.strength]));

  test('is strong for what can be started, weak for roots and libraries of a workspace', () => {
    const found = strengths(workspace());
    expect(found['apps/api']).toBeGreaterThanOrEqual(90);
    expect(found['.']).toBeLessThan(50);
    expect(found['packages/shared']).toBeLessThan(50);
  });

  test('is weak for a client that the server builds', () => {
    const found = strengths({
      'package.json': manifest({ scripts: { start: 'node server.js', build: 'npm run build --prefix client' } }),
      'client/package.json': manifest({
        scripts: { start: 'react-scripts start' },
        dependencies: { 'react-scripts': '5' },
      }),
    });
    expect(found['client']).toBeLessThan(50);
    expect(found['.']).toBeGreaterThanOrEqual(90);
  });

  test('is weak for a root whose start script leads to another package by way of a second script', () => {
    const found = strengths({
      'package.json': manifest({
        workspaces: ['website'],
        scripts: { start: 'npm run start:website', 'start:website': 'yarn workspace website start' },
      }),
      'website/package.json': manifest({ scripts: { start: 'docusaurus start' } }),
    });
    expect(found['.']).toBeLessThan(50);
  });

  test('puts a server before the site beside it', () => {
    const found = strengths({
      'client/package.json': manifest({ scripts: { start: 'react-scripts start' }, dependencies: { react: '18' } }),
      'server/package.json': manifest({ scripts: { start: 'node index.js' }, dependencies: { express: '4' } }),
    });
    expect(found['server']).toBeGreaterThan(found['client'] ?? 0);
  });

  test('survives a manifest that cannot be read', () => {
    expect(node.detect(projectFromObject({ 'package.json': '{' }))).toHaveLength(1);
  });
});

test.each(['vuepress dev', 'cross-env PORT=3000 umi dev', 'npx lite-server', 'react-scripts start'])(
  'what only makes or serves files for browsers comes after a server beside it: %s',
  (start) => {
    const project = projectFromObject({
      'a/package.json': manifest({ scripts: { start } }),
      'b/package.json': manifest({ scripts: { start: 'node index.js' }, dependencies: { express: '^4' } }),
    });
    const [a, b] = node.detect(project);
    expect(b?.strength).toBeGreaterThan(a?.strength ?? 0);
  },
);

test('of a front end and a server side by side the server comes first', () => {
  const project = projectFromObject({
    'client/package.json': manifest({
      scripts: { start: 'react-scripts start' },
      dependencies: { 'react-scripts': '^5' },
    }),
    'server/package.json': manifest({ scripts: { start: 'node index.js' }, dependencies: { express: '^4' } }),
    'server/index.js': "require('express')().listen(3000);\n",
  });
  const strength = (directory: string): number =>
    node.detect(project).find((evidence) => evidence.directory === directory)?.strength ?? 0;
  expect(strength('server')).toBeGreaterThan(strength('client'));
  const top = projectFromObject({
    'package.json': manifest({ scripts: { start: 'react-scripts start' }, dependencies: { 'react-scripts': '^5' } }),
    'functions/package.json': manifest({ scripts: { start: 'npm run shell' } }),
  });
  const [root, below] = node.detect(top);
  expect(root?.strength).toBeGreaterThanOrEqual(below?.strength ?? 0);
});

test.each(['cd server && node app.js', 'npm start --prefix server', 'npm run api'])(
  'a root that builds a client and starts the server beside it is the service: %s',
  (start) => {
    const files = {
      'package.json': manifest({
        scripts: {
          start,
          api: 'cd server && npm start',
          postinstall: 'cd server && npm install',
          build: 'cd client && npm install && npm run build',
        },
      }),
      'server/package.json': manifest({ scripts: { start: 'node app.js' }, dependencies: { express: '^4' } }),
      'server/app.js': "require('express')().listen(process.env.PORT || 3000);\n",
      'client/package.json': manifest({ scripts: { start: 'vite', build: 'vite build' } }),
    };
    const [first] = [...node.detect(projectFromObject(files))].sort((a, b) => b.strength - a.strength);
    expect(first).toMatchObject({ directory: '.', strength: 90 });
    const text = dockerfileOf(files);
    expect(text).toContain('COPY --from=dependencies /app/server/node_modules ./server/node_modules');
    expect(text).toContain('RUN npm run build');
    expect(text).toContain('WORKDIR /app/server\n');
    expect(text).toContain('CMD ["node", "app.js"]');
  },
);

test('a program works in the folder that its script changes to', () => {
  const files = {
    'package.json': manifest({ scripts: { start: 'cd server && node index.js' }, dependencies: { express: '^4' } }),
    'server/index.js': "require('fs').mkdirSync('uploads');\nrequire('express')().listen(3000);\n",
  };
  const text = dockerfileOf(files);
  expect(text).toContain('COPY . .\n');
  expect(text).toContain('WORKDIR /app/server\nUSER');
  expect(text).toContain('CMD ["node", "index.js"]');
  expect(text).toContain('/writable/app/server/uploads');
  const tool = {
    ...files,
    'package.json': manifest({ scripts: { start: 'cd server && serverx run' }, dependencies: { serverx: '1' } }),
  };
  expect(dockerfileOf(tool)).toContain('CMD ["../node_modules/.bin/serverx", "run"]');
});

test.each([
  { 'package.json': manifest({ scripts: { start: 'cd server && node index.js' } }) },
  {
    'package.json': manifest({ devDependencies: { concurrently: '^9' } }),
    Procfile: 'web: npm start --prefix server\n',
  },
])('a root that only starts another package comes after it', (root) => {
  const project = projectFromObject({
    ...root,
    'server/package.json': manifest({ scripts: { start: 'node index.js' } }),
  });
  const strength = (directory: string): number =>
    node.detect(project).find((evidence) => evidence.directory === directory)?.strength ?? 0;
  expect(strength('server') - strength('.')).toBeGreaterThan(20);
});
