import type { CommandIo } from '../../src/model/command.ts';

export interface CapturedIo extends CommandIo {
  /** what was printed as the result */
  readonly printed: () => string;
  /** what was printed beside it */
  readonly told: () => string;
}

/** What a command may use, with nobody there to be asked. */
export function capturedIo(cwd: string, given: Partial<Pick<CommandIo, 'columns' | 'colour'>> = {}): CapturedIo {
  const out: string[] = [];
  const info: string[] = [];
  const nobody = (): never => {
    throw new Error('nobody is there to answer');
  };
  return {
    out: (text) => void out.push(text),
    info: (text) => void info.push(text),
    interactive: false,
    colour: false,
    columns: 80,
    cwd,
    today: '2026-11-23',
    signal: new AbortController().signal,
    asker: { select: nobody, text: nobody, confirm: nobody, note: nobody },
    ...given,
    printed: () => out.join(''),
    told: () => info.join(''),
  };
}
