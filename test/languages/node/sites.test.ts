import { describe, expect, test } from 'vitest';
import { codesOf, dockerfileOf, factsOf, manifest } from './support.ts';

function site(
  scripts: object,
  dependencies: object,
  files: Readonly<Record<string, string>> = {},
  more: object = {},
): Record<string, string> {
  return { 'package.json': manifest({ scripts, devDependencies: dependencies, ...more }), ...files };
}

describe('a site is built and put behind a web server', () => {
  test.each([
    ['Vite', site({ dev: 'vite', build: 'vite build' }, { vite: '^5' }), 'dist'],
    [
      'Vite with a folder in its settings',
      site(
        { build: 'tsc -b && vite build' },
        { vite: '^5' },
        { 'vite.config.ts': "export default {\n  build: { outDir: 'out' },\n}" },
      ),
      'out',
    ],
    [
      'Vite with a root',
      site(
        { build: 'vite build' },
        { vite: '^5' },
        { 'vite.config.js': "export default {\n  root: 'src',\n  build: {\n    outDir: '../public',\n  },\n}" },
      ),
      'public',
    ],
    ['Vite with an option', site({ build: 'vite build --outDir site' }, { vite: '^5' }), 'site'],
    ['Vite that is only started', site({ start: 'vite' }, { vite: '^5' }), 'dist'],
    [
      'Create React App',
      site({ start: 'react-scripts start', build: 'react-scripts build' }, { 'react-scripts': '5.0.1' }),
      'build',
    ],
    [
      'craco',
      site({ start: 'craco start', build: 'craco build' }, { '@craco/craco': '^7', 'react-scripts': '5.0.1' }),
      'build',
    ],
    [
      'Vue CLI',
      site(
        { serve: 'vue-cli-service serve', build: 'vue-cli-service build' },
        { '@vue/cli-service': '^5' },
        { 'vue.config.js': "module.exports = { outputDir: 'www' }" },
      ),
      'www',
    ],
    ['Gatsby', site({ start: 'gatsby develop', build: 'gatsby build' }, { gatsby: '^5' }), 'public'],
    [
      'Docusaurus',
      site({ start: 'docusaurus start', build: 'docusaurus build' }, { '@docusaurus/core': '^3' }),
      'build',
    ],
    [
      'VitePress',
      site({ 'docs:dev': 'vitepress dev docs', build: 'vitepress build docs' }, { vitepress: '^1' }),
      'docs/.vitepress/dist',
    ],
    [
      'VitePress under a script of another name',
      site({ 'docs:dev': 'vitepress dev docs', 'docs:build': 'vitepress build docs' }, { vitepress: '^1' }),
      'docs/.vitepress/dist',
    ],
    [
      'VitePress with a folder in its settings',
      site(
        { 'docs:build': 'vitepress build docs' },
        { vitepress: '^1' },
        { 'docs/.vitepress/config.mts': "export default {\n  outDir: '../out',\n}" },
      ),
      'out',
    ],
    [
      'the pages of a library',
      site(
        { build: 'tsc', 'docs:build': 'vuepress build docs' },
        { vuepress: '^1', typescript: '^5' },
        { 'src/index.ts': 'export const one = 1;' },
        { main: 'dist/index.js', files: ['dist'] },
      ),
      'docs/.vuepress/dist',
    ],
    ['Rspack', site({ dev: 'rspack dev', build: 'rspack build' }, { '@rspack/cli': '^2' }), 'dist'],
    ['Slidev', site({ dev: 'slidev --open', build: 'slidev build' }, { '@slidev/cli': '^52' }), 'dist'],
    ['Expo', site({ start: 'expo start' }, { expo: '~52.0.0', 'react-native-web': '~0.19.0' }), 'dist'],
    [
      'Eleventy',
      site(
        { start: 'npx @11ty/eleventy --serve', build: 'npx @11ty/eleventy' },
        { '@11ty/eleventy': '^2' },
        { '.eleventy.js': "module.exports = () => ({ dir: { output: 'public' } })" },
      ),
      'public',
    ],
    ['Astro', site({ start: 'astro dev', build: 'astro build' }, { astro: '^5' }), 'dist'],
    [
      'webpack',
      site(
        { start: 'webpack serve', build: 'webpack --mode production' },
        { webpack: '^5.90.0' },
        { 'webpack.config.js': "module.exports = { output: { path: path.resolve(__dirname, 'bundle') } }" },
      ),
      'bundle',
    ],
    [
      'webpack with a path of several words',
      site(
        { build: 'webpack' },
        { webpack: '^5.90.0', 'html-webpack-plugin': '^5' },
        { 'webpack.config.js': "module.exports = { output: {\n path: path.join(__dirname, 'public', 'build') } }" },
      ),
      'public/build',
    ],
    [
      'webpack with settings in a folder',
      site(
        { build: 'webpack --config webpack/webpack.prod.js' },
        { webpack: '^5.90.0', 'html-webpack-plugin': '^5' },
        {
          'webpack/webpack.prod.js': "module.exports = merge(require('./webpack.common'), {})",
          'webpack/webpack.common.js': "module.exports = { output: { path: path.resolve(__dirname, '../out') } }",
        },
      ),
      'out',
    ],
    [
      'webpack beside a page of the sources',
      site(
        { build: 'webpack' },
        { webpack: '^5.90.0' },
        {
          'webpack.config.js': "module.exports = { output: { path: path.resolve(__dirname, 'public/js') } }",
          'public/index.html': '<script src="js/main.js"></script>',
        },
      ),
      'public',
    ],
    [
      'Parcel',
      site({ start: 'parcel index.html', build: 'parcel build index.html --dist-dir out' }, { parcel: '^2' }),
      'out',
    ],
    [
      'a folder that the project serves',
      site({ start: 'serve -s build', build: 'node make.js' }, { serve: '^14' }, { 'make.js': '' }),
      'build',
    ],
  ])('%s', (_name, files, output) => {
    const facts = factsOf(files);
    expect(facts).toMatchObject({ kind: 'static', port: { value: 8080 } });
    expect(facts.site?.output.value).toBe(output);
    const text = dockerfileOf(files);
    expect(text).toContain('FROM nginxinc/nginx-unprivileged:1.30-trixie AS runtime');
    expect(text).toContain(`COPY --from=build /app/${output} .`);
    expect(text).not.toMatch(/^CMD \[/m);
  });

  test.each([
    [
      'old builder',
      { builder: '@angular-devkit/build-angular:browser', options: { outputPath: 'dist/shop' } },
      'dist/shop',
    ],
    [
      'new builder',
      { builder: '@angular/build:application', options: { outputPath: 'dist/shop' } },
      'dist/shop/browser',
    ],
    ['no path', { builder: '@angular/build:application', options: {} }, 'dist/shop/browser'],
    [
      'parts of a path',
      { builder: '@angular/build:application', options: { outputPath: { base: 'out', browser: '' } } },
      'out',
    ],
  ])('Angular: %s', (_name, build, output) => {
    const files = site(
      { start: 'ng serve', build: 'ng build' },
      { '@angular/core': '^18', '@angular/cli': '^18' },
      {
        'angular.json': JSON.stringify(
          { projects: { shop: { projectType: 'application', architect: { build } } } },
          null,
          1,
        ),
      },
    );
    expect(factsOf(files).site?.output.value).toBe(output);
  });

  test('paths of a single page lead to it, missing pages of a site to 404', () => {
    expect(dockerfileOf(site({ build: 'vite build' }, { vite: '^5' }))).toContain('try_files $uri $uri/ /index.html;');
    expect(dockerfileOf(site({ build: 'gatsby build' }, { gatsby: '^5' }))).toContain('error_page 404 /404.html;');
  });

  test.each([
    [
      'the homepage of Create React App',
      site(
        { build: 'react-scripts build', start: 'react-scripts start' },
        { 'react-scripts': '5' },
        {},
        { homepage: 'https://me.github.io/shop' },
      ),
    ],
    [
      'a homepage that leads to a place in the page',
      site(
        { build: 'react-scripts build', start: 'react-scripts start' },
        { 'react-scripts': '5' },
        {},
        { homepage: 'https://me.github.io/shop/#/dashboard' },
      ),
    ],
    [
      'base of Vite',
      site({ build: 'vite build' }, { vite: '^5' }, { 'vite.config.js': "export default {\n  base: '/shop/',\n}" }),
    ],
    ['--base of Vite', site({ build: 'vite build --base=/shop/' }, { vite: '^5' })],
    [
      'the prefix of Gatsby',
      site(
        { build: 'gatsby build --prefix-paths' },
        { gatsby: '^5' },
        { 'gatsby-config.js': 'module.exports = {\n  pathPrefix: `/shop`,\n}' },
      ),
    ],
  ])('is served below the path that it was built for: %s', (_name, files) => {
    const text = dockerfileOf(files);
    expect(text).toMatch(/COPY --from=build \/app\/\w+ \.\/shop/);
    expect(text).toContain('return 302 /shop/;');
    expect(text).toContain('http://127.0.0.1:8080/shop/');
  });

  test('of VitePress is served below the base in the settings beside its pages', () => {
    const files = site(
      { 'docs:build': 'vitepress build docs' },
      { vitepress: '^1' },
      { 'docs/.vitepress/config.ts': "export default {\n  base: '/lib/',\n}" },
    );
    expect(dockerfileOf(files)).toContain('COPY --from=build /app/docs/.vitepress/dist ./lib');
  });

  test('of Gatsby is served at the top where its build does not heed the prefix', () => {
    const files = site(
      { build: 'gatsby build' },
      { gatsby: '^5' },
      { 'gatsby-config.js': 'module.exports = {\n  pathPrefix: `/shop`,\n}' },
    );
    expect(dockerfileOf(files)).toContain('COPY --from=build /app/public .');
  });

  test('an app of Expo without the web is no site', () => {
    expect(factsOf(site({ start: 'expo start' }, { expo: '~52.0.0' })).site).toBeNull();
  });

  test('is built once for every architecture', () => {
    expect(dockerfileOf(site({ build: 'vite build' }, { vite: '^5' }))).toContain(
      'FROM --platform=$BUILDPLATFORM node:24-trixie AS dependencies',
    );
  });

  test('takes public variables at build time, but no name that looks like a secret', () => {
    const text = dockerfileOf(
      site(
        { build: 'vite build' },
        { vite: '^5' },
        { 'src/main.js': 'fetch(import.meta.env.VITE_API_URL, import.meta.env.VITE_API_KEY)' },
      ),
    );
    expect(text).toMatch(/AS build\nARG VITE_API_URL\nCOPY/);
    expect(text).not.toContain('ARG VITE_API_KEY');
  });

  test('with an old webpack is allowed its old algorithm', () => {
    expect(
      dockerfileOf(site({ build: 'react-scripts build', start: 'react-scripts start' }, { 'react-scripts': '4.0.3' })),
    ).toContain('NODE_OPTIONS=--openssl-legacy-provider');
    expect(
      dockerfileOf(
        site(
          { build: 'react-scripts build', start: 'react-scripts start' },
          { 'react-scripts': '4.0.3' },
          {},
          { engines: { node: '16' } },
        ),
      ),
    ).not.toContain('openssl');
  });

  test('that a script allows it itself is told nothing more', () => {
    const built = (build: string): string =>
      dockerfileOf(site({ build, start: 'react-scripts start' }, { 'react-scripts': '4.0.3' }));
    expect(built('react-scripts --openssl-legacy-provider build')).not.toContain('openssl');
    expect(built('NODE_OPTIONS=--openssl-legacy-provider react-scripts build')).not.toContain('openssl');
    expect(built('set NODE_OPTIONS=--openssl-legacy-provider && react-scripts build')).toContain('openssl');
  });

  test('has its settings read where they share a line with paths, and not out of comments', () => {
    const folder = (config: string): string =>
      factsOf(site({ build: 'vite build' }, { vite: '^5' }, { 'vite.config.ts': config })).site?.output.value ?? '';
    expect(folder("export default { base: '/app/', build: { outDir: '../public' } }\n")).toBe('../public');
    expect(folder("export default { server: { proxy: 'http://x' }, build: { outDir: 'www' } }\n")).toBe('www');
    expect(folder("// outDir: 'old'\nexport default {}\n")).toBe('dist');
    expect(folder("export default {} // outDir: 'old'\n")).toBe('dist');
  });
});

describe('an old webpack is found', () => {
  const angular = {
    'package.json': manifest({
      scripts: { start: 'ng serve', build: 'ng build' },
      dependencies: { '@angular/core': '^14' },
      devDependencies: { '@angular-devkit/build-angular': '^14' },
    }),
    'angular.json': '{"projects": {"shop": {"architect": {"build": {"builder": "x:browser", "options": {}}}}}}',
  };
  const old = 'NODE_OPTIONS=--openssl-legacy-provider';

  test.each([
    ['npm', 'package-lock.json', '{"lockfileVersion": 3, "packages": {"node_modules/webpack": {"version": "5.50.0"}}}'],
    ['Yarn', 'yarn.lock', '# yarn lockfile v1\n\nwebpack@5.50.0:\n  version "5.50.0"\n'],
    ['pnpm', 'pnpm-lock.yaml', "lockfileVersion: '9.0'\n\npackages:\n\n  webpack@5.50.0:\n    resolution: {}\n"],
    ['an older pnpm', 'pnpm-lock.yaml', 'lockfileVersion: 5.4\n\npackages:\n\n  /webpack/5.50.0_abc:\n    dev: true\n'],
    ['Bun', 'bun.lock', '{\n"lockfileVersion": 1, "packages": {"webpack": ["webpack@5.50.0", "", {}, ""]}}'],
  ])('in a lock file of %s', (_name, path, lock) => {
    expect(dockerfileOf({ ...angular, [path]: lock })).toContain(old);
    expect(dockerfileOf({ ...angular, [path]: lock.replaceAll('5.50.0', '5.90.0') })).not.toContain(old);
  });

  test.each([
    ['22', '^3.3.12', true],
    ['20', '^3.3.12', false],
    ['22', '^5.1.0', false],
  ])('on Node %s with webpack-cli %s, and its cache of modules is turned off: %s', (node, cli, isOff) => {
    const files = site(
      { build: 'webpack' },
      { webpack: '^4.44.0', 'webpack-cli': cli },
      { 'webpack.config.js': '' },
      { engines: { node } },
    );
    expect(dockerfileOf(files).includes('DISABLE_V8_COMPILE_CACHE=1')).toBe(isOff);
  });

  test('and so is that of the first Parcel', () => {
    const files = site({ build: 'parcel build index.html' }, { 'parcel-bundler': '^1.12.5' });
    expect(dockerfileOf(files)).toContain('DISABLE_V8_COMPILE_CACHE=1');
  });

  test('in a client that the server builds', () => {
    const files = {
      'package.json': manifest({
        scripts: { start: 'node server.js', build: 'npm install --prefix client && npm run build --prefix client' },
        dependencies: { express: '^4' },
      }),
      'server.js': "require('express')().listen(3000);",
      'client/package.json': manifest({ dependencies: { 'react-scripts': '3.4.1' } }),
    };
    expect(dockerfileOf(files)).toContain(old);
  });
});

describe('a framework with a server of its own', () => {
  const start = { '@tanstack/react-start': '1.169.5', vite: '^8' };

  test('TanStack Start is served by the server that it brings along', () => {
    const files = {
      'package.json': manifest({ scripts: { dev: 'vite dev', build: 'vite build' }, dependencies: start }),
    };
    const words = '"--prod", "--static", "../client", "dist/server/server.js"]';
    expect(dockerfileOf(files)).toContain(`CMD ["node", "node_modules/srvx/bin/srvx.mjs", ${words}`);
    expect(dockerfileOf({ ...files, 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" })).toContain(
      `CMD ["node", "node_modules/.pnpm/node_modules/srvx/bin/srvx.mjs", ${words}`,
    );
  });

  test('TanStack Start with Nitro has the server of that', () => {
    const files = {
      'package.json': manifest({ scripts: { build: 'vite build' }, dependencies: { ...start, nitro: '^3' } }),
    };
    expect(dockerfileOf(files)).toContain('CMD ["node", ".output/server/index.mjs"]');
    expect(factsOf(files).summary).toContainEqual(
      expect.objectContaining({ label: 'Framework', fact: expect.objectContaining({ value: 'TanStack Start' }) }),
    );
  });

  const qwik = (scripts: object, files = {}) => ({
    'package.json': manifest({
      scripts: { build: 'qwik build', start: 'vite --open --mode ssr', ...scripts },
      devDependencies: { '@builder.io/qwik-city': '^1.20.0', vite: '7.3.1' },
    }),
    ...files,
  });

  test.each([
    ['a server', qwik({ serve: 'node server/entry.express' }), 'CMD ["node", "server/entry.express.js"]'],
    ['pages', qwik({}, { 'adapters/static/vite.config.ts': '' }), 'COPY --from=build /app/dist .'],
    ['nothing', qwik({}), '"preview", "--host", "0.0.0.0", "--port", "3000"]'],
  ])('Qwik City with an adapter for %s', (_name, files, line) => {
    expect(dockerfileOf(files)).toContain(line);
  });

  test('of which the preview server is started needs no second note on its dependencies', () => {
    expect(codesOf(factsOf(qwik({})))).toEqual(expect.not.arrayContaining(['development-kept']));
    expect(codesOf(factsOf(qwik({})))).toContain('preview-server');
  });

  test('a framework that has Next within is started by its own program', () => {
    const files = {
      'package.json': manifest({
        scripts: { start: 'keystone start', build: 'keystone build' },
        dependencies: { '@keystone-6/core': '^8', next: '^16' },
      }),
    };
    expect(factsOf(files).command?.value).toContain('start');
    expect(dockerfileOf(files)).not.toContain('standalone');
  });

  test('Next ships what it traced', () => {
    const text = dockerfileOf(
      site({ build: 'next build', start: 'next start -p 4000' }, { next: '15.1.0' }, { 'public/a.txt': '' }),
    );
    expect(text).toContain('NEXT_PRIVATE_STANDALONE=true');
    expect(text).toContain('COPY --from=build /app/.next/standalone ./');
    expect(text).toContain('COPY --from=build /app/.next/static ./.next/static');
    expect(text).toContain('COPY --from=build /app/public ./public');
    expect(text).toMatch(/PORT=4000[\s\S]*HOSTNAME=0\.0\.0\.0/);
    expect(text).toContain('CMD ["node", "server.js"]');
    expect(text).toContain('/writable/app/.next/cache');
  });

  test('Next before 12.2 ships the project', () => {
    const text = dockerfileOf(site({ build: 'next build', start: 'next start' }, { next: '11.1.4' }));
    expect(text).toContain('CMD ["node", "node_modules/next/dist/bin/next", "start"]');
    expect(text).not.toContain('STANDALONE');
  });

  test('Next inside another framework is that framework’s', () => {
    const text = dockerfileOf({
      'package.json': manifest({
        scripts: { build: 'keystone build', start: 'keystone start' },
        dependencies: { '@keystone-6/core': '^6.0.0', next: '^15.0.0' },
      }),
    });
    expect(text).toContain('CMD ["node", "node_modules/@keystone-6/core/bin/cli.js", "start"]');
    expect(text).not.toContain('standalone');
  });

  test('AdonisJS ships the project that it makes', () => {
    const text = dockerfileOf({
      'package.json': manifest({
        type: 'module',
        scripts: { build: 'node ace build', start: 'node bin/server.js' },
        dependencies: { '@adonisjs/core': '^6.0.0' },
        devDependencies: { typescript: '~5.4' },
      }),
      'ace.js': '',
      'bin/server.ts': 'new Ignitor(APP_ROOT).httpServer().start();\n',
    });
    expect(text).toContain('COPY --from=build /app/build ./\n');
    expect(text).toContain('PORT=3333 \\\n    HOST=0.0.0.0');
    expect(text).toContain('CMD ["node", "bin/server.js"]');
  });

  test('Next that is exported is a site', () => {
    expect(
      factsOf(
        site(
          { build: 'next build' },
          { next: '15.1.0' },
          { 'next.config.mjs': "export default {\n  output: 'export',\n}" },
        ),
      ).site?.output.value,
    ).toBe('out');
    expect(factsOf(site({ build: 'next build && next export' }, { next: '12.0.0' })).site?.output.value).toBe('out');
  });

  test('Next behind a server of the project is that server', () => {
    const files = site(
      { build: 'next build', start: 'node server.js' },
      {},
      { 'server.js': "require('http').createServer().listen(3000);" },
      { dependencies: { next: '14.0.0' } },
    );
    expect(factsOf(files).command?.value).toEqual(['node', 'server.js']);
    expect(dockerfileOf(files)).toContain('COPY --from=build --exclude=**/node_modules /app ./');
  });

  test.each([
    [
      'Nuxt 3',
      site({ build: 'nuxt build', postinstall: 'nuxt prepare' }, { nuxt: '^3.10.0' }),
      ['node', '.output/server/index.mjs'],
    ],
    [
      'Nuxt 2',
      site({ build: 'nuxt build', start: 'nuxt start' }, { nuxt: '^2.15.0' }),
      ['node', 'node_modules/nuxt/bin/nuxt.js', 'start'],
    ],
    [
      'React Router',
      site(
        { build: 'react-router build', start: 'react-router-serve ./build/server/index.js' },
        { '@react-router/dev': '^7', '@react-router/serve': '^7.0.0' },
      ),
      ['node', 'node_modules/@react-router/serve/bin.js', './build/server/index.js'],
    ],
    [
      'Remix',
      site(
        { build: 'remix vite:build', start: 'remix-serve ./build/server/index.js' },
        { '@remix-run/dev': '^2', '@remix-run/serve': '^2' },
        { 'vite.config.ts': '' },
      ),
      ['node', 'node_modules/@remix-run/serve/dist/cli.js', './build/server/index.js'],
    ],
    [
      'SvelteKit',
      site({ build: 'vite build' }, { '@sveltejs/kit': '^2', '@sveltejs/adapter-node': '^5', vite: '^5' }),
      ['node', 'build/index.js'],
    ],
    [
      'Astro',
      site(
        { build: 'astro build', start: 'astro dev' },
        { astro: '^5', '@astrojs/node': '^9' },
        { 'astro.config.mjs': "import node from '@astrojs/node';\nexport default { adapter: node() }" },
      ),
      ['node', 'dist/server/entry.mjs'],
    ],
    [
      'Strapi',
      site({ build: 'strapi build', start: 'strapi start' }, {}, {}, { dependencies: { '@strapi/strapi': '5.0.0' } }),
      ['node', 'node_modules/@strapi/strapi/bin/strapi.js', 'start'],
    ],
  ])('%s', (_name, files, command) => {
    const facts = factsOf(files);
    expect(facts.kind).toBe('web');
    expect(facts.command?.value).toEqual(command);
  });

  test('SvelteKit with adapter-auto is told that it builds for a server', () => {
    expect(
      dockerfileOf(
        site({ build: 'vite build' }, { '@sveltejs/kit': '^2', '@sveltejs/adapter-auto': '^3', vite: '^5' }),
      ),
    ).toContain('GCP_BUILDPACKS=true');
  });

  test('React Router without server rendering is a site', () => {
    expect(
      factsOf(
        site(
          { build: 'react-router build' },
          { '@react-router/dev': '^7' },
          { 'react-router.config.ts': 'export default {\n  ssr: false,\n}' },
        ),
      ).site?.output.value,
    ).toBe('build/client');
  });
});

describe('pages that Gulp puts together', () => {
  const gulp = (file: string, scripts: object = { start: 'gulp watch', build: 'gulp build' }) =>
    site(scripts, { gulp: '^4' }, { 'gulpfile.js': file, 'src/index.html': '<h1>x</h1>\n' });
  const served = "exports.build = parallel(html);\nsync.init({ server: { baseDir: './dist' } });\n";

  test.each([
    ['what its server shows', served, 'dist'],
    ['what its tasks write', "exports.build = () => src('src/*.html').pipe(dest('public/css'));\n", 'public'],
    ['not where the sources lie', "server: { baseDir: 'src' }\ndest('www')\nexports.build = x;\n", 'www'],
  ])('are in %s', (_name, file, folder) => {
    expect(factsOf(gulp(file)).site).toMatchObject({ output: { value: folder }, fallback: 'pages' });
  });

  test('are built by its task where no script calls it', () => {
    expect(dockerfileOf(gulp(served, { start: 'gulp' }))).toContain('RUN npx gulp build\n');
  });

  test('are not what a server is started for, nor a library', () => {
    const files = { ...gulp(served, { start: 'node app.js', build: 'gulp build' }), 'app.js': "require('http');\n" };
    expect(factsOf(files).site).toBeNull();
    expect(factsOf(site({ build: 'gulp build' }, { gulp: '^4' }, { 'gulpfile.js': served })).site).toBeNull();
  });
});

test.each([
  ['ng build --base-href /shop/', {}, '/shop/'],
  ['ng build', { options: { baseHref: '/app' } }, '/app/'],
  ['ng build', { options: { baseHref: '/' }, configurations: { production: { baseHref: '/live/' } } }, '/live/'],
  ['ng build', { options: { baseHref: './' } }, '/'],
])('Angular is served below its base: %s %j', (build, target, base) => {
  const files = site(
    { start: 'ng serve', build },
    { '@angular/core': '^20' },
    {
      'angular.json': JSON.stringify({
        projects: { shop: { architect: { build: { builder: '@angular/build:application', options: {}, ...target } } } },
      }),
    },
  );
  expect(factsOf(files).site?.base).toBe(base);
});

test.each([
  ['ssr: true', 'pages', '/'],
  ["ssr: false, app: { baseURL: '/docs/' }", 'single-page', '/docs/'],
])('what Nuxt generates is served as its configuration says: %s', (config, fallback, base) => {
  const files = site(
    { build: 'nuxt generate' },
    { nuxt: '^3' },
    { 'nuxt.config.ts': `export default { ${config} }\n` },
  );
  expect(factsOf(files).site).toMatchObject({ fallback, base, output: { value: '.output/public' } });
});

test('of components that Storybook shows, its pages are the site', () => {
  const scripts = { build: 'tsup', dev: 'storybook dev -p 6006', 'build-storybook': 'storybook build' };
  const files = site(
    scripts,
    { storybook: '^8', vite: '^5', tsup: '^8' },
    {},
    { main: 'dist/index.js', files: ['dist'] },
  );
  expect(factsOf(files).site).toMatchObject({ tool: { value: 'Storybook' }, output: { value: 'storybook-static' } });
  expect(dockerfileOf(files)).toContain('npm run build-storybook');
});

test('Quasar on Vite and an old Storybook beside another build need no old algorithm', () => {
  const quasar = site({ build: 'quasar build' }, { quasar: '^2.16', '@quasar/app-vite': '^2' });
  expect(dockerfileOf(quasar)).not.toContain('openssl');
  const story = site({ build: 'vite build', dev: 'vite' }, { vite: '^5', '@storybook/react': '^6.4' });
  expect(dockerfileOf(story)).not.toContain('openssl');
});

test('Hexo is served below the root of its settings', () => {
  const base = (settings: string): string | undefined =>
    factsOf(site({ build: 'hexo generate' }, { hexo: '^7' }, { '_config.yml': settings })).site?.base;
  expect(base('title: x\nroot: /blog/\n')).toBe('/blog/');
  expect(base('root: /\n')).toBe('/');
  expect(base('title: x\n')).toBe('/');
});
