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
const FRAMEWORKS: readonly Framework[] = [
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

/**
 * Programs that serve by themselves: a line of code that only they have, the command that serves it (`{file}`, `{module}`, `{port}`),
 * and their default port.
 */
export interface Runner {
  readonly id: string;
  readonly name: string;
  readonly packages: readonly string[];
  readonly pattern: RegExp;
  readonly command: readonly string[] | null;
  readonly port: number;
  /** settings by which it listens on all addresses and on the port */
  readonly env: Readonly<Record<string, string>>;
  readonly probe: 'http' | 'tcp';
  /** distributions that the command needs besides */
  readonly adds?: readonly string[];
}

export const RUNNERS: readonly Runner[] = [
  {
    id: 'streamlit',
    name: 'Streamlit',
    packages: ['streamlit'],
    pattern: /^[ \t]*(?:import|from)[ \t]+streamlit\b(?!\.\w+\.)/m,
    command: ['streamlit', 'run', '{file}'],
    port: 8501,
    env: {
      STREAMLIT_SERVER_ADDRESS: '0.0.0.0',
      STREAMLIT_SERVER_PORT: '{port}',
      STREAMLIT_SERVER_HEADLESS: 'true',
      STREAMLIT_BROWSER_GATHER_USAGE_STATS: 'false',
    },
    probe: 'http',
  },
  {
    id: 'chainlit',
    name: 'Chainlit',
    packages: ['chainlit'],
    pattern: /^[ \t]*(?:import|from)[ \t]+chainlit\b/m,
    command: ['chainlit', 'run', '{file}', '--headless', '--host', '0.0.0.0', '--port', '{port}'],
    port: 8000,
    env: {},
    probe: 'http',
  },
  {
    id: 'gradio',
    name: 'Gradio',
    packages: ['gradio'],
    pattern: /\.launch\s*\(/,
    command: null,
    port: 7860,
    env: { GRADIO_SERVER_NAME: '0.0.0.0', GRADIO_SERVER_PORT: '{port}', GRADIO_ANALYTICS_ENABLED: 'False' },
    probe: 'http',
  },
  {
    id: 'nicegui',
    name: 'NiceGUI',
    packages: ['nicegui'],
    pattern: /\bui\.run\s*\(/,
    command: null,
    port: 8080,
    env: {},
    probe: 'http',
  },
  {
    id: 'panel',
    name: 'Panel',
    packages: ['panel'],
    pattern: /\.servable\s*\(/,
    command: ['panel', 'serve', '{file}', '--address', '0.0.0.0', '--port', '{port}', '--allow-websocket-origin', '*'],
    port: 5006,
    env: {},
    probe: 'http',
  },
  {
    id: 'bottle-run',
    name: 'Bottle',
    packages: ['bottle'],
    pattern: /\brun\s*\(/,
    command: ['python', '-m', 'bottle', '--server', 'waitress', '--bind', '0.0.0.0:{port}', '{module}'],
    port: 8000,
    env: {},
    probe: 'http',
    // Gunicorn would read Bottle's own arguments.
    adds: ['waitress'],
  },
  {
    id: 'aiohttp',
    name: 'aiohttp',
    packages: ['aiohttp'],
    pattern: /\brun_app\s*\(/,
    command: null,
    port: 8080,
    env: {},
    probe: 'http',
  },
  {
    id: 'tornado',
    name: 'Tornado',
    packages: ['tornado'],
    pattern: /^[ \t]*(?:import|from)[ \t]+tornado\b[\s\S]*\.listen\s*\(/m,
    command: null,
    port: 8888,
    env: {},
    probe: 'http',
  },
  {
    id: 'cherrypy',
    name: 'CherryPy',
    packages: ['cherrypy'],
    pattern: /\bcherrypy\.(?:quickstart|engine\.start)\s*\(/,
    command: null,
    port: 8080,
    env: {},
    probe: 'http',
  },
  {
    id: 'robyn',
    name: 'Robyn',
    packages: ['robyn'],
    pattern: /\bRobyn\s*\(/,
    command: null,
    port: 8080,
    env: { ROBYN_HOST: '0.0.0.0', ROBYN_PORT: '{port}' },
    probe: 'http',
  },
  {
    id: 'grpc',
    name: 'gRPC',
    packages: ['grpcio'],
    pattern: /\.add_(?:in)?secure_port\s*\(/,
    command: null,
    port: 50051,
    env: {},
    probe: 'tcp',
  },
  {
    id: 'uvicorn-run',
    name: 'Uvicorn',
    packages: ['uvicorn'],
    pattern: /\buvicorn\.run\s*\(|\bhypercorn\.\w*\.?serve\s*\(/,
    command: null,
    port: 8000,
    env: {},
    probe: 'http',
  },
  {
    id: 'waitress-serve',
    name: 'Waitress',
    packages: ['waitress'],
    pattern: /\bwaitress\b[\s\S]*\bserve\s*\(/,
    command: null,
    port: 8080,
    env: {},
    probe: 'http',
  },
  {
    id: 'http-server',
    name: 'http.server',
    packages: [],
    pattern: /\b(?:HTTPServer|ThreadingHTTPServer|TCPServer|ThreadingTCPServer|make_server|WSGIServer)\s*\(/,
    command: null,
    port: 8000,
    env: {},
    probe: 'http',
  },
  {
    id: 'socket',
    name: 'sockets',
    packages: [],
    pattern: /\basyncio\.start_server\s*\(|\bwebsockets\.serve\s*\(|\.bind\s*\(\s*\(/,
    command: null,
    port: 8765,
    env: {},
    probe: 'tcp',
  },
];
