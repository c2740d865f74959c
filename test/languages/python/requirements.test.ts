import { describe, expect, test } from 'vitest';
import { isForOtherSystems, parseRequirement, pinnedVersion } from '../../../src/languages/python/requirement.ts';
import { readRequirements } from '../../../src/languages/python/requirements-file.ts';
import { projectFromObject } from '../../../src/project/object.ts';
import { dockerfileOf, FLASK, factsOf } from './support.ts';

const read = (files: Record<string, string>, ...names: string[]) =>
  readRequirements(projectFromObject(files), '.', names.length > 0 ? names : ['requirements.txt']);

describe('one requirement', () => {
  test.each([
    ['Flask', 'flask', '', []],
    ['Flask_Cors>=3.0, <4', 'flask-cors', '>=3.0,<4', []],
    ['uvicorn[standard]==0.30.1 ; python_version >= "3.8"', 'uvicorn', '==0.30.1', ['standard']],
    ['zope.interface ~= 6.0', 'zope-interface', '~=6.0', []],
    ['requests (>=2.31)', 'requests', '>=2.31', []],
  ])('reads %s', (text, name, specifier, extras) => {
    expect(parseRequirement(text, 'x')).toMatchObject({ name, specifier, extras });
  });

  test('keeps the address of one that has one', () => {
    expect(parseRequirement('pkg @ git+https://host.example/pkg.git', 'x')?.url).toBe(
      'git+https://host.example/pkg.git',
    );
  });

  test.each(['--index-url https://x', '-e .', './lib', '', '# comment', 'https://host.example/x.whl'])(
    'leaves %j alone',
    (text) => expect(parseRequirement(text, 'x')).toBeNull(),
  );

  test('knows a pin from a range', () => {
    expect(pinnedVersion({ specifier: '==1.2.3' })).toBe('1.2.3');
    expect(pinnedVersion({ specifier: '==1.2.3,<2' })).toBeNull();
    expect(pinnedVersion({ specifier: '>=1' })).toBeNull();
  });

  test('knows a marker that leaves Linux out', () => {
    expect(isForOtherSystems('sys_platform == "win32"')).toBe(true);
    expect(isForOtherSystems("platform_system != 'Windows'")).toBe(false);
    expect(isForOtherSystems("os_name == 'nt' or python_version < '3'")).toBe(false);
  });
});

describe('requirements files', () => {
  test('follow what they include, from the folder of the file that includes', () => {
    const found = read({
      'requirements.txt': '-r requirements/prod.txt\n',
      'requirements/prod.txt': '-r base.txt\n-c constraints.txt\ngunicorn==23.0.0\n',
      'requirements/base.txt': 'flask==3.0.0 # web\n',
      'requirements/constraints.txt': 'numpy==1.0\n',
    });
    expect(found.files).toEqual([
      'requirements.txt',
      'requirements/prod.txt',
      'requirements/base.txt',
      'requirements/constraints.txt',
    ]);
    expect(found.requirements.map((one) => one.name)).toEqual(['flask', 'gunicorn']);
    expect(found.requirements[0]?.from).toBe('requirements/base.txt:1');
  });

  test('say which included file is not there', () => {
    expect(read({ 'requirements.txt': '-r gone.txt\n' }).missing).toEqual([
      { value: 'gone.txt', from: 'requirements.txt:1' },
    ]);
  });

  test('do not follow circles', () => {
    expect(
      read({ 'requirements.txt': '-r b.txt\n', 'b.txt': '-r requirements.txt\nflask\n' }).requirements,
    ).toHaveLength(1);
  });

  test('hold hashes over several lines', () => {
    const found = read({
      'requirements.txt': 'flask==3.0.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\nclick==8\n',
    });
    expect(found.hashes).toBe(true);
    expect(found.requirements.map((one) => [one.name, one.from])).toEqual([
      ['flask', 'requirements.txt:1'],
      ['click', 'requirements.txt:4'],
    ]);
  });

  test('may fetch with git', () => {
    expect(read({ 'requirements.txt': 'git+https://host.example/x.git@v1#egg=x\n' })).toMatchObject({ git: true });
    expect(read({ 'requirements.txt': 'x @ git+ssh://git@host.example/x.git\n' }).git).toBe(true);
    expect(read({ 'requirements.txt': 'gitpython\n' }).git).toBe(false);
  });

  test('may install from the project itself', () => {
    const found = read({
      'requirements.txt': '-e .\n./libs/one\n-e ../outside\n',
      'setup.py': '',
      'libs/one/pyproject.toml': '',
    });
    expect(found.locals.map((one) => one.path)).toEqual(['.', 'libs/one']);
  });

  test('lose what exists for Windows alone, unless a marker says so already', () => {
    const found = read({ 'requirements.txt': 'pywin32==306\ncolorama==0.4.6\npywinpty==2.0 ; os_name == "nt"\n' });
    expect(found.unusable.map((one) => one.text)).toEqual(['pywin32==306']);
  });

  test('lose files of the machine where they were written, but not the package', () => {
    const found = read({
      'requirements.txt': 'Flask @ file:///C:/ci/flask_1676826950459/work\npkg-resources==0.0.0\n',
    });
    expect(found.unusable.map((one) => [one.reason, one.instead])).toEqual([
      ['other-machine', 'flask'],
      ['not-a-package', null],
    ]);
  });
});

describe('the file that is installed', () => {
  test('is the one for production that builds upon the usual one', () => {
    const files = {
      'app.py': FLASK,
      'requirements.txt': 'flask\n',
      'requirements-prod.txt': '-r requirements.txt\ngunicorn\n',
    };
    expect(factsOf(files).install.requirementFiles).toEqual(['requirements-prod.txt']);
  });

  test('is the one in a folder of lists', () => {
    const files = { 'app.py': FLASK, 'requirements/base.txt': 'flask\n', 'requirements/dev.txt': 'pytest\n' };
    expect(factsOf(files).install.requirementFiles).toEqual(['requirements/base.txt']);
  });

  test('is read from a copy where lines must go', () => {
    const text = dockerfileOf({ 'app.py': FLASK, 'requirements.txt': 'flask\npywin32==306\n' });
    expect(text).toContain("sed -i -e '/^[[:space:]]*pywin32==306/d' requirements.txt");
    expect(text).not.toContain('source=requirements.txt');
  });

  test('is installed without what has no hash', () => {
    const text = dockerfileOf({ 'app.py': FLASK, 'requirements.txt': 'flask==3.0.0 --hash=sha256:aa\n' });
    expect(text).toContain('install -r requirements.txt\n');
    expect(text).toContain('install gunicorn==27.0.1\n');
  });
});
