import { describe, expect, test } from 'vitest';
import { answersIn, parseArguments } from '../../src/wizard/arguments.ts';
import { nearest } from '../../src/wizard/nearest.ts';
import { OPTIONS } from '../../src/wizard/options.ts';

function complaintAbout(...args: readonly string[]) {
  try {
    parseArguments(args);
  } catch (error) {
    return `${(error as Error).message} ${(error as { hint: string }).hint}`;
  }
  return null;
}

describe('a command line', () => {
  test('without a command is the wizard, in the directory given', () => {
    expect(parseArguments([])).toEqual({ command: 'generate', positionals: [], values: {} });
    expect(parseArguments(['my app', '-y'])).toEqual({
      command: 'generate',
      positionals: ['my app'],
      values: { yes: true },
    });
  });

  test('names a command by its first word only', () => {
    expect(parseArguments(['check', 'api'])).toMatchObject({ command: 'check', positionals: ['api'] });
    expect(parseArguments(['--json', 'verify'])).toMatchObject({ command: 'verify', positionals: [] });
    expect(parseArguments(['convert', 'check'])).toMatchObject({ command: 'convert', positionals: ['check'] });
  });

  test('reaches a directory that is named like a command through ./', () => {
    expect(parseArguments(['./check'])).toMatchObject({ command: 'generate', positionals: ['./check'] });
    expect(parseArguments(['--', 'check'])).toMatchObject({ command: 'check' });
    expect(parseArguments(['generate'])).toMatchObject({ command: 'generate', positionals: ['generate'] });
  });

  test('takes values after a blank or an equals sign, and short letters', () => {
    const { values } = parseArguments(['--port', '80', '--command=-x y', '-yf']);
    expect(values).toEqual({ port: '80', command: '-x y', yes: true, force: true });
  });

  test('says which option was meant', () => {
    expect(complaintAbout('--prot', '3')).toContain('Did you mean --port?');
    expect(complaintAbout('--runtime=x')).toContain('Did you mean --runtime-image?');
    expect(complaintAbout('--zzzzzzzzzz')).toBe(
      'There is no option --zzzzzzzzzz. All options: create-multistage-docker --help',
    );
  });

  test('says to which command a misplaced option belongs', () => {
    expect(complaintAbout('check', '--port', '3')).toBe(
      '--port is an option of generate, not of check. All options: create-multistage-docker check --help',
    );
  });

  test('refuses a missing value instead of taking the next flag for it', () => {
    expect(complaintAbout('--port', '--yes')).toContain('--port needs a value');
    expect(complaintAbout('--port')).toContain('--port needs a value');
    expect(complaintAbout('--yes=no')).toContain('--yes takes no value');
  });

  test('refuses what an option cannot be, and more than one directory', () => {
    expect(complaintAbout('--existing', 'remove')).toContain('replace, beside, skip');
    expect(complaintAbout('a', 'b')).toContain('One directory is expected, not 2: a, b.');
  });

  test('finds nothing near for a very long word', () => {
    expect(nearest('x'.repeat(100_000), ['port'])).toBeNull();
  });
});

describe('the answers of a command line', () => {
  test('are the values of the options that answer a question', () => {
    const { values } = parseArguments(['--port', '80', '--date', '2026-01-01', '--service', 'api']);
    expect(answersIn(values)).toEqual({ service: 'api', port: '80' });
  });
});

describe('the options table', () => {
  test('holds each name once for a command, and with one kind', () => {
    const names = OPTIONS.flatMap(({ name, commands }) => commands.map((command) => `${command} --${name}`));
    const letters = OPTIONS.map(({ short }) => short).filter((short) => short !== null);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(letters).size).toBe(letters.length);
    const kinds = OPTIONS.map(({ name, kind }) => `${name} ${kind}`);
    expect(new Set(kinds).size).toBe(new Set(OPTIONS.map(({ name }) => name)).size);
  });

  test('explains each option in one sentence', () => {
    for (const { name, help } of OPTIONS) expect(help, name).toMatch(/^[A-Z][^\n]{10,100}\.$/);
  });
});
