// The whole proof, cheapest first. Every step runs even when one before it failed, and the last line counts them all.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const reports = mkdtempSync(join(tmpdir(), 'test-reports-'));
const total = { passed: 0, failed: 0, skipped: 0 };

step('style', 'biome', ['check', '.']);
step('types', 'tsc', ['--noEmit']);
step('build', 'node', ['scripts/build.mjs']);
step('dead code', 'knip', []);
step('package', 'publint', ['--strict']);
tests('unit', 'unit');
tests('terminal', 'terminal');
tests('engine', 'engine');

rmSync(reports, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed === 0 ? 0 : 1;

function step(title, command, args) {
  console.log(`\n# ${title}`);
  const done = spawnSync('npx', ['--no-install', command, ...args], { stdio: 'inherit' });
  total[done.status === 0 ? 'passed' : 'failed'] += 1;
}

function tests(title, project) {
  console.log(`\n# ${title} tests`);
  const report = join(reports, `${project}.json`);
  const args = [
    '--no-install',
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const done = spawnSync('npx', args, { stdio: 'inherit' });
  const counts = readCounts(report);
  total.passed += counts.passed;
  total.skipped += counts.skipped;
  // A run that died before its report, or failed outside any test, is a failure too.
  total.failed += Math.max(counts.failed, done.status === 0 ? 0 : 1);
}

function readCounts(report) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
  } catch (error) {
    console.error(`no report: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
