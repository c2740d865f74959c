/** How a framework's application is spoken to: by a WSGI or an ASGI server, or it serves itself when its file is run. */
export type Interface = 'wsgi' | 'asgi' | 'own';

export interface Framework {
  readonly id: string;
  readonly name: string;
  readonly interface: Interface;
  /** first part of the import, and the names in it that make an application */
  readonly modules: readonly string[];
  readonly makes: readonly string[];
  /** distributions that bring it */
  readonly packages: readonly string[];
  /** port that it serves on when nothing says otherwise */
  readonly port: number;
}

/** A production server listens on this port unless the project names another. */
const SERVER_PORT = 8000;

/** Frameworks whose application is an object in the source. */
export const FRAMEWORKS: readonly Framework[] = [
  wsgi('flask', 'Flask', ['flask', 'flask_openapi3', 'apiflask'], ['Flask', 'OpenAPI', 'APIFlask']),
  wsgi('dash', 'Dash', ['dash', 'dash_extensions'], ['Dash', 'DashProxy']),
  wsgi('bottle', 'Bottle', ['bottle'], ['Bottle', 'default_app']),
  wsgi('falcon', 'Falcon', ['falcon'], ['App', 'API']),
  wsgi('pyramid', 'Pyramid', ['pyramid'], ['make_wsgi_app']),
  wsgi('hug', 'Hug', ['hug'], []),
  wsgi('pecan', 'Pecan', ['pecan'], ['make_app']),
  wsgi('masonite', 'Masonite', ['masonite'], ['Application']),
  wsgi('chalice', 'Chalice', ['chalice'], []),
  asgi('fastapi', 'FastAPI', ['fastapi', 'fastapi_offline', 'fastapi_slim'], ['FastAPI', 'FastAPIOffline']),
  asgi('starlette', 'Starlette', ['starlette'], ['Starlette']),
  asgi('litestar', 'Litestar', ['litestar', 'starlite'], ['Litestar', 'Starlite']),
  asgi('quart', 'Quart', ['quart', 'quart_trio'], ['Quart', 'QuartTrio']),
  asgi('fasthtml', 'FastHTML', ['fasthtml'], ['fast_app', 'FastHTML', 'FastHTMLWithLiveReload'], ['python-fasthtml']),
  asgi('blacksheep', 'BlackSheep', ['blacksheep'], ['Application']),
  asgi('responder', 'Responder', ['responder'], ['API']),
  asgi('connexion', 'Connexion', ['connexion'], ['FlaskApp', 'AsyncApp', 'App']),
  asgi('socketio-asgi', 'Socket.IO', ['socketio', 'engineio'], ['ASGIApp'], ['python-socketio', 'python-engineio']),
  wsgi('socketio-wsgi', 'Socket.IO', ['socketio', 'engineio'], ['WSGIApp'], ['python-socketio', 'python-engineio']),
  asgi('falcon-asgi', 'Falcon', ['falcon.asgi'], ['App'], ['falcon']),
  asgi('shiny', 'Shiny', ['shiny'], ['App']),
  asgi('esmerald', 'Esmerald', ['esmerald', 'ravyn', 'lilya'], ['Esmerald', 'Gateway', 'Ravyn', 'Lilya']),
  own('sanic', 'Sanic', ['sanic'], ['Sanic'], 8000),
];

function wsgi(
  id: string,
  name: string,
  modules: readonly string[],
  makes: readonly string[],
  packages?: readonly string[],
): Framework {
  return { id, name, interface: 'wsgi', modules, makes, packages: packages ?? [id], port: SERVER_PORT };
}

function asgi(
  id: string,
  name: string,
  modules: readonly string[],
  makes: readonly string[],
  packages?: readonly string[],
): Framework {
  return { id, name, interface: 'asgi', modules, makes, packages: packages ?? [id], port: SERVER_PORT };
}

function own(id: string, name: string, modules: readonly string[], makes: readonly string[], port: number): Framework {
  return { id, name, interface: 'own', modules, makes, packages: [id], port };
}

/** The framework whose application a call makes, by the full name of what is called: `flask.Flask`. */
export function frameworkOf(callee: string): Framework | null {
  const parts = callee.split('.');
  const last = parts.at(-1) ?? '';
  const fitting = FRAMEWORKS.filter(
    (one) => one.makes.includes(last) && one.modules.some((module) => callee.startsWith(`${module}.`)),
  );
  // `falcon.asgi.App` fits Falcon as well: the longer module knows better.
  return [...fitting].sort((a, b) => longest(b) - longest(a))[0] ?? null;
}

function longest(framework: Framework): number {
  return Math.max(...framework.modules.map((module) => module.length));
}
