import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { lazyPackages } from './lazy-packages.mjs';
import { templatesPlugin } from './templates.mjs';
import { writeTypes } from './types.mjs';

/** Another directory than `dist` may be given. It is filled beside its place first, so that a running program finds it whole. */
const target = resolve(process.argv[2] ?? 'dist');
const fresh = mkdtempSync(join(dirname(target), '.dist-'));
process.on('exit', () => rmSync(fresh, { recursive: true, force: true }));

/** What is needed together is read as one file: each further file costs a third of a millisecond. */
const CHUNKS = [
  {
    name: 'read',
    test: /src.(errors|project.|images.|write.(changes|target)|ui.(style|text)|wizard.(arguments|options)|dockerfile.)|jsonc-parser|dockerignore|lazy:|rolldown.runtime/,
  },
  {
    name: 'decide',
    test: /src.(languages.(shared|index)|detect|plan|render|wizard.|commands.generate(?!.*wizard-screen))|handlebars|virtual:templates/,
  },
  // Used by what runs an engine alone, and smaller in one piece than in six.
  {
    name: 'prove',
    test: /src.(engine|verify|commands.verify)/,
  },
];

// Splitting keeps what only one command needs (prompts, process code) out of the others' way. CommonJS, because Node starts
// it sooner than modules that have to be linked; under Brotli, which `src/unpack.ts` undoes.
const { cli, index } = await bundle(
  { cli: 'src/cli.ts', index: 'src/index.ts' },
  '-[hash].br',
  [lazyPackages(fresh), templatesPlugin('templates')],
  CHUNKS,
);
compress(fresh);
await bundle({ start: 'src/start.ts', unpack: 'src/unpack.ts' }, '.cjs');
appendFileSync(join(fresh, 'start.cjs'), `\nexports.start(__dirname + '/${cli.fileName}');\n`);
writeFileSync(
  join(fresh, 'index.js'),
  `import { fileURLToPath } from 'node:url';
import { loadCompressed } from './unpack.cjs';
const path = fileURLToPath(new URL('./${index.fileName}', import.meta.url));
export const { ${index.exports.join(', ')} } = loadCompressed(path, { keeps: false });
`,
);
writeTypes(fresh);

const old = `${fresh}.old`;
chmodSync(fresh, 0o755);
renameIfThere(target, old);
renameSync(fresh, target);
rmSync(old, { recursive: true, force: true });

/** Writes the bundle; by the name of each entry, its file and what that exports. */
async function bundle(input, suffix, plugins = [], chunks = []) {
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
    entryFileNames: `[name]${suffix}`,
    chunkFileNames: `[name]-[hash]${suffix.slice(suffix.lastIndexOf('.'))}`,
    minify: true,
    comments: false,
    externalLiveBindings: false,
    codeSplitting: { groups: chunks },
  });
  await build.close();
  return Object.fromEntries(output.filter(({ isEntry }) => isEntry).map((entry) => [entry.name, entry]));
}

/**
 * Compresses the files that the bundler wrote, in their place. Their few characters beyond ASCII are escaped first: with one of
 * them a whole file is a string of two bytes a character, which takes longer to read. (`String.raw` would show the escape;
 * none of its texts has such a character, or this stops.)
 */
function compress(directory) {
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    if (extname(name) !== '.br') continue;
    const path = join(directory, name);
    const code = readFileSync(path, 'utf8');
    if (/String\.raw`[^`]*[^\0-\x7f][^`]*`/.test(code)) throw new Error(`${name}: String.raw with more than ASCII`);
    const ascii = code.replaceAll(/[^\0-\x7f]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
    writeFileSync(path, brotliCompressSync(ascii));
  }
}

function renameIfThere(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}
