import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Asker } from '../../src/model/command.ts';
import { promptAsker } from '../../src/ui/prompts.ts';

const OPTIONS = [
  {
    value: 'a',
    label: 'first',
    hint: 'recommended · 82 MB. A sentence that is longer than a narrow terminal is wide.',
  },
  { value: 'b', label: 'second' },
];

interface Screen {
  readonly asker: Asker;
  readonly input: PassThrough;
  readonly cancellation: AbortController;
  readonly shown: () => string;
}

function screen(columns = 80, colour = true): Screen {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns, rows: 24 });
  const cancellation = new AbortController();
  let shown = '';
  output.on('data', (chunk) => {
    shown += String(chunk);
  });
  const asker = promptAsker({ input, output, colour, signal: cancellation.signal });
  return { asker, input, cancellation, shown: () => shown };
}

describe('prompts', () => {
  test('take the recommended option on Enter, and another one after an arrow', async () => {
    const one = screen();
    const first = one.asker.select({ message: 'Which?', options: OPTIONS, initial: 'a' });
    one.input.write('\r');
    expect(await first).toBe('a');
    const second = one.asker.select({ message: 'Which?', options: OPTIONS, initial: 'a' });
    one.input.write('\u001b[B');
    one.input.write('\r');
    expect(await second).toBe('b');
  });

  test('keep a text that will not do, with the complaint, until it does', async () => {
    const { asker, input, shown } = screen();
    const answer = asker.text({ message: 'Port', check: (value) => (value === '80' ? null : 'not that one') });
    input.write('8\r');
    await new Promise((resolve) => setImmediate(resolve));
    expect(shown()).toContain('not that one');
    input.write('0\r');
    expect(await answer).toBe('80');
  });

  test.each([
    ['Ctrl-C', (one: Screen) => one.input.write('\u0003')],
    ['Ctrl-D', (one: Screen) => one.input.write('\u0004')],
    ['the end of the input', (one: Screen) => one.input.end()],
    ['a signal', (one: Screen) => one.cancellation.abort()],
  ])('are cancelled by %s', async (_name, cancel) => {
    const one = screen();
    const answer = one.asker.confirm({ message: 'Sure?', initial: true });
    cancel(one);
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('show hints within 40 columns', async () => {
    const { asker, input, shown } = screen(40);
    const answer = asker.select({ message: 'Which?', options: OPTIONS, initial: 'a' });
    input.write('\r');
    await answer;
    const lines = shown()
      .replaceAll(/\u001b\[[\d;?]*[A-Za-z]/g, '')
      .split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(lines.join(' ').replaceAll(/[│\s]+/g, ' ')).toContain('longer than a narrow terminal is wide');
  });

  test('send no colour where none is wanted, and nothing that a text smuggles in', async () => {
    const { asker, input, shown } = screen(80, false);
    const answer = asker.select({ message: 'evil \u001b]0;title\u0007', options: OPTIONS, initial: 'a' });
    input.write('\r');
    await answer;
    expect(shown()).not.toMatch(/\u001b\[[\d;]*m/);
    expect(shown()).not.toContain('\u001b]0;');
  });
});
