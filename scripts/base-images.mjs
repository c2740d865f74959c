// Prints every base image that the sample projects can be answered with, one a line: what a machine without an image
// registry has to provide before the linters can look at all combinations.

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { templatesPlugin } from './templates.mjs';

const directory = mkdtempSync(join('node_modules', '.base-images-'));
try {
  await build({
    input: 'test/support/samples.ts',
    platform: 'node',
    external: /^(?!virtual:)[^./\0]/,
    plugins: [templatesPlugin('templates')],
    output: { dir: directory, entryFileNames: 'samples.mjs', format: 'esm' },
  });
  const { SAMPLES, openSample } = await import(pathToFileURL(join(directory, 'samples.mjs')).href);
  const choices = SAMPLES.map(openSample).flatMap(({ images }) => [...images.build, ...images.runtime]);
  console.log([...new Set(choices.map((choice) => choice.reference))].sort().join('\n'));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
