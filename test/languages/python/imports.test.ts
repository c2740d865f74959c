import { describe, expect, test } from 'vitest';
import { codesOf, commandOf, dockerfileOf, FASTAPI, FLASK, factsOf } from './support.ts';

const WSGI = { 'requirements.txt': 'flask\ngunicorn\n' };

describe('an import', () => {
  test('of the standard library is not a file of a package with the same name', () => {
    const files = {
      ...WSGI,
      'shop/__init__.py': '',
      'shop/inspect.py': '',
      'shop/core.py': `import inspect\n${FLASK}`,
    };
    expect(factsOf(files).application?.roots).toEqual(['.']);
  });

  test('of a known distribution is not a file of a package with the same name', () => {
    const files = {
      ...WSGI,
      'shop/__init__.py': '',
      'shop/redis.py': '',
      'shop/core.py': `import redis\n${FLASK}`,
    };
    expect(factsOf(files).application?.roots).toEqual(['.']);
  });

  test('is never found inside of a package within a package', () => {
    const files = {
      ...WSGI,
      'shop/__init__.py': '',
      'shop/vendored/__init__.py': '',
      'shop/vendored/dask/__init__.py': '',
      'shop/vendored/x.py': 'from dask.base import y\n',
      'shop/core.py': `from .vendored import x\n${FLASK}`,
    };
    expect(factsOf(files).application?.roots).toEqual(['.']);
  });

  test('of a file beside the program is found, also in a package', () => {
    const files = { ...WSGI, 'shop/__init__.py': '', 'shop/db.py': '', 'shop/main.py': `import db\n${FLASK}` };
    expect(commandOf(files)).toEqual(['gunicorn', 'main:app']);
  });
});

describe('the folder to run in', () => {
  test('is above a package that is imported from there, whatever lies in the package', () => {
    const files = {
      ...WSGI,
      'shop/__init__.py': '',
      'shop/db.py': 'SCHEMA = "schema.sql"\n',
      'shop/schema.sql': '',
      'shop/core.py': `from shop import db\n${FLASK}`,
    };
    expect(dockerfileOf(files)).not.toContain('WORKDIR /app/shop');
  });
});

describe('a package that nothing declares', () => {
  const undeclared = (requirements: string, code: string) =>
    codesOf({ 'requirements.txt': requirements, 'app.py': code }).includes('import-undeclared');

  test('is reported', () => {
    expect(undeclared('flask\n', `import redis\n${FLASK}`)).toBe(true);
  });

  test('is not reported where a declared one always brings it', () => {
    expect(undeclared('flask\n', `import click\nimport werkzeug\n${FLASK}`)).toBe(false);
    expect(undeclared('flask-cors\n', `import click\n${FLASK}`)).toBe(false);
    expect(undeclared('fastapi\n', `import starlette\nimport pydantic\n${FASTAPI}`)).toBe(false);
  });

  test('is not reported where an extra that is installed brings it', () => {
    const project = '[project]\nname = "x"\n[project.optional-dependencies]\nserver = ["fastapi"]\n';
    const files = { 'pyproject.toml': project, 'app.py': FASTAPI };
    expect(codesOf(files)).not.toContain('import-undeclared');
    expect(dockerfileOf(files)).toContain('--extra server uvicorn==');
  });

  test('stands in the command once', () => {
    expect(dockerfileOf({ 'app.py': `import uvicorn\n${FASTAPI}` })).toMatch(/ install fastapi uvicorn==[\d.]+$/m);
  });

  test('is left to setup.py where only running it would tell', () => {
    const files = { 'setup.py': 'setup(install_requires=read())\n', 'tool/__main__.py': 'import redis\nprint(1)\n' };
    expect(codesOf(files)).not.toContain('manifest-missing');
    expect(dockerfileOf(files)).not.toContain(' redis');
  });
});

describe('a list in the folder requirements', () => {
  test('may have any name, if it is the only one for production', () => {
    const files = { 'requirements/default.txt': 'flask\n', 'requirements/test.txt': 'pytest\n', 'app.py': FLASK };
    expect(dockerfileOf(files)).toContain('-r requirements/default.txt');
    expect(dockerfileOf({ 'requirements/shop': 'flask\n', 'requirements/test': 'x\n', 'app.py': FLASK })).toContain(
      '-r requirements/shop',
    );
    const two = { 'requirements/web.txt': 'flask\n', 'requirements/jobs.txt': 'rq\n', 'app.py': FLASK };
    expect(dockerfileOf(two)).not.toContain('-r requirements/');
  });
});

describe('a setting that must be given', () => {
  const needed = (code: string) =>
    factsOf({ ...WSGI, 'app.py': `${code}\n${FLASK}` }).notes.find((note) => note.code === 'variables-needed')?.args[
      'names'
    ];

  test('is what the environment is asked for without a default', () => {
    expect(needed('import os\nX = os.environ["ONE"]\nY = f(os.environ.get("TWO"))')).toBe('ONE, TWO');
    expect(needed('from os import environ\nX = environ["ONE"]')).toBe('ONE');
  });

  test('is a credential, also where it is only kept', () => {
    expect(needed('import os\nSECRET_KEY = os.getenv("APP_SECRET_KEY")\nNAME = os.getenv("NAME")')).toBe(
      'APP_SECRET_KEY',
    );
  });

  test('is none that a request brings, that may be missing, or that the program sets', () => {
    expect(needed('def f(environ):\n    return environ["PATH_INFO"]')).toBeUndefined();
    expect(needed('import os\nX = bool(os.environ.get("DEBUG"))')).toBeUndefined();
    expect(needed('import os\nos.environ["ONE"] = "1"\nX = os.environ["ONE"]')).toBeUndefined();
  });
});

describe('without a manifest', () => {
  test('what the code needs without importing it is installed as well', () => {
    const form =
      'from fastapi import FastAPI, Form\napp = FastAPI()\n@app.post("/")\ndef f(x: str = Form(...)): pass\n';
    expect(dockerfileOf({ 'main.py': form })).toMatch(/ install fastapi python-multipart uvicorn==/);
    expect(dockerfileOf({ 'main.py': FASTAPI })).not.toContain('python-multipart');
    const huey = `from huey import RedisHuey\nq = RedisHuey()\n${FLASK}`;
    expect(dockerfileOf({ 'app.py': huey })).toMatch(/ install huey Flask redis gunicorn==/);
  });
});
