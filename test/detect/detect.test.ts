import { expect, test } from 'vitest';
import { detectServices, nothingRecognised } from '../../src/detect/detect.ts';
import type { Language } from '../../src/languages/language.ts';
import type { Evidence } from '../../src/model/service.ts';
import { projectFromObject } from '../../src/project/object.ts';

function language(id: string, found: readonly (readonly [directory: string, strength: number])[]): Language {
  const evidence: readonly Evidence[] = found.map(([directory, strength]) => ({
    language: id,
    directory,
    place: `${directory}/x`,
    strength,
    what: 'x',
  }));
  return { id, name: id, detect: () => evidence } as unknown as Language;
}

const empty = projectFromObject({});

test('the strongest evidence wins, whatever the order of the languages', () => {
  const weak = language('a', [['.', 40]]);
  const strong = language('b', [['.', 90]]);
  for (const languages of [
    [weak, strong],
    [strong, weak],
  ]) {
    expect(detectServices(empty, languages)[0]).toMatchObject({ directory: '.', language: 'b', strength: 90 });
  }
});

test('of equals the one nearer to the top comes first', () => {
  expect(
    detectServices(empty, [
      language('a', [
        ['apps/web', 90],
        ['api', 90],
      ]),
    ]).map((one) => one.directory),
  ).toEqual(['api', 'apps/web']);
});

test('an example ranks behind the real thing', () => {
  expect(
    detectServices(empty, [
      language('a', [
        ['examples/basic', 90],
        ['.', 60],
      ]),
    ])[0]?.directory,
  ).toBe('.');
});

test('evidence for mere tooling is no service', () => {
  expect(detectServices(empty, [language('a', [['.', 10]])])).toEqual([]);
});

test('the message for nothing names what was looked for and what is there', () => {
  const error = nothingRecognised(projectFromObject({ 'main.zig': '', 'src/a.zig': '' }, 'rocket'), [
    { name: 'a', files: ['a.toml'] },
  ]);
  expect(error.message).toBe('No service was recognised in rocket. Looked for: a (a.toml). Seen: main.zig, src/.');
});

test.each([
  [{ 'build.sbt': '', 'project/plugins.sbt': '', 'app/A.scala': '' }, 'build.sbt speaks for sbt'],
  [{ 'build.xml': '', 'src/A.java': '' }, 'build.xml speaks for Ant'],
  [{ 'src/shop/A.java': '' }, 'src/shop/A.java speaks for Java or Kotlin without a build tool'],
  [{ 'src/Shop/Shop.csproj': '' }, 'src/Shop/Shop.csproj speaks for .NET'],
])('a build tool that is not supported is named: %j', (files, sentence) => {
  const error = nothingRecognised(projectFromObject(files, 'rocket'), []);
  expect(error.message).toContain(`${sentence}, which is not supported.`);
  expect(error.hint).toContain('Write a Dockerfile with one stage');
});

test('a Dockerfile of a project that is not supported can be converted', () => {
  const error = nothingRecognised(projectFromObject({ 'build.sbt': '', Dockerfile: 'FROM x\n' }, 'rocket'), []);
  expect(error.hint).toContain('"convert" splits it into stages');
});
