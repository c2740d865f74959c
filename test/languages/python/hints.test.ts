import { describe, expect, test } from 'vitest';
import { programCalls } from '../../../src/languages/python/command-line.ts';
import { readServerCall } from '../../../src/languages/python/server-call.ts';
import { projectFromObject } from '../../../src/project/object.ts';
import { commandOf, dockerfileOf, FASTAPI, FLASK, factsOf } from './support.ts';

const WSGI = { 'requirements.txt': 'flask\ngunicorn\n', 'app.py': FLASK, 'other.py': FLASK };

describe('a command line', () => {
  const calls = (command: string, files = {}) =>
    programCalls(projectFromObject(files), '.', command).map((call) => [call.folder, ...call.words]);

  test('may hold several calls, a folder and variables', () => {
    expect(calls('cd web && python manage.py migrate && DEBUG=0 exec gunicorn "a b":app')).toEqual([
      ['web', 'python', 'manage.py', 'migrate'],
      ['web', 'gunicorn', 'a b:app'],
    ]);
  });

  test('may hide in a shell, a script or a runner', () => {
    expect(calls("sh -c 'uvicorn main:app'")).toEqual([['.', 'uvicorn', 'main:app']]);
    expect(calls('poetry run uvicorn main:app')).toEqual([['.', 'uvicorn', 'main:app']]);
    expect(calls('uv run --frozen --no-dev uvicorn main:app')).toEqual([['.', 'uvicorn', 'main:app']]);
    expect(calls('./start.sh', { 'start.sh': '#!/bin/sh\n# uvicorn old:app\nexec uvicorn \\\n  main:app\n' })).toEqual([
      ['.', 'uvicorn', 'main:app'],
    ]);
    expect(calls('/entrypoint.sh gunicorn x', { 'docker/entrypoint.sh': 'set -e\nexec "$@"\n' })).toContainEqual([
      '.',
      'gunicorn',
      'x',
    ]);
  });

  test('that calls itself ends', () => {
    expect(calls('./a.sh', { 'a.sh': './a.sh\n' })).toEqual([['.', './a.sh']]);
  });
});

describe('a call of a server', () => {
  test('says what to load, and keeps what is not about listening or development', () => {
    expect(
      readServerCall('gunicorn', [
        '-w',
        '4',
        '-b',
        '0.0.0.0:5000',
        '--reload',
        '--timeout=120',
        '-kgevent',
        'web.wsgi',
      ]),
    ).toMatchObject({
      target: 'web.wsgi',
      port: 5000,
      options: ['-w', '4', '--timeout', '120', '-k', 'gevent'],
    });
    expect(
      readServerCall('uvicorn', ['main:make', '--factory', '--port', '$PORT', '--reload', '--proxy-headers']),
    ).toMatchObject({
      target: 'main:make',
      isFactory: true,
      port: null,
      options: ['--proxy-headers'],
    });
  });

  test('without a module is none', () => {
    expect(readServerCall('gunicorn', ['--check-config'])).toBeNull();
    expect(readServerCall('nginx', ['-g', 'x'])).toBeNull();
  });

  test('of Gunicorn with a worker of Uvicorn speaks ASGI', () => {
    expect(readServerCall('gunicorn', ['-k', 'uvicorn.workers.UvicornWorker', 'main:app'])?.speaks).toBe('asgi');
  });
});

describe('the project’s own commands', () => {
  test('in a Procfile decide between applications', () => {
    const facts = factsOf({ ...WSGI, Procfile: 'worker: python x.py\nweb: gunicorn other:app --log-file -\n' });
    expect([facts.command?.value, facts.command?.from]).toEqual([['gunicorn', 'other:app'], 'Procfile:2']);
  });

  test('that name what is not there are passed over', () => {
    expect(commandOf({ ...WSGI, Procfile: 'web: gunicorn gone:app\n' })).toEqual(['gunicorn', 'app:app']);
  });

  test('that start a development server stand for the application in it', () => {
    expect(commandOf({ ...WSGI, Procfile: 'web: python other.py\n' })).toEqual(['gunicorn', 'other:app']);
    expect(commandOf({ ...WSGI, Procfile: 'web: flask --app other run --host 0.0.0.0\n' })).toEqual([
      'gunicorn',
      'other:app',
    ]);
    expect(commandOf({ ...WSGI, '.flaskenv': 'FLASK_APP=other.py\n', Procfile: 'web: flask run\n' })).toEqual([
      'gunicorn',
      'other:app',
    ]);
  });

  test('in an earlier Dockerfile name the module and the port', () => {
    const files = {
      'requirements.txt': 'fastapi\nuvicorn\n',
      'svc/one.py': FASTAPI,
      'svc/two.py': FASTAPI,
      Dockerfile: 'FROM python\nENTRYPOINT ["uvicorn", "svc.two:app"]\nCMD ["--host", "0.0.0.0", "--port", "9001"]\n',
    };
    expect(commandOf(files)).toEqual(['uvicorn', '--host', '0.0.0.0', '--port', '9001', 'svc.two:app']);
  });

  test('in a compose file, a settings file of a host or a task count as well', () => {
    expect(
      commandOf({ ...WSGI, 'compose.yaml': 'services:\n  web:\n    build: .\n    command: gunicorn other:app\n' }),
    ).toEqual(['gunicorn', 'other:app']);
    expect(commandOf({ ...WSGI, 'railway.json': '{"deploy": {"startCommand": "gunicorn other:app"}}' })).toEqual([
      'gunicorn',
      'other:app',
    ]);
    expect(
      commandOf({ ...WSGI, 'render.yaml': 'services:\n  - type: web\n    startCommand: gunicorn other:app\n' }),
    ).toEqual(['gunicorn', 'other:app']);
  });

  test('may change the folder', () => {
    const files = {
      'requirements.txt': 'flask\ngunicorn\n',
      'web/app.py': FLASK,
      Procfile: 'web: cd web && gunicorn app:app\n',
    };
    expect(commandOf(files)).toEqual(['gunicorn', 'app:app']);
    expect(dockerfileOf(files)).toContain('WORKDIR /app/web\n');
  });

  test('for a worker make a worker', () => {
    const facts = factsOf({
      'requirements.txt': 'discord.py\n',
      'bot.py': 'import discord\n',
      'x.py': '',
      Procfile: 'worker: python bot.py\n',
    });
    expect([facts.kind, facts.command?.value]).toEqual(['worker', ['python', 'bot.py']]);
  });

  test('with settings of Gunicorn’s own still listen on the port', () => {
    expect(commandOf({ ...WSGI, 'gunicorn.conf.py': 'bind = "127.0.0.1:9"\n' })).toEqual([
      'gunicorn',
      '--bind',
      '0.0.0.0:8000',
      'app:app',
    ]);
  });
});
