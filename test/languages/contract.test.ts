import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/languages/index.ts';
import { projectFromObject } from '../../src/project/object.ts';
import { RULES } from '../../src/render/rules.ts';
import { LOADED, openSample, planOf, SAMPLES } from '../support/samples.ts';

const folders = readdirSync('src/languages', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
  .map((entry) => entry.name);

test('every folder is a language in the list', () => {
  expect(LANGUAGES.map(({ id, name }) => ({ id, name }))).toEqual(LOADED.map(({ id, name }) => ({ id, name })));
  expect(LANGUAGES.map((language) => language.id).sort()).toEqual(folders.sort());
});

describe.each(LOADED.map((language) => [language.id, language] as const))('%s', (id, language) => {
  test('has a page, templates and sample projects', () => {
    expect(existsSync(`src/languages/${id}/README.md`)).toBe(true);
    expect(readdirSync(`templates/${id}`).filter((name) => name.endsWith('.hbs')).length).toBeGreaterThan(0);
    expect(SAMPLES.filter((name) => name.startsWith(`${id}-`)).length).toBeGreaterThan(0);
  });

  test('finds nothing where there is nothing', () => {
    expect(language.detect(projectFromObject({}))).toEqual([]);
  });

  test('names the rules of the table and paths of the plan in its origins', () => {
    for (const name of SAMPLES.filter((one) => one.startsWith(`${id}-`))) {
      const plan = planOf(openSample(name));
      for (const [path, origin] of Object.entries(plan.origins)) {
        expect(RULES[origin.rule], `${name}: ${origin.rule}`).toBeDefined();
        expect(at(plan, path), `${name}: ${path}`).not.toBeUndefined();
      }
    }
  });

  test('uses templates of its own, each of at most 60 lines', () => {
    for (const file of readdirSync(`templates/${id}`).filter((name) => name.endsWith('.hbs'))) {
      expect(readFileSync(`templates/${id}/${file}`, 'utf8').split('\n').length, file).toBeLessThanOrEqual(61);
    }
    const used = SAMPLES.filter((one) => one.startsWith(`${id}-`)).map((name) => planOf(openSample(name)).template);
    expect(used.filter((template) => !template.startsWith(`${id}/`))).toEqual([]);
  });
});

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (here, key) => (typeof here === 'object' && here !== null ? Reflect.get(here, key) : undefined),
      value,
    );
}
