import { describe, expect, test } from 'vitest';
import { codesOf, dockerfileOf, express, factsOf, manifest } from './support.ts';

const SERVER = "require('http').createServer().listen(process.env.PORT || 3000);\n";

function commandOf(
  scripts: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = { 'index.js': SERVER },
  more: object = {},
): readonly string[] | undefined {
  return factsOf({ 'package.json': manifest({ scripts, ...more }), ...files }).command?.value;
}

describe('the start script is resolved to the program itself', () => {
  test.each([
    ['node index.js', ['node', 'index.js']],
    ['node index', ['node', 'index.js']],
    ['node .', ['node', 'index.js']],
    ['node ./index.js --flag', ['node', 'index.js', '--flag']],
    ['NODE_ENV=production node index.js', ['node', 'index.js']],
    ['cross-env NODE_ENV=production PORT=80 node index.js', ['node', 'index.js']],
    ['nodemon index.js', ['node', 'index.js']],
    ['nodemon --watch src --exec node index.js', ['node', 'index.js']],
    ['npx nodemon', ['node', 'index.js']],
    ['pm2-runtime start index.js --name api', ['node', 'index.js']],
    ['forever start index.js', ['node', 'index.js']],
    ['node --env-file=.env index.js', ['node', 'index.js']],
    ['node --inspect=0.0.0.0 --max-old-space-size=512 index.js', ['node', '--max-old-space-size=512', 'index.js']],
    ['node -r dotenv/config index.js', ['node', 'index.js']],
    ['node -r ./tracing.js index.js', ['node', '-r', './tracing.js', 'index.js']],
    ['dotenv -e .env.local -- node index.js', ['node', 'index.js']],
    ['env-cmd -f .env node index.js', ['node', 'index.js']],
    ['npm run serve', ['node', 'index.js']],
    ['yarn serve', ['node', 'index.js']],
    ['run-s serve', ['node', 'index.js']],
    ['exec node index.js', ['node', 'index.js']],
  ])('%s', (start, command) => {
    expect(commandOf({ start, serve: 'node index.js' })).toEqual(command);
  });

  test('without a script: main, then the usual files', () => {
    expect(commandOf({}, { 'lib/x.js': SERVER }, { main: 'lib/x.js' })).toEqual(['node', 'lib/x.js']);
    expect(commandOf({}, { 'server.js': SERVER, 'index.js': SERVER })).toEqual(['node', 'server.js']);
    expect(commandOf({}, { 'src/index.js': SERVER })).toEqual(['node', 'src/index.js']);
    expect(commandOf({}, { 'bin/www': SERVER })).toEqual(['node', 'bin/www']);
  });

  test('a package that others load is started by its own program', () => {
    const more = { main: 'lib/app.js', bin: { app: 'bin/app.js', other: 'bin/other.js' } };
    const files = { 'lib/app.js': 'module.exports = () => {};\n', 'bin/app.js': SERVER, 'bin/other.js': '' };
    expect(commandOf({}, files, more)).toEqual(['node', 'bin/app.js']);
    expect(commandOf({}, { ...files, 'lib/app.js': SERVER }, more)).toEqual(['node', 'lib/app.js']);
  });

  test.each([
    ['tsdown', 'tsdown --watch'],
    ['@vercel/ncc', 'ncc build src/index.js -w -o dist'],
    ['unbuild', 'unbuild --stub'],
  ])('a compiler that watches is no program: %s', (name, dev) => {
    expect(commandOf({ dev }, { 'src/index.js': SERVER }, { devDependencies: { [name]: '1' } })).toEqual([
      'node',
      'src/index.js',
    ]);
  });

  test('a file that is started by its name is run as its first line says', () => {
    const files = { 'bin/server': `#!/usr/bin/env -S node -r esm\n${SERVER}` };
    expect(commandOf({ start: './bin/server' }, files)).toEqual(['node', '-r', 'esm', 'bin/server']);
    const script = factsOf({
      'package.json': manifest({ scripts: { start: './bin/start' } }),
      'bin/start': '#!/bin/sh\nexec node index.js\n',
    });
    expect(codesOf(script)).toContain('shell-start');
  });

  test('an earlier Dockerfile names the program as seen from its own folder', () => {
    const files = { 'bin/web.js': SERVER, 'run.sh': '' };
    const from = (lines: string): Record<string, string> => ({
      ...files,
      Dockerfile: `FROM node:24\nWORKDIR /srv/it\n${lines}\n`,
    });
    expect(commandOf({}, from('CMD ["node", "/srv/it/bin/web.js"]'))).toEqual(['node', 'bin/web.js']);
    expect(commandOf({}, from('ENTRYPOINT ["node"]\nCMD ["bin/web.js"]'))).toEqual(['node', 'bin/web.js']);
    expect(commandOf({}, from('CMD ["/srv/it/run.sh"]'), { main: 'bin/web.js' })).toEqual(['node', 'bin/web.js']);
  });

  test('settings that the script reads stay out of the image, and name the port', () => {
    const files = {
      'package.json': manifest({
        scripts: { start: 'cross-env DOTENV_CONFIG_PATH=./config/.env.production node -r dotenv/config index.js' },
      }),
      'index.js': "require('http').createServer().listen(settings.port);\n",
      'config/.env.production': 'NODE_ENV=production\nPORT=8081\n',
    };
    const facts = factsOf(files);
    expect(facts.port).toMatchObject({ value: 8081, from: 'config/.env.production:2' });
    expect(codesOf(facts)).toContain('settings-file');
    expect(dockerfileOf(files)).toContain('PORT=8081');
    expect(dockerfileOf(files)).not.toContain('DOTENV');
  });

  test('a program of a production dependency keeps no development ones', () => {
    const files = {
      'package.json': manifest({
        scripts: { start: 'moleculer-runner services' },
        dependencies: { moleculer: '^0.14.0', 'moleculer-web': '^0.10.0' },
        devDependencies: { jest: '^29' },
      }),
      'services/api.service.js': 'module.exports = { settings: { port: process.env.PORT || 3000 } };\n',
    };
    expect(dockerfileOf(files)).toContain('npm install --omit=dev');
    expect(codesOf(factsOf(files))).not.toContain('development-kept');
  });

  test('packages that start each other come to an end', () => {
    const files = {
      'package.json': manifest({ scripts: { start: 'cd app && npm start' } }),
      'app/package.json': manifest({ scripts: { start: 'cd .. && npm start', server: 'cd ../app && npm run server' } }),
    };
    expect(factsOf(files).command).toBeNull();
    expect(factsOf(files, 'app').command).toBeNull();
  });

  test('a program of the project comes before a tool that only developers have', () => {
    const more = { devDependencies: { '@x/sketch': '^1.0.0' } };
    expect(commandOf({ start: 'sketch start', server: 'node index.js' }, undefined, more)).toEqual([
      'node',
      'index.js',
    ]);
  });

  test('a script for production comes first, and a Procfile before it', () => {
    const files = { 'index.js': SERVER, 'dev.js': SERVER, 'web.js': SERVER };
    expect(commandOf({ start: 'node dev.js', 'start:prod': 'node index.js' }, files)).toEqual(['node', 'index.js']);
    expect(commandOf({ start: 'node dev.js' }, { ...files, Procfile: 'web: node web.js\n' })).toEqual([
      'node',
      'web.js',
    ]);
  });

  test('a script that leads nowhere is passed over', () => {
    expect(commandOf({ start: 'node src/gone.js' }, { 'src/other.js': '', 'server.js': SERVER })).toEqual([
      'node',
      'server.js',
    ]);
  });

  test('of programs side by side the server is taken, and the others are named', () => {
    const files = {
      'package.json': manifest({
        scripts: { start: 'concurrently "npm:api" "vite"', api: 'node server/index.js' },
        devDependencies: { vite: '^5' },
      }),
      'server/index.js': SERVER,
    };
    const facts = factsOf(files);
    expect(facts.command?.value).toEqual(['node', 'server/index.js']);
    expect(codesOf(facts)).toContain('beside-dropped');
  });

  test('helpers beside the program are neither started nor named', () => {
    const files = {
      'package.json': manifest({
        scripts: {
          'dev:client': 'wait-port 3000 && tsx watch src/client',
          'dev:server': 'tsx watch src/server',
          dev: 'run-p dev:*',
        },
        devDependencies: { tsx: '^4.0.0', 'wait-port': '^1.0.0' },
      }),
      'src/server/index.ts': SERVER,
      'src/client/index.ts': "fetch('http://localhost:3000');\n",
    };
    expect(factsOf(files).command?.value).toContain('src/server/index.ts');
    const browser = factsOf({
      'package.json': manifest({ scripts: { start: 'node index.js & open http://localhost:3000' } }),
      'index.js': SERVER,
    });
    expect(browser.command?.value).toEqual(['node', 'index.js']);
    expect(codesOf(browser)).not.toContain('beside-dropped');
  });

  test('only what stands before the program is a step of the build, never the script that starts it', () => {
    const text = dockerfileOf({
      'package.json': manifest({
        scripts: {
          build: 'tsc',
          start: 'npm run start:bot',
          'start:bot': 'npm run compile && node dist/index.js',
          compile: 'swc src -d dist',
          'prestart:bot': 'npm run build',
        },
        devDependencies: { typescript: '^5', '@swc/cli': '^0.5' },
      }),
      'tsconfig.json': '{"compilerOptions": {"outDir": "dist", "rootDir": "src"}}',
      'src/index.ts': SERVER,
    });
    expect(text).toContain('RUN npm run build && \\\n    npm run compile');
    expect(text).not.toContain('start:bot');
  });

  test('what the build script runs already, or only takes away, is no further step', () => {
    const scripts = {
      build: 'tsc',
      clean: 'rimraf dist',
      prestart: 'npm run clean && npm run build',
      start: 'node dist/index.js',
    };
    const text = dockerfileOf({
      'package.json': manifest({ scripts, devDependencies: { typescript: '^5', rimraf: '^5' } }),
      'tsconfig.json': '{"compilerOptions": {"outDir": "dist", "rootDir": "src"}}',
      'src/index.ts': SERVER,
    });
    expect(text).toContain('RUN npm run build\n');
  });

  test.each([
    ['node index.js -p $PORT', ['node', 'index.js']],
    ['node index.js --port ${PORT:-9000}', ['node', 'index.js', '--port', '9000']],
    ['node index.js --port=$PORT -v', ['node', 'index.js', '-v']],
  ])('no shell fills in variables: %s', (start, command) => {
    expect(commandOf({ start })).toEqual(command);
    expect(commandOf({}, { 'index.js': SERVER, Procfile: `web: ${start}\n` })).toEqual(command);
  });

  test('variables that the script sets stay', () => {
    const text = dockerfileOf(express({ scripts: { start: 'cross-env PORT=4000 MODE=fast node index.js' } }));
    expect(text).toContain('PORT=4000');
    expect(text).toContain('MODE=fast');
    expect(text).toContain('EXPOSE 4000');
  });

  test('a migration before the program is left to a job, and named', () => {
    const facts = factsOf(express({ scripts: { start: 'knex migrate:latest && node index.js' } }));
    expect(facts.command?.value).toEqual(['node', 'index.js']);
    expect(codesOf(facts)).toContain('start-step-dropped');
  });

  test('nothing to start is a note, and the command is asked for', () => {
    const facts = factsOf({ 'package.json': manifest({ scripts: { test: 'jest' } }) });
    expect(facts.command).toBeNull();
    expect(codesOf(facts)).toContain('nothing-to-start');
  });
});

describe('TypeScript', () => {
  const SOURCE = "import http from 'http';\nhttp.createServer().listen(process.env.PORT || 3000);\n";
  const config = (options: object = {}, more: object = {}): string =>
    JSON.stringify({ compilerOptions: { outDir: 'dist', ...options }, ...more });
  const project = (
    scripts: object,
    files: Readonly<Record<string, string>>,
    more: object = {},
  ): Record<string, string> => ({
    'package.json': manifest({
      scripts,
      devDependencies: { typescript: '^5.4.0', 'ts-node': '^10.0.0', tsx: '^4.0.0' },
      ...more,
    }),
    'src/index.ts': SOURCE,
    ...files,
  });

  test.each([
    ['rootDir', config({ rootDir: 'src' }), 'dist/index.js'],
    ['the folder of all inputs', config({}, { include: ['src'] }), 'dist/index.js'],
    ['outDir alone', config({ outDir: 'out/js' }, { include: ['src/**/*'] }), 'out/js/index.js'],
  ])('a runner is replaced by what the build makes, found by %s', (_what, tsconfig, compiled) => {
    const files = project({ build: 'tsc', start: 'ts-node src/index.ts' }, { 'tsconfig.json': tsconfig });
    expect(factsOf(files).command?.value).toEqual(['node', compiled]);
  });

  test('inputs beside the source folder move the output down', () => {
    const files = project(
      { build: 'tsc', start: 'ts-node src/index.ts' },
      { 'tsconfig.json': config(), 'prisma/seed.ts': '' },
    );
    expect(factsOf(files).command?.value).toEqual(['node', 'dist/src/index.js']);
  });

  test('settings that extend others are followed', () => {
    const files = project(
      { build: 'tsc -p tsconfig.build.json', start: 'tsx src/index.ts' },
      {
        'tsconfig.build.json': '{"extends": "./tsconfig.json", "include": ["src"]}',
        'tsconfig.json': config({ outDir: './lib' }),
      },
    );
    expect(factsOf(files).command?.value).toEqual(['node', 'lib/index.js']);
  });

  test.each([
    ['there is no build', project({ start: 'tsx src/index.ts' }, { 'tsconfig.json': config() })],
    [
      'the compiler only checks',
      project({ build: 'tsc --noEmit', start: 'tsx src/index.ts' }, { 'tsconfig.json': config() }),
    ],
    [
      'path aliases would stay',
      project(
        { build: 'tsc', start: 'tsx src/index.ts' },
        {
          'tsconfig.json': config({ rootDir: 'src', paths: { '@/*': ['./src/*'] } }),
          'src/index.ts': `import '@/x';\n${SOURCE}`,
        },
      ),
    ],
    [
      'ES modules are imported without ending',
      project(
        { build: 'tsc', start: 'tsx src/index.ts' },
        {
          'tsconfig.json': config({ rootDir: 'src', module: 'esnext' }),
          'src/index.ts': `import { x } from './x';\n${SOURCE}`,
          'src/x.ts': '',
        },
        { type: 'module' },
      ),
    ],
    [
      'templates lie beside the sources',
      project(
        { build: 'tsc', start: 'tsx src/index.ts' },
        { 'tsconfig.json': config({ rootDir: 'src' }), 'src/views/a.ejs': '' },
      ),
    ],
  ])('the runner stays where %s', (_why, files) => {
    const facts = factsOf(files);
    expect(facts.command?.value).toEqual(['node', '--import', 'tsx', 'src/index.ts']);
    expect(codesOf(facts)).toContain('typescript-at-run-time');
    expect(dockerfileOf(files)).not.toContain('prune');
  });

  test('a script that starts what was compiled comes before a runner', () => {
    const files = project(
      { build: 'tsc', start: 'MODE=dev ts-node src/index.ts', serve: 'MODE=prod node dist/index.js' },
      { 'tsconfig.json': config({ rootDir: 'src' }) },
    );
    expect(factsOf(files).command?.value).toEqual(['node', 'dist/index.js']);
    expect(dockerfileOf(files)).toContain('MODE=prod');
  });

  test('a check of types before the runner is no step', () => {
    const files = project({ start: 'tsc && tsx src/index.ts' }, { 'tsconfig.json': config({ noEmit: true }) });
    expect(dockerfileOf(files)).not.toContain('AS build');
  });

  test('settings that write nothing may be told otherwise', () => {
    const files = project(
      { build: 'tsc --noEmit false', start: 'tsx src/index.ts' },
      { 'tsconfig.json': config({ noEmit: true, rootDir: 'src' }) },
    );
    expect(factsOf(files).command?.value).toEqual(['node', 'dist/index.js']);
  });

  test('aliases that package.json lists as imports are resolved by Node', () => {
    const files = project(
      { build: 'tsc', start: 'tsx src/index.ts' },
      {
        'tsconfig.json': config({ rootDir: 'src', paths: { '#root/*': ['./src/*'] } }),
        'src/index.ts': `import '#root/x.js';\n${SOURCE}`,
        'src/x.ts': '',
      },
      { imports: { '#root/*': './dist/*' } },
    );
    expect(factsOf(files).command?.value).toEqual(['node', 'dist/index.js']);
  });

  test('what Node loads before the program stays, with the settings that it reads', () => {
    const files = project(
      { build: 'tsc', start: 'node -r tsconfig-paths/register dist/index.js' },
      { 'tsconfig.json': config({ rootDir: 'src', baseUrl: '.' }) },
      { devDependencies: { typescript: '^5.4.0', 'tsconfig-paths': '^4.0.0' } },
    );
    expect(codesOf(factsOf(files))).toContain('development-kept');
    expect(dockerfileOf(files)).toContain('COPY --from=build /app/tsconfig.json ./tsconfig.json');
    expect(dockerfileOf(files)).not.toContain('prune');
  });

  test('source maps are read by Node where their package is one for development', () => {
    const scripts = { build: 'tsc', start: 'node -r source-map-support/register dist/index.js' };
    const files = project(scripts, { 'tsconfig.json': config({ rootDir: 'src' }) });
    expect(factsOf(files).command?.value).toEqual(['node', '--enable-source-maps', 'dist/index.js']);
    const kept = project(
      scripts,
      { 'tsconfig.json': config({ rootDir: 'src' }) },
      { dependencies: { 'source-map-support': '*' } },
    );
    expect(factsOf(kept).command?.value).toEqual(['node', '-r', 'source-map-support/register', 'dist/index.js']);
  });

  test.each([
    ["import 'dotenv/config';", true],
    ["import { config } from 'dotenv/lib/main';\nconfig();", true],
    ["import type { DotenvConfigOptions } from 'dotenv';", false],
    ["import { DotenvConfigOptions } from 'dotenv';\nlet options: DotenvConfigOptions;", false],
  ])('what only development dependencies name is kept where it is loaded: %s', (line, isKept) => {
    const files = project(
      { build: 'tsc', start: 'node dist/index.js' },
      { 'tsconfig.json': config({ rootDir: 'src' }), 'src/index.ts': `${line}\n${SOURCE}` },
      { devDependencies: { typescript: '^5.4.0', dotenv: '^16.0.0' } },
    );
    expect(codesOf(factsOf(files)).includes('development-kept')).toBe(isKept);
  });

  test('aliases of the compiler are followed to what the program loads', () => {
    const facts = factsOf(
      project(
        { build: 'tsc && tsc-alias', start: 'node dist/index.js' },
        {
          'tsconfig.json': config({ rootDir: 'src', baseUrl: '.', paths: { '@config/*': ['src/settings/*'] } }),
          'src/index.ts': `import { port } from '@config/index';\n${SOURCE}`,
          'src/settings/index.ts': "import dotenv from 'dotenv';\ndotenv.config();\n",
        },
        { devDependencies: { typescript: '^5.4.0', 'tsc-alias': '^1.8.0', dotenv: '^16.0.0' } },
      ),
    );
    expect(facts.notes.find(({ code }) => code === 'development-kept')?.args).toEqual({ package: 'dotenv' });
  });

  test('a server’s own program gets the compiled files alone', () => {
    const text = dockerfileOf(
      project(
        { 'build:ts': 'tsc', start: 'npm run build:ts && fastify start dist/app.js' },
        { 'tsconfig.json': config({ rootDir: 'src' }), 'src/app.ts': 'export default async () => {};\n' },
        { dependencies: { fastify: '^5.0.0', 'fastify-cli': '^7.0.0' } },
      ),
    );
    expect(text).toContain('COPY --from=build /app/dist ./dist\n');
    expect(text).not.toContain('--exclude');
  });

  test('what no script compiles is compiled by the compiler', () => {
    const files = project({ start: 'node dist/index.js' }, { 'tsconfig.json': config({ rootDir: 'src' }) });
    expect(dockerfileOf(files)).toContain('RUN npx tsc');
  });

  test('Nest compiles by its own settings', () => {
    const files = project(
      { build: 'nest build', start: 'nest start' },
      {
        'nest-cli.json': '{}',
        'tsconfig.json': config(),
        'tsconfig.build.json': '{"extends": "./tsconfig.json"}',
        'src/main.ts': SOURCE,
      },
      { dependencies: { '@nestjs/core': '^10.0.0' } },
    );
    expect(factsOf(files).command?.value).toEqual(['node', 'dist/main.js']);
  });
});

test.each([
  [{ dependencies: { fastify: '5' }, devDependencies: { 'fastify-cli': '7' } }, 'fastify start app.js', true],
  [{ dependencies: { fastify: '5', 'fastify-cli': '7' } }, 'fastify start app.js', false],
  [
    { dependencies: { '@modern-js/runtime': '2' }, devDependencies: { '@modern-js/app-tools': '2' } },
    'modern serve',
    true,
  ],
  [{ dependencies: { '@modern-js/app-tools': '2' } }, 'modern serve', false],
])('development dependencies stay where one of them may bring the program: %j', (more, start, stays) => {
  const { server } = factsOf({ 'package.json': manifest({ scripts: { start }, ...more }), 'app.js': '' });
  expect(server?.keepsDevelopment !== null).toBe(stays);
});

test.each([
  ['npm run serve -- -w 2', ['node', 'index.js', '-w', '2']],
  ['yarn serve -w 2', ['node', 'index.js', '-w', '2']],
])('options of a script are not those of its package manager: %s', (start, command) => {
  const files = { 'index.js': SERVER };
  expect(commandOf({ start, serve: 'node index.js' }, files)).toEqual(command);
});
