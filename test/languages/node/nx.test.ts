import { describe, expect, test } from 'vitest';
import { node } from '../../../src/languages/node/index.ts';
import { projectFromObject } from '../../../src/project/object.ts';
import { dockerfileOf, factsOf, ignoreFileOf, manifest } from './support.ts';

const ROOT = {
  'nx.json': '{}',
  'package.json': manifest({
    scripts: { start: 'nx serve' },
    dependencies: { express: '^4' },
    devDependencies: { nx: '20.4.0', vite: '^5' },
  }),
};

function application(executor: string, options: object = {}): string {
  return JSON.stringify(
    { name: 'api', projectType: 'application', targets: { build: { executor, options } } },
    null,
    1,
  );
}

const API = {
  ...ROOT,
  'apps/api/project.json': application('@nx/webpack:webpack', {
    target: 'node',
    outputPath: 'dist/apps/api',
    main: 'apps/api/src/main.ts',
  }),
  'apps/api/src/main.ts': "import express from 'express';\nexpress().listen(process.env.PORT || 3333);\n",
};

describe('an application of an Nx workspace', () => {
  test('without a package.json of its own is built from the root and runs with the packages of the root', () => {
    const text = dockerfileOf(API, {}, 'apps/api');
    expect(text).toContain('COPY package.json ./');
    expect(text).toContain('RUN npx nx build api');
    expect(text).toContain('COPY --from=production /app/node_modules /app/node_modules');
    expect(text).toContain('COPY --from=build /app/dist/apps/api ./dist');
    expect(text).toContain('CMD ["node", "dist/main.js"]');
    expect(text).toContain('EXPOSE 3333');
    expect(text).not.toContain('apps/api/package.json');
  });

  test('leaves no other application out of the build context', () => {
    expect(ignoreFileOf(API, 'apps/api').split('\n')).toEqual(
      expect.arrayContaining(['dist/apps/api', '!**/.spec.swcrc']),
    );
    expect(ignoreFileOf(API, 'apps/api').split('\n')).not.toContain('apps');
  });

  test.each([
    ['esbuild, CommonJS', '@nx/esbuild:esbuild', { format: ['cjs'], main: 'apps/api/src/main.ts' }, 'dist/main.cjs'],
    ['esbuild, ES modules', '@nx/esbuild:esbuild', { main: 'apps/api/src/main.ts' }, 'dist/main.js'],
    ['the compiler alone', '@nx/js:tsc', { main: 'apps/api/src/main.ts' }, 'dist/src/main.js'],
    ['an older name', '@nrwl/node:webpack', { outputPath: 'out/api' }, 'dist/main.js'],
  ])('starts what is compiled by %s', (_name, executor, options, file) => {
    const files = { ...API, 'apps/api/project.json': application(executor, options) };
    expect(factsOf(files, 'apps/api').command?.value).toEqual(['node', file]);
  });

  test.each([
    ['Vite', '@nx/vite:build', { outputPath: 'dist/apps/shop' }, '/app/dist/apps/shop'],
    ['webpack', '@nrwl/web:webpack', { outputPath: 'dist/apps/shop' }, '/app/dist/apps/shop'],
    ['Angular', '@nx/angular:application', { outputPath: 'dist/apps/shop' }, '/app/dist/apps/shop/browser'],
  ])('serves what is built by %s', (_name, executor, options, folder) => {
    const files = { ...ROOT, 'apps/shop/project.json': application(executor, options) };
    const text = dockerfileOf(files, {}, 'apps/shop');
    expect(text).toContain('npx nx build api');
    expect(text).toContain(`COPY --from=build ${folder} .`);
  });

  test('has a target that a plugin makes of its settings', () => {
    const files = {
      ...ROOT,
      'package.json': manifest({ workspaces: ['apps/*'], devDependencies: { nx: '22.0.0', vite: '^7' } }),
      'apps/shop/package.json': manifest({ name: '@org/shop' }),
      'apps/shop/vite.config.mts': "export default {\n  build: {\n    outDir: '../../dist/apps/shop',\n  },\n}",
    };
    const text = dockerfileOf(files, {}, 'apps/shop');
    expect(text).toContain('RUN npx nx build @org/shop');
    expect(text).toContain('COPY --from=build /app/dist/apps/shop .');
  });

  test('with a build script of its own is built by that', () => {
    const files = {
      ...ROOT,
      'package.json': manifest({ workspaces: ['apps/*'], devDependencies: { nx: '22.0.0' } }),
      'apps/shop/package.json': manifest({ scripts: { build: 'vite build' }, devDependencies: { vite: '^7' } }),
      'apps/shop/vite.config.mts': '',
    };
    expect(dockerfileOf(files, {}, 'apps/shop')).toContain('npm run build --workspace=apps/shop');
  });

  test('is evidence for a service; a library and a test of another one are not', () => {
    const library = JSON.stringify({ name: 'data', projectType: 'library', targets: {} });
    const files = {
      ...API,
      'libs/data/project.json': library,
      'apps/api-e2e/project.json': application('@nx/vite:build').replace('"api"', '"api-e2e"'),
    };
    const found = node.detect(projectFromObject(files));
    expect(found.map(({ directory }) => directory)).toEqual(['.', 'apps/api']);
    expect(found.find(({ directory }) => directory === 'apps/api')?.strength).toBe(90);
  });
});
