import type { Readable, Writable } from 'node:stream';
import { cancel, confirm, intro, log, outro, select, text, updateSettings } from '@clack/prompts';
import { UserError } from '../errors.ts';
import type { Asker } from '../model/command.ts';
import { printable, wrap } from './text.ts';

export interface PromptStreams {
  readonly input: Readable;
  readonly output: Writable & { readonly columns?: number };
  readonly colour: boolean;
  readonly signal: AbortSignal;
}

/** What stands left of every line: a bar and two blanks. */
const GUIDE_WIDTH = 3;
/** The library counts the colour codes of the guide as columns when it breaks options into lines. */
const LOST_COLUMNS = 10;
const CTRL_D = '\u0004';

/** Questions on a terminal. This file alone knows the prompts library. */
export function promptAsker({ input, output, colour, signal }: PromptStreams): Asker {
  // The line editor below the prompts closes on Ctrl-D, and a prompt would then wait for ever.
  updateSettings({ aliases: { [CTRL_D]: 'cancel' } });
  const screen = colour ? output : withoutColour(output);
  const common = { input, output: screen };

  /** Ends the question when the input ends, as a closed window does. */
  async function put<T extends string | boolean>(
    prompt: (streams: typeof common & { signal: AbortSignal }) => Promise<T | symbol>,
  ): Promise<T> {
    const ended = new AbortController();
    const end = () => ended.abort();
    input.once('end', end).once('close', end);
    const answer = await prompt({ ...common, signal: AbortSignal.any([signal, ended.signal]) });
    input.off('end', end).off('close', end);
    if (typeof answer !== 'symbol') return answer;
    cancel('Cancelled.', common);
    // Without a hint: the screen has said it already.
    throw new UserError('cancelled', 'Cancelled.', '');
  }

  const room = () => (output.columns ?? 80) - GUIDE_WIDTH;
  return {
    select: ({ message, options, initial }) =>
      put<string>((streams) =>
        select({
          ...streams,
          message: printable(message),
          options: options.map((option) => ({
            value: option.value,
            label: printable(option.label),
            ...(option.hint !== undefined && { hint: hangingHint(option.label, option.hint, room() - LOST_COLUMNS) }),
          })),
          showInstructions: false,
          ...(initial !== undefined && { initialValue: initial }),
        }),
      ),
    text: ({ message, initial, placeholder, check }) =>
      put<string>((streams) =>
        text({
          ...streams,
          message: wrap(printable(message), room()).join('\n'),
          validate: (value) => check(value ?? '') ?? undefined,
          ...(initial !== undefined && { initialValue: initial }),
          ...(placeholder !== undefined && { placeholder }),
        }),
      ),
    confirm: ({ message, initial }) =>
      put<boolean>((streams) => confirm({ ...streams, message: printable(message), initialValue: initial })),
    note: (title, body) => log.step(title === '' ? body : `${title}\n${body}`, common),
    intro: (title) => intro(title, common),
    outro: (title) => outro(title, common),
  };
}

/** The library shows `● label (hint)`; the lines that follow the first one are indented. */
function hangingHint(label: string, hint: string, columns: number): string {
  const taken = '_'.repeat(`● ${printable(label)} (`.length);
  const [first = '', ...more] = wrap(`${taken} ${printable(hint)}`, columns, '   ');
  return [first.slice(taken.length).trimStart(), ...more].join('\n');
}

/** The prompts library asks the standard output, not this one, whether colours will do; so they are taken out here. */
function withoutColour<T extends Writable>(output: T): T {
  return new Proxy(output, {
    get(target, name) {
      if (name === 'write')
        return (chunk: string | Uint8Array, ...more: []) =>
          target.write(typeof chunk === 'string' ? chunk.replaceAll(/\u001b\[[\d;]*m/g, '') : chunk, ...more);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
