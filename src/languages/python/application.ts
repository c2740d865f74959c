import type { Note, Place } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { directoryOf } from '../../project/search.ts';
import { type AppObject, findAppObjects } from './app-objects.ts';
import { type Dependencies, hasPackage } from './dependencies.ts';
import { djangoApplication } from './django.ts';
import type { Interface } from './frameworks.ts';
import { fromHints } from './hinted.ts';
import { readHints } from './hints.ts';
import { modulePlace } from './import-roots.ts';
import { pasteApplication } from './paste.ts';
import { consoleScript, runnerApplication, scriptApplication } from './programs.ts';
import { scrapyApplication } from './scrapy.ts';
import type { ServerId } from './server.ts';
import { isSiteFirst, type Site, siteApplication } from './site.ts';
import type { Source } from './sources.ts';
import { workdirOf } from './workdir.ts';
import { workerApplication } from './workers.ts';

/** What the container runs, and from where. Paths are relative to the service. All of it is plain data. */
export interface Application {
  readonly kind: 'web' | 'worker' | 'static';
  /** name of the framework for the summary, `null` for a plain program */
  readonly framework: string | null;
  /** how a server speaks to it; `null` where it serves itself or listens on nothing */
  readonly speaks: Interface | null;
  /** `module:object` for a server */
  readonly target: string | null;
  /** the server that the project itself names, with the options that it gives it */
  readonly server: ServerId | null;
  readonly options: readonly string[];
  /** the command where no server is in between; `{port}` stands for the port */
  readonly words: readonly string[];
  /** file that is loaded first */
  readonly file: string | null;
  /** folders of the module path, and the one to run in */
  readonly roots: readonly string[];
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  /** port that the command names; else the usual one of the framework counts */
  readonly port: number | null;
  readonly usualPort: number;
  readonly probe: 'http' | 'tcp';
  readonly from: Place;
  readonly holds: string;
  readonly notes: readonly Note[];
  /** distributions that must be there for it, known from what was recognised */
  readonly needs: readonly string[];
  /** the Django project, where it is one */
  readonly django: DjangoFacts | null;
  /** pages that are made when the image is built, in place of a program */
  readonly site: Site | null;
}

interface DjangoFacts {
  /** folder that the settings are imported from: the one of manage.py */
  readonly folder: string;
  readonly manage: string | null;
  readonly settings: string;
  /** manage.py would take other settings by itself */
  readonly isOther: boolean;
  /** collects static files when the image is built */
  readonly collects: boolean;
  /** static files need a web server or WhiteNoise in front */
  readonly servesStatic: boolean;
}

/** What all ways to find an application need. */
export interface Search {
  readonly project: Project;
  readonly directory: string;
  readonly sources: readonly Source[];
  readonly objects: readonly AppObject[];
  readonly dependencies: Dependencies;
}

/**
 * Finds what to run: a command that the project's own files give (Procfile and the like), then a Django project, an application
 * object, a program that serves by itself, a console script, a plain program. `null` where none of them is clear.
 */
export function findApplication(
  project: Project,
  directory: string,
  sources: readonly Source[],
  dependencies: Dependencies,
): Application | null {
  const search: Search = { project, directory, sources, objects: findAppObjects(sources), dependencies };
  const hints = readHints(project, directory);
  return (
    fromHints(
      search,
      hints.filter((hint) => hint.kind !== 'worker'),
    ) ??
    djangoApplication(search) ??
    pasteApplication(search) ??
    bestObject(search) ??
    consoleScript(search) ??
    runnerApplication(search) ??
    fromHints(
      search,
      hints.filter((hint) => hint.kind === 'worker'),
    ) ??
    workerApplication(search) ??
    scrapyApplication(search) ??
    (isSiteFirst(search) ? siteApplication(search) : null) ??
    scriptApplication(search) ??
    siteApplication(search)
  );
}

function bestObject(search: Search): Application | null {
  const best = search.objects[0];
  if (!best) return null;
  // A user interface of its own beside a library that happens to import a web framework: what is declared decides.
  const declared = search.objects.find((one) =>
    one.framework.packages.some((name) => hasPackage(search.dependencies, name)),
  );
  return objectApplication(search, declared ?? best);
}

/** The application that a server loads from the source. */
export function objectApplication(search: Search, object: AppObject): Application {
  const place = modulePlace(search.sources, object.source);
  const { framework } = object;
  const target = `${place.module}:${object.attribute}`;
  const folder = place.isAnchored ? (place.roots[0] ?? '.') : directoryOf(object.source.path);
  const workdir = isHidden(search, folder, place.module)
    ? '.'
    : workdirOf(search.project, search.directory, place.reached, folder);
  return {
    ...EMPTY,
    kind: 'web',
    framework: framework.name,
    speaks: framework.interface,
    target,
    file: object.source.path,
    roots: place.roots,
    workdir,
    env: startsItself(place.reached) ? FLASK_ENV : {},
    options: threadsForSockets(search, place.reached),
    usualPort: framework.port,
    from: object.from,
    holds: object.holds,
    needs: framework.packages.slice(0, 1),
  };
}

/** A server looks into its own folder first: there, what has the name of the package would be taken for it. */
function isHidden(search: Search, folder: string, module: string): boolean {
  const [top = '', ...rest] = module.split('.');
  if (folder === '.' || rest.length === 0) return false;
  return search.sources.some((one) => one.path === `${folder}/${top}.py` || one.path.startsWith(`${folder}/${top}/`));
}

/**
 * A call of `app.run()` that stands at the left margin would start the development server as soon as the module is loaded; Flask
 * leaves it out where this variable says that something else runs the application.
 */
const FLASK_ENV = { FLASK_RUN_FROM_CLI: 'true' };

function startsItself(reached: readonly Source[]): boolean {
  return reached.some((source) => /^\w+\.run\(/m.test(source.code) && /\bflask\b/.test(source.code));
}

/** Flask-SocketIO without eventlet or gevent keeps one thread for each connection, and all of them in one process. */
function threadsForSockets(search: Search, reached: readonly Source[]): readonly string[] {
  const isUsed = reached.some((source) => source.imports.some((one) => one.module === 'flask_socketio'));
  if (!isUsed) return [];
  if (hasPackage(search.dependencies, 'eventlet')) return ['--worker-class', 'eventlet', '--workers', '1'];
  if (hasPackage(search.dependencies, 'gevent-websocket'))
    return ['--worker-class', 'geventwebsocket.gunicorn.workers.GeventWebSocketWorker', '--workers', '1'];
  return ['--threads', '100', '--workers', '1'];
}

export const EMPTY: Application = {
  kind: 'worker',
  framework: null,
  speaks: null,
  target: null,
  server: null,
  options: [],
  words: [],
  file: null,
  roots: ['.'],
  workdir: '.',
  env: {},
  port: null,
  usualPort: 8000,
  probe: 'http',
  from: '',
  holds: '',
  notes: [],
  needs: [],
  django: null,
  site: null,
};
