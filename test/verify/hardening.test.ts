import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { RunRequest } from '../../src/engine/engine.ts';
import { harden, writtenPaths } from '../../src/verify/hardening.ts';
import { defaultRequest } from '../../src/verify/request.ts';
import { openSession } from '../../src/verify/session.ts';
import { verify } from '../../src/verify/verify.ts';
import { type Behaviour, fakeEngine } from '../support/fake-engine.ts';
import { contractOf } from '../support/report.ts';

const request = { ...defaultRequest({ kind: 'image', image: 'x' }), settleSeconds: 0 };

async function hardened(behaviour: Behaviour) {
  const engine = fakeEngine(behaviour);
  const session = await openSession(engine);
  const context = { engine, session, request, image: 'x', contract: contractOf(), ports: [] };
  const result = await harden(context, () => {});
  await session.close();
  return { ...result, engine };
}

test('an image that is to be started as it is and not opened gets nothing said of constraints and contents', async () => {
  const engine = fakeEngine({});
  const plain = { ...request, constrained: false, contents: false, rebuild: false };
  const report = await verify(plain, engine);
  expect(engine.runs.map(({ user, readOnly, memory }) => [user, readOnly, memory])).toEqual([[null, false, null]]);
  expect(report.contents).toBe(null);
  const said = report.checks.map(({ id }) => id);
  expect(said).toContain('start');
  for (const id of ['arbitrary-uid', 'read-only', 'capabilities', 'memory', 'compilers', 'secrets', 'writable'])
    expect(said).not.toContain(id);
});

describe('which constraint is in the way', () => {
  test('an image that stands all of them is started once', async () => {
    const { broken, boots } = await hardened({});
    expect(broken).toEqual([]);
    expect(boots).toHaveLength(1);
  });

  test.each<[string, (run: RunRequest) => boolean, string]>([
    ['readOnly', (run) => run.readOnly, 'EROFS: read-only file system'],
    ['arbitraryUid', (run) => run.user !== null, 'EACCES: permission denied'],
    ['noCapabilities', (run) => run.dropCapabilities, 'setgid: Operation not permitted'],
    ['memoryLimit', (run) => run.memory !== null, 'OutOfMemoryError'],
    ['arbitraryUid', (run) => run.user !== null, 'crashed without a word about it'],
  ])('%s alone, and no more boots than needed', async (name, isBroken, log) => {
    const { broken, running, boots } = await hardened({ start: (run) => (isBroken(run) ? log : null) });
    expect(broken).toEqual([name]);
    expect(running?.boot.constraints).toMatchObject({ [name]: false });
    expect(Object.values(running?.boot.constraints ?? {}).filter(Boolean)).toHaveLength(3);
    expect(boots.length).toBeLessThanOrEqual(4);
  });

  test('two at once are both named, and the rest stays on', async () => {
    const { broken, running } = await hardened({ start: (run) => (run.readOnly || run.user !== null ? 'no' : null) });
    expect([...broken].sort()).toEqual(['arbitraryUid', 'readOnly']);
    expect(running?.boot.constraints).toEqual({
      arbitraryUid: false,
      readOnly: false,
      noCapabilities: true,
      memoryLimit: true,
    });
  });

  test('folders that it wrote into are made writable before the read-only root is given up', async () => {
    const { broken, tmpfs, running } = await hardened({
      start: (run) => (run.readOnly && !run.tmpfs.includes('/app/cache') ? 'EROFS' : null),
      written: [
        { path: '/app', isNew: false },
        { path: '/app/cache', isNew: true },
        { path: '/app/cache/x', isNew: true },
      ],
    });
    expect([broken, tmpfs, running?.boot.constraints.readOnly]).toEqual([['readOnly'], ['/app/cache'], true]);
  });

  test('an image that does not even start plainly is not tried further', async () => {
    const { running, boots } = await hardened({ start: () => 'crash' });
    expect(running).toBeNull();
    expect(boots).toHaveLength(2);
  });

  test('every container that did not become ready is removed', async () => {
    const { engine, running } = await hardened({ start: (run) => (run.readOnly ? 'EROFS' : null) });
    const made = engine.runs.map(({ name }) => name).filter((name) => name !== running?.container);
    expect(engine.calls.filter((call) => call.startsWith('removeContainer'))).toEqual(
      expect.arrayContaining(made.map((name) => `removeContainer ${name}`)),
    );
  });
});

describe('what a container wrote', () => {
  test('is not the bytecode that Python keeps only where it may', () => {
    const folder = '/usr/local/lib/python3.13/__pycache__';
    const changes = [
      { path: '/usr/local/lib/python3.13', isNew: false },
      { path: folder, isNew: true },
      { path: `${folder}/socket.cpython-313.pyc`, isNew: true },
      { path: '/app/data/state', isNew: true },
    ];
    expect(writtenPaths(changes)).toEqual(['/app/data/state']);
  });

  test('is told by the highest new folder and by changed files', () => {
    const changes = [
      '/app',
      '/app/.next',
      '/app/.next/cache*',
      '/app/.next/cache/a*',
      '/app/log.txt*',
      '/etc',
      '/etc/hosts',
      '/tmp',
      '/tmp/x*',
      '/app/conf',
    ].map((path) => ({ path: path.replace('*', ''), isNew: path.endsWith('*') }));
    expect(writtenPaths(changes)).toEqual(['/app/.next/cache/', '/app/conf', '/app/log.txt']);
  });
});

describe('cleaning up', () => {
  test('removes containers, images and the folder, also what only its label shows', async () => {
    const engine = fakeEngine();
    const session = await openSession(engine);
    const [container, image, builder, folder] = [
      session.newContainer(),
      session.newImage(),
      session.newBuilder(),
      await session.newFolder('x'),
    ];
    await session.close();
    expect(engine.calls).toEqual([
      `removeContainer ${container}`,
      `removeBuilder ${builder}`,
      'removeContainer left-over',
      `removeImage ${image}`,
    ]);
    expect(existsSync(folder)).toBe(false);
  });

  test('happens when the engine fails in the middle', async () => {
    const engine = fakeEngine();
    const broken = { ...engine, inspectImage: () => Promise.reject(new Error('gone')) };
    await expect(verify(request, broken)).rejects.toThrow('gone');
    expect(engine.calls).toContain('removeContainer left-over');
  });

  test('two sessions share no name', async () => {
    const [one, other] = [await openSession(fakeEngine()), await openSession(fakeEngine())];
    expect(one.newContainer()).not.toBe(other.newContainer());
    expect(one.labels).not.toEqual(other.labels);
    await one.close();
    await other.close();
  });
});
