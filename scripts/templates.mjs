import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';

/** Helpers of `src/render/handlebars.ts`: any other name in a template is an error when it is compiled. */
const HELPERS = { exec: true, quoted: true, paths: true };

/**
 * Source text of a module whose default export holds every template below `directory`, compiled: id (`node/service`,
 * `_partials/run`) → Handlebars' template specification. The readable files are shipped beside it.
 */
export function precompileTemplates(directory) {
  const entries = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.hbs'))
    .sort()
    .map((path) => {
      const text = readFileSync(join(directory, path), 'utf8');
      const compiled = Handlebars.precompile(text, {
        noEscape: true,
        strict: true,
        knownHelpers: HELPERS,
        knownHelpersOnly: true,
      });
      return `${JSON.stringify(path.replaceAll('\\', '/').replace(/\.hbs$/, ''))}: ${compiled}`;
    });
  return `export default {\n${entries.join(',\n')}\n};\n`;
}

/** `virtual:templates` for Rolldown (the package) and for Vite (vitest). */
export function templatesPlugin(directory) {
  const name = 'virtual:templates';
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? precompileTemplates(directory) : undefined),
  };
}
