import { execa } from 'execa';
import { UserError } from '../errors.ts';

export interface ProcessResult {
  /** `null`: it was killed by a signal or ran out of time */
  readonly exitCode: number | null;
  /** empty where `onLine` took the lines */
  readonly stdout: string;
  readonly stderr: string;
  /** there is no such program */
  readonly isMissing: boolean;
}

export interface ProcessOptions {
  /** ends the process with SIGTERM, after five seconds with SIGKILL; the call then throws UserError `cancelled` */
  readonly signal?: AbortSignal | undefined;
  /** seconds */
  readonly timeout?: number;
  /** takes the lines of both streams as they come */
  readonly onLine?: (line: string) => void;
  readonly env?: Readonly<Record<string, string>>;
  /** in a process group of its own, so that Ctrl-C in the terminal does not reach it: for clean-up */
  readonly detached?: boolean;
}

/** Runs a program without a shell and without standard input. Only a missing program and a cancelled one are special. */
export async function runProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<ProcessResult> {
  if (options.signal?.aborted) throw cancelled();
  const { onLine } = options;
  const lines = onLine === undefined ? 'pipe' : lineSink(onLine);
  const result = await execa(command, args, {
    reject: false,
    stdin: 'ignore',
    stdout: lines,
    stderr: lines,
    stripFinalNewline: false,
    forceKillAfterDelay: 5000,
    detached: options.detached ?? false,
    env: options.env ?? {},
    ...(options.timeout === undefined ? {} : { timeout: options.timeout * 1000 }),
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
  });
  if (result.isCanceled || options.signal?.aborted) throw cancelled();
  return {
    exitCode: result.exitCode ?? null,
    stdout: asText(result.stdout),
    stderr: asText(result.stderr),
    isMissing: result.code === 'ENOENT' || result.code === 'EACCES',
  };
}

function lineSink(onLine: (line: string) => void) {
  return function* (line: unknown): Generator<string> {
    onLine(String(line));
    yield* [];
  };
}

function asText(output: unknown): string {
  return typeof output === 'string' ? output : '';
}

function cancelled(): UserError {
  return new UserError('cancelled', 'Cancelled.', 'What had been started was removed.');
}
