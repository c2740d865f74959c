import { readFileSync } from 'node:fs';
import { CATALOGUE } from '../../src/images/catalogue.ts';
import { LIFECYCLES, LIFECYCLES_CHECKED } from '../../src/images/lifecycles.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { flagText } from '../../src/ui/help.ts';
import { COMMANDS } from '../../src/wizard/option.ts';
import { optionsOf } from '../../src/wizard/options.ts';
import { rulesPage } from './rules-page.ts';

/** The pages under docs/ that are made from the code, by path. Lines that state a default are never written by hand. */
export function generatedPages(): ReadonlyMap<string, string> {
  const pages = new Map([
    ['docs/images.md', imagesPage()],
    ['docs/options.md', optionsPage()],
    ['docs/rules.md', rulesPage()],
  ]);
  for (const { id } of LANGUAGES) {
    pages.set(`docs/languages/${id}.md`, readFileSync(`src/languages/${id}/README.md`, 'utf8'));
  }
  return pages;
}

function imagesPage(): string {
  const images = CATALOGUE.map((image) => [
    `\`${image.repository}:${image.tag}\``,
    image.roles.join(', '),
    image.libc,
    image.shell ? 'yes' : 'no',
    `${image.uid}:${image.gid}`,
    image.megabytes === null ? '' : String(image.megabytes),
    image.architectures.join(', '),
    image.source,
  ]);
  const windows = Object.entries(LIFECYCLES).flatMap(([product, rows]) =>
    rows.map((row) => [product, row.version, row.released, row.longTerm ?? '', row.end]),
  );
  return `${[
    '# Base images',
    '',
    'The images that are offered, and what is known about them. Any other image can be named with `--build-image` and `--runtime-image`;',
    'what its name tells (`alpine`, `distroless`) is taken from there, and the rest from the recommended image.',
    '',
    table(['image', 'stage', 'C library', 'shell', 'uid:gid', 'MB, compressed', 'architectures', 'source'], images),
    '',
    '## Support windows',
    '',
    `Checked on ${LIFECYCLES_CHECKED}. A range is satisfied by the newest long-term version that gets security fixes on the day of the run (\`--date\`).`,
    '',
    table(['product', 'version', 'released', 'long-term from', 'end of security fixes'], windows),
  ].join('\n')}\n`;
}

/** Made from the one table of options. */
function optionsPage(): string {
  const sections = COMMANDS.flatMap(({ name, usage, help }) => [
    `## create-multistage-docker ${usage}`,
    '',
    help,
    '',
    table(
      ['option', 'meaning'],
      optionsOf(name).map((option) => [`\`${flagText(option).replaceAll('|', '\\|')}\``, option.help]),
    ),
    '',
  ]);
  return `${[
    '# Options',
    '',
    'Every question of the wizard has a flag of the same name. [wizard.md](wizard.md) says how they work together.',
    '',
    ...sections,
  ]
    .join('\n')
    .trimEnd()}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
