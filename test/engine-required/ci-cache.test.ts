import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { CLEAN } from '../support/defects.ts';
import { hasEngine } from '../support/engine.ts';
import { projectWith } from '../terminal/project.ts';

const BASE = 'python:3.13-slim-trixie';
const REGISTRY = 'registry:3';
const config = mkdtempSync(join(tmpdir(), 'buildx-'));
const container = `ci-cache-test-${process.pid}`;

function docker(...args: readonly string[]): string {
  const done = spawnSync('docker', args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`docker ${args.join(' ')}: ${done.stderr}`);
  return done.stdout.trim();
}

/** A fresh builder fetches its base images. Where it cannot reach Docker Hub, a registry on this machine serves as its mirror. */
async function startMirror(): Promise<void> {
  docker('run', '--detach', '--name', container, '--publish', '127.0.0.1::5000', REGISTRY);
  const mirror = docker('port', container, '5000/tcp').split('\n')[0];
  await answers(`http://${mirror}/v2/`);
  docker('tag', BASE, `${mirror}/library/${BASE}`);
  docker('push', '--quiet', `${mirror}/library/${BASE}`);
  docker('image', 'rm', `${mirror}/library/${BASE}`);
  const settings = [`[registry."docker.io"]`, `mirrors = ["${mirror}"]`, `[registry."${mirror}"]`, 'http = true', ''];
  writeFileSync(join(config, 'buildkitd.default.toml'), settings.join('\n'));
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    // A connection from before the registry listens may never be answered.
    const response = await fetch(url, { signal: AbortSignal.timeout(1000) }).catch(() => null);
    if (response !== null) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not answer`);
}

describe.skipIf(!hasEngine())('verify --ci-cache', () => {
  const hasRegistry = spawnSync('docker', ['image', 'inspect', REGISTRY]).status === 0;

  beforeAll(async () => {
    if (hasRegistry) await startMirror();
  });
  afterAll(() => {
    spawnSync('docker', ['rm', '--force', '--volumes', container]);
    rmSync(config, { recursive: true, force: true });
  });

  it('tells what runs again on a fresh builder that has nothing but the exported cache', (context) => {
    const bin = join(inject('packedPackage'), 'bin', 'create-multistage-docker.js');
    const dockerfile = (CLEAN['Dockerfile'] ?? '').replace(
      '#files',
      'RUN --mount=type=cache,target=/cache echo layer > /layer',
    );
    const cwd = projectWith({ ...CLEAN, Dockerfile: dockerfile });
    const env = { ...process.env, BUILDX_CONFIG: config };
    const { stdout, stderr } = spawnSync(process.execPath, [bin, 'verify', '.', '--ci-cache', '--json'], {
      cwd,
      env,
      encoding: 'utf8',
    });
    const report = JSON.parse(stdout) as Report;
    const check = report.checks.find(({ id }) => id === 'ci-cache');
    if (!hasRegistry && check?.reason === 'no-builder') context.skip(`no fresh builder here: ${check.args['message']}`);
    expect(stderr).toBe('');
    expect(check?.status, JSON.stringify(check)).toBe('pass');
    expect(report.ciCache?.again.map(({ name }) => name)).toEqual(['COPY server.py ./']);
    expect(report.ciCache?.cachedSteps).toBe(2);
    expect(spawnSync('docker', ['buildx', 'ls'], { env, encoding: 'utf8' }).stdout).not.toContain(
      'create-multistage-docker',
    );
  });
});
