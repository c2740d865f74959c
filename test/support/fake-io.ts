import type { Asker, CommandIo } from '../../src/model/command.ts';

export interface FakeIo extends CommandIo {
  /** what went to standard output, and to standard error */
  readonly written: { out: string; info: string };
}

/** A run without a terminal, from a directory; with `asker`, one with a person. */
export function fakeIo(cwd: string, asker?: Asker): FakeIo {
  const written = { out: '', info: '' };
  const silent: Asker = {
    select: () => Promise.reject(new Error('asked')),
    text: () => Promise.reject(new Error('asked')),
    confirm: () => Promise.reject(new Error('asked')),
    note: () => undefined,
  };
  return {
    written,
    out: (text) => {
      written.out += text;
    },
    info: (text) => {
      written.info += text;
    },
    interactive: asker !== undefined,
    colour: false,
    columns: 80,
    cwd,
    today: '2026-11-23',
    signal: new AbortController().signal,
    asker: asker ?? silent,
  };
}
