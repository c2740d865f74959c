import { own } from '../../project/own.ts';
import { portIn } from './command-line.ts';
import type { Interface } from './frameworks.ts';
import type { ServerId } from './server.ts';

/** A call of a production server as the project writes it. */
export interface ServerCall {
  readonly id: ServerId;
  /** `module:object`, or a module alone */
  readonly target: string;
  readonly isFactory: boolean;
  readonly speaks: Interface | null;
  /** options that are kept: what says where to listen and what is for development is not */
  readonly options: readonly string[];
  readonly port: number | null;
  /** folder that the server changes to before it loads the module */
  readonly folder: string | null;
}

interface Grammar {
  readonly id: ServerId;
  /** where it listens: address with port, or the port alone */
  readonly listens: RegExp;
  /** changes the folder */
  readonly folder: RegExp | null;
  /** with a value, kept */
  readonly kept: RegExp;
  /** without a value, kept */
  readonly switches: RegExp;
  /** without a value, dropped */
  readonly dropped: RegExp;
}

const GRAMMARS: Readonly<Record<string, Grammar>> = {
  gunicorn: {
    id: 'gunicorn',
    listens: /^(?:-b|--bind)$/,
    folder: /^--chdir$/,
    kept: /^(?:-c|--config|-w|--workers|-k|--worker-class|--threads|-t|--timeout|--keep-alive|--max-requests|--max-requests-jitter|--worker-connections|--limit-request-line|--limit-request-field_size|--forwarded-allow-ips|--pythonpath)$/,
    switches: /^--preload$/,
    dropped:
      /^(?:--reload|-D|--daemon|--capture-output|--enable-stdio-inheritance|-R|--no-sendfile|--check-config|--spew|--log-syslog|--disable-redirect-access-to-syslog)$/,
  },
  uvicorn: {
    id: 'uvicorn',
    listens: /^--port$/,
    folder: /^--app-dir$/,
    kept: /^(?:--workers|--root-path|--forwarded-allow-ips|--loop|--http|--ws|--ws-max-size|--lifespan|--interface|--limit-concurrency|--backlog|--limit-max-requests|--timeout-keep-alive|--log-level)$/,
    switches: /^(?:--proxy-headers|--no-access-log|--no-server-header|--no-proxy-headers|--no-use-colors)$/,
    dropped: /^(?:--reload|--factory|--use-colors|--access-log|--server-header|--date-header)$/,
  },
  hypercorn: {
    id: 'hypercorn',
    listens: /^(?:-b|--bind)$/,
    folder: null,
    kept: /^(?:-w|--workers|-k|--worker-class|--root-path|--keep-alive)$/,
    switches: /^$/,
    dropped: /^(?:--reload|--debug)$/,
  },
  daphne: {
    id: 'daphne',
    listens: /^(?:-p|--port)$/,
    folder: null,
    kept: /^(?:--http-timeout|--websocket_timeout|--root-path|-v|--verbosity|-t)$/,
    switches: /^--proxy-headers$/,
    dropped: /^$/,
  },
  granian: {
    id: 'granian',
    listens: /^--port$/,
    folder: null,
    kept: /^(?:--workers|--loop|--threads|--runtime-threads|--http)$/,
    switches: /^$/,
    dropped: /^(?:--reload|--factory|--access-log|--ws|--no-ws)$/,
  },
  'waitress-serve': {
    id: 'waitress',
    listens: /^(?:--port|--listen)$/,
    folder: null,
    kept: /^(?:--threads|--url-scheme|--url-prefix)$/,
    switches: /^$/,
    dropped: /^--call$/,
  },
  sanic: {
    id: 'sanic',
    listens: /^(?:-p|--port)$/,
    folder: null,
    kept: /^(?:-w|--workers)$/,
    switches: /^(?:--fast|--single-process)$/,
    dropped: /^(?:--dev|--debug|--factory|--auto-reload|-r|-d)$/,
  },
};

/** Reads the arguments of a server's program; `null` for another program, or without a module to load. */
export function readServerCall(name: string, words: readonly string[]): ServerCall | null {
  const grammar = own(GRAMMARS, name);
  if (!grammar) return null;
  const options: string[] = [];
  let target: string | null = null;
  let port: number | null = null;
  let folder: string | null = null;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [flag = '', joined] = /^--[\w-]+=/.test(word) ? word.split(/=(.*)/) : shortJoined(word);
    if (!flag.startsWith('-')) {
      if (target === null || /^[\w.]+:[\w.()'"=]+$/.test(word)) target = word;
      continue;
    }
    if (grammar.dropped.test(flag)) continue;
    if (grammar.switches.test(flag)) {
      options.push(flag);
      continue;
    }
    const value = joined ?? words[at + 1];
    if (joined === undefined) at += 1;
    if (grammar.listens.test(flag)) port = portIn(value);
    else if (grammar.folder?.test(flag)) folder = value ?? null;
    else if (grammar.kept.test(flag) && value !== undefined && /^[\w./:,*-]+$/.test(value)) options.push(flag, value);
  }
  if (target === null || !/^[A-Za-z_][\w.]*(?::.+)?$/.test(target)) return null;
  const isFactory = words.includes('--factory') || words.includes('--call');
  const speaks = /uvicorn|asgi/i.test(options.join(' ')) && grammar.id === 'gunicorn' ? 'asgi' : null;
  return { id: grammar.id, target, isFactory, speaks, options, port, folder };
}

/** `-w4` is `-w 4`. */
function shortJoined(word: string): readonly (string | undefined)[] {
  const match = /^(-[a-zA-Z])([\w.:/$].*)$/.exec(word);
  return match?.[1] ? [match[1], match[2]] : [word];
}
