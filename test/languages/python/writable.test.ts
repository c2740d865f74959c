import { describe, expect, test } from 'vitest';
import { dockerfileOf, FLASK, factsOf, planOf } from './support.ts';

const WSGI = { 'requirements.txt': 'flask\ngunicorn\n' };

const foldersOf = (files: Record<string, string>) => factsOf(files).writable.folders.map((fact) => fact.value);

const writable = (lines: string, more: Record<string, string> = {}) =>
  foldersOf({ ...WSGI, 'app.py': `${FLASK}${lines}\n`, ...more });

describe('folders that the program writes into', () => {
  test.each([
    ['db = "sqlite:///./test.db"', ['/app']],
    ['db = "sqlite+aiosqlite:///data/test.db?x=1"', ['/app/data']],
    ['db = f"sqlite:///{name}"', []],
    ['db = f"sqlite:///{name}.db"', []],
    ['db = "sqlite:////var/lib/x.db"', []],
    ['db = "sqlite:////data/x.db"', ['/data']],
    ['db = "sqlite:///:memory:"', []],
    ['if url.startswith("sqlite:///"): pass', []],
    ['c = sqlite3.connect("data/x.db")', ['/app/data']],
    ['os.makedirs("uploads", exist_ok=True)', ['/app/uploads']],
    ['app.config["UPLOAD_FOLDER"] = "static/up"', ['/app/static/up']],
    ['h = RotatingFileHandler("logs/app.log")', ['/app/logs']],
    ['os.makedirs(app.instance_path)', ['/app/instance']],
    ['# open("x.txt", "w")', []],
    ['open("/tmp/x", "w")', []],
    ['open("x.txt")', []],
    ['open("x/y.txt", "r+b")', ['/app/x']],
    ['d = Path("x")\nd.open("archive")', []],
    ['default_storage.save("up/x.png", f)', []],
    ['img.save("up/x.png")', ['/app/up']],
    ['open("out/x.txt", mode="a")', ['/app/out']],
    ['open("/etc/x", "w")', []],
    ['open("C:\\\\x\\\\y", "w")', []],
  ])('%s', (lines, folders) => {
    expect(writable(lines)).toEqual(folders);
  });

  test.each([
    ['a constant', 'UP = "uploads"\nif not os.path.exists(UP):\n    os.makedirs(UP)', ['/app/uploads']],
    [
      'a variable of a function',
      'def make():\n    d = os.path.join(app.root_path, "..", "up")\n    d = os.path.normpath(d)\n    os.makedirs(d)',
      ['/up'],
    ],
    ['a key of the settings', 'app.config["UPS"] = "up"\nos.mkdir(app.config["UPS"])', ['/app/up']],
    ['a key that is asked for', 'app.config.update(UPS="up")\nos.mkdir(app.config.get("UPS"))', ['/app/up']],
    [
      'the place of the file',
      'B = Path(__file__).resolve().parent\n(B / "data" / "x").mkdir(parents=True)',
      ['/app/data/x'],
    ],
    ['a path that is written', 'p = Path("out") / name\np.write_text("x")', ['/app/out']],
    [
      'the folder above',
      'B = os.path.dirname(os.path.abspath(__file__))\nopen(os.path.join(B, "d", "x"), "w")',
      ['/app/d'],
    ],
    ['a default of the environment', 'd = os.getenv("DATA", "data")\nos.makedirs(d)', ['/app/data']],
    ['an alternative', 'd = os.environ.get("DATA") or "data"\nos.makedirs(d)', ['/app/data']],
    ['a default outside of the program', 'd = os.environ.get("DATA", "/data/x")\nos.makedirs(d)', ['/data/x']],
    ['a text that is put together', 'B = os.getcwd()\nu = "sqlite:///" + os.path.join(B, "d", "x.db")', ['/app/d']],
    ['a text with places', 'D = "data"\nu = f"sqlite:///{D}/x.db"', ['/app/data']],
    ['a text that is formatted', 'u = "sqlite:///{}/x.db".format("data")', ['/app/data']],
    ['a name that runs through a list', 'for d in ("a", "b"):\n    os.makedirs(d)', ['/app/a', '/app/b']],
    ['a parameter with a default', 'def f(path="data/x.db"):\n    sqlite3.connect(path)', ['/app/data']],
    ['what a function is called with', 'def f(path):\n    sqlite3.connect(path)\nf("data/x.db")', ['/app/data']],
    [
      'what an object is made with',
      'class D:\n    def __init__(self, path):\n        self.c = sqlite3.connect(path)\nd = D("data/x.db")',
      ['/app/data'],
    ],
    ['what a function returns', 'def f():\n    return "data/x.db"\nsqlite3.connect(f())', ['/app/data']],
    ['an uploaded file', 'U = "up"\nf.save(os.path.join(U, f.filename))', ['/app/up']],
    ['a field of settings', 'class S(BaseSettings):\n    d: Path = Path("data")\ns = S()\ns.d.mkdir()', ['/app/data']],
    ['an attribute that only sounds like an argument', 'f(d="data")\nopen(args.d + "/x", "w")', []],
    ['a name that stands for itself', 'a = b\nb = a\nos.makedirs(a)', []],
    ['another variable of the same name', 'x = "data"\ndef f(y):\n    x = y\n    os.makedirs(x)', []],
    ['a folder that it changes to', 'os.chdir(there)\nopen("x", "w")', []],
  ])('are followed through %s', (_what, lines, folders) => {
    expect(writable(lines)).toEqual(folders);
  });

  test('are followed through settings of another file', () => {
    const config =
      'import os\nbase = os.path.abspath(os.path.dirname(__file__))\nclass Config:\n    LOGS = os.path.join(base, "logs")\n';
    const lines =
      'from config import Config, base\napp.config.from_object(Config)\nos.makedirs(app.config["LOGS"])\nos.makedirs(base + "/up")';
    expect(writable(lines, { 'config.py': config })).toEqual(['/app/logs', '/app/up']);
  });

  test('are those of handlers in settings of logging', () => {
    expect(writable('LOGGING = {"handlers": {"file": {"filename": os.path.join("logs", "x.log")}}}')).toEqual([
      '/app/logs',
    ]);
    expect(writable('x = {"filename": "data/x.csv"}')).toEqual([]);
  });

  test('of sqlite3 by the name of its function alone', () => {
    expect(writable('from sqlite3 import connect\nc = connect("x.db")')).toEqual(['/app']);
    expect(writable('from pymysql import connect\nc = connect("x.db")')).toEqual([]);
  });

  test('are the instance folder for SQLite with Flask-SQLAlchemy', () => {
    const lines = 'from flask_sqlalchemy import SQLAlchemy\nu = "sqlite:///site.db"';
    expect(writable(lines)).toEqual(['/app/instance']);
    expect(writable('from flask_sqlalchemy import SQLAlchemy\nu = "sqlite:////data/site.db"')).toEqual(['/data']);
  });

  test('are the instance folder beside the package that makes the application', () => {
    const files = {
      ...WSGI,
      'server/shop/__init__.py':
        'from flask import Flask\ndef create_app():\n    app = Flask(__name__)\n    os.makedirs(app.instance_path)\n    return app\n',
      'server/run.py': 'from shop import create_app\napp = create_app()\n',
    };
    expect(foldersOf(files)).toEqual(['/app/server/instance']);
  });

  test('are left out where the program can make them within another one', () => {
    const lines = 'os.makedirs("data")\nos.makedirs("data/up")';
    expect(writable(lines)).toEqual(['/app/data']);
    expect(writable(lines, { 'data/up/.gitkeep': '' })).toEqual(['/app/data', '/app/data/up']);
  });

  test('are made in the build stage with the sticky bit, and named in a note', () => {
    const files = { ...WSGI, 'app.py': `${FLASK}os.makedirs("uploads")\n` };
    expect(dockerfileOf(files)).toContain('RUN install -d -m 1777 /writable/app/uploads\n');
    expect(dockerfileOf(files)).toContain('COPY --from=dependencies /writable/ /\n');
    expect(planOf(files).notes.map((note) => note.code)).toContain('writable-folders');
  });

  test('of a package in the environment are none of the image', () => {
    const manifest =
      '[project]\nname = "tool"\ndependencies = []\n[project.scripts]\ntool = "tool:main"\n[build-system]\nrequires = ["hatchling"]\n';
    const text =
      'import os\nd = os.path.dirname(__file__)\ndef main():\n    os.makedirs(os.path.join(d, "x"))\n    os.makedirs("y")\n';
    expect(foldersOf({ 'pyproject.toml': manifest, 'tool.py': text })).toEqual(['/app/y']);
  });

  test('are not to be mounted where the source is', () => {
    const notes = (lines: string) => planOf({ ...WSGI, 'app.py': `${FLASK}${lines}\n` }).notes.map((note) => note.code);
    expect(notes('sqlite3.connect("x.db")')).toEqual(['writable-folders-beside-source']);
    expect(notes('sqlite3.connect("x.db")\nos.makedirs("up")')).toEqual([
      'writable-folders',
      'writable-folders-beside-source',
    ]);
    expect(writable('sqlite3.connect("x.db")\nos.makedirs("up")')).toEqual(['/app', '/app/up']);
  });

  test('are those that Chainlit makes where it runs', () => {
    const files = {
      'requirements.txt': 'chainlit\n',
      'app.py': 'import chainlit as cl\n\n@cl.on_message\nasync def main(m):\n    pass\n',
    };
    expect(foldersOf(files)).toEqual(['/app/.chainlit', '/app/.files']);
  });

  test('hold a database that comes with the project, and it is writable too', () => {
    const files = { ...WSGI, 'app.py': `${FLASK}u = "sqlite:///data.db"\n`, 'data.db': 'x' };
    expect(dockerfileOf(files)).toContain('COPY --chmod=666 data.db /app/data.db');
  });
});

describe('a log file beside the source', () => {
  const files = { ...WSGI, 'app.py': `${FLASK}logging.basicConfig(level=1, filename="app.log")\n` };

  test('is writable by itself, since nothing else has to be made there', () => {
    expect(foldersOf(files)).toEqual([]);
    expect(dockerfileOf(files)).toContain('RUN install -D -m 666 /dev/null /writable/app/app.log\n');
  });

  test('needs nothing of its own where its folder is writable anyway', () => {
    const both = { ...files, 'app.py': `${files['app.py']}sqlite3.connect("x.db")\n` };
    expect(dockerfileOf(both)).toContain('RUN install -d -m 1777 /writable/app\n');
  });
});

test('a file that the .dockerignore leaves out is not copied, though the project has one', () => {
  const text = dockerfileOf({
    ...WSGI,
    'app.py': `${FLASK}logging.basicConfig(filename="logs/app.log")\nopen("state.json", "w")\n`,
    'logs/app.log': '',
    'state.json': '{}',
  });
  expect(text).toContain('COPY --chmod=666 state.json /app/state.json\n');
  expect(text).not.toContain('app.log');
});
