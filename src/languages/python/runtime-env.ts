import type { EnvEntry } from '../../model/plan.ts';
import { joinPath } from '../../project/search.ts';
import { BROWSER_ENV } from './browser.ts';
import type { PythonFacts } from './facts.ts';
import { VENV } from './install-step.ts';
import type { Server } from './server.ts';

/** Settings of the final image: the interpreter's, the module path, the server's, and those by which the program is told where to listen. */
export function runtimeEnv(
  facts: PythonFacts,
  server: Server | null,
  port: number | null,
  hasVenv: boolean,
): readonly EnvEntry[] {
  const path = modulePath(facts);
  const entries = new Map<string, string>([
    ...(hasVenv ? ([['PATH', `${VENV}/bin:$PATH`]] as const) : []),
    ['PYTHONDONTWRITEBYTECODE', '1'],
    ['PYTHONUNBUFFERED', '1'],
    // Tools that keep settings or caches in the home folder find one that exists for every user.
    ['HOME', '/tmp'],
    ...(path === '' ? [] : ([['PYTHONPATH', path]] as const)),
    ...Object.entries(server?.env ?? {}),
    ...Object.entries(facts.application?.env ?? {}),
    ...facts.hostVariables.map((name) => [name, '0.0.0.0'] as const),
    ...portEntries(facts, server, port),
    ...djangoEntries(facts),
    ...(facts.browser ? [BROWSER_ENV] : []),
  ]);
  return [...entries].map(([name, value]) => ({ name, value: value.replace('{port}', String(port)) }));
}

function portEntries(
  facts: PythonFacts,
  server: Server | null,
  port: number | null,
): readonly (readonly [string, string])[] {
  if (port === null) return [];
  const reads = server?.honoursPort ? 'PORT' : server === null ? facts.portVariable : null;
  return reads === null ? [] : [[reads, String(port)]];
}

/** manage.py and the server's file may name different settings; commands run by hand must see the server's. */
function djangoEntries(facts: PythonFacts): readonly (readonly [string, string])[] {
  const django = facts.application?.django;
  return django?.isOther ? [['DJANGO_SETTINGS_MODULE', django.settings]] : [];
}

/** Folders of the module path that are not the one the program runs in, which every server and `python -m` adds by itself. */
function modulePath(facts: PythonFacts): string {
  const application = facts.application;
  if (!application) return '';
  const workdir = joinPath(application.workdir);
  const isScript = application.words[0] === 'python' && application.words[1] !== '-m';
  const others = application.roots.filter((root) => joinPath(root) !== workdir || isScript);
  const inEnvironment =
    application.words.length > 0 && application.words[0] !== 'python' && application.roots.length === 0;
  if (inEnvironment) return '';
  return others.map((root) => (root === '.' ? '/app' : `/app/${root}`)).join(':');
}
