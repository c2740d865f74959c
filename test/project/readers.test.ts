import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { projectFromObject } from '../../src/project/object.ts';
import { keysAt, textFact } from '../../src/project/readers/document.ts';
import { readJson } from '../../src/project/readers/json.ts';
import { firstLine, firstMatch } from '../../src/project/readers/lines.ts';
import { readToml } from '../../src/project/readers/toml.ts';
import { childAt, readXml } from '../../src/project/readers/xml.ts';
import { readYaml } from '../../src/project/readers/yaml.ts';

function project(path: string, text: string) {
  return projectFromObject({ [path]: text });
}

function errorOf(action: () => unknown): UserError {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('JSON', () => {
  const file = '{\n  "name": "shop",\n  "engines": { "node": " >=20 " },\n  "list": [1, 2]\n}\n';

  test('a value knows its line', () => {
    expect(textFact(readJson(project('p.json', file), 'p.json')!, 'engines', 'node')).toEqual({
      value: '>=20',
      from: 'p.json:3',
    });
  });

  test('what is not a text is no fact', () => {
    expect(textFact(readJson(project('p.json', file), 'p.json')!, 'list')).toBeNull();
  });

  test('a truncated file names its line', () => {
    const error = errorOf(() => readJson(project('p.json', '{\n "name": "x",\n'), 'p.json'));
    expect(error.code).toBe('file-malformed');
    expect(error.message).toMatch(/^p\.json is not valid JSON: line [23]/);
  });

  test('comments are allowed only where the format has them', () => {
    const text = '{ // why\n "a": 1, }';
    expect(errorOf(() => readJson(project('p.json', text), 'p.json')).code).toBe('file-malformed');
    expect(readJson(project('p.json', text), 'p.json', 'lenient')?.at('a')).toBe(1);
  });

  test('a key of the prototype finds nothing', () => {
    expect(readJson(project('p.json', '{}'), 'p.json')?.at('__proto__', 'toString')).toBeUndefined();
    expect(readJson(project('p.json', '{}'), 'p.json')?.at('constructor')).toBeUndefined();
  });
});

describe('TOML', () => {
  const file =
    '[project]\nname = "shop"\nrequires-python = ">=3.11"\n\n[tool.poetry.dependencies]\npython = "^3.12"\n[tools]\nnode = { version = "22" }\n';

  test.each([
    [['project', 'requires-python'], { value: '>=3.11', from: 't.toml:3' }],
    [['tool', 'poetry', 'dependencies', 'python'], { value: '^3.12', from: 't.toml:6' }],
    [['tools', 'node', 'version'], { value: '22', from: 't.toml:8' }],
  ])('%j stands in its line', (keys, fact) => {
    expect(textFact(readToml(project('t.toml', file), 't.toml')!, ...keys)).toEqual(fact);
  });

  test('a malformed file names its line', () => {
    expect(errorOf(() => readToml(project('t.toml', 'a = 1\nb = \n'), 't.toml')).message).toContain('line 2');
  });
});

describe('YAML', () => {
  test('a value knows its line', () => {
    const document = readYaml(project('a.yml', 'server:\n  port: 8081\n'), 'a.yml')!;
    expect(textFact(document, 'server', 'port')).toEqual({ value: '8081', from: 'a.yml:2' });
    expect(keysAt(document)).toEqual(['server']);
  });

  test('of several documents the first counts', () => {
    expect(readYaml(project('a.yml', 'a: 1\n---\na: 2\n'), 'a.yml')?.at('a')).toBe(1);
  });

  test('a malformed file is an error with its line', () => {
    expect(errorOf(() => readYaml(project('a.yml', 'a: 1\nb: [\n'), 'a.yml')).code).toBe('file-malformed');
  });
});

describe('XML', () => {
  test('an element knows the line of its value', () => {
    const root = readXml(
      project(
        'pom.xml',
        '<project>\n  <properties>\n    <java.version>\n 21</java.version>\n  </properties>\n</project>',
      ),
      'pom.xml',
    );
    expect(childAt(root, 'properties', 'java.version')).toMatchObject({ text: '21', line: 4 });
  });

  test('an unclosed element is an error with its line', () => {
    expect(errorOf(() => readXml(project('pom.xml', '<project>\n<a>\n</project>'), 'pom.xml')).code).toBe(
      'file-malformed',
    );
  });
});

describe('lines', () => {
  test('the first line that says something', () => {
    expect(firstLine(project('.nvmrc', '# version\n\n v22 # lts\n'), '.nvmrc')).toEqual({
      value: 'v22',
      from: '.nvmrc:3',
    });
  });

  test('a match knows the line of its group', () => {
    expect(firstMatch(project('a.js', 'x\r\ny(\r\n3000)'), 'a.js', /y\(\s*(\d+)/)).toEqual({
      value: '3000',
      from: 'a.js:3',
    });
  });
});
