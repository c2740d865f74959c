import { rmSync } from 'node:fs';
import { build } from 'esbuild';
import { templatesPlugin } from './templates.mjs';

rmSync('dist', { recursive: true, force: true });

// Splitting keeps what only one command needs (prompts, template engine, process code, parsers) out of the others' way.
await build({
  entryPoints: { cli: 'src/cli.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20.12',
  mainFields: ['module', 'main'],
  minify: true,
  keepNames: false,
  legalComments: 'none',
  // Bundled CommonJS packages call `require` for Node's own modules.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  plugins: [templatesPlugin('templates').esbuild],
  logLevel: 'warning',
});
