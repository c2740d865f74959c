import { describe, expect, test } from 'vitest';
import type { ContainerState } from '../../src/engine/engine.ts';
import { blamedConstraints, deniedPaths, diagnoseExit } from '../../src/verify/diagnosis.ts';
import { readListeners } from '../../src/verify/listening.ts';

const ENDED: ContainerState = {
  id: 'x',
  isRunning: false,
  exitCode: 1,
  outOfMemory: false,
  error: '',
  pid: 0,
  address: null,
  published: {},
  health: { status: 'none', failures: 0, output: '' },
};

describe('paths that could not be written', () => {
  test.each([
    ["Error: EROFS: read-only file system, mkdir '/app/data'", '/app/data'],
    ["Error: EACCES: permission denied, open '/app/log/x.log'", '/app/log/x.log'],
    ["OSError: [Errno 30] Read-only file system: '/app/state'", '/app/state'],
    ["PermissionError: [Errno 13] Permission denied: '/srv/db.sqlite'", '/srv/db.sqlite'],
    ["sh: can't create /app/pid: Read-only file system", '/app/pid'],
    ['java.io.FileNotFoundException: /app/out.txt (Read-only file system)', '/app/out.txt'],
    ['mkdir: cannot create directory ‘/app/cache’: Permission denied', '/app/cache'],
    [
      'nginx: [emerg] mkdir() "/var/cache/nginx/client_temp" failed (30: Read-only file system)',
      '/var/cache/nginx/client_temp',
    ],
    ['java.nio.file.AccessDeniedException: /data/x', '/data/x'],
    ['open /app/a.db: permission denied', '/app/a.db'],
  ])('%s', (line, path) => {
    expect(deniedPaths(line)).toEqual([path]);
  });

  test('other errors with paths name none', () => {
    expect(
      deniedPaths("Error: Cannot find module '/app/x.js'\nENOENT: no such file or directory, open '/app/y'"),
    ).toEqual([]);
  });
});

describe('which constraint the output blames', () => {
  test('the likeliest comes first', () => {
    expect(blamedConstraints('EROFS', ENDED)).toEqual(['readOnly']);
    expect(blamedConstraints('Permission denied', ENDED)).toEqual(['arbitraryUid']);
    expect(blamedConstraints('chown(/x) failed: Operation not permitted', ENDED)).toEqual(['noCapabilities']);
    expect(blamedConstraints('', { ...ENDED, outOfMemory: true })).toEqual(['memoryLimit']);
    expect(blamedConstraints('java.lang.OutOfMemoryError: Java heap space', ENDED)).toEqual(['memoryLimit']);
    expect(blamedConstraints('crash', ENDED)).toEqual([]);
  });
});

describe('why a container ended', () => {
  test.each([
    [
      'worker: error while loading shared libraries: libpq.so.5: cannot open shared object file: No such file or directory',
      'libpq.so.5',
    ],
    ['ImportError: libGL.so.1: cannot open shared object file: No such file or directory', 'libGL.so.1'],
    [
      'Error: libvips-cpp.so.8.17.1: cannot open shared object file: No such file or directory',
      'libvips-cpp.so.8.17.1',
    ],
    ['Error loading shared library libgcc_s.so.1: No such file or directory (needed by /app/x)', 'libgcc_s.so.1'],
  ])('%s', (log, library) => {
    expect(diagnoseExit(ENDED, log, 1, null)).toMatchObject({ kind: 'library-missing', args: { library } });
  });

  test('the engine could not start the program', () => {
    const error =
      'docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "npm": executable file not found in $PATH: unknown';
    expect(diagnoseExit(ENDED, '', 0.1, error)).toMatchObject({
      kind: 'no-start',
      args: { error: '"npm": executable file not found in $PATH' },
    });
  });

  test('a program whose loader is missing, as one for another C library', () => {
    expect(diagnoseExit(ENDED, 'exec /app/server: no such file or directory', 0.1, null).kind).toBe('no-start');
  });

  test.each([
    [
      "node:internal\n  throw err;\nError: Cannot find module 'express'\n    at x (y:1)",
      "Error: Cannot find module 'express'",
    ],
    [
      "Traceback\n  File x\nModuleNotFoundError: No module named 'flask'",
      "ModuleNotFoundError: No module named 'flask'",
    ],
    ['no main manifest attribute, in app.jar', 'no main manifest attribute, in app.jar'],
    ['listening on 3000\nbye', ''],
  ])('the line that says most is told', (log, said) => {
    expect(diagnoseExit(ENDED, log, 1, null).args['said']).toBe(said);
  });

  test('memory, and everything else', () => {
    expect(diagnoseExit({ ...ENDED, outOfMemory: true, exitCode: 137 }, '', 1, null).kind).toBe('out-of-memory');
    expect(diagnoseExit({ ...ENDED, exitCode: 3 }, 'Killed', 2.04, null)).toEqual({
      kind: 'exited',
      args: { code: '3', seconds: '2.0', said: '' },
    });
  });
});

describe('the table of sockets', () => {
  const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
  const row = (address: string, state = '0A') =>
    `   0: ${address} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 1 1\n`;

  test.each([
    ['0100007F:1F90', [{ port: 8080, isLoopback: true }]],
    ['00000000:1F90', [{ port: 8080, isLoopback: false }]],
    ['00000000000000000000000000000000:0BB8', [{ port: 3000, isLoopback: false }]],
    ['00000000000000000000000001000000:0BB8', [{ port: 3000, isLoopback: true }]],
    ['0000000000000000FFFF00000100007F:0BB8', [{ port: 3000, isLoopback: true }]],
    ['0B00007F:9C40', []],
  ])('%s', (address, wanted) => {
    expect(readListeners(HEAD + row(address))).toEqual(wanted);
  });

  test('a port that listens for the world as well is no loopback port, and connections do not count', () => {
    expect(readListeners(HEAD + row('0100007F:1F90') + row('00000000:1F90') + row('0100007F:1F91', '01'))).toEqual([
      { port: 8080, isLoopback: false },
    ]);
  });
});
