// Ratios to `node -e 0`, medians of interleaved runs: machines differ, ratios hold.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const RUNS = Number(process.argv[2] ?? 21);
const directory = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  const bin = join(unpack(directory), 'bin', 'create-multistage-docker.js');
  const express = join(directory, 'express');
  cpSync('bench/express', express, { recursive: true });
  const checked = join(directory, 'checked');
  cpSync('bench/express', checked, { recursive: true });
  cpSync('bench/express.Dockerfile', join(checked, 'Dockerfile'));
  const tree = makeTree(join(directory, 'tree'), 100_000);
  const cases = {
    'node -e 0': ['-e', '0'],
    '--help': [bin, '--help'],
    'check of a Dockerfile': [bin, 'check', checked],
    'generation of an Express project': [bin, express, '--yes', '--dry-run'],
    'detection in 100,000 files': [bin, tree, '--print-questions', '--json'],
  };
  const results = measure(cases);
  const base = median(results['node -e 0'].map((run) => run.milliseconds));
  console.log(`medians of ${RUNS} interleaved runs on Node ${process.version}; node -e 0: ${base.toFixed(0)} ms`);
  for (const [name, runs] of Object.entries(results)) {
    const time = median(runs.map((run) => run.milliseconds));
    const memory = median(runs.map((run) => run.mebibytes));
    console.log(
      `${name.padEnd(34)} ${(time / base).toFixed(2)}×  +${(time - base).toFixed(0)} ms  ${memory.toFixed(0)} MiB`,
    );
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** Unpacks what npm would publish, and prints its size. */
function unpack(target) {
  const packed = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', target]))[0];
  run('tar', ['-xzf', join(target, packed.filename), '-C', target]);
  console.log(
    `package: ${packed.entryCount} files, ${(packed.unpackedSize / 1e6).toFixed(2)} MB unpacked, ${(packed.size / 1e6).toFixed(2)} MB packed`,
  );
  return join(target, 'package');
}

/** An Express project among 100,000 files, nine tenths of them in node_modules and .git. */
function makeTree(root, files) {
  cpSync('bench/express', root, { recursive: true });
  const folders = [
    'node_modules',
    'node_modules',
    'node_modules',
    'node_modules',
    '.git/objects',
    '.git/objects',
    'node_modules',
    'node_modules',
    '.git/objects',
    'assets',
  ];
  for (let index = 0; index < files / 100; index += 1) {
    const folder = join(root, folders[index % folders.length], `d${index}`);
    mkdirSync(folder, { recursive: true });
    for (let file = 0; file < 100; file += 1) writeFileSync(join(folder, `f${file}.txt`), '');
  }
  return root;
}

function measure(cases) {
  const results = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
  for (let index = -1; index < RUNS; index += 1) {
    for (const [name, args] of Object.entries(cases)) {
      const started = process.hrtime.bigint();
      // GNU time, where it is installed, tells the peak memory; its own cost is the same for all.
      const done = spawnSync('/usr/bin/env', ['time', '-f', '%M', process.execPath, ...args], {
        encoding: 'utf8',
        env: { ...process.env, CI: '1' },
      });
      const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
      if (done.status !== 0 && done.status !== 1) throw new Error(`${name}: ${done.stderr.slice(0, 500)}`);
      if (index >= 0)
        results[name].push({ milliseconds, mebibytes: Number(done.stderr.trim().split('\n').at(-1)) / 1024 });
    }
  }
  return results;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function run(command, args) {
  const done = spawnSync(command, args, { encoding: 'utf8', cwd: resolve('.') });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}
