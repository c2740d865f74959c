import { describe, expect, test } from 'vitest';
import { codesOf, dockerfileOf, express, factsOf, manifest } from './support.ts';

const NPM_LOCK = JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/express': { version: '4.21.0' } } });
const YARN_LOCK = '# yarn lockfile v1\n\n\nexpress@^4.18.0:\n  version "4.18.2"\n';
const BERRY_LOCK = '__metadata:\n  version: 8\n\n"express@npm:^4.18.0":\n  version: 4.18.2\n';
const PNPM_LOCK =
  "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      express:\n        specifier: ^4.18.0\n        version: 4.18.2\n\npackages:\n";

describe('the lock file is enforced by its own package manager', () => {
  test.each([
    ['npm', { 'package-lock.json': NPM_LOCK }, {}, 'npm ci'],
    ['npm-shrinkwrap', { 'npm-shrinkwrap.json': NPM_LOCK }, {}, 'npm ci'],
    ['Yarn 1', { 'yarn.lock': YARN_LOCK }, {}, 'yarn install --frozen-lockfile --non-interactive --ignore-engines'],
    ['Yarn 4', { 'yarn.lock': BERRY_LOCK }, {}, 'yarn install --immutable'],
    ['pnpm', { 'pnpm-lock.yaml': PNPM_LOCK }, {}, 'pnpm install --frozen-lockfile'],
  ])('%s', (_name, files, more, command) => {
    const text = dockerfileOf(express(more, files));
    expect(text).toContain(command);
    expect(text).toContain(`COPY package.json ${Object.keys(files)[0]} ./`);
  });

  test('what npm does before it publishes, and audits, are no steps', () => {
    const scripts = {
      start: 'node dist/index.js',
      build: 'tsc',
      prepublish: 'npm test && npm run build',
      test: 'jest',
    };
    const text = dockerfileOf(express({ scripts: { ...scripts, prepare: 'snyk protect' } }));
    expect(text).not.toMatch(/npm run (?:prepublish|prepare)/);
  });

  test('without one, or with one out of step, the installation may choose, and that is said', () => {
    expect(dockerfileOf(express())).toMatch(/ENV npm_config_force=true[\s\S]*npm install$/m);
    expect(codesOf(factsOf(express()))).toContain('lock-missing');
    const old = express({ dependencies: { express: '^5.0.0' } }, { 'package-lock.json': NPM_LOCK });
    expect(dockerfileOf(old)).toMatch(/npm install$/m);
    expect(codesOf(factsOf(old))).toContain('lock-out-of-step');
    expect(dockerfileOf(express({ dependencies: { express: '^5' } }, { 'pnpm-lock.yaml': PNPM_LOCK }))).toContain(
      '--no-frozen-lockfile',
    );
  });

  test('one that leaves peers out is read as it was made', () => {
    const lock = JSON.stringify({
      lockfileVersion: 3,
      packages: { 'node_modules/express': { version: '4.21.0', peerDependencies: { x: '1' } } },
    });
    expect(dockerfileOf(express({}, { 'package-lock.json': lock }))).toContain('ENV npm_config_legacy_peer_deps=true');
  });
});

describe('the package manager', () => {
  test.each([
    [
      'pnpm by packageManager',
      { packageManager: 'pnpm@8.6.1+sha512.abc' },
      { 'pnpm-lock.yaml': PNPM_LOCK },
      'npm install -g pnpm@8.6.1',
    ],
    [
      'pnpm by its lock, format 6',
      {},
      {
        'pnpm-lock.yaml':
          "lockfileVersion: '6.0'\n\ndependencies:\n  express:\n    specifier: ^4.18.0\n    version: 4.18.2\n\npackages:\n",
      },
      'npm install -g pnpm@8.15.9',
    ],
    [
      'pnpm by its lock, format 5',
      {},
      {
        'pnpm-lock.yaml':
          'lockfileVersion: 5.4\n\nspecifiers:\n  express: ^4.18.0\n\ndependencies:\n  express: 4.18.2\n\npackages:\n',
      },
      'npm install -g pnpm@7.33.7',
    ],
    ['pnpm by its lock, format 9', {}, { 'pnpm-lock.yaml': PNPM_LOCK }, 'npm install -g pnpm@9.15.9'],
    [
      'pnpm with settings that only newer ones read',
      {},
      { 'pnpm-lock.yaml': PNPM_LOCK, 'pnpm-workspace.yaml': 'onlyBuiltDependencies:\n  - sharp\n' },
      'npm install -g pnpm@10.34.8',
    ],
    [
      'pnpm by engines',
      { engines: { pnpm: '^11' } },
      { 'pnpm-lock.yaml': PNPM_LOCK, 'pnpm-workspace.yaml': 'allowBuilds:\n  sharp: true\n' },
      'npm install -g pnpm@11.28.10',
    ],
    [
      'Yarn 4 by packageManager',
      { packageManager: 'yarn@4.1.1' },
      { 'yarn.lock': BERRY_LOCK },
      'npm install -g --force @yarnpkg/cli-dist@4.1.1',
    ],
    [
      'Yarn 3 by its lock',
      {},
      { 'yarn.lock': BERRY_LOCK.replace('8', '6') },
      'npm install -g --force @yarnpkg/cli-dist@3.8.7',
    ],
    ['Yarn 1 on Node 26', { engines: { node: '26' } }, { 'yarn.lock': YARN_LOCK }, 'npm install -g yarn@1.22.22'],
    [
      'by devEngines',
      { devEngines: { packageManager: { name: 'pnpm', version: '10.1.0' } } },
      {},
      'npm install -g pnpm@10.1.0',
    ],
  ])('is installed in its own version: %s', (_name, more, files, command) => {
    expect(dockerfileOf(express(more, files))).toContain(command);
  });

  test('that comes with the image is not installed', () => {
    expect(dockerfileOf(express({}, { 'yarn.lock': YARN_LOCK }))).not.toContain('npm install -g');
    expect(dockerfileOf(express({ packageManager: 'npm@10.2.0' }, { 'package-lock.json': NPM_LOCK }))).not.toContain(
      'npm install -g',
    );
  });

  test('is Yarn’s own release where the project has one', () => {
    const text = dockerfileOf(
      express(
        {},
        {
          'yarn.lock': BERRY_LOCK,
          '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.1.0.cjs\nnodeLinker: node-modules\n',
          '.yarn/releases/yarn-4.1.0.cjs': '',
        },
      ),
    );
    expect(text).toContain('node .yarn/releases/yarn-4.1.0.cjs install --immutable');
    expect(text).toContain('COPY --parents .yarn/releases ./');
    expect(text).not.toContain('YARN_NODE_LINKER');
  });

  test('of a Plug’n’Play project installs into node_modules', () => {
    expect(dockerfileOf(express({}, { 'yarn.lock': BERRY_LOCK, '.yarnrc.yml': 'enableTelemetry: false\n' }))).toContain(
      'YARN_NODE_LINKER=node-modules',
    );
  });

  test('among several locks is the one in step, then the most telling one, and that is said', () => {
    const both = factsOf(express({}, { 'package-lock.json': NPM_LOCK, 'yarn.lock': YARN_LOCK }));
    expect(both.install.manager).toBe('yarn');
    expect(codesOf(both)).toContain('several-locks');
    expect(
      factsOf(express({}, { 'package-lock.json': NPM_LOCK, 'yarn.lock': YARN_LOCK.replace('^4', '^3') })).install
        .manager,
    ).toBe('npm');
  });

  test('that is declared gives way to the lock file that is there', () => {
    const facts = factsOf(express({ packageManager: 'pnpm@9.0.0' }, { 'package-lock.json': NPM_LOCK }));
    expect(facts.install.manager).toBe('npm');
    expect(codesOf(facts)).toContain('manager-conflict');
  });
});

describe('install scripts of the project itself', () => {
  test('are taken out, so that the installation needs no sources and no Git', () => {
    const text = dockerfileOf(
      express(
        { scripts: { start: 'node index.js', prepare: 'husky', postinstall: 'node scripts/make.js' } },
        { 'scripts/make.js': '' },
      ),
    );
    expect(text).toContain('npm pkg delete scripts.postinstall scripts.prepare && \\\n    npm ');
    expect(text.indexOf('COPY . .')).toBeLessThan(text.indexOf('npm run postinstall'));
    expect(text).not.toContain('npm run prepare');
  });

  test('that only repeat the build are not run again', () => {
    const text = dockerfileOf(express({ scripts: { start: 'node index.js', build: 'tsc', prepare: 'npm run build' } }));
    expect(text.match(/npm run/g)).toHaveLength(1);
  });

  test('that patch packages are run where these are installed', () => {
    const text = dockerfileOf(
      express(
        { scripts: { start: 'node index.js', postinstall: 'patch-package' } },
        { 'patches/express+4.18.2.patch': '' },
      ),
    );
    expect(text).toContain('COPY --parents patches ./');
    expect(text).toContain('npx patch-package');
  });

  test('change what production gets only when they may have changed node_modules', () => {
    const plain = { devDependencies: { typescript: '^5' }, scripts: { start: 'node dist/index.js', build: 'tsc' } };
    expect(dockerfileOf(express(plain, { 'src/index.ts': '' }))).toContain('FROM dependencies AS production');
    const script = { ...plain, scripts: { ...plain.scripts, postinstall: 'node make.js' } };
    expect(dockerfileOf(express(script, { 'src/index.ts': '', 'make.js': '' }))).toContain('FROM build AS production');
  });
});

describe('what an installation reads', () => {
  test('are settings without credentials', () => {
    expect(dockerfileOf(express({}, { '.npmrc': 'legacy-peer-deps=true\n' }))).toContain('COPY package.json .npmrc ./');
  });

  test('are settings with credentials only as a secret', () => {
    const text = dockerfileOf(express({}, { '.npmrc': '//r.example/:_authToken=${TOKEN}\nlegacy-peer-deps=true\n' }));
    expect(text).toContain('--mount=type=secret,id=npmrc,target=/app/.npmrc');
    expect(text).not.toMatch(/COPY.*npmrc/);
    expect(text).toContain('npm_config_legacy_peer_deps=true');
  });

  test('are packages that lie in the project', () => {
    expect(
      dockerfileOf(
        express(
          { dependencies: { express: '^4', local: 'file:./lib/local' } },
          { 'lib/local/package.json': manifest() },
        ),
      ),
    ).toContain('COPY --parents lib/local ./');
  });

  test('are the manifests of a client that the build makes', () => {
    const files = express(
      { scripts: { start: 'node index.js', build: 'cd client && npm install && npm run build' } },
      { 'client/package.json': manifest({ scripts: { build: 'vite build' } }), 'client/index.html': '' },
    );
    const text = dockerfileOf(files);
    expect(text).toContain('COPY --parents client/package.json ./');
    expect(text).toContain('npm install --prefix client');
  });
});

describe('production', () => {
  test('is installed at once where nothing is built', () => {
    const text = dockerfileOf(express({ devDependencies: { jest: '^29' } }));
    expect(text).toContain('npm install --omit=dev');
    expect(text).not.toContain('AS production');
  });

  test.each([
    ['npm', { 'package-lock.json': NPM_LOCK }, 'npm prune --omit=dev --ignore-scripts'],
    ['Yarn 1', { 'yarn.lock': YARN_LOCK }, 'yarn install --production --ignore-scripts'],
    ['Yarn 4', { 'yarn.lock': BERRY_LOCK }, 'yarn workspaces focus --production --all'],
    ['pnpm', { 'pnpm-lock.yaml': PNPM_LOCK }, 'pnpm prune --prod --ignore-scripts'],
  ])('is pruned after a build: %s', (_name, files, command) => {
    const more = { scripts: { start: 'node dist/index.js', build: 'tsc' }, devDependencies: { typescript: '^5' } };
    expect(dockerfileOf(express(more, { ...files, 'src/index.ts': '' }))).toContain(command);
  });

  test('keeps development dependencies that the program loads, and says so', () => {
    const files = express(
      { devDependencies: { morgan: '^1' } },
      { 'index.js': "const morgan = require('morgan');\nrequire('express')().listen(3000);\n" },
    );
    expect(dockerfileOf(files)).not.toContain('--omit=dev');
    expect(codesOf(factsOf(files))).toContain('development-kept');
  });

  test('of a project without dependencies has no node_modules', () => {
    expect(
      dockerfileOf({
        'package.json': manifest({ scripts: { start: 'node s.js' } }),
        's.js': "require('http').createServer().listen(3000);",
      }),
    ).not.toContain('node_modules');
  });
});

test.each([
  ['npm', {}, ['libs/*'], 'npm pkg delete scripts.prepare'],
  [
    'Yarn, with workspaces that npm refuses',
    { packageManager: 'yarn@1.22.22' },
    { packages: ['libs/*'] },
    'node -e "const p',
  ],
  ['Bun', { packageManager: 'bun@1.4.0' }, { packages: ['libs/*'], catalog: {} }, 'bun pm pkg delete scripts.prepare'],
  ['an older Bun', { packageManager: 'bun@1.1.0' }, { packages: ['libs/*'] }, 'node -e "const p'],
])('the install scripts of the root are taken out by %s', (_name, more, workspaces, command) => {
  const files = {
    'package.json': manifest({ workspaces, scripts: { start: 'node index.js', prepare: 'husky' }, ...more }),
    'index.js': "require('http').createServer().listen(3000);\n",
    'libs/a/package.json': manifest({ name: 'a' }),
  };
  expect(dockerfileOf(files)).toContain(command);
});
