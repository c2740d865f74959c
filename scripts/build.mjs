import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { lazyPackages } from './lazy-packages.mjs';
import { templatesPlugin } from './templates.mjs';
import { writeTypes } from './types.mjs';

/** Another directory than `dist` may be given. It is filled beside its place first, so that a running program finds it whole. */
const target = resolve(process.argv[2] ?? 'dist');
const fresh = mkdtempSync(join(dirname(target), '.dist-'));
process.on('exit', () => rmSync(fresh, { recursive: true, force: true }));

// Splitting keeps what only one command needs (prompts, process code) out of the others' way. CommonJS, because Node starts
// it sooner than modules that have to be linked.
const exported = await bundle({ cli: 'src/cli.ts', index: 'src/index.ts' }, [
  lazyPackages(fresh),
  templatesPlugin('templates'),
]);
// Help and version are asked for most often, and need nothing but the table of options.
await bundle({ quick: 'src/quick.ts' });
writeFileSync(join(fresh, 'index.js'), `export { ${exported.index.join(', ')} } from './index.cjs';\n`);
writeTypes(fresh);

const old = `${fresh}.old`;
chmodSync(fresh, 0o755);
renameIfThere(target, old);
renameSync(fresh, target);
rmSync(old, { recursive: true, force: true });

/** Writes the bundle; the names that each entry exports. */
async function bundle(input, plugins = []) {
  const build = await rolldown({
    input,
    plugins,
    platform: 'node',
    resolve: { mainFields: ['module', 'main'] },
    checks: { pluginTimings: false },
  });
  const { output } = await build.write({
    dir: fresh,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    minify: true,
    comments: false,
    externalLiveBindings: false,
  });
  await build.close();
  return Object.fromEntries(output.filter(({ isEntry }) => isEntry).map(({ name, exports }) => [name, exports]));
}

function renameIfThere(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}
