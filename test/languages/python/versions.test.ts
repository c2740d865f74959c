import { describe, expect, test } from 'vitest';
import { allows } from '../../../src/languages/python/versions.ts';
import { codesOf, FLASK, factsOf } from './support.ts';

const versionOf = (files: Record<string, string>) => {
  const { value, from } = factsOf({ 'app.py': FLASK, ...files }).version;
  return [value, from];
};

describe('a declaration', () => {
  test.each([
    ['3.12', '3.12', true],
    ['3.12.4', '3.12', true],
    ['3.12.4', '3.13', false],
    ['3', '3.13', true],
    ['>=3.9', '3.14', true],
    ['>=3.9,<3.13', '3.13', false],
    ['>=3.9,<3.13', '3.12', true],
    ['~=3.11', '3.13', true],
    ['~=3.11.0', '3.12', false],
    ['==3.10.*', '3.10', true],
    ['3.10.x', '3.10', true],
    ['<=3.11', '3.11', true],
    ['>3.10', '3.11', true],
    ['!=3.9.*,>=3.8', '3.9', false],
    ['>=3.11.4', '3.11', true],
  ])('%s allows %s: %s', (declaration, python, expected) => {
    expect(allows(declaration, python)).toBe(expected);
  });
});

describe('the version', () => {
  test('comes from .python-version before all others', () => {
    expect(
      versionOf({ '.python-version': '3.12\n', 'runtime.txt': 'python-3.11.2\n', '.tool-versions': 'python 3.13.1\n' }),
    ).toEqual(['3.12', '.python-version:1']);
  });

  test('comes from runtime.txt', () => {
    expect(versionOf({ 'requirements.txt': 'flask\n', 'runtime.txt': 'python-3.11.2\n' })).toEqual([
      '3.11',
      'runtime.txt:1',
    ]);
  });

  test('is the newest supported one of a range', () => {
    expect(versionOf({ 'pyproject.toml': '[project]\nname = "x"\nrequires-python = ">=3.10"\n' })).toEqual([
      '3.14',
      'pyproject.toml:3',
    ]);
  });

  test('is the newest of a Poetry range', () => {
    const poetry = '[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\npython = "~3.12"\nflask = "*"\n';
    expect(versionOf({ 'pyproject.toml': poetry })).toEqual(['3.12', 'pyproject.toml:4']);
  });

  test('comes from a Pipfile and from tool files', () => {
    expect(versionOf({ Pipfile: '[packages]\nflask = "*"\n[requires]\npython_version = "3.11"\n' })[0]).toBe('3.11');
    expect(versionOf({ 'mise.toml': '[tools]\npython = "3.12"\n' })).toEqual(['3.12', 'mise.toml:2']);
  });

  test('is not taken from the name of an environment', () => {
    expect(versionOf({ '.python-version': 'my-env-3\n', 'runtime.txt': 'python-3.12.1\n' })[0]).toBe('3.12');
    expect(versionOf({ '.python-version': 'pypy3.9-7.3\n', 'requirements.txt': 'flask\n' })[0]).toBe('3.13');
  });

  test('is assumed, aloud, where nothing is declared', () => {
    expect(versionOf({ 'requirements.txt': 'flask\n' })).toEqual(['3.13', 'requirements.txt']);
    expect(codesOf({ 'app.py': FLASK, 'requirements.txt': 'flask\n' })).toContain('version-assumed');
  });

  test('is kept down by a pin that has no wheel for a newer one, with the place', () => {
    const files = { 'app.py': FLASK, 'requirements.txt': 'flask\nnumpy==1.23.5\n' };
    expect(versionOf(files)).toEqual(['3.11', 'requirements.txt:2']);
    expect(codesOf(files)).toContain('version-kept');
  });

  test('is kept down inside a declared range', () => {
    const project = '[project]\nname = "x"\nrequires-python = ">=3.8"\ndependencies = ["pandas==1.5.3"]\n';
    expect(versionOf({ 'pyproject.toml': project })[0]).toBe('3.11');
  });

  test('is obeyed where it is exact, with a warning about what does not fit', () => {
    const files = { 'app.py': FLASK, '.python-version': '3.13\n', 'requirements.txt': 'numpy==1.23.5\n' };
    expect(versionOf(files)[0]).toBe('3.13');
    expect(codesOf(files)).toContain('version-too-new');
  });

  test('takes either of two series of a package', () => {
    expect(versionOf({ 'requirements.txt': 'pydantic==1.10.21\n' })[0]).toBe('3.13');
    expect(versionOf({ 'requirements.txt': 'pydantic==2.5.0\n' })[0]).toBe('3.12');
  });

  test('passes over releases that fail on it, older and newer ones being fine', () => {
    expect(versionOf({ 'requirements.txt': 'flask==1.0.3\nwerkzeug==0.15.4\nmarkupsafe==1.1.1\n' })[0]).toBe('3.7');
    expect(versionOf({ 'requirements.txt': 'flask==1.0.3\nwerkzeug==0.14.1\nmarkupsafe==1.1.1\n' })[0]).toBe('3.9');
  });

  test('is kept down by modules that newer ones do not have', () => {
    expect(versionOf({ 'app.py': `${FLASK}import imp\n`, 'requirements.txt': 'flask\n' })).toEqual([
      '3.11',
      'app.py:3',
    ]);
    expect(versionOf({ 'app.py': `${FLASK}import cgi\n`, 'requirements.txt': 'flask\n' })[0]).toBe('3.12');
    expect(versionOf({ 'app.py': `${FLASK}from collections import Mapping\n`, 'requirements.txt': 'flask\n' })[0]).toBe(
      '3.9',
    );
  });

  test('is not kept down where the source has something else for newer ones', () => {
    const code = `try:\n    from collections.abc import Mapping\nexcept ImportError:\n    from collections import Mapping\n${FLASK}`;
    expect(versionOf({ 'app.py': code, 'requirements.txt': 'flask\n' })[0]).toBe('3.13');
  });

  test('is not kept down by what is only talked about', () => {
    expect(
      versionOf({ 'app.py': `${FLASK}# import imp\ntext = """\nimport cgi\n"""\n`, 'requirements.txt': 'flask\n' })[0],
    ).toBe('3.13');
  });

  test('follows the wheels of a lock file', () => {
    const lock = (tag: string) =>
      `version = 1\nrequires-python = ">=3.10"\n\n[[package]]\nname = "numpy"\nversion = "2.0.0"\nwheels = [\n    { url = "x/numpy-2.0.0-${tag}-${tag}-manylinux_2_17_x86_64.manylinux2014_x86_64.whl" },\n]\n`;
    const project = '[project]\nname = "x"\nrequires-python = ">=3.10"\ndependencies = ["numpy"]\n';
    expect(versionOf({ 'pyproject.toml': project, 'uv.lock': lock('cp312') })[0]).toBe('3.12');
    expect(versionOf({ 'pyproject.toml': project, 'uv.lock': lock('cp311') })[0]).toBe('3.11');
  });

  test('is the one that the project was deployed with, where nothing else says', () => {
    expect(
      versionOf({ 'requirements.txt': 'flask\n', Dockerfile: 'FROM docker.io/library/python:3.11-slim AS x\n' }),
    ).toEqual(['3.11', 'Dockerfile:1']);
    const argument = 'ARG PYTHON_VERSION=3.12.1\nFROM python:${PYTHON_VERSION}-slim\n';
    expect(versionOf({ 'requirements.txt': 'flask\n', Dockerfile: argument })).toEqual(['3.12', 'Dockerfile:1']);
    expect(versionOf({ 'requirements.txt': 'flask\n', 'app.yaml': 'runtime: python39\n' })).toEqual([
      '3.9',
      'app.yaml:1',
    ]);
    expect(versionOf({ 'requirements.txt': 'flask\n', 'app.yaml': 'runtime: python\n' })[0]).toBe('3.13');
    expect(codesOf({ 'app.py': FLASK, Dockerfile: 'FROM python:3.11-slim\n' })).not.toContain('version-assumed');
  });

  test('of a range is the one that the project was deployed with, if it is still supported', () => {
    const range = { 'pyproject.toml': '[project]\nname = "x"\nrequires-python = ">=3.8"\n' };
    expect(versionOf({ ...range, Dockerfile: 'FROM python:3.12\n' })).toEqual(['3.12', 'Dockerfile:1']);
    expect(versionOf({ ...range, Dockerfile: 'FROM python:3.8\n' })[0]).toBe('3.14');
    expect(codesOf({ 'app.py': FLASK, ...range, Dockerfile: 'FROM python:3.8\n' })).not.toContain('version-conflict');
  });

  test('that several pins keep down is explained once', () => {
    const files = { 'app.py': FLASK, 'requirements.txt': 'numpy==1.23.5\npandas==1.5.3\n' };
    const notes = factsOf(files).notes.filter((note) => note.code === 'version-kept');
    expect(notes.map((note) => note.args['what'])).toEqual(['numpy 1.23.5, pandas 1.5.3']);
    expect(codesOf(files)).not.toContain('version-assumed');
  });

  test('that lacks what the source uses is told apart from one without wheels', () => {
    const files = { 'app.py': `${FLASK}import cgi\n`, '.python-version': '3.13\n' };
    expect(codesOf(files)).toContain('version-lacks');
    expect(codesOf(files)).not.toContain('version-too-new');
  });

  test('that two places disagree about is reported with both', () => {
    const notes = factsOf({
      'app.py': FLASK,
      '.python-version': '3.12\n',
      'pyproject.toml': '[project]\nname = "x"\nrequires-python = ">=3.13"\n',
    }).notes;
    expect(notes.find((note) => note.code === 'version-conflict')?.places).toEqual([
      '.python-version:1',
      'pyproject.toml:3',
    ]);
  });

  test('at its end of life is reported', () => {
    expect(codesOf({ 'app.py': FLASK, '.python-version': '3.8\n' })).toContain('end-of-life');
  });
});
