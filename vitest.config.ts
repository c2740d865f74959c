import { defineConfig } from 'vitest/config';
import { templatesPlugin } from './scripts/templates.mjs';

const plugins = [templatesPlugin('templates')];

export default defineConfig({
  test: {
    projects: [
      {
        plugins,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/engine-required/**', 'test/terminal/**', 'test/samples/**', 'test/dockerfiles/**'],
        },
      },
      {
        plugins,
        test: {
          name: 'terminal',
          include: ['test/terminal/**/*.test.ts'],
          globalSetup: ['test/terminal/packed-package.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
        },
      },
      {
        plugins,
        test: {
          name: 'engine',
          include: ['test/engine-required/**/*.test.ts'],
          globalSetup: ['test/terminal/packed-package.ts'],
          testTimeout: 900_000,
          hookTimeout: 900_000,
          fileParallelism: false,
          maxConcurrency: 2,
        },
      },
    ],
  },
});
