import { describe, expect, test } from 'vitest';
import { detect } from '../../../src/languages/python/detect.ts';
import { projectFromObject } from '../../../src/project/object.ts';
import { codesOf, dockerfileOf, FASTAPI, FLASK, factsOf, planOf } from './support.ts';

const WSGI = { 'requirements.txt': 'flask\ngunicorn\n', 'app.py': FLASK };
const portOf = (files: Record<string, string>) => {
  const port = factsOf(files).port;
  return port && [port.value, port.from];
};

describe('the port', () => {
  test.each([
    ['app.run(host="0.0.0.0", port=5050)', 5050],
    ['app.run(port=int(os.environ.get("PORT", 6060)))', 6060],
    ['PORT = 7070', 7070],
    ['port = os.getenv("PORT") or "4040"', 4040],
  ])('is in the source: %s', (line, port) => {
    expect(portOf({ ...WSGI, 'app.py': `${FLASK}${line}\n` })).toEqual([port, 'app.py:3']);
  });

  test('is not that of a database or of a comment', () => {
    expect(
      portOf({ ...WSGI, 'app.py': `${FLASK}db = os.environ.get("DB_PORT", 5432)\n# app.run(port=9999)\n` })?.[0],
    ).toBe(8000);
  });

  test('is in example settings or an earlier Dockerfile', () => {
    expect(portOf({ ...WSGI, '.env.example': 'PORT=4000\n' })).toEqual([4000, '.env.example:1']);
    expect(portOf({ ...WSGI, Dockerfile: 'FROM python\nEXPOSE 4100\n' })).toEqual([4100, 'Dockerfile:2']);
  });

  test('of a server that we start is one that everybody may open', () => {
    expect(portOf({ ...WSGI, 'app.py': `${FLASK}app.run(port=80)\n` })?.[0]).toBe(8000);
  });

  test('is told to a program that reads it, and so is where to listen', () => {
    const source =
      'import os\nfrom aiohttp import web\nweb.run_app(web.Application(), host=os.getenv("HOST", "127.0.0.1"), port=int(os.environ["PORT"]))\n';
    const text = dockerfileOf({ 'requirements.txt': 'aiohttp\n', 'main.py': source });
    expect(text).toContain('PORT=8080');
    expect(text).toContain('HOST=0.0.0.0');
  });
});

describe('the health check', () => {
  test('asks the path that the application has for it, and nothing but an error is ill without one', () => {
    const text = dockerfileOf({
      'requirements.txt': 'fastapi\nuvicorn\n',
      'main.py': `${FASTAPI}@app.get("/healthz")\ndef h(): return 1\n`,
    });
    expect(text).toContain('GET /healthz HTTP/1.0');
    expect(text).toContain(">=b'400'");
    expect(dockerfileOf(WSGI)).toContain(">=b'500'");
  });

  test('does not trust the path of a router, which may stand below another', () => {
    const files = {
      'requirements.txt': 'fastapi\nuvicorn\n',
      'main.py': `${FASTAPI}@router.get("/health")\ndef h(): return 1\n@app.post("/ping")\ndef p(): return 1\n`,
    };
    expect(factsOf(files).healthPath).toBeNull();
  });

  test('follows PORT where the server does', () => {
    expect(dockerfileOf(WSGI)).toContain("int(os.environ.get('PORT',8000))");
    expect(dockerfileOf({ 'requirements.txt': 'fastapi\nuvicorn\n', 'main.py': FASTAPI })).not.toContain('os.environ');
  });
});

describe('packages of the operating system', () => {
  test('are those of the dependencies, of the build only beyond what its image has', () => {
    const files = { ...WSGI, 'requirements.txt': 'flask\ngunicorn\npsycopg2\npycairo\n' };
    const plan = planOf(files);
    expect(plan.runtime.packages?.apt).toEqual(['libcairo2', 'libpq5']);
    expect(plan.build.packages?.apt).toEqual(['libcairo2-dev']);
    const slim = planOf(files, { 'build-image': 'python:3.13-slim-trixie' });
    expect(slim.build.packages?.apt).toEqual(['g++', 'gcc', 'libc6-dev', 'libcairo2-dev', 'libpq-dev', 'pkg-config']);
  });

  test('are not needed by packages with their libraries inside', () => {
    expect(
      planOf({ ...WSGI, 'requirements.txt': 'flask\ngunicorn\npsycopg2-binary\npsycopg[binary]\nnumpy\nlxml\n' })
        .runtime.packages,
    ).toBeNull();
  });

  test('are needed where a release is compiled', () => {
    const files = {
      ...WSGI,
      '.python-version': '3.13\n',
      'requirements.txt': 'flask\ngunicorn\npsycopg2-binary==2.9.5\n',
    };
    expect(planOf(files).runtime.packages?.apt).toEqual(['libpq5']);
  });

  test('are those that other hosts are told of, as far as they are known and by their names of today', () => {
    const files = {
      ...WSGI,
      'packages.txt': 'ffmpeg\nlibgl1-mesa-glx\nsome-ppa-thing\n',
      Dockerfile:
        'FROM x\nRUN apt-get update && apt-get install -y \\\n  build-essential \\\n  poppler-utils && rm -rf /x\n',
    };
    expect(planOf(files).runtime.packages?.apt).toEqual(['ffmpeg', 'libgl1', 'poppler-utils']);
  });

  test('are those of an older release where it is pinned', () => {
    const packages = (line: string) =>
      planOf({ ...WSGI, 'requirements.txt': `flask\ngunicorn\n${line}\n` }).runtime.packages?.apt;
    expect(packages('weasyprint==52.5')).toContain('libpangocairo-1.0-0');
    expect(packages('weasyprint==62.3')).not.toContain('libpangocairo-1.0-0');
  });

  test('include the browser that the program drives', () => {
    const scraper = (text: string) => dockerfileOf({ 'requirements.txt': 'playwright\nselenium\n', 'main.py': text });
    const text = scraper('from playwright.sync_api import sync_playwright\np.chromium.launch()\n');
    expect(text).toContain('RUN PLAYWRIGHT_BROWSERS_PATH=/opt/playwright /opt/venv/bin/playwright install chromium\n');
    expect(text).toContain('COPY --from=dependencies /opt/playwright /opt/playwright\n');
    expect(text).toContain('libnss3');
    expect(scraper('print(1)\n')).not.toContain('playwright install');
    expect(scraper('from selenium import webdriver\nd = webdriver.Chrome()\n')).toContain('chromium chromium-driver');
    expect(scraper('from selenium import webdriver\nd = webdriver.Remote()\n')).not.toContain('chromium-driver');
  });

  test('include git for what is fetched with it, on an image without', () => {
    const files = { ...WSGI, 'requirements.txt': 'flask\ngunicorn\ngit+https://host.example/x.git\n' };
    expect(planOf(files).build.packages).toBeNull();
    expect(planOf(files, { 'build-image': 'python:3.13-slim-trixie' }).build.packages?.apt).toEqual([
      'ca-certificates',
      'git',
    ]);
  });
});

test('settings that come from a file alone are to be mounted', () => {
  const bot = (text: string) => codesOf({ 'requirements.txt': 'python-dotenv\n', 'bot.py': `import os\n${text}\n` });
  expect(bot('token = dotenv_values(".env")["TOKEN"]')).toContain('settings-file');
  expect(bot('config = {**dotenv_values(), **os.environ}')).not.toContain('settings-file');
  expect(bot('load_dotenv()')).not.toContain('settings-file');
});

describe('the images', () => {
  test('are distroless only where it has the version and nothing is to be installed', () => {
    const runtimes = (files: Record<string, string>) =>
      planOf(files, { 'runtime-image': 'gcr.io/distroless/python3-debian13:nonroot' });
    const plan = runtimes(WSGI);
    expect(plan.runtime.entrypoint).toEqual(['/opt/venv/bin/gunicorn']);
    expect(plan.runtime.command).toEqual(['app:app']);
    expect(plan.parts.relocation?.commands[0]).toBe('ln -sf /usr/bin/python3.13 /opt/venv/bin/python');
    expect(plan.runtime.user).toBe('65532:65532');
  });

  test('of versions that are gone are on the suite of their time', () => {
    expect(planOf({ ...WSGI, 'runtime.txt': 'python-3.8.5\n' }).runtime.image).toBe('python:3.8-slim-bookworm');
    expect(planOf({ ...WSGI, 'runtime.txt': 'python-3.6.8\n' }).build.image).toBe('python:3.6-bullseye');
  });

  test('must share a C library, unless there is nothing but Python', () => {
    expect(() => planOf(WSGI, { 'runtime-image': 'python:3.13-alpine3.24' })).toThrow(/glibc/);
    const script = { 'main.py': 'print(1)\n' };
    expect(planOf(script, { 'runtime-image': 'python:3.13-alpine3.24' }).runtime.image).toBe('python:3.13-alpine3.24');
  });
});

describe('Django', () => {
  const manage =
    "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site1.settings')\nfrom django.core.management import execute_from_command_line\n";
  const wsgi =
    "import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site1.settings')\napplication = get_wsgi_application()\n";
  const files = {
    'requirements.txt': 'django\ngunicorn\n',
    'manage.py': manage,
    'site1/wsgi.py': wsgi,
    'site1/settings.py':
      "import os\nSECRET_KEY = os.environ['SECRET_KEY']\nALLOWED_HOSTS = []\nSTATIC_ROOT = 'static'\n",
  };

  test('is served by its WSGI file', () => {
    const facts = factsOf(files);
    expect([facts.command?.value, facts.application?.framework]).toEqual([
      ['gunicorn', 'site1.wsgi:application'],
      'Django',
    ]);
  });

  test('collects static files with harmless settings, if it has a place for them', () => {
    expect(dockerfileOf(files)).toContain(
      'SECRET_KEY=build-only /opt/venv/bin/python manage.py collectstatic --noinput',
    );
    expect(dockerfileOf({ ...files, 'site1/settings.py': 'DEBUG = True\n' })).not.toContain('collectstatic');
  });

  test('takes nothing else over from the stage that collects them, such as log files that belong to root', () => {
    expect(dockerfileOf(files)).toContain('COPY . ./\nCOPY --from=build /app/static /app/static\n');
    expect(dockerfileOf(files)).toContain('RUN mkdir -p /app/static && ');
    const settings = (text: string) => dockerfileOf({ ...files, 'site1/settings.py': text });
    expect(settings("INSTALLED_APPS = ['django.contrib.admin']\nSTATIC_ROOT = 'static'\n")).not.toContain('mkdir');
    expect(settings("STATIC_ROOT = os.environ['STATIC_ROOT']\n")).toContain('COPY --from=build /app ./\n');
    expect(settings("STATIC_ROOT = '/srv/static'\n")).toContain('COPY --from=build /srv/static /srv/static\n');
  });

  test('in a folder runs there', () => {
    const below = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path === 'requirements.txt' ? path : `web/${path}`, text]),
    );
    expect(dockerfileOf(below)).toContain('WORKDIR /app/web\n');
    expect(dockerfileOf(below)).toContain('python web/manage.py collectstatic');
  });

  test('takes the settings of the server’s file for commands by hand', () => {
    const two = {
      ...files,
      'site1/wsgi.py': wsgi.replace('site1.settings', 'site1.production'),
      'site1/production.py': 'from .settings import *\n',
    };
    expect(dockerfileOf(two)).toContain('DJANGO_SETTINGS_MODULE=site1.production');
    expect(dockerfileOf(files)).not.toContain('DJANGO_SETTINGS_MODULE');
  });

  test('without a WSGI file is served from its settings', () => {
    const { 'site1/wsgi.py': _wsgi, ...rest } = files;
    expect(factsOf(rest).command?.value).toEqual(['gunicorn', 'django.core.wsgi:get_wsgi_application()']);
    expect(dockerfileOf(rest)).toContain('DJANGO_SETTINGS_MODULE=site1.settings');
  });

  test('may be a package without manage.py', () => {
    const { 'manage.py': _manage, ...rest } = files;
    expect(factsOf(rest).command?.value).toEqual(['gunicorn', 'site1.wsgi:application']);
    expect(dockerfileOf(rest)).toContain('bin/python -m django collectstatic --noinput');
  });

  test('does not collect static files where the settings refuse to load', () => {
    const strict = `${files['site1/settings.py']}if os.environ.get('X'):\n    pass\nelse:\n    raise Exception('no settings')\n`;
    expect(dockerfileOf({ ...files, 'site1/settings.py': strict })).not.toContain('collectstatic');
    expect(codesOf({ ...files, 'site1/settings.py': strict })).toContain('static-uncollected');
  });

  test('needs the applications that its settings name, also where no manifest lists them', () => {
    const { 'requirements.txt': _list, ...rest } = files;
    const settings = `INSTALLED_APPS = [\n    'django.contrib.auth',\n    'rest_framework',\n]\n`;
    expect(dockerfileOf({ ...rest, 'site1/settings.py': settings })).toContain('install Django djangorestframework ');
  });

  test('is not asked about scripts that no package holds', () => {
    const script = { 'extras/load.py': 'import os\nimport redis\nX = os.environ["LOAD_FROM"]\n' };
    expect(codesOf({ ...files, ...script })).not.toContain('import-undeclared');
  });

  test('with maps needs the libraries of GIS', () => {
    const settings = "INSTALLED_APPS = ['django.contrib.gis']\n";
    expect(dockerfileOf({ ...files, 'site1/settings.py': settings })).toContain('gdal-bin');
    const collecting = dockerfileOf({ ...files, 'site1/settings.py': `${settings}STATIC_ROOT = 'static'\n` });
    expect(collecting.match(/gdal-bin/g)).toHaveLength(2);
  });

  test('says that empty hosts and missing settings will not do', () => {
    expect(codesOf(files)).toEqual(expect.arrayContaining(['django-hosts', 'variables-needed']));
  });

  test('collects static files that have a folder only where DEBUG is off, by turning it off', () => {
    const collecting = (debug: string) =>
      dockerfileOf({
        ...files,
        'site1/settings.py': `import os\n${debug}\nif not DEBUG:\n    STATIC_ROOT = 'static'\n`,
      }).match(/^.*collectstatic/m)?.[0];
    expect(collecting("DEBUG = 'RENDER' not in os.environ")).toContain('RENDER=true ');
    expect(collecting("DEBUG = config('DJANGO_DEBUG', default=True, cast=bool)")).toContain('DJANGO_DEBUG=False ');
    expect(collecting("DEBUG = os.environ.get('DEBUG', 'False') == 'True'")).not.toContain('DEBUG=');
    expect(collecting('DEBUG = True')).toBeUndefined();
    const settings = "import os\nDEBUG = 'RENDER' not in os.environ\n";
    expect(codesOf({ ...files, 'site1/settings.py': settings })).toContain('django-debug-unless');
  });

  test('says what its settings say at last, not what others that they take over said', () => {
    const over = (text: string) => ({
      ...files,
      'site1/settings.py': `from .base import *\n${text}`,
      'site1/base.py': 'DEBUG = True\nALLOWED_HOSTS = []\n',
    });
    expect(codesOf(over(''))).toEqual(expect.arrayContaining(['django-debug', 'django-hosts']));
    const codes = codesOf(over("DEBUG = False\nALLOWED_HOSTS = ['x']\n"));
    expect(codes.filter((code) => code === 'django-debug' || code === 'django-hosts')).toEqual([]);
    expect(codesOf(over("DEBUG = env('DEBUG') == 'True'\n"))).not.toContain('django-debug');
  });
});

describe('the context', () => {
  const ignored = (files: Record<string, string>) => planOf(files).ignore.flatMap((group) => group.patterns);

  test('leaves tests out, unless the program loads them', () => {
    expect(ignored(WSGI)).toContain('**/tests');
    expect(ignored({ ...WSGI, 'app.py': `from tests.data import x\n${FLASK}` })).not.toContain('**/tests');
    expect(ignored({ ...WSGI, 'conf.py': "APPS = ['school.tests']\n" })).not.toContain('**/tests');
  });

  test('leaves environments and databases of one machine out', () => {
    const patterns = ignored({ ...WSGI, 'myenv/pyvenv.cfg': '', '.gitignore': '*.sqlite3\n' });
    expect(patterns).toEqual(expect.arrayContaining(['**/myenv', '**/*.sqlite3']));
  });
});

describe('evidence', () => {
  const strengths = (files: Record<string, string>) =>
    Object.fromEntries(detect(projectFromObject(files)).map((one) => [one.directory, one.strength]));

  test('is strongest for something that can be started', () => {
    expect(strengths(WSGI)['.']).toBeGreaterThan(90);
    expect(strengths({ 'requirements.txt': 'x\n', 'lib/a.py': '' })['.']).toBe(60);
    expect(strengths({ 'app.py': FLASK })['.']).toBe(70);
    expect(strengths({ 'pyproject.toml': '[tool.black]\n' })['.']).toBe(10);
  });

  test('is about the folder of the code, not that of the list', () => {
    expect(strengths({ 'docker/requirements.txt': 'flask\n', 'app.py': FLASK })['.']).toBeGreaterThan(90);
    expect(Object.keys(strengths({ 'requirements.txt': 'django\n', 'web/manage.py': 'import django\n' }))).toEqual([
      '.',
    ]);
  });

  test('is weaker for a folder above another project that has the application', () => {
    const found = strengths({
      'pyproject.toml': '[project]\nname = "all"\n',
      'api/pyproject.toml': '[project]\nname = "api"\n',
      'api/main.py': FASTAPI,
    });
    expect(found['api']).toBeGreaterThan(found['.'] ?? 0);
  });
});
