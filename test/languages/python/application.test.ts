import { describe, expect, test } from 'vitest';
import { python } from '../../../src/languages/python/index.ts';
import { projectFromObject } from '../../../src/project/object.ts';
import { codesOf, commandOf, dockerfileOf, FASTAPI, FLASK, factsOf } from './support.ts';

const WSGI = { 'requirements.txt': 'flask\ngunicorn\n' };
const ASGI = { 'requirements.txt': 'fastapi\nuvicorn\n' };
const uvicorn = (target: string, port = '8000') => ['uvicorn', '--host', '0.0.0.0', '--port', port, target];

describe('an application object', () => {
  test('is loaded by the declared server', () => {
    expect(commandOf({ ...WSGI, 'app.py': FLASK })).toEqual(['gunicorn', 'app:app']);
    expect(commandOf({ ...ASGI, 'main.py': FASTAPI })).toEqual(uvicorn('main:app'));
  });

  test('may be imported by another name, with everything, or by the whole module', () => {
    expect(commandOf({ ...WSGI, 'web.py': 'import flask as f\nsite: f.Flask = f.Flask(__name__)\n' })).toEqual([
      'gunicorn',
      'web:site',
    ]);
    expect(commandOf({ ...WSGI, 'web.py': 'from flask import *\nsite = Flask(__name__)\n' })).toEqual([
      'gunicorn',
      'web:site',
    ]);
    expect(commandOf({ ...WSGI, 'web.py': 'from flask import Flask as F\na = site = F(__name__)\n' })).toEqual([
      'gunicorn',
      'web:a',
    ]);
  });

  test('in a text or a comment is none', () => {
    const text =
      '"""\nfrom flask import Flask\napp = Flask(__name__)\n"""\n# app = Flask(__name__)\nif __name__ == "__main__":\n    print(1)\n';
    expect(factsOf({ ...WSGI, 'main.py': text }).kind).toBe('worker');
  });

  test('may be made by a function', () => {
    const factory =
      'from flask import Flask\ndef create_app(config=None):\n    app = Flask(__name__)\n    return app\n';
    expect(commandOf({ ...WSGI, 'shop/__init__.py': factory })).toEqual(['gunicorn', 'shop:create_app()']);
  });

  test('made by a function is taken from the file that calls it', () => {
    const files = {
      ...WSGI,
      'shop/__init__.py': 'from flask import Flask\ndef create_app(name):\n    return Flask(name)\n',
      'run.py': 'import os\nfrom shop import create_app\napp = create_app(os.getenv("X") or "default")\n',
    };
    expect(commandOf(files)).toEqual(['gunicorn', 'run:app']);
  });

  test('may be made by a function that gives another one its arguments', () => {
    const files = {
      ...WSGI,
      'look/app.py':
        'from flask import Flask\ndef create_app(store):\n    return Flask(store)\ndef get_app():\n    return create_app(x)\n',
    };
    expect(commandOf(files)).toEqual(['gunicorn', 'look.app:get_app()']);
  });

  test('may need an argument that the source gives', () => {
    const files = {
      ...WSGI,
      'shop/__init__.py': 'from flask import Flask\ndef create_app(name):\n    return Flask(name)\n',
      'manage.py': "from shop import create_app\nif __name__ == '__main__':\n    create_app('production').run()\n",
    };
    expect(commandOf({ ...files, 'shop/__init__.py': `${files['shop/__init__.py']}MODES = ["production"]\n` })).toEqual(
      ['gunicorn', "shop:create_app('production')"],
    );
  });

  test('of a Dash application is the Flask application in it', () => {
    const dash = 'from dash import Dash\napp = Dash(__name__)\nserver = app.server\n';
    expect(commandOf({ 'requirements.txt': 'dash\ngunicorn\n', 'app.py': dash })).toEqual(['gunicorn', 'app:server']);
  });

  test('is that of the file that includes the others', () => {
    const files = {
      ...ASGI,
      'main.py': `from sub.app import api\n${FASTAPI}app.mount("/sub", api)\n`,
      'sub/app.py': 'from fastapi import FastAPI\napi = FastAPI()\n',
      'sub/__init__.py': '',
    };
    expect(commandOf(files)).toEqual(uvicorn('main:app'));
  });

  test('in tests and examples does not count', () => {
    expect(commandOf({ ...ASGI, 'tests/app.py': FASTAPI, 'examples/main.py': FASTAPI, 'service.py': FASTAPI })).toEqual(
      uvicorn('service:app'),
    );
  });
});

describe('the module path', () => {
  test('starts where the imports are found', () => {
    const files = { ...ASGI, 'app/main.py': `from app.db import x\n${FASTAPI}`, 'app/db.py': 'x = 1\n' };
    expect(commandOf(files)).toEqual(uvicorn('app.main:app'));
    expect(dockerfileOf(files)).not.toContain('PYTHONPATH');
  });

  test('starts in the folder that the imports need', () => {
    const files = { ...ASGI, 'app/main.py': `from db import x\n${FASTAPI}`, 'app/db.py': 'x = 1\n' };
    expect(commandOf(files)).toEqual(uvicorn('main:app'));
    expect(dockerfileOf(files)).toContain('PYTHONPATH=/app/app');
  });

  test('starts above a package with relative imports, also without __init__.py', () => {
    const files = { ...ASGI, 'api/main.py': `from .db import x\n${FASTAPI}`, 'api/db.py': 'x = 1\n' };
    expect(commandOf(files)).toEqual(uvicorn('api.main:app'));
  });

  test('starts in src', () => {
    const files = {
      ...ASGI,
      'src/shop/__init__.py': '',
      'src/shop/main.py': `from shop.db import x\n${FASTAPI}`,
      'src/shop/db.py': 'x = 1\n',
    };
    expect(commandOf(files)).toEqual(uvicorn('shop.main:app'));
    expect(dockerfileOf(files)).toContain('PYTHONPATH=/app/src');
  });

  test('starts in a folder whose name is no module name', () => {
    expect(commandOf({ ...ASGI, 'my-app/main.py': FASTAPI })).toEqual(uvicorn('main:app'));
  });

  test('leaves the program where it finds the files that it names', () => {
    const files = {
      ...ASGI,
      'app/main.py': `import config\nfrom fastapi.staticfiles import StaticFiles\n${FASTAPI}app.mount("/s", StaticFiles(directory="static"))\n`,
      'app/config.py': '',
      'app/static/a.css': '',
    };
    expect(dockerfileOf(files)).toContain('WORKDIR /app/app\n');
    expect(dockerfileOf(files)).toContain('COPY . /app/\n');
  });
});

describe('the server', () => {
  test('is installed, aloud, where none is declared', () => {
    const files = { 'requirements.txt': 'flask\n', 'app.py': FLASK };
    expect(dockerfileOf(files)).toContain('-r requirements.txt gunicorn==27.0.1\n');
    expect(codesOf(files)).toContain('server-added');
    expect(codesOf({ ...WSGI, 'app.py': FLASK })).not.toContain('server-added');
  });

  test('is of a release for the Python version', () => {
    expect(dockerfileOf({ 'requirements.txt': 'flask\n', 'app.py': FLASK, '.python-version': '3.8\n' })).toContain(
      'gunicorn==23.0.0',
    );
  });

  test('can be another one', () => {
    const files = { 'requirements.txt': 'flask\n', 'app.py': FLASK };
    const text = dockerfileOf(files, { server: 'waitress' });
    expect(text).toContain('waitress==3.0.2');
    expect(text).toContain('CMD ["waitress-serve", "--listen=0.0.0.0:8000", "app:app"]');
    expect(text).toContain('ENTRYPOINT ["/tini", "--"]');
  });

  test('comes along with extras of the framework', () => {
    expect(codesOf({ 'requirements.txt': 'fastapi[standard]\n', 'main.py': FASTAPI })).not.toContain('server-added');
  });

  test('follows the port that is answered', () => {
    expect(dockerfileOf({ ...ASGI, 'main.py': FASTAPI }, { port: '9000' })).toContain('"--port", "9000"');
  });

  test('is not started twice by a file that runs it when it is loaded', () => {
    expect(dockerfileOf({ ...WSGI, 'app.py': `${FLASK}app.run(debug=True)\n` })).toContain('FLASK_RUN_FROM_CLI=true');
    expect(dockerfileOf({ ...WSGI, 'app.py': `${FLASK}if __name__ == "__main__":\n    app.run()\n` })).not.toContain(
      'FLASK_RUN',
    );
  });

  test('keeps one thread for each connection of Flask-SocketIO', () => {
    const files = {
      'requirements.txt': 'flask\nflask-socketio\ngunicorn\n',
      'app.py': `from flask_socketio import SocketIO\n${FLASK}`,
    };
    expect(commandOf(files)).toEqual(['gunicorn', '--threads', '100', '--workers', '1', 'app:app']);
  });
});

describe('programs that serve by themselves', () => {
  test.each([
    ['streamlit', 'import streamlit as st\nst.title("x")\n', ['streamlit', 'run', 'app.py'], 8501],
    ['gradio', 'import gradio as gr\ndemo = gr.Interface()\ndemo.launch()\n', ['python', 'app.py'], 7860],
    ['aiohttp', 'from aiohttp import web\nweb.run_app(web.Application())\n', ['python', 'app.py'], 8080],
    ['nicegui', 'from nicegui import ui\nui.run()\n', ['python', 'app.py'], 8080],
  ])('%s', (name, source, command, port) => {
    const facts = factsOf({ 'requirements.txt': `${name}\n`, 'app.py': source });
    expect([facts.command?.value, facts.port?.value, facts.kind]).toEqual([command, port, 'web']);
  });

  test('a server of the standard library is said to be for development', () => {
    const source = 'from http.server import HTTPServer\nHTTPServer(("", 8090), H).serve_forever()\n';
    const facts = factsOf({ 'server.py': source });
    expect([facts.port?.value, facts.notes.map((note) => note.code)]).toEqual([
      8090,
      expect.arrayContaining(['development-server']),
    ]);
  });

  test('a gRPC server is probed by a connection', () => {
    const files = {
      'requirements.txt': 'grpcio\n',
      'server.py': 'import grpc\nserver = grpc.server()\nserver.add_insecure_port("[::]:50051")\n',
    };
    expect(dockerfileOf(files)).toContain("create_connection(('127.0.0.1',50051),4)\"]");
  });

  test('Bottle’s own application is run by Waitress', () => {
    const source =
      "from bottle import route, run\n@route('/')\ndef i(): return 'x'\nrun(host='localhost', port=8080)\n";
    const files = { 'requirements.txt': 'bottle\n', 'hello.py': source };
    expect(commandOf(files)).toEqual([
      'python',
      '-m',
      'bottle',
      '--server',
      'waitress',
      '--bind',
      '0.0.0.0:8080',
      'hello',
    ]);
    expect(dockerfileOf(files)).toContain('waitress==3.0.2');
  });
});

describe('programs without a port', () => {
  test('are files that can be run', () => {
    const facts = factsOf({ 'main.py': 'if __name__ == "__main__":\n    print(1)\n' });
    expect([facts.kind, facts.command?.value, facts.port]).toEqual(['worker', ['python', 'main.py'], null]);
  });

  test('are packages with a __main__ module', () => {
    expect(
      commandOf({ 'tool/__init__.py': '', 'tool/__main__.py': 'from .x import y\n', 'tool/x.py': 'y = 1\n' }),
    ).toEqual(['python', '-m', 'tool']);
  });

  test('are console scripts, and the project is installed for them', () => {
    const files = {
      'pyproject.toml':
        '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "tool"\ndependencies = ["click"]\n[project.scripts]\ntool = "tool.cli:main"\n',
      'tool/__init__.py': '',
      'tool/cli.py': 'import click\ndef main(): pass\n',
    };
    expect(commandOf(files)).toEqual(['tool']);
    expect(dockerfileOf(files)).toContain(
      'uv pip install --python /opt/venv/bin/python --no-deps --prefix /out/opt/venv .',
    );
    const setup = {
      ...files,
      'pyproject.toml':
        '[build-system]\nrequires = ["poetry-core"]\n[tool.poetry]\nname = "tool"\n[tool.poetry.dependencies]\nclick = "*"\n[tool.poetry.scripts]\ntool = "tool.cli:main"\n',
    };
    expect(dockerfileOf(setup)).toContain(
      'pip --python /opt/venv/bin/python install --no-deps --prefix /opt/venv --root /out .',
    );
  });

  test('are all in the environment, so the source is only there where it reads files beside it', () => {
    const manifest =
      '[project]\nname = "tool"\ndependencies = []\n[project.scripts]\ntool = "tool:main"\n[build-system]\nrequires = ["hatchling"]\n';
    const files = { 'pyproject.toml': manifest, 'tool.py': "def main():\n    open('words.txt')\n" };
    expect(dockerfileOf(files)).not.toContain('COPY . ./');
    expect(dockerfileOf({ ...files, 'words.txt': 'x' })).toContain('COPY . ./');
    expect(dockerfileOf({ ...files, 'alembic.ini': '' })).toContain('COPY . ./');
  });

  test('install nothing where the manifest names nothing', () => {
    const manifest = '[project]\nname = "tool"\ndependencies = []\n';
    const script = '[project.scripts]\ntool = "tool:main"\n[build-system]\nrequires = ["hatchling"]\n';
    expect(dockerfileOf({ 'pyproject.toml': manifest, 'main.py': 'print(1)\n' })).not.toContain('/opt/venv');
    const files = { 'pyproject.toml': `${manifest}${script}`, 'tool.py': 'def main(): pass\n' };
    expect(dockerfileOf(files)).toContain('--prefix /out/opt/venv .');
    expect(dockerfileOf(files)).not.toContain('-r pyproject.toml');
  });

  test('are the one that loads the other', () => {
    const files = {
      'requirements.txt': 'apscheduler\n',
      'clock.py': 'import worker\nsched.add_job(worker.main)\nsched.start()\n',
      'worker.py': "def main(): pass\nif __name__ == '__main__':\n    main()\n",
    };
    expect(commandOf(files)).toEqual(['python', 'clock.py']);
    expect(commandOf({ ...files, 'clock.py': 'x = 1\n' })).toEqual(['python', 'worker.py']);
  });

  test.each([
    ['dramatiq', 'import dramatiq\n@dramatiq.actor\ndef f(): pass\n', ['dramatiq', 'jobs']],
    ['huey', "from huey import RedisHuey\nq = RedisHuey('x')\n", ['huey_consumer.py', 'jobs.q']],
    ['arq', 'class WorkerSettings:\n    functions = []\n', ['arq', 'jobs.WorkerSettings']],
    ['taskiq', 'from taskiq_redis import R\nbroker = R()\n', ['taskiq', 'worker', 'jobs:broker']],
  ])('are workers of %s', (name, text, words) => {
    expect(commandOf({ 'requirements.txt': `${name}\n`, 'jobs.py': text, 'main.py': 'print(1)\n' })).toEqual(words);
  });

  test.each([
    ['shiny', 'from shiny.express import ui\n', ['shiny', 'run', '--host', '0.0.0.0', '--port', '8000', 'app.py']],
    [
      'marimo',
      'import marimo\napp = marimo.App()\n',
      ['marimo', 'run', '--headless', '--host', '0.0.0.0', '--port', '2718', 'app.py'],
    ],
  ])('serve with %s', (name, text, words) => {
    expect(commandOf({ 'requirements.txt': `${name}\n`, 'app.py': text })).toEqual(words);
  });

  test('end at once on a stop signal, by an init', () => {
    expect(dockerfileOf({ 'main.py': 'while True: pass\n' })).toContain(
      'ENTRYPOINT ["/tini", "--"]\nCMD ["python", "main.py"]',
    );
  });

  test('are workers of Celery', () => {
    const files = {
      'requirements.txt': 'celery\n',
      'tasks.py': "from celery import Celery\nq = Celery('x')\n",
      'other.py': '',
    };
    expect(commandOf(files)).toEqual(['celery', '--app', 'tasks', 'worker', '--loglevel', 'info']);
  });

  test('are never the file of a package, a copy of a library, or a file that starts nothing', () => {
    const files = {
      'tool/__init__.py': 'print(1)\n',
      'tool/bottle.py': 'HTTPServer(x)\nif __name__ == "__main__":\n    pass\n',
    };
    expect(commandOf({ 'requirements.txt': 'x\n', ...files })).toBeUndefined();
    const both = { ...files, 'tool/main.py': 'x = 1\n', 'tool/__main__.py': 'print(2)\n' };
    expect(commandOf({ 'requirements.txt': 'x\n', ...both })).toEqual(['python', '-m', 'tool']);
  });

  test('that nothing tells are a question', () => {
    expect(codesOf({ 'requirements.txt': 'requests\n', 'lib/a.py': 'x = 1\n', 'lib/b.py': 'y = 1\n' })).toContain(
      'program-unknown',
    );
  });
});

test('a console script that serves by the server of Werkzeug is a service', () => {
  const files = {
    'pyproject.toml':
      '[project]\nname = "up"\ndependencies = ["flask"]\n[project.scripts]\nup = "up.cli:main"\n[build-system]\nrequires = ["hatchling"]\n',
    'up/__init__.py': '',
    'up/cli.py':
      "from flask import Flask\nfrom werkzeug.serving import run_simple\ndef main():\n    app = Flask(__name__)\n    run_simple('0.0.0.0', port=9090, application=app)\n",
  };
  expect(factsOf(files)).toMatchObject({ kind: 'web', port: { value: 9090 }, command: { value: ['up'] } });
});

describe('what a function returns', () => {
  const factory = (body: string) =>
    commandOf({
      'requirements.txt': 'flask\ngunicorn\n',
      'main.py': `from flask import Flask\ndef make():\n    app = Flask(__name__)\n${body}`,
    });

  test('is the application, plain or wrapped', () => {
    expect(factory('    return app\n')).toEqual(['gunicorn', 'main:make()']);
    expect(factory('    return CORS(app)\n')).toEqual(['gunicorn', 'main:make()']);
  });

  test('is not what a view within it returns', () => {
    const view = '    def home():\n        return app.send_static_file("x")\n    app.run()\n';
    expect(factory(view)).toEqual(['python', 'main.py']);
  });
});

test('lists in a folder of their own are the manifest of what stands above, wherever manage.py is', () => {
  const manage =
    "import os\nfrom django.core.management import execute_from_command_line\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')\n";
  const wsgi =
    "import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')\napplication = get_wsgi_application()\n";
  const files = {
    'requirements/base.txt': 'django\n',
    'requirements/prod.txt': '-r base.txt\ngunicorn\n',
    'src/manage.py': manage,
    'src/config/wsgi.py': wsgi,
    'src/config/settings.py': '',
  };
  expect(python.detect(projectFromObject(files)).map(({ directory }) => directory)).toEqual(['.']);
  expect(dockerfileOf(files)).toContain('-r requirements/prod.txt');
});

describe('a project of Scrapy', () => {
  const spider = (name: string) =>
    `import scrapy\nclass S(scrapy.Spider):\n    name = '${name}'\n    start_urls = []\n`;
  const files = {
    'scrapy.cfg': '[settings]\ndefault = shop.settings\n',
    'shop/__init__.py': '',
    'shop/settings.py': "BOT_NAME = 'shop'\n",
    'shop/spiders/__init__.py': '',
    'shop/spiders/books.py': spider('books'),
  };

  test('runs its spider from the folder of scrapy.cfg', () => {
    expect(python.detect(projectFromObject(files))[0]?.directory).toBe('.');
    expect(commandOf(files)).toEqual(['scrapy', 'crawl', 'books']);
    expect(factsOf(files).kind).toBe('worker');
    expect(dockerfileOf(files)).toContain('pip --python /opt/venv/bin/python install Scrapy');
  });

  test('names the others', () => {
    expect(codesOf({ ...files, 'shop/spiders/films.py': spider('films') })).toContain('spiders-several');
  });

  test('is a plain program where it starts its crawls by itself', () => {
    const main = 'from scrapy.crawler import CrawlerProcess\nCrawlerProcess().start()\n';
    expect(commandOf({ ...files, 'main.py': main })).toEqual(['python', 'main.py']);
  });
});

describe('pages', () => {
  const mkdocs = {
    'mkdocs.yml': 'site_name: x\ntheme:\n  name: material\nplugins:\n  - minify\n',
    'docs/index.md': '# x\n',
  };

  test('of MkDocs are made by what its settings name, and served by a web server', () => {
    const text = dockerfileOf(mkdocs);
    expect(factsOf(mkdocs).kind).toBe('static');
    expect(text).toContain('install mkdocs-material mkdocs-minify-plugin');
    expect(text).toContain('RUN /opt/venv/bin/mkdocs build --site-dir /site\n');
    expect(text).toContain('error_page 404 /404.html;');
  });

  test('of Sphinx are made with the list that stands beside them', () => {
    const files = {
      'docs/conf.py': 'extensions = []\n',
      'docs/index.rst': 'x\n',
      'docs/requirements.txt': 'sphinx\nfuro\n',
    };
    expect(dockerfileOf(files)).toContain('-r docs/requirements.txt');
    expect(dockerfileOf(files)).toContain('RUN /opt/venv/bin/sphinx-build -b html docs /site\n');
    expect(dockerfileOf(files)).not.toContain('error_page');
  });

  test('take the group that a project names for them', () => {
    const manifest = '[project]\nname = "x"\ndependencies = []\n[dependency-groups]\ndocs = ["mkdocs-material"]\n';
    const text = dockerfileOf({ ...mkdocs, 'pyproject.toml': manifest });
    expect(text).toContain('-r pyproject.toml --group docs mkdocs-minify-plugin');
  });

  test('are not what a project with a program is about', () => {
    expect(commandOf({ ...mkdocs, 'bot.py': 'bot.run(TOKEN)\n' })).toEqual(['python', 'bot.py']);
    expect(commandOf({ ...mkdocs, 'main.py': 'print(1)\n' })).toEqual(['python', 'main.py']);
    const macros = { 'mkdocs.yml': 'plugins:\n  - macros\n', 'main.py': 'def define_env(env): pass\n' };
    expect(factsOf(macros).kind).toBe('static');
    expect(commandOf({ ...mkdocs, 'main.py': "if __name__ == '__main__':\n    print(1)\n" })).toEqual([
      'python',
      'main.py',
    ]);
  });
});

describe('the command that makes the tables of the database', () => {
  const note = (files: Record<string, string>) =>
    factsOf(files).notes.find(({ code }) => code === 'database-command')?.args['command'];
  const flask = { 'requirements.txt': 'flask\nflask-migrate\n', 'shop.py': FLASK };

  test('is named, since the image does not run it', () => {
    expect(note({ ...flask, 'migrations/env.py': '' })).toBe('flask --app shop db upgrade');
    expect(note({ ...flask, 'shop.py': `${FLASK}@app.cli.command("init-db")\ndef x(): pass\n` })).toBe(
      'flask --app shop init-db',
    );
    expect(note({ ...ASGI, 'main.py': FASTAPI, 'alembic.ini': '' })).toBe('alembic upgrade head');
  });

  test('is none where the project names what it runs for a release, or nothing', () => {
    expect(note(flask)).toBeUndefined();
    const files = {
      ...ASGI,
      'main.py': FASTAPI,
      'alembic.ini': '',
      Procfile: 'release: alembic upgrade head\nweb: uvicorn main:app\n',
    };
    expect(note(files)).toBeUndefined();
    expect(codesOf(files)).toContain('release-command');
  });
});

describe('a program that starts as soon as it is loaded', () => {
  test('is found below a folder as well', () => {
    const files = {
      'requirements.txt': 'discord.py\n',
      'src/bot.py': 'import asyncio\nfrom utils.db import x\nasyncio.run(main())\n',
      'src/utils/db.py': 'x = 1\n',
    };
    expect(commandOf(files)).toEqual(['python', 'src/bot.py']);
    expect(commandOf({ ...files, 'src/bot.py': 'def main(): pass\n' })).toBeUndefined();
  });
});

test('a package is never run from inside of it, where a file of its name would hide it', () => {
  const files = {
    ...WSGI,
    'shop/__init__.py': 'from .shop import app\n',
    'shop/shop.py': `${FLASK}app.open_resource('schema.sql')\n`,
    'shop/schema.sql': 'x',
  };
  expect(commandOf(files)).toEqual(['gunicorn', 'shop.shop:app']);
  expect(dockerfileOf(files)).not.toContain('WORKDIR /app/shop');
});
