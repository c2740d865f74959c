import { describe, expect, test } from 'vitest';
import { buildArguments, runArguments } from '../../src/engine/arguments.ts';
import type { BuildRequest, RunRequest } from '../../src/engine/engine.ts';
import { readContainer, readImage } from '../../src/engine/inspect.ts';

const BUILD: BuildRequest = {
  context: '/c',
  dockerfile: '/c/Dockerfile',
  tag: 'x',
  labels: { run: '1' },
  buildArgs: { A: 'b=c' },
  secrets: { token: '/s' },
  target: null,
  platform: null,
  cacheFrom: [],
  cacheTo: [],
};

describe('the command line of a build', () => {
  test('loads the image from any builder, without attestations that would change its layers', () => {
    const args = buildArguments(BUILD, { engine: 'docker', hasBuildx: true, progress: 'rawjson', builder: 'k8s' });
    expect(args.join(' ')).toBe(
      'buildx build --provenance=false --load --builder k8s --progress=rawjson --file /c/Dockerfile --tag x --label run=1 --build-arg A=b=c --secret id=token,src=/s /c',
    );
  });

  test('keeps the health check with podman and buildah', () => {
    const style = { hasBuildx: false, progress: null, builder: null } as const;
    expect(buildArguments(BUILD, { ...style, engine: 'podman' }).slice(0, 3)).toEqual(['build', '--format', 'docker']);
    expect(buildArguments(BUILD, { ...style, engine: 'buildah' }).slice(0, 4)).toEqual([
      'bud',
      '--format',
      'docker',
      '--layers',
    ]);
  });

  test('fills a cache without leaving an image', () => {
    const style = { engine: 'docker', hasBuildx: true, progress: 'plain', builder: null } as const;
    const args = buildArguments({ ...BUILD, discard: true, builder: 'fresh', cacheTo: ['type=local,dest=/d'] }, style);
    expect(args).toContain('type=cacheonly');
    expect(args).not.toContain('--load');
    expect(args.join(' ')).toContain('--builder fresh');
  });
});

describe('the command line of a container', () => {
  const run: RunRequest = {
    image: 'x',
    name: 'n',
    labels: {},
    user: '12345:0',
    readOnly: true,
    tmpfs: ['/tmp'],
    dropCapabilities: true,
    memory: 1024,
    env: { A: 'b' },
    ports: [80],
  };

  test('holds it to all constraints and publishes only on this machine', () => {
    expect(runArguments(run, { bind: '127.0.0.1', hasHealth: true }).join(' ')).toBe(
      'run --detach --name n --user 12345:0 --read-only --tmpfs /tmp:mode=1777 --cap-drop ALL --security-opt no-new-privileges --memory 1024b --env A=b --publish 127.0.0.1::80 --health-interval 1s x',
    );
  });

  test('leaves out what was not asked for', () => {
    const plain = {
      ...run,
      user: null,
      readOnly: false,
      tmpfs: [],
      dropCapabilities: false,
      memory: null,
      env: {},
      ports: [],
    };
    expect(runArguments(plain, { bind: '127.0.0.1', hasHealth: false })).toEqual([
      'run',
      '--detach',
      '--name',
      'n',
      'x',
    ]);
  });
});

describe('what engines tell', () => {
  test('of an image: docker and podman in their own words', () => {
    const Config = {
      Env: ['A=b=c', 'EMPTY'],
      Cmd: ['node'],
      ExposedPorts: { '80/tcp': {} },
      User: '1000',
      Labels: { a: 'b' },
    };
    const docker = readImage({
      Id: 'sha256:1',
      Architecture: 'amd64',
      RootFS: { Layers: ['a'] },
      Config: { ...Config, Healthcheck: { Test: ['CMD', 'x'] } },
    });
    const podman = readImage({
      Id: '1',
      Architecture: 'amd64',
      RootFS: { Layers: ['a'] },
      HealthCheck: { Test: ['CMD', 'x'] },
      Config,
    });
    expect(podman).toEqual(docker);
    expect(docker.contract).toMatchObject({
      env: { A: 'b=c', EMPTY: '' },
      workdir: '/',
      ports: ['80/tcp'],
      health: ['CMD', 'x'],
    });
  });

  test('of an image whose health check was switched off', () => {
    expect(readImage({ Config: { Healthcheck: { Test: ['NONE'] } } }).contract.health).toBeNull();
  });

  test('of a container: its published port, its address and its health', () => {
    const state = readContainer({
      Id: 'abc',
      State: {
        Running: true,
        Pid: 7,
        Health: {
          Status: 'starting',
          FailingStreak: 0,
          Log: [{ ExitCode: 0 }, { ExitCode: 1, Output: 'a' }, { ExitCode: 1, Output: 'curl: not found\n' }],
        },
      },
      NetworkSettings: {
        IPAddress: '',
        Networks: { bridge: { IPAddress: '172.17.0.2' } },
        Ports: { '80/tcp': [{ HostPort: '32768' }], '81/tcp': null },
      },
    });
    expect(state).toMatchObject({ isRunning: true, exitCode: null, address: '172.17.0.2', published: { '80': 32768 } });
    expect(state.health).toEqual({ status: 'starting', failures: 2, output: 'curl: not found' });
  });

  test('of a container that ended', () => {
    const state = readContainer({ State: { Running: false, ExitCode: 137, OOMKilled: true, Error: 'x' } });
    expect(state).toMatchObject({ isRunning: false, exitCode: 137, outOfMemory: true, error: 'x', address: null });
  });
});
