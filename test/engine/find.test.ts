import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findEngine } from '../../src/engine/find.ts';

const path = process.env['PATH'] ?? '';
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engines-'));
  process.env['PATH'] = `${folder}:${dirname(process.execPath)}:/usr/bin:/bin`;
});
afterEach(async () => {
  process.env['PATH'] = path;
  await rm(folder, { recursive: true, force: true });
});

/** A program of this name that answers by its arguments: a shell `case`. */
async function fake(name: string, cases: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\ncase "$*" in\n${cases}\n*) exit 1;;\nesac\n`);
  await chmod(join(folder, name), 0o755);
}

const SILENT = "version*) echo 'Cannot connect to the Docker daemon' >&2; exit 1;;";
const ANY = { engine: null, builder: null };

describe('finding an engine', () => {
  test('takes docker with buildx first, and asks it for JSON progress only when it knows that', async () => {
    await fake(
      'docker',
      "version*) echo 28.1.0;;\n'buildx version') echo 'github.com/docker/buildx v0.12.1 abc';;\ncontext*) echo unix:///var/run/docker.sock;;",
    );
    await fake('podman', 'version*) echo 5.0;;');
    const engine = await findEngine(ANY);
    expect(engine).toMatchObject({ name: 'docker', version: '28.1.0', canRun: true, host: '127.0.0.1' });
  });

  test('goes on to podman when the docker daemon does not answer', async () => {
    await fake('docker', SILENT);
    await fake('podman', 'version*) echo 5.0;;');
    expect(await findEngine(ANY)).toMatchObject({ name: 'podman', version: '5.0' });
  });

  test('finds published ports on the machine of a remote daemon', async () => {
    await fake(
      'docker',
      "version*) echo 28;;\n'buildx version') exit 1;;\ncontext*) echo tcp://build.example.com:2376;;",
    );
    expect((await findEngine(ANY)).host).toBe('build.example.com');
  });

  test('knows that buildah alone only builds', async () => {
    await fake('podman', "version*) echo 'no runtime' >&2; exit 1;;");
    await fake('buildah', "--version) echo 'buildah version 1.28.2 (image-spec 1.0.2)';;");
    expect(await findEngine({ engine: 'buildah', builder: null })).toMatchObject({
      name: 'buildah',
      version: '1.28.2',
      canRun: false,
    });
  });

  test('says what was tried and what was in the way', async () => {
    process.env['PATH'] = folder;
    await expect(findEngine(ANY)).rejects.toMatchObject({
      code: 'engine-missing',
      message: 'No container engine answers: docker (not installed), podman (not installed), buildah (not installed).',
    });
  });

  test('refuses a builder that does not exist', async () => {
    await fake(
      'docker',
      "version*) echo 28;;\n'buildx version') echo 'v0.20.0';;\n'buildx inspect'*) echo 'no builder \"x\" found' >&2; exit 1;;\ncontext*) echo;;",
    );
    await expect(findEngine({ engine: null, builder: 'x' })).rejects.toMatchObject({
      code: 'engine-missing',
      message: 'The builder `x` cannot be used: no builder "x" found.',
    });
  });

  test('ends at once when the signal was given before', async () => {
    await expect(findEngine(ANY, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
