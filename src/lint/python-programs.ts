import { callsOf } from './commands.ts';
import { textInContext } from './context.ts';
import { contextPath } from './paths.ts';
import type { View } from './view.ts';

/** Programs that a service is started with, by the package of their name. */
const PROGRAMS = /^(?:gunicorn|uvicorn|hypercorn|daphne|celery|streamlit)$/;

/** Widely used packages that bring none of these programs, themselves or through what they need. */
const WITHOUT = new Set(
  `flask django fastapi starlette djangorestframework requests httpx aiohttp urllib3 sqlalchemy alembic psycopg2 psycopg2-binary
  psycopg pymysql mysqlclient mysql-connector-python pymongo motor redis asyncpg aiosqlite jinja2 werkzeug markupsafe itsdangerous
  click python-dotenv python-decouple django-environ dj-database-url whitenoise django-cors-headers django-filter
  django-storages flask-cors flask-sqlalchemy flask-migrate flask-login flask-wtf flask-restful flask-jwt-extended
  flask-marshmallow marshmallow pyjwt python-jose passlib bcrypt cryptography pydantic pydantic-settings email-validator
  python-multipart numpy pandas scipy scikit-learn matplotlib pillow boto3 botocore lxml beautifulsoup4 pyyaml openpyxl
  certifi charset-normalizer idna six python-dateutil pytz tzdata sqlparse asgiref typing-extensions pytest black flake8`.split(
    /\s+/,
  ),
);

/** `true` where every package of a pip install is known, and none brings the program. */
export function lacksPythonProgram(view: View, program: string): boolean {
  if (!PROGRAMS.test(program) || view.final?.facts?.family.product !== 'python') return false;
  const steps = view.stages.flatMap((stage) => stage.allSteps);
  const isOtherwise = steps.some(({ instruction }) =>
    /\b(?:uv|poetry|pipenv|pdm|conda|apt-get|apk|wheel)\b|setup\.py/.test(
      instruction.keyword === 'RUN' ? instruction.body.text : '',
    ),
  );
  const installs = steps
    .flatMap(callsOf)
    .filter(({ program: one, operands }) => /^pip3?$/.test(one) && operands[0] === 'install');
  if (isOtherwise || installs.length === 0) return false;
  const names = installs.flatMap(({ args }) => namesIn(view, args) ?? ['?']);
  return names.length > 0 && names.every((name) => WITHOUT.has(name) || /^(?:pip|setuptools|wheel)$/.test(name));
}

/** Lower-case names of what a pip install names, files of requirements read; `null`: not all of it can be told. */
function namesIn(view: View, args: readonly string[]): readonly string[] | null {
  const names: (string | null)[] = [];
  for (const [index, arg] of args.entries()) {
    const isFile = /^(?:-r|--requirement)$/.test(args[index - 1] ?? '');
    if (isFile) names.push(...(requirements(view, arg) ?? [null]));
    else if (index > 0 && !arg.startsWith('-')) names.push(plainName(arg));
  }
  return names.includes(null) ? null : names.filter((name) => name !== null);
}

function requirements(view: View, path: string): readonly (string | null)[] | null {
  const text = view.context === null ? null : textInContext(view.context, contextPath(path));
  const lines = text?.split('\n').map((line) => line.replace(/(?:^|\s)#.*$/, '').trim());
  return lines?.filter((line) => line !== '').map(plainName) ?? null;
}

/** `Flask==3.1.0` is `flask`; with extras, a URL or an option it is not that simple. */
function plainName(text: string): string | null {
  const name = /^([A-Za-z][\w.-]*)\s*(?:[=<>!~].*)?(?:;.*)?$/.exec(text)?.[1];
  return name?.toLowerCase().replaceAll(/[_.]+/g, '-') ?? null;
}
