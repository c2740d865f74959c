import type { Interface } from './frameworks.ts';

export type ServerId = 'gunicorn' | 'uvicorn' | 'hypercorn' | 'daphne' | 'granian' | 'waitress' | 'uwsgi' | 'sanic';

/** A production server, as far as the plan must know it. */
export interface Server {
  readonly id: ServerId;
  readonly name: string;
  /** distribution that brings it */
  readonly package: string;
  readonly interfaces: readonly Interface[];
  /** release to install where the project declares none, by the lowest Python it needs, newest first; checked 2026-11-23 */
  readonly releases: readonly (readonly [python: string, release: string])[];
  readonly why: string;
  /** ends in order on SIGTERM as process 1 */
  readonly stops: boolean;
  /** listens on the port that the variable PORT names */
  readonly honoursPort: boolean;
  readonly env: Readonly<Record<string, string>>;
}

/** In the order in which they are recommended. */
export const SERVERS: readonly Server[] = [
  {
    id: 'gunicorn',
    name: 'Gunicorn',
    package: 'gunicorn',
    interfaces: ['wsgi'],
    releases: [
      ['3.10', '27.0.1'],
      ['3.7', '23.0.0'],
      ['3.5', '20.1.0'],
    ],
    why: 'Manages worker processes; most WSGI applications run on it.',
    stops: true,
    honoursPort: true,
    // Its heartbeat files need a writable folder, and slow requests must not keep the health check waiting.
    env: { GUNICORN_CMD_ARGS: '--worker-tmp-dir=/dev/shm --threads=4 --graceful-timeout=5' },
  },
  {
    id: 'uvicorn',
    name: 'Uvicorn',
    package: 'uvicorn',
    interfaces: ['asgi'],
    releases: [
      ['3.10', '0.54.0'],
      ['3.9', '0.39.0'],
      ['3.8', '0.33.0'],
      ['3.7', '0.22.0'],
      ['3.6', '0.16.0'],
    ],
    why: 'The usual ASGI server.',
    stops: true,
    honoursPort: false,
    env: { UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN: '5' },
  },
  {
    id: 'hypercorn',
    name: 'Hypercorn',
    package: 'hypercorn',
    interfaces: ['asgi', 'wsgi'],
    releases: [
      ['3.10', '0.18.0'],
      ['3.8', '0.17.3'],
    ],
    why: 'Speaks HTTP/2 and HTTP/3.',
    stops: true,
    honoursPort: false,
    env: {},
  },
  {
    id: 'granian',
    name: 'Granian',
    package: 'granian',
    interfaces: ['asgi', 'wsgi'],
    releases: [],
    why: 'Written in Rust.',
    stops: true,
    honoursPort: false,
    env: {},
  },
  {
    id: 'daphne',
    name: 'Daphne',
    package: 'daphne',
    interfaces: ['asgi'],
    releases: [],
    why: 'The server of Django Channels.',
    stops: true,
    honoursPort: false,
    env: {},
  },
  {
    id: 'waitress',
    name: 'Waitress',
    package: 'waitress',
    interfaces: ['wsgi'],
    releases: [
      ['3.9', '3.0.2'],
      ['3.8', '3.0.0'],
      ['3.7', '2.1.2'],
    ],
    why: 'One process with threads, pure Python.',
    stops: false,
    honoursPort: false,
    env: {},
  },
  {
    id: 'uwsgi',
    name: 'uWSGI',
    package: 'uwsgi',
    interfaces: ['wsgi'],
    releases: [],
    why: 'In maintenance mode; only for projects that use it.',
    stops: true,
    honoursPort: false,
    env: {},
  },
  {
    id: 'sanic',
    name: 'Sanic',
    package: 'sanic',
    interfaces: ['own'],
    releases: [],
    why: 'The framework’s own server.',
    stops: true,
    honoursPort: false,
    env: {},
  },
];

export function serverOf(id: string): Server {
  const server = SERVERS.find((one) => one.id === id);
  if (!server) throw new Error(`no server ${id}`);
  return server;
}

/** The release to install for a Python version; `null` where this server is not offered for it. */
export function releaseFor(server: Server, python: string): string | null {
  const minor = (version: string) => Number(version.split('.')[1]);
  return server.releases.find(([lowest]) => minor(python) >= minor(lowest))?.[1] ?? null;
}

/** Servers that speak an interface: those that the project declares, then those that can be installed. */
export function serversFor(
  speaks: Interface,
  python: string,
  isDeclared: (distribution: string) => boolean,
): readonly Server[] {
  const fitting = SERVERS.filter((one) => one.interfaces.includes(speaks));
  const declared = fitting.filter((one) => isDeclared(one.package));
  return [...declared, ...fitting.filter((one) => !declared.includes(one) && releaseFor(one, python) !== null)];
}

/**
 * The command that serves `module:object` on all addresses. Gunicorn takes the port from PORT. `options` are those that the
 * project itself gives the same server.
 */
export function serverCommand(
  id: ServerId,
  target: string,
  port: number,
  speaks: Interface,
  options: readonly string[],
): readonly string[] {
  const isFactory = target.endsWith('()');
  const plain = target.replace(/\(\)$/, '');
  switch (id) {
    case 'gunicorn':
      return ['gunicorn', ...options, target];
    case 'uvicorn':
      return [
        'uvicorn',
        ...options,
        '--host',
        '0.0.0.0',
        '--port',
        `${port}`,
        ...(isFactory ? ['--factory'] : []),
        plain,
      ];
    case 'hypercorn':
      return ['hypercorn', ...options, '--bind', `0.0.0.0:${port}`, speaks === 'wsgi' ? `wsgi:${target}` : target];
    case 'granian':
      return [
        'granian',
        ...options,
        '--interface',
        speaks,
        '--host',
        '0.0.0.0',
        '--port',
        `${port}`,
        ...(isFactory ? ['--factory'] : []),
        plain,
      ];
    case 'daphne':
      return ['daphne', ...options, '-b', '0.0.0.0', '-p', `${port}`, plain];
    case 'waitress':
      return ['waitress-serve', ...options, `--listen=0.0.0.0:${port}`, ...(isFactory ? ['--call'] : []), plain];
    case 'uwsgi':
      return [
        'uwsgi',
        ...options,
        '--http-socket',
        `0.0.0.0:${port}`,
        '--master',
        '--die-on-term',
        '--need-app',
        '--enable-threads',
        '--module',
        target,
      ];
    case 'sanic':
      return [
        'sanic',
        ...options,
        '--host',
        '0.0.0.0',
        '--port',
        `${port}`,
        ...(isFactory ? ['--factory'] : []),
        plain,
      ];
  }
}
