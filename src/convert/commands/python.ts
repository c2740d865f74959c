import { absolute } from '../paths.ts';
import { pythonPackages } from '../python-site.ts';
import { has, type Invocation, type Judge, operands, option, type Verdict, verdict } from './verdict.ts';

/** They run the project's own code, as `manage.py` does: migrations, tests, translations. */
const PROJECT_TOOLS = [
  ...[
    'flask',
    'django-admin',
    'alembic',
    'aerich',
    'pytest',
    'py.test',
    'coverage',
    'tox',
    'nox',
    'pybabel',
    'sphinx-build',
  ],
  ...['black', 'flake8', 'isort', 'mypy', 'pylint', 'ruff', 'bandit', 'pre-commit'],
];
const SERVERS = ['gunicorn', 'uvicorn', 'hypercorn', 'daphne', 'celery', 'streamlit'];

export const PYTHON: Readonly<Record<string, Judge>> = {
  pip,
  pip3: pip,
  python,
  python3: python,
  python2: python,
  pypy3: python,
  virtualenv: venv,
  poetry,
  pipenv,
  pdm,
  uv,
  easy_install: (call) => verdict('build', 'python-install', { writes: pythonPackages(call) }),
  pipx: (call) => verdict('build', 'python-install', { writes: [absolute(call.home, '.local')] }),
  conda: (call) => verdict('unknown', 'program-unknown', { args: { program: call.name } }),
  playwright,
  ...Object.fromEntries(PROJECT_TOOLS.map((name) => [name, projectTool])),
  ...Object.fromEntries(SERVERS.map((name) => [name, server])),
  mamba: (call) => verdict('unknown', 'program-unknown', { args: { program: call.name } }),
};

const PIP_VALUES = [
  ...[
    '-r',
    '--requirement',
    '-c',
    '--constraint',
    '-i',
    '--index-url',
    '--extra-index-url',
    '-f',
    '--find-links',
    '-t',
  ],
  ...[
    '--target',
    '--prefix',
    '--root',
    '--trusted-host',
    '--timeout',
    '--retries',
    '--cache-dir',
    '--python',
    '--proxy',
  ],
];

function pip(call: Invocation): Verdict {
  const [command = '', ...rest] = operands(call.args, PIP_VALUES);
  if (command === 'install') return pipInstall(call, rest);
  if (command === 'uninstall') return verdict('build', 'python-install', { writes: pythonPackages(call) });
  if (command === 'wheel' || command === 'download') return verdict('build', 'python-install', { writes: [call.cwd] });
  if (command === 'config' || command === 'cache') return verdict('build', 'tool-settings');
  return verdict('neutral', 'nothing-changed');
}

function pipInstall(call: Invocation, packages: readonly string[]): Verdict {
  const target = option(call.args, '--target', '-t', '--prefix', '--root');
  const keepsCache =
    !has(call.args, '--no-cache-dir', '--no-cache') &&
    !/^(1|off|true|0|on)$/i.test(call.scope.get('PIP_NO_CACHE_DIR')?.value ?? '');
  // without write access to the interpreter's own folder pip installs for the user
  const isUser = has(call.args, '--user') || (call.user !== 'root' && call.venv === null && target === null);
  const editable = has(call.args, '-e', '--editable') || packages.some((one) => /^\.{1,2}(\/|\[|$)/.test(one));
  const writes = target === null ? pythonPackages(call) : [absolute(call.cwd, target)];
  return verdict('build', 'python-install', {
    writes: isUser ? [absolute(call.home, '.local')] : [...writes, ...(editable ? [call.cwd] : [])],
    packages,
    leaves: keepsCache ? [{ kind: 'pip-cache', name: 'pip' }] : [],
  });
}

function python(call: Invocation): Verdict {
  const [first, second, ...rest] = call.args.filter((word) => !/^-[uBEIOsS]+$/.test(word));
  if (first === undefined || /^(-V|--version)$/.test(first)) return verdict('neutral', 'nothing-changed');
  if (first === '-m' && second !== undefined) return pythonModule({ ...call, args: rest }, second);
  if (/(^|\/)setup\.py$/.test(first)) {
    return verdict('build', 'python-install', { writes: [...pythonPackages(call), call.cwd] });
  }
  if (/(^|\/)manage\.py$/.test(first))
    return verdict('program', 'program-run', { writes: [call.cwd], args: { program: 'manage.py' } });
  return verdict('program', 'program-run', {
    writes: [call.cwd],
    args: { program: first === '-c' ? call.name : first },
  });
}

function pythonModule(call: Invocation, module: string): Verdict {
  if (module === 'pip') return pip(call);
  if (module === 'venv' || module === 'virtualenv') return venv(call);
  if (module === 'spacy') return verdict('build', 'python-install', { writes: pythonPackages(call) });
  if (module === 'nltk.downloader' || module === 'textblob.download_corpora') {
    const folder = option(call.args, '-d') ?? call.scope.get('NLTK_DATA')?.value ?? absolute(call.home, 'nltk_data');
    return verdict('build', 'data-download', { writes: [absolute(call.cwd, folder)] });
  }
  if (module === 'compileall')
    return verdict('build', 'python-install', { writes: [call.cwd, ...pythonPackages(call)] });
  if (module === 'playwright') return playwright(call);
  if (module === 'poetry') return poetry(call);
  if (module === 'pipenv') return pipenv(call);
  if (module === 'grpc_tools.protoc') return verdict('build', 'compile', { writes: [call.cwd] });
  return verdict('program', 'program-run', { writes: [call.cwd], args: { program: module } });
}

/** With the packages of the system that a browser needs it changes more than can be copied. */
function playwright(call: Invocation): Verdict {
  if (has(call.args, '--with-deps', 'install-deps'))
    return verdict('unknown', 'program-outside', { args: { program: 'playwright' } });
  const folder = call.scope.get('PLAYWRIGHT_BROWSERS_PATH')?.value ?? absolute(call.home, '.cache/ms-playwright');
  return verdict('build', 'data-download', { writes: [absolute(call.cwd, folder)] });
}

function projectTool(call: Invocation): Verdict {
  return verdict('program', 'program-run', { writes: [call.cwd], args: { program: call.name } });
}

/** Asked for its version or settings it changes nothing; a server that is started never ends. */
function server(call: Invocation): Verdict {
  return has(call.args, '--version', '--help', '--check-config', 'version', 'help')
    ? verdict('neutral', 'nothing-changed')
    : verdict('unknown', 'program-unknown', { args: { program: call.name } });
}

function venv(call: Invocation): Verdict {
  const folders = operands(call.args, ['-p', '--python', '--prompt']);
  return verdict('build', 'python-venv', { writes: folders.map((folder) => absolute(call.cwd, folder)) });
}

function poetry(call: Invocation): Verdict {
  const [command = ''] = operands(call.args, ['-C', '--directory', '-P']);
  if (command === 'config' || command === 'self' || command === 'lock')
    return verdict('build', 'tool-settings', { writes: [call.cwd] });
  const own =
    call.venv !== null || isOff(call, 'POETRY_VIRTUALENVS_CREATE') || call.settings.has('poetry:no-environment');
  const inProject =
    call.settings.has('poetry:in-project') ||
    /^(1|true|yes|on)$/i.test(call.scope.get('POETRY_VIRTUALENVS_IN_PROJECT')?.value ?? '');
  const environments =
    call.scope.get('POETRY_VIRTUALENVS_PATH')?.value ?? absolute(call.home, '.cache/pypoetry/virtualenvs');
  return verdict('build', 'python-install', {
    writes: [call.cwd, ...(own ? pythonPackages(call) : inProject ? [] : [environments])],
    leaves: [{ kind: 'pip-cache', name: 'Poetry' }],
  });
}

function pipenv(call: Invocation): Verdict {
  const isSystem = has(call.args, '--system') || call.venv !== null;
  const environments = call.scope.get('WORKON_HOME')?.value ?? absolute(call.home, '.local/share/virtualenvs');
  return verdict('build', 'python-install', {
    writes: [call.cwd, ...(isSystem ? pythonPackages(call) : [environments])],
    leaves: [{ kind: 'pip-cache', name: 'Pipenv' }],
  });
}

function pdm(call: Invocation): Verdict {
  return verdict('build', 'python-install', {
    writes: [call.cwd, ...pythonPackages(call)],
    leaves: [{ kind: 'pip-cache', name: 'PDM' }],
  });
}

function uv(call: Invocation): Verdict {
  const [command = '', second = ''] = operands(call.args, ['--python', '-p', '--directory', '--project']);
  if (command === 'pip' && second === 'install') {
    const target = option(call.args, '--target', '--prefix');
    return verdict('build', 'python-install', {
      writes: target === null ? pythonPackages(call) : [absolute(call.cwd, target)],
      leaves: has(call.args, '--no-cache') ? [] : [{ kind: 'pip-cache', name: 'uv' }],
    });
  }
  if (command === 'venv')
    return verdict('build', 'python-venv', {
      writes: [absolute(call.cwd, operands(call.args.slice(1), ['--python', '-p'])[0] ?? '.venv')],
    });
  if (command === 'python' || command === 'tool')
    return verdict('build', 'python-install', { writes: [absolute(call.home, '.local')] });
  if (/^(sync|add|run|install|lock|build)$/.test(command)) {
    const environment = call.scope.get('UV_PROJECT_ENVIRONMENT')?.value;
    return verdict('build', 'python-install', {
      writes: [
        call.cwd,
        ...(environment ? [absolute(call.cwd, environment)] : []),
        ...(fetchesPython(call) ? [absolute(call.home, '.local/share/uv')] : []),
      ],
      leaves: [{ kind: 'pip-cache', name: 'uv' }],
    });
  }
  return verdict('build', 'tool-settings');
}

/** uv takes the interpreter of the image where there is one, and fetches one of its own only where it is told to. */
function fetchesPython({ base, scope }: Invocation): boolean {
  const isManaged = /managed$/.test(scope.get('UV_PYTHON_PREFERENCE')?.value ?? '') || scope.has('UV_MANAGED_PYTHON');
  return base.family?.id !== 'python' || isManaged;
}

function isOff(call: Invocation, name: string): boolean {
  return /^(0|false|no|off)$/i.test(call.scope.get(name)?.value ?? '');
}
