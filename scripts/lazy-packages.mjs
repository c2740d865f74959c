import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'rolldown';

/**
 * Parsers that most runs do not need. Each becomes a file of its own, which is read when one of its names is used for the
 * first time: readers stay synchronous, and a Node project never pays for XML.
 */
const PACKAGES = ['yaml', 'smol-toml', '@rgrove/parse-xml', '@renovatebot/pep440', 'semver', 'unbash'];

/** The smaller of the two builds of yaml, which leaves out what nobody calls. */
const alias = { yaml: resolve('node_modules/yaml/browser/index.js') };

export function lazyPackages(outdir) {
  const prefix = '\0lazy:';
  return {
    name: 'lazy-packages',
    resolveId(id) {
      if (PACKAGES.includes(id)) return prefix + id;
      return id.startsWith('./packages/') ? { id, external: true } : undefined;
    },
    async load(id) {
      if (!id.startsWith(prefix)) return undefined;
      const name = id.slice(prefix.length);
      return standIn(name, await bundlePackage(name, outdir));
    },
  };
}

/** What the sources import from a package, types left out. */
function importedNames(name) {
  const names = new Set();
  for (const path of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts')) continue;
    const text = readFileSync(join('src', path), 'utf8');
    for (const [, list, whole] of text.matchAll(new RegExp(`import (?:\\{([^}]*)\\}|(\\w+)) from '${name}';`, 'g'))) {
      if (whole !== undefined) names.add('default');
      for (const one of list?.split(',') ?? []) {
        const plain = one.trim().split(' as ')[0];
        if (plain !== '' && !plain.startsWith('type ')) names.add(plain);
      }
    }
  }
  return [...names].sort();
}

/** Writes the package into `dir`; its path as every file of the program sees it, since they all stand in one folder. */
async function bundlePackage(name, dir) {
  const entry = '\0entry';
  const { output } = await build({
    input: entry,
    platform: 'node',
    resolve: { alias, mainFields: ['module', 'main'] },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? `export { ${importedNames(name).join(', ')} } from '${name}';` : undefined),
      },
    ],
    output: {
      dir,
      entryFileNames: `packages/${name.replace(/^@/, '').replaceAll('/', '-')}-[hash].br`,
      format: 'cjs',
      exports: 'named',
      minify: true,
      comments: false,
      externalLiveBindings: false,
    },
  });
  return `./${output[0].fileName}`;
}

/** A proxy for each name: it can be called, constructed and stand right of `instanceof`, and loads the package to do so. */
function standIn(name, path) {
  const names = importedNames(name).map((one) =>
    one === 'default' ? `export default lazy('default');` : `export const ${one} = lazy('${one}');`,
  );
  return `
let loaded;
const load = () => (loaded ??= require('${path}'));
const lazy = (one) => new Proxy(function () {}, {
  apply: (_target, _self, args) => load()[one](...args),
  construct: (_target, args) => new (load()[one])(...args),
  get: (_target, key) => load()[one][key],
});
${names.join('\n')}
`;
}
