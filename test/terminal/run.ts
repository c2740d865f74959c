import { spawn } from 'node:child_process';
import { inject } from 'vitest';

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Conditions {
  readonly env?: Readonly<Record<string, string>>;
  /** `closed`: there is no descriptor 0 at all */
  readonly stdin?: 'empty' | 'closed' | 'silent';
  /** called when the process has started */
  readonly then?: (kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs the packed package without a terminal, until its end or 20 s. */
export function run(
  args: readonly string[],
  cwd: string,
  { env = {}, stdin = 'empty', then }: Conditions = {},
): Promise<Run> {
  const bin = `${inject('packedPackage')}/bin/create-multistage-docker.js`;
  const [command, ...rest] =
    stdin === 'closed'
      ? ['sh', '-c', 'exec "$0" "$@" <&-', process.execPath, bin, ...args]
      : [process.execPath, bin, ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(command as string, rest, {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', HOME: cwd, ...env },
      stdio: [stdin === 'silent' ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      timeout: 20_000,
    });
    let out = '';
    let err = '';
    child.stdout?.on('data', (data) => {
      out += String(data);
    });
    child.stderr?.on('data', (data) => {
      err += String(data);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
    then?.((signal) => void child.kill(signal));
  });
}
