import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** directory of the package as npm would unpack it */
    packedPackage: string;
  }
}

/** Builds the package beside the sources, packs it, and unpacks the tarball: what is tested is what users get. */
export default function setup(project: TestProject): () => void {
  const base = mkdtempSync(join(tmpdir(), 'packed-'));
  const staged = join(base, 'staged');
  mkdirSync(staged);
  for (const name of ['bin', 'templates', 'package.json', 'README.md', 'LICENSE'])
    cpSync(name, join(staged, name), { recursive: true });
  execFileSync(process.execPath, ['scripts/build.mjs', join(staged, 'dist')], { stdio: 'inherit' });
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', base], {
    cwd: staged,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  execFileSync('tar', ['-xzf', join(base, filename), '-C', base]);
  project.provide('packedPackage', join(base, 'package'));
  return () => rmSync(base, { recursive: true, force: true });
}
