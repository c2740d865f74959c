import { describe, expect, test } from 'vitest';
import { createSecretScan, scanConfig } from '../../src/verify/secrets.ts';

/** Made when the test runs, so that no scanner takes this file for a leak. */
const random = (length: number) => 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7'.repeat(3).slice(0, length);

function scan(path: string, contents: string | Buffer, canaries: readonly string[] = [], cut = 1000) {
  const secrets = createSecretScan(canaries);
  const data = Buffer.from(contents);
  const entry = { path, kind: 'file', bytes: data.length, mode: 0, uid: 0, gid: 0, target: null } as const;
  const take = secrets.visit(0, entry);
  for (let at = 0; at < data.length; at += cut) take(data.subarray(at, at + cut));
  return secrets.finish(() => true).map(({ pattern }) => pattern);
}

describe('secrets in files', () => {
  test.each([
    ['key.pem', `-----BEGIN RSA PRIVATE KEY-----\nMII${random(40)}\n`, 'private-key'],
    ['config.js', `const key = 'AKIA${'ABCDEFGH12345678'}'`, 'aws-access-key'],
    ['a.txt', `token ghp_${random(36)}`, 'github-token'],
    ['a.txt', `glpat-${random(20)}`, 'gitlab-token'],
    ['home/.npmrc', `//npm.example.com/:_authToken=${random(30)}`, 'npm-token'],
    ['a', `xoxb-${random(30)}`, 'slack-token'],
    ['a', `sk_live_${random(24)}`, 'stripe-key'],
    ['a', 'postgres://admin:s3cr3tvalue@db.example.com/x', 'url-password'],
    ['app/.env', `DB_PASSWORD=${random(12)}`, 'env-file'],
    ['app/.env.production', `export API_KEY="${random(12)}"`, 'env-file'],
    ['root/.ssh/id_ed25519', 'anything', 'credential-file'],
  ])('%s is caught', (path, contents, pattern) => {
    expect(scan(path, contents)).toEqual([pattern]);
  });

  test.each([
    ['key.pem', '-----BEGIN PUBLIC KEY-----\nMII'],
    ['doc.md', 'starts with `-----BEGIN PRIVATE KEY-----` and ends'],
    ['.npmrc', '//npm.example.com/:_authToken=${NPM_TOKEN}'],
    ['a', 'postgres://user:${DB_PASSWORD}@db/x'],
    ['a', 'postgres://postgres:postgres@localhost/x'],
    ['.env.example', `DB_PASSWORD=${random(12)}`],
    ['.env', 'PORT=3000\nSECRET=\nTOKEN=changeme'],
    ['app/node_modules/x/test/key.pem', `-----BEGIN RSA PRIVATE KEY-----\nMII${random(40)}`],
    ['opt/venv/lib/python3.13/site-packages/x/key.pem', `-----BEGIN RSA PRIVATE KEY-----\nMII${random(40)}`],
    ['root/.ssh/id_ed25519', ''],
  ])('%s is allowed', (path, contents) => {
    expect(scan(path, contents)).toEqual([]);
  });

  test('a canary is found in any file, also one that is large, foreign, binary, or cut in the middle of it', () => {
    const canary = `canary-${random(32)}`;
    const large = Buffer.concat([Buffer.alloc(2_000_000), Buffer.from(canary)]);
    for (const cut of [1, 7, 100_000]) {
      expect(scan('app/node_modules/x', cut === 1 ? canary : large, [canary], cut)).toEqual(['canary']);
    }
    expect(scan('a', canary.slice(1), [canary])).toEqual([]);
  });

  test('a canary that is too short to be told from chance is not looked for', () => {
    expect(scan('a', 'abc', ['abc'])).toEqual([]);
  });
});

describe('secrets in the words of the image', () => {
  test('are found in ENV, in build arguments and in commands', () => {
    const found = scanConfig(
      { API_TOKEN: random(20), PATH: '/bin' },
      [
        `RUN |1 NPM_TOKEN=${random(20)} /bin/sh -c npm ci # buildkit`,
        `|1 NPM_TOKEN=${random(20)} /bin/sh -c npm ci`,
        'ARG DB_PASSWORD=hunter2hunter2',
      ],
      [],
    );
    expect(found.map(({ pattern, where }) => [pattern, where.split(':')[0]])).toEqual([
      ['env-variable', 'ENV API_TOKEN'],
      ['build-argument', 'history'],
      ['build-argument', 'history'],
    ]);
  });

  test('nothing is made of settings that only sound alike', () => {
    const env = {
      TOKEN_TTL: '3600',
      PYTHON_SHA256: random(64),
      GPG_KEY: random(40),
      NODE_ENV: 'production',
      SECRET_KEY: '',
    };
    expect(scanConfig(env, ['RUN npm ci', 'ARG VERSION=1.2.3', 'RUN --mount=type=secret,id=token npm ci'], [])).toEqual(
      [],
    );
  });
});
