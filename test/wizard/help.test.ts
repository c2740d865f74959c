import { describe, expect, test } from 'vitest';
import { helpText } from '../../src/ui/help.ts';
import { COMMANDS } from '../../src/wizard/option.ts';
import { optionsOf } from '../../src/wizard/options.ts';

const NAMES = COMMANDS.map(({ name }) => name);

describe.each(NAMES)('the help of %s', (name) => {
  test.each([40, 60, 80, 100, 200])('fits %d columns', (columns) => {
    const widest = Math.max(
      ...helpText(name, columns)
        .split('\n')
        .map((line) => line.length),
    );
    expect(widest).toBeLessThanOrEqual(Math.min(columns, 100));
  });

  test.each([40, 80])('names every option of the command at %d columns, and its sentence', (columns) => {
    const words = helpText(name, columns).replaceAll(/\s+/g, ' ');
    for (const option of optionsOf(name)) {
      expect(words).toContain(`--${option.name}`);
      expect(words).toContain(option.help);
    }
  });
});
