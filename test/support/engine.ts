import { spawnSync } from 'node:child_process';

/**
 * Whether tests that need a container engine can run. Where there is none it says so aloud, and with `REQUIRE_ENGINE=1` it
 * throws, so that nobody takes a skipped proof for a proof.
 */
export function hasEngine(): boolean {
  const isThere = ['docker', 'podman'].some(
    (program) => spawnSync(program, ['version'], { stdio: 'ignore' }).status === 0,
  );
  if (isThere) return true;
  if (process.env['REQUIRE_ENGINE'] === '1') throw new Error('REQUIRE_ENGINE=1, but neither docker nor podman answers');
  process.stderr.write('SKIPPED: no container engine answers, so nothing is built, started or proved here.\n');
  return false;
}
