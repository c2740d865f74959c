import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectWith, SERVICE, treeOf } from './project.ts';
import { CTRL_C, CTRL_D, DOWN, ENTER, start } from './session.ts';

const OLD = 'FROM node:24\nCOPY . .\nCMD ["node", "server.js"]\n';

describe('the wizard', () => {
  test('asks for images and port, shows both files, and writes them', async () => {
    const cwd = projectWith(SERVICE);
    const wizard = start([], cwd);
    await wizard.sees('Build image');
    expect(wizard.text()).toContain('package.json');
    wizard.press(ENTER);
    await wizard.sees('Runtime image');
    wizard.press(ENTER);
    await wizard.sees('Port that the service listens on');
    wizard.press(ENTER);
    await wizard.sees('Write Dockerfile and .dockerignore?');
    expect(wizard.text()).toContain('FROM node:24');
    expect(wizard.text()).toContain('**/.git');
    expect(existsSync(join(cwd, 'Dockerfile'))).toBe(false);
    wizard.press(ENTER);
    expect(await wizard.ended).toBe(0);
    expect(wizard.text()).toContain('docker build -t shop .');
    expect(wizard.text()).toContain('docker run --rm -p 3000:3000 --read-only --tmpfs /tmp shop');
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toMatch(/^# syntax=docker\/dockerfile:1\n/);
    expect(readFileSync(join(cwd, '.dockerignore'), 'utf8')).toContain('**/node_modules');
  });

  test('writes what was chosen, also an image of one’s own and another port', async () => {
    const cwd = projectWith(SERVICE);
    const wizard = start([], cwd);
    await wizard.sees('Build image');
    wizard.press(ENTER);
    await wizard.sees('Runtime image');
    wizard.press('\u001b[A');
    await wizard.sees('● another image…');
    wizard.press(ENTER);
    await wizard.sees('which one?');
    wizard.press(`registry.example.com/base/node:24${ENTER}`);
    await wizard.sees('Port that the service listens on');
    wizard.press(`${'\u007f'.repeat(4)}99999${ENTER}`);
    await wizard.sees('a port is a number from 1 to 65535');
    wizard.press(`${'\u007f'.repeat(5)}8081${ENTER}`);
    await wizard.sees('Write Dockerfile and .dockerignore?');
    wizard.press(ENTER);
    expect(await wizard.ended).toBe(0);
    const dockerfile = readFileSync(join(cwd, 'Dockerfile'), 'utf8');
    expect(dockerfile).toContain('FROM registry.example.com/base/node:24 AS runtime');
    expect(dockerfile).toContain('EXPOSE 8081');
  });

  test.each([
    ['Ctrl-C', CTRL_C],
    ['Ctrl-D', CTRL_D],
    ['Escape', '\u001b'],
  ])('ends with 130 on %s at the first question, and has touched nothing', async (_name, key) => {
    const cwd = projectWith({ ...SERVICE, Dockerfile: OLD });
    const before = treeOf(cwd);
    const wizard = start([], cwd);
    await wizard.sees('◆');
    wizard.press(key);
    expect(await wizard.ended).toBe(130);
    expect(treeOf(cwd)).toEqual(before);
    expect(wizard.text()).toContain('Cancelled.');
    expect(wizard.text()).not.toContain('    at ');
  });

  test('ends with 130 on Ctrl-C at the last question, and has touched nothing', async () => {
    const cwd = projectWith(SERVICE);
    const before = treeOf(cwd);
    const wizard = start([], cwd);
    for (const question of ['Build image', 'Runtime image', 'Port that the service listens on']) {
      await wizard.sees(`◆  ${question}`);
      wizard.press(ENTER);
    }
    await wizard.sees('Write Dockerfile');
    wizard.press(CTRL_C);
    expect(await wizard.ended).toBe(130);
    expect(treeOf(cwd)).toEqual(before);
  });

  test('ends with 130 on SIGTERM at a question, and has touched nothing', async () => {
    const cwd = projectWith(SERVICE);
    const before = treeOf(cwd);
    const wizard = start([], cwd);
    await wizard.sees('Build image');
    wizard.press(ENTER);
    await wizard.sees('Runtime image');
    wizard.kill('SIGTERM');
    expect(await wizard.ended).toBe(130);
    expect(treeOf(cwd)).toEqual(before);
    expect(wizard.raw()).toContain('\u001b[?25h');
  });

  test('writes nothing on a no, and ends with 130', async () => {
    const cwd = projectWith(SERVICE);
    const before = treeOf(cwd);
    const wizard = start(
      ['--build-image', 'node:24-trixie', '--runtime-image', 'node:24-trixie-slim', '--port', '80'],
      cwd,
    );
    await wizard.sees('Write Dockerfile');
    wizard.press('n');
    expect(await wizard.ended).toBe(130);
    expect(treeOf(cwd)).toEqual(before);
  });

  test('puts no question that a flag answers', async () => {
    const cwd = projectWith(SERVICE);
    const wizard = start(['--build-image', 'node:24-trixie', '--port', '80'], cwd);
    await wizard.sees('Runtime image');
    expect(wizard.text()).not.toContain('Build image');
    wizard.press(ENTER);
    await wizard.sees('Write Dockerfile');
    expect(wizard.text()).not.toContain('Port that');
    wizard.press(CTRL_C);
    await wizard.ended;
  });

  test('fits 40 columns', async () => {
    const wizard = start([], projectWith(SERVICE), { columns: 40 });
    await wizard.sees('Build image');
    wizard.press(DOWN);
    wizard.press(ENTER);
    await wizard.sees('Runtime image');
    wizard.press(ENTER);
    await wizard.sees('Port that the service listens on');
    wizard.press(ENTER);
    await wizard.sees('Write Dockerfile');
    const sent = wizard
      .raw()
      .replaceAll(/\u001b\[[\d;?]*[A-Za-z]/g, '')
      .split(/\r?\n/);
    expect(sent.filter((line) => line.length > 40)).toEqual([]);
    wizard.press(ENTER);
    expect(await wizard.ended).toBe(0);
  });

  test('shows no colour with NO_COLOR', async () => {
    const wizard = start([], projectWith({ ...SERVICE, Dockerfile: OLD }), { env: { NO_COLOR: '1' } });
    await wizard.sees('◆');
    wizard.press(CTRL_C);
    expect(await wizard.ended).toBe(130);
    expect(wizard.raw()).not.toMatch(/\u001b\[[\d;]*m/);
  });

  test('shows colour without it', async () => {
    const wizard = start([], projectWith(SERVICE));
    await wizard.sees('Build image');
    wizard.press(CTRL_C);
    await wizard.ended;
    expect(wizard.raw()).toMatch(/\u001b\[3\dm/);
  });

  test('asks nothing where CI is set', async () => {
    const cwd = projectWith(SERVICE);
    const run = start([], cwd, { env: { CI: 'true' } });
    expect(await run.ended).toBe(2);
    expect(run.text().replaceAll('\n', ' ')).toContain('--build-image node:24');
  });

  test('shows what a project wants to send to the terminal as plain characters', async () => {
    const manifest = JSON.stringify({ name: 'x\u001b]0;owned\u0007\u001b[2J', scripts: { start: 'node server.js' } });
    const wizard = start([], projectWith({ ...SERVICE, 'package.json': manifest }));
    await wizard.sees('Build image');
    wizard.press(CTRL_C);
    await wizard.ended;
    expect(wizard.raw()).not.toContain('\u001b]0;owned');
    expect(wizard.raw()).not.toContain('\u001b[2J');
  });
});

describe('files that are there already', () => {
  const images = ['--build-image', 'node:24-trixie', '--runtime-image', 'node:24-trixie-slim', '--port', '80'];

  test.each([
    ['the first answer', [], { Dockerfile: 'new', 'Dockerfile.bak': OLD }],
    ['the second answer', [DOWN], { Dockerfile: OLD, 'Dockerfile.multistage': 'new' }],
    ['the third answer', [DOWN, DOWN], { Dockerfile: OLD }],
  ] as const)('are replaced, left beside or left alone: %s', async (_title, keys, expected) => {
    const cwd = projectWith({ ...SERVICE, Dockerfile: OLD });
    const wizard = start(images, cwd);
    await wizard.sees('is there and has a single stage');
    wizard.press(DOWN);
    await wizard.sees('● Write a new one');
    wizard.press(ENTER);
    await wizard.sees('What shall become of Dockerfile?');
    expect(wizard.text()).toContain('-FROM node:24');
    expect(wizard.text()).toContain('+# syntax=docker/dockerfile:1');
    for (const key of keys) wizard.press(key);
    wizard.press(ENTER);
    expect(await wizard.ended).toBe(0);
    const names = readdirSync(cwd).filter((name) => name.startsWith('Dockerfile') && !name.endsWith('ignore'));
    expect(names.sort()).toEqual(Object.keys(expected).sort());
    for (const [name, contents] of Object.entries(expected)) {
      const text = readFileSync(join(cwd, name), 'utf8');
      if (contents === 'new') expect(text).toMatch(/^# syntax/);
      else expect(text).toBe(contents);
    }
  });

  test('with a single stage can be converted instead', async () => {
    const cwd = projectWith({ ...SERVICE, Dockerfile: OLD });
    const before = treeOf(cwd);
    const wizard = start([], cwd);
    await wizard.sees('● Make it multi-stage');
    wizard.press(ENTER);
    // This one copies everything and installs nothing: the conversion says why it leaves it alone.
    expect([0, 1]).toContain(await wizard.ended);
    expect(treeOf(cwd)).toEqual(before);
  });
});

describe('at its end', () => {
  test('the wizard offers to verify what it wrote, where an engine answers', async () => {
    const bin = projectWith({ docker: '#!/bin/sh\n[ "$1" = version ] && echo 28.0.0\nexit 0\n' });
    chmodSync(join(bin, 'docker'), 0o755);
    const cwd = projectWith(SERVICE);
    const flags = ['--build-image', 'node:24-trixie', '--runtime-image', 'node:24-trixie-slim', '--port', '80'];
    const wizard = start(flags, cwd, { env: { PATH: `${bin}:/usr/bin:/bin` } });
    await wizard.sees('Write Dockerfile');
    wizard.press(ENTER);
    await wizard.sees('Build the image now');
    expect(existsSync(join(cwd, 'Dockerfile'))).toBe(true);
    wizard.press(CTRL_C);
    expect(await wizard.ended).toBe(0);
    expect(wizard.text()).toContain('create-multistage-docker verify');
  });
});
