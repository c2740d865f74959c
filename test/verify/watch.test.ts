import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { ContainerState } from '../../src/engine/engine.ts';
import { ask, isOpen } from '../../src/verify/http.ts';
import { defaultRequest, type HttpExpectation, type VerifyRequest } from '../../src/verify/request.ts';
import { giveUp, look, openWatch } from '../../src/verify/watch.ts';
import { fakeEngine } from '../support/fake-engine.ts';
import { contractOf } from '../support/report.ts';

const servers: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A service on this machine that answers with this status. */
async function serve(status: number): Promise<number> {
  const server = createServer((_, response) => response.writeHead(status).end('hello'));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function stateWith(port: number, health: Partial<ContainerState['health']> = {}): ContainerState {
  return {
    id: 'x',
    isRunning: true,
    exitCode: null,
    outOfMemory: false,
    error: '',
    pid: 0,
    address: null,
    published: { '3000': port },
    health: { status: 'none', failures: 0, output: '', ...health },
  };
}

function watchOf(request: Partial<VerifyRequest>, health: readonly string[] | null = null, ports = [3000]) {
  const whole = { ...defaultRequest({ kind: 'image', image: 'x' }), ...request };
  return openWatch({ engine: fakeEngine(), request: whole, contract: contractOf({ health }), ports }, 'c');
}

const wish = (path: string, status: number | null): HttpExpectation => ({
  method: 'GET',
  path,
  status,
  contains: null,
});
const SICK = { status: 'starting', failures: 5, output: 'sh: curl: not found' } as const;

describe('watching a service', () => {
  test('it is ready when it answers, whatever the status, as long as nothing else was asked for', async () => {
    expect(await look(watchOf({}), stateWith(await serve(404)), 1)).toEqual({ isReady: true, trouble: null });
  });

  test('it is not ready before its health check passes', async () => {
    const state = stateWith(await serve(200), { status: 'starting' });
    expect((await look(watchOf({}, ['CMD', 'x']), state, 1)).isReady).toBe(false);
  });

  test('health probes that failed while it was starting count for nothing, those that go on do', async () => {
    const watch = watchOf({}, ['CMD', 'x']);
    const state = stateWith(await serve(200), SICK);
    expect((await look(watch, state, 30)).trouble).toBeNull();
    expect((await look(watch, state, 37)).trouble).toBeNull();
    expect((await look(watch, state, 38.5)).trouble).toMatchObject({
      kind: 'unhealthy',
      args: { output: 'sh: curl: not found' },
    });
  });

  test('a wrong answer is waited out for a while, a 5xx until the end', async () => {
    const missing = watchOf({ http: [wish('/', 200)] });
    const state = stateWith(await serve(404));
    expect((await look(missing, state, 1)).trouble).toBeNull();
    expect((await look(missing, state, 9.5)).trouble).toMatchObject({ kind: 'http', args: { status: '404' } });
    const starting = watchOf({ http: [wish('/', 200)] });
    const busy = stateWith(await serve(503));
    await look(starting, busy, 1);
    expect((await look(starting, busy, 50)).trouble).toBeNull();
    expect(await giveUp(starting, busy)).toMatchObject({ kind: 'http', args: { status: '503' } });
  });

  test('a closed port is silence in the end', async () => {
    const watch = watchOf({});
    const state = stateWith(1);
    expect(await look(watch, state, 1)).toEqual({ isReady: false, trouble: null });
    expect(await giveUp(watch, state)).toMatchObject({ kind: 'silent' });
  });

  test('a worker is ready when it runs, and with an expected line when that was printed', async () => {
    expect((await look(watchOf({}, null, []), stateWith(0), 1)).isReady).toBe(true);
    const waiting = watchOf({ output: '^ready' }, null, []);
    expect((await look(waiting, stateWith(0), 1)).isReady).toBe(false);
    expect(await giveUp(waiting, stateWith(0))).toEqual({ kind: 'output', args: { wanted: '^ready' } });
  });

  test('a job is ready only when it has ended', async () => {
    expect((await look(watchOf({ exit: 0 }, null, []), stateWith(0), 1)).isReady).toBe(false);
  });
});

describe('asking over HTTP', () => {
  test('gives status and body, and does not follow redirects', async () => {
    const port = await serve(302);
    expect(await ask({ host: '127.0.0.1', port }, 'GET', '/')).toEqual({ kind: 'http', status: 302, body: 'hello' });
  });

  test('tells a service that speaks something else from one that drops what it takes', async () => {
    const listen = (server: ReturnType<typeof createTcpServer>) =>
      new Promise<number>((resolve) => {
        servers.push(server);
        server.listen(0, '127.0.0.1', () => {
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : 0);
        });
      });
    const talker = await listen(createTcpServer((socket) => socket.on('error', () => {}).write('+OK hello\r\n')));
    const dropper = await listen(createTcpServer((socket) => socket.destroy()));
    expect(await ask({ host: '127.0.0.1', port: talker }, 'GET', '/')).toEqual({ kind: 'open' });
    expect(await isOpen({ host: '127.0.0.1', port: talker })).toBe(true);
    expect(await isOpen({ host: '127.0.0.1', port: dropper })).toBe(false);
    expect(await isOpen({ host: '127.0.0.1', port: 1 })).toBe(false);
  });
});
