import type { Asker } from '../../src/model/command.ts';

export interface Scripted {
  readonly asker: Asker;
  /** every question as it was put, `select Build image`, and what was offered */
  readonly log: readonly string[];
  readonly offered: ReadonlyMap<string, readonly string[]>;
}

/** Answers from a list, in order. A text answer is checked as a prompt would, and the complaint is logged. */
export function scripted(answers: readonly (string | boolean)[]): Scripted {
  const rest = [...answers];
  const log: string[] = [];
  const offered = new Map<string, readonly string[]>();
  const next = (what: string): string | boolean => {
    log.push(what);
    const answer = rest.shift();
    if (answer === undefined) throw new Error(`no answer for: ${what}`);
    return answer;
  };
  const asker: Asker = {
    select: async ({ message, options, initial }) => {
      offered.set(
        message,
        options.map(({ label }) => label),
      );
      const answer = next(`select ${message}`);
      if (answer === true) return initial ?? '';
      return options.find(({ value, label }) => value === answer || label === answer)?.value ?? `missing ${answer}`;
    },
    text: async ({ message, initial, check }) => {
      for (;;) {
        const answer = next(`text ${message}`);
        const value = answer === true ? (initial ?? '') : String(answer);
        const wrong = check(value);
        if (wrong === null) return value;
        log.push(`complaint ${wrong}`);
      }
    },
    confirm: async ({ message }) => next(`confirm ${message}`) === true,
    note: (title, text) => void log.push(`note ${title}\n${text}`),
  };
  return { asker, log, offered };
}
