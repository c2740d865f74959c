import type { Note } from '../../model/fact.ts';
import { directoryOf, joinPath, relativePath } from '../../project/search.ts';
import { type Application, EMPTY, type Search } from './application.ts';
import { hasPackage } from './dependencies.ts';
import { placeIn, readSource, type Source } from './sources.ts';

/** A Django project: manage.py, the settings that the WSGI file names, and the application object of that file. */
export function djangoApplication(search: Search): Application | null {
  const manage = managePy(search);
  if (!manage) return null;
  const folder = directoryOf(manage.path);
  const entry = entryFile(search, folder);
  if (!entry) return null;
  const settings = settingsModule(entry) ?? settingsModule(manage);
  if (settings === null) return null;
  const isAsgi = entry.path.endsWith('asgi.py');
  const module = relativePath(folder, entry.path).replace(/\.py$/, '').replaceAll('/', '.');
  const files = settingsFiles(search, folder, settings);
  const offset = entry.code.search(/^application\b/m);
  return {
    ...EMPTY,
    kind: 'web',
    framework: 'Django',
    speaks: isAsgi ? 'asgi' : 'wsgi',
    target: `${module}:application`,
    file: entry.path,
    roots: [folder],
    workdir: folder,
    from: placeIn(entry, Math.max(0, offset)),
    holds: offset === -1 ? '' : 'application',
    notes: djangoNotes(files),
    needs: ['django'],
    django: {
      folder,
      settings,
      isOther: settingsModule(manage) !== settings,
      collects: files.some((file) => /^\s*STATIC_ROOT\s*=/m.test(file.code)),
      servesStatic:
        hasPackage(search.dependencies, 'whitenoise') || !files.some((file) => /^\s*STATIC_ROOT\s*=/m.test(file.code)),
    },
  };
}

function managePy(search: Search): Source | null {
  const { project, directory } = search;
  const paths = project
    .find({ under: directory, names: ['manage.py'], depth: 3, limit: 20 })
    .filter((path) => !/(?:^|\/)(?:tests?|docs?|examples?)\//.test(relativePath(directory, path)));
  for (const path of paths) {
    const source = readSource(project, directory, relativePath(directory, path));
    if (source && /\bexecute_from_command_line\b|\bdjango\b/.test(source.code)) return source;
  }
  return null;
}

/** `wsgi.py`, or `asgi.py` where the project speaks websockets or has no other. */
function entryFile(search: Search, folder: string): Source | null {
  const { project, directory } = search;
  const under = joinPath(directory, folder);
  const find = (name: string) =>
    project
      .find({ under, names: [name], depth: 4, limit: 10 })
      .map((path) => readSource(project, directory, relativePath(directory, path)))
      .find(
        (source) =>
          source !== null &&
          /\bget_[aw]sgi_application\b|\bProtocolTypeRouter\b|\bget_default_application\b/.test(source.code),
      );
  const wantsAsgi = hasPackage(search.dependencies, 'channels') || hasPackage(search.dependencies, 'daphne');
  const [wsgi, asgi] = [find('wsgi.py'), find('asgi.py')];
  return (wantsAsgi ? asgi : wsgi) ?? wsgi ?? asgi ?? null;
}

function settingsModule(source: Source): string | null {
  const at = source.strings.findIndex((text) => text.value === 'DJANGO_SETTINGS_MODULE');
  const value =
    at === -1
      ? undefined
      : source.strings.slice(at + 1, at + 4).find((text) => /^\w+(?:\.\w+)+$|^\w*settings\w*$/.test(text.value));
  return value?.value ?? null;
}

/** The settings file, and those of the same folder that it takes over by `from .base import *`. */
export function settingsFiles(
  search: Pick<Search, 'project' | 'directory'>,
  folder: string,
  module: string,
): readonly Source[] {
  const { project, directory } = search;
  const base = joinPath(folder, module.replaceAll('.', '/'));
  const files: Source[] = [];
  const queue = [`${base}.py`, joinPath(base, '__init__.py')];
  for (const path of queue) {
    const source = files.some((file) => file.path === path) ? null : readSource(project, directory, path);
    if (!source || files.length > 12) continue;
    files.push(source);
    for (const one of source.imports) {
      const isOwn = one.level === 1 || (one.level === 0 && one.module.split('.')[0] === module.split('.')[0]);
      const from = one.level === 1 ? directoryOf(source.path) : folder;
      if (isOwn && one.name === '*') queue.push(`${joinPath(from, one.module.replaceAll('.', '/'))}.py`);
    }
  }
  return files;
}

function djangoNotes(files: readonly Source[]): readonly Note[] {
  const hosts = files.find((file) => /^ALLOWED_HOSTS\s*=\s*\[\s*\]/m.test(file.code));
  const offset = hosts?.code.search(/^ALLOWED_HOSTS\s*=\s*\[\s*\]/m) ?? -1;
  return hosts ? [{ code: 'django-hosts', severity: 'warning', places: [placeIn(hosts, offset)], args: {} }] : [];
}
