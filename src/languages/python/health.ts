import type { Fact } from '../../model/fact.ts';
import type { HealthCheck } from '../../model/plan.ts';
import type { Application } from './application.ts';
import { placeIn, type Source } from './sources.ts';

/** Names that people give the path that says that all is well, the most telling first. */
const PATHS =
  /^\/(?:api\/|v1\/)?(?:healthz?|health[-_]?check|healthy|livez?|liveness|readyz?|readiness|ping|status|up|heartbeat)\/?$/;

/** The path of a health check that the application's own file defines; Streamlit has one of its own. */
export function healthPath(application: Application, reached: readonly Source[]): Fact | null {
  if (application.framework === 'Streamlit') return { value: '/_stcore/health', from: application.from, holds: '' };
  const source = reached.find((one) => one.path === application.file);
  const object = /:(\w+)$/.exec(application.target ?? '')?.[1];
  if (!source || object === undefined) return null;
  for (const text of source.strings) {
    if (!PATHS.test(text.value)) continue;
    const before = source.code.slice(Math.max(0, text.start - 60), text.start);
    // A router may be mounted below another path; the application itself is not. A method of its own would not answer GET.
    if (new RegExp(`^[ \\t]*@${object}\\.(?:get|route)\\(\\s*(?:path\\s*=\\s*|rule\\s*=\\s*)?$`, 'm').test(before)) {
      return { value: text.value, from: placeIn(source, text.start), holds: text.value };
    }
  }
  return null;
}

/**
 * A probe that needs nothing but the interpreter: a plain GET over a socket, without the packages of the application (`-I -S`), about
 * 60 ms of CPU. A path that the project names must answer below 400; of `/` any answer below 500 counts.
 */
export function healthCheck(
  program: string,
  probe: 'http' | 'tcp',
  path: string,
  port: number,
  readsPort: boolean,
  isNamed: boolean,
): HealthCheck {
  const where = readsPort ? `int(os.environ.get('PORT',${port}))` : String(port);
  const open = `socket.create_connection(('127.0.0.1',${where}),4)`;
  const quoted = path.replaceAll(/[\\']/g, (character) => `\\${character}`);
  const modules = readsPort ? 'os,socket,sys' : 'socket,sys';
  const request = `s.sendall(b'GET ${quoted} HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n')`;
  const answer = `sys.exit(s.recv(16).split()[1]>=b'${isNamed ? 400 : 500}')`;
  const code =
    probe === 'tcp'
      ? `import ${readsPort ? 'os,socket' : 'socket'};${open}`
      : `import ${modules};s=${open};${request};${answer}`;
  return { command: [program, '-ISc', code], interval: '30s', timeout: '5s', startPeriod: '30s', retries: 3 };
}
