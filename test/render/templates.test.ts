import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { describe, expect, test } from 'vitest';
import { openSample, planOf, SAMPLES } from '../support/samples.ts';

/*
 * Strict mode does not cover blocks: a missing path in `#if` or `#each` renders nothing. So every path that a template
 * reads is looked for in the plans that use it: it must exist in one of them at least, be it as `null` or an empty list.
 */
const plans = SAMPLES.map((name) => planOf(openSample(name)));
const files = readdirSync('templates', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.hbs'));
const partials = new Map(
  files
    .filter((path) => path.includes('_partials/'))
    .map((path) => [path.replace(/^.*_partials\//, '').replace('.hbs', ''), readFileSync(`templates/${path}`, 'utf8')]),
);
const templates = files.filter((path) => !path.includes('_partials/'));
/** Paths that some plan has: an optional field may be missing in all plans of one template. */
const seen = new Set<string>();
for (const plan of plans)
  walk(Handlebars.parse(readFileSync(`templates/${plan.template}.hbs`, 'utf8')).body, [plan], seen, new Set());

/** Fields that the model itself leaves out where they say nothing: no plan needs to have them. */
const OPTIONAL = new Set(['exclude']);

describe.each(templates)('%s', (path) => {
  const id = path.replace('.hbs', '');
  const users = plans.filter((plan) => plan.template === id);

  test('is used by a sample project', () => {
    expect(users.length, id).toBeGreaterThan(0);
  });

  test('reads only what plans have', () => {
    const missing = new Set<string>();
    for (const plan of users)
      walk(Handlebars.parse(readFileSync(`templates/${path}`, 'utf8')).body, [plan], seen, missing);
    expect([...missing].filter((one) => !seen.has(one) && !OPTIONAL.has(one))).toEqual([]);
  });
});

/** Follows a template's statements with the values they would see; `seen` and `missing` collect paths by their text. */
function walk(
  body: readonly hbs.AST.Statement[],
  stack: readonly unknown[],
  seen: Set<string>,
  missing: Set<string>,
): void {
  for (const statement of body) {
    if (statement.type === 'MustacheStatement') {
      const mustache = statement as hbs.AST.MustacheStatement;
      const read = mustache.params.length > 0 ? mustache.params : [mustache.path];
      for (const one of read) valuesAt(one, stack, seen, missing);
    }
    if (statement.type === 'PartialStatement') {
      const partial = statement as hbs.AST.PartialStatement;
      const contexts = partial.params[0] ? valuesAt(partial.params[0], stack, seen, missing) : [stack.at(-1)];
      const text = partials.get((partial.name as hbs.AST.PathExpression).original);
      expect(text, String((partial.name as hbs.AST.PathExpression).original)).toBeDefined();
      for (const context of contexts) {
        if (context !== null) walk(Handlebars.parse(text ?? '').body, [...stack, context], seen, missing);
      }
    }
    if (statement.type === 'BlockStatement') block(statement as hbs.AST.BlockStatement, stack, seen, missing);
  }
}

function block(
  statement: hbs.AST.BlockStatement,
  stack: readonly unknown[],
  seen: Set<string>,
  missing: Set<string>,
): void {
  const name = (statement.path as hbs.AST.PathExpression).original;
  expect(['if', 'unless', 'each', 'with']).toContain(name);
  const subject = statement.params[0];
  const values = subject ? valuesAt(subject, stack, seen, missing) : [];
  const contexts =
    name === 'each'
      ? values.flatMap((value) => (Array.isArray(value) ? value : []))
      : name === 'with'
        ? values.filter(Boolean)
        : [stack.at(-1)];
  for (const context of contexts) {
    walk(statement.program.body, name === 'if' || name === 'unless' ? stack : [...stack, context], seen, missing);
  }
  if (statement.inverse) walk(statement.inverse.body, stack, seen, missing);
}

function valuesAt(
  expression: hbs.AST.Expression,
  stack: readonly unknown[],
  seen: Set<string>,
  missing: Set<string>,
): readonly unknown[] {
  if (expression.type !== 'PathExpression') return [];
  const path = expression as hbs.AST.PathExpression;
  if (path.data) return [];
  const base = stack[stack.length - 1 - path.depth];
  let value: unknown = base;
  for (const part of path.parts as string[]) {
    const there = typeof value === 'object' && value !== null && Object.hasOwn(value, part);
    (there ? seen : missing).add(path.original);
    value = there ? Reflect.get(value as object, part) : undefined;
    if (!there) return [];
  }
  return [value];
}
