import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { inject } from 'vitest';

export interface Session {
  /** resolves when the text stands on the screen or above it; fails with the screen after 20 s */
  sees(text: string): Promise<void>;
  press(keys: string): void;
  kill(signal: string): void;
  /** everything that was shown, lines that were overwritten left out */
  text(): string;
  /** everything that was sent, with its control sequences */
  raw(): string;
  /** exit code, once the output is quiet: the end may be reported before the last bytes */
  readonly ended: Promise<number>;
}

export interface Terminal {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export const ENTER = '\r';
export const DOWN = '\u001b[B';
export const CTRL_C = '\u0003';
export const CTRL_D = '\u0004';

const PATIENCE = 20_000;
const QUIET = 30;

/** Starts the packed package in a pseudo-terminal. */
export function start(
  args: readonly string[],
  cwd: string,
  { columns = 100, rows = 50, env = {} }: Terminal = {},
): Session {
  const bin = `${inject('packedPackage')}/bin/create-multistage-docker.js`;
  const screen = new xterm.Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true });
  const child = spawn(process.execPath, [bin, ...args], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd,
    // No PATH, so no container engine: the wizard offers to verify only where one answers.
    env: { PATH: '', HOME: cwd, TERM: 'xterm-256color', ...env },
  });
  const watchers = new Set<() => void>();
  let raw = '';
  let lastData = Date.now();
  child.onData((data) => {
    raw += data;
    lastData = Date.now();
    screen.write(data, () => {
      for (const look of watchers) look();
    });
  });
  const ended = new Promise<number>((resolve) => {
    child.onExit(({ exitCode }) => {
      const settle = setInterval(() => {
        if (Date.now() - lastData < QUIET) return;
        clearInterval(settle);
        screen.write('', () => resolve(exitCode));
      }, QUIET);
    });
  });
  const text = () => screenText(screen);
  return {
    sees: (wanted) =>
      waitFor(
        () => text().includes(wanted),
        watchers,
        () => `no ${JSON.stringify(wanted)} on:\n${text()}`,
      ),
    press: (keys) => child.write(keys),
    kill: (signal) => child.kill(signal),
    text,
    raw: () => raw,
    ended,
  };
}

function screenText(screen: xterm.Terminal): string {
  const { buffer } = screen;
  const lines: string[] = [];
  for (let at = 0; at < buffer.active.length; at += 1) {
    const line = buffer.active.getLine(at);
    const words = line?.translateToString(true) ?? '';
    if (line?.isWrapped) lines.push((lines.pop() ?? '') + words);
    else lines.push(words);
  }
  return lines.join('\n').trimEnd();
}

function waitFor(isThere: () => boolean, watchers: Set<() => void>, complaint: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (end: () => void) => {
      clearTimeout(timer);
      watchers.delete(look);
      end();
    };
    const timer = setTimeout(() => finish(() => reject(new Error(complaint()))), PATIENCE);
    const look = () => {
      if (isThere()) finish(resolve);
    };
    watchers.add(look);
    look();
  });
}
