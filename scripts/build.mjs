import { chmodSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { lazyPackages } from './lazy-packages.mjs';
import { templatesPlugin } from './templates.mjs';
import { writeTypes } from './types.mjs';

/** Another directory than `dist` may be given. It is filled beside its place first, so that a running program finds it whole. */
const target = resolve(process.argv[2] ?? 'dist');
const fresh = mkdtempSync(join(dirname(target), '.dist-'));
process.on('exit', () => rmSync(fresh, { recursive: true, force: true }));

// Splitting keeps what only one command needs (prompts, process code) out of the others' way.
await build({
  entryPoints: { cli: 'src/cli.ts', index: 'src/index.ts' },
  outdir: fresh,
  bundle: true,
  splitting: true,
  chunkNames: '[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20.12',
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  // Bundled CommonJS packages call `require` for Node's own modules.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  plugins: [lazyPackages(fresh), templatesPlugin('templates').esbuild],
  logLevel: 'warning',
});
// Help and version are asked for most often, and need neither the module loader nor anything but the table of options.
await build({
  entryPoints: { quick: 'src/quick.ts' },
  outdir: fresh,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.12',
  minify: true,
  logLevel: 'warning',
});
writeTypes(fresh);

const old = `${fresh}.old`;
chmodSync(fresh, 0o755);
renameIfThere(target, old);
renameSync(fresh, target);
rmSync(old, { recursive: true, force: true });

function renameIfThere(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}
