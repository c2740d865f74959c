import { directoryOf, joinPath, relativePath } from '../../project/search.ts';
import { type Application, EMPTY, type Search } from './application.ts';
import { hasPackage } from './dependencies.ts';
import { djangoNotes, hasStaticRoot, refusesToLoad } from './django-notes.ts';
import { modulePlace } from './import-roots.ts';
import { placeIn, readSource, type Source } from './sources.ts';
import { distributionOf } from './third-party.ts';

/**
 * A Django project: manage.py, the settings that the WSGI file names, and the application object of that file. One of the two files may
 * be missing: Django makes the application from the settings alone, and a package has its commands elsewhere.
 */
export function djangoApplication(search: Search): Application | null {
  const manage = managePy(search);
  const entry = entryFile(search, manage ? directoryOf(manage.path) : '.');
  const settings = (entry && settingsModule(entry)) ?? (manage && settingsModule(manage));
  const file = entry ?? manage;
  if (!file || settings === null || (!manage && !isDeclared(search))) return null;
  const folder = manage ? directoryOf(manage.path) : (modulePlace(search.sources, file).roots[0] ?? '.');
  const files = settingsFiles(search, folder, settings);
  const offset = entry ? entry.code.search(/^application\b/m) : -1;
  const hasRoot = hasStaticRoot(files);
  return {
    ...EMPTY,
    kind: 'web',
    framework: 'Django',
    speaks: entry?.path.endsWith('asgi.py') ? 'asgi' : 'wsgi',
    target: entry ? `${moduleIn(folder, entry)}:application` : 'django.core.wsgi:get_wsgi_application()',
    file: file.path,
    roots: [folder],
    workdir: folder,
    env: entry ? {} : { DJANGO_SETTINGS_MODULE: settings },
    from: placeIn(file, Math.max(0, offset)),
    holds: offset === -1 ? '' : 'application',
    notes: djangoNotes(files),
    needs: ['django', ...installedApps(files)],
    django: {
      folder,
      manage: manage?.path ?? null,
      settings,
      isOther: !manage || settingsModule(manage) !== settings,
      collects: hasRoot && !files.some(refusesToLoad),
      servesStatic: hasPackage(search.dependencies, 'whitenoise') || !hasRoot,
    },
  };
}

function moduleIn(folder: string, entry: Source): string {
  return relativePath(folder, entry.path).replace(/\.py$/, '').replaceAll('/', '.');
}

function isDeclared(search: Search): boolean {
  return hasPackage(search.dependencies, 'django');
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
  const [wsgi, asgi] = [find('wsgi.py'), find('asgi.py')];
  const wantsAsgi =
    hasPackage(search.dependencies, 'channels') ||
    hasPackage(search.dependencies, 'daphne') ||
    /\bProtocolTypeRouter\b/.test(asgi?.code ?? '');
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

/** Distributions of the applications and middlewares that the settings name; Django imports them by these names. */
function installedApps(files: readonly Source[]): readonly string[] {
  const names = files.flatMap((file) =>
    [...file.code.matchAll(/^(?:\w*INSTALLED_APPS|THIRD_PARTY_APPS|MIDDLEWARE)\s*\+?=\s*[[(]/gm)].flatMap((match) => {
      const open = match.index + match[0].length - 1;
      const close = file.code.slice(open).search(/^[\])]|[\])]\s*$/m) + open;
      return file.strings.filter((text) => text.start > open && text.end <= close).map((text) => text.value);
    }),
  );
  const found = names.map((name) => distributionOf(name.split('.')[0] ?? '')).filter((name) => name !== null);
  return [...new Set(found)].filter((name) => name !== 'Django');
}
