import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { HttpProbe } from '../model/report.ts';
import type { HttpExpectation } from './request.ts';

/** `http`: it answered; `open`: it took the connection and kept it, but speaks something else; `closed`: nobody is there. */
export type Answer =
  | { readonly kind: 'http'; readonly status: number; readonly body: string }
  | { readonly kind: 'open' }
  | { readonly kind: 'closed' };

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

const MAX_BODY = 256 * 1024;
/** A proxy in front of a closed port takes connections and drops them at once. */
const DROP_MILLISECONDS = 400;

/** Asks once. Redirects are not followed: they are answers. */
export function ask(endpoint: Endpoint, method: string, path: string, seconds = 5): Promise<Answer> {
  return new Promise((resolve) => {
    const call = httpRequest({ ...endpoint, method, path, agent: false, timeout: seconds * 1000 }, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= MAX_BODY) chunks.push(chunk);
        else response.destroy();
      });
      response.on('error', () => {});
      response.on('close', () =>
        resolve({ kind: 'http', status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    call.on('timeout', () => {
      call.destroy();
      resolve({ kind: 'open' });
    });
    call.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code?.startsWith('HPE_') ? { kind: 'open' } : { kind: 'closed' }),
    );
    call.end();
  });
}

/** Whether a connection is taken and kept, whatever is spoken there. */
export function isOpen(endpoint: Endpoint): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(endpoint);
    const timer = setTimeout(() => finish(true), DROP_MILLISECONDS);
    function finish(open: boolean): void {
      clearTimeout(timer);
      socket.destroy();
      resolve(open);
    }
    socket.setTimeout(2000, () => finish(false));
    socket.on('data', () => finish(true));
    socket.on('error', () => finish(false));
    socket.on('close', () => finish(false));
    socket.on('connect', () => timer.refresh());
    timer.ref();
  });
}

/** Asks what is expected and says whether the answer is right. */
export async function probe(endpoint: Endpoint, expected: HttpExpectation): Promise<HttpProbe> {
  return judge(expected, await ask(endpoint, expected.method, expected.path));
}

/** The same where there may be nobody to ask. */
export async function probeAt(endpoint: Endpoint | null, expected: HttpExpectation): Promise<HttpProbe> {
  return endpoint === null ? judge(expected, { kind: 'closed' }) : probe(endpoint, expected);
}

function judge(expected: HttpExpectation, answer: Answer): HttpProbe {
  const status = answer.kind === 'http' ? answer.status : null;
  const isStatus = status !== null && (expected.status === null ? status < 400 : status === expected.status);
  const isBody = expected.contains === null || (answer.kind === 'http' && answer.body.includes(expected.contains));
  const wanted = expected.status === null ? 'below 400' : String(expected.status);
  return {
    request: `${expected.method} ${expected.path}`,
    wanted: expected.contains === null ? wanted : `${wanted} with "${expected.contains}"`,
    status,
    ok: isStatus && isBody,
    answer: answer.kind === 'http' ? digestOf(answer) : null,
  };
}

function digestOf({ status, body }: { readonly status: number; readonly body: string }): string {
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 8);
  return `${status}, ${Buffer.byteLength(body)} bytes, ${digest}`;
}
