import { parseArgs } from 'node:util';
import { UserError } from '../errors.ts';
import type { Answers } from '../model/question.ts';
import { nearest } from './nearest.ts';
import { COMMANDS, type CommandName, type Option } from './option.ts';
import { OPTIONS, optionsOf } from './options.ts';

/** What a command line says. Values are by the option's name: a text, a list, or `true`. */
export interface Invocation {
  readonly command: CommandName;
  readonly positionals: readonly string[];
  readonly values: Values;
}

export type Values = Readonly<Record<string, string | true | readonly string[]>>;

/**
 * Reads a command line. The first word names the command if it is one; a directory of that name is given as `./check`.
 * Throws UserError `usage`.
 */
export function parseArguments(args: readonly string[]): Invocation {
  const options = Object.fromEntries(
    OPTIONS.map((option) => [
      option.name,
      { type: option.kind === 'switch' ? 'boolean' : 'string', ...(option.short && { short: option.short }) } as const,
    ]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const words = tokens.filter((token) => token.kind === 'positional').map((token) => token.value);
  const command = COMMANDS.find(({ name }) => name === words[0] && name !== 'generate')?.name ?? 'generate';
  const values: Record<string, string | true | readonly string[]> = {};
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = optionsOf(command).find(({ name }) => name === token.name);
    if (!option) throw unknownOption(token.rawName, token.name, command);
    const before = values[option.name];
    const given = checkedValue(option, token.value, token.inlineValue === true);
    values[option.name] = option.kind === 'list' ? [...(Array.isArray(before) ? before : []), String(given)] : given;
  }
  const positionals = command === 'generate' ? words : words.slice(1);
  if (positionals.length > 1 && !values['help'])
    throw usage(`One directory is expected, not ${positionals.length}: ${positionals.join(', ')}.`, command);
  return { command, positionals, values };
}

function checkedValue(option: Option, given: string | undefined, isInline: boolean): string | true {
  const { name, kind, placeholder, values } = option;
  if (kind === 'switch') {
    if (given === undefined) return true;
    throw new UserError('usage', `--${name} takes no value.`, `Write --${name} alone.`);
  }
  if (given === undefined || (!isInline && given.startsWith('-') && given !== '-'))
    throw new UserError('usage', `--${name} needs a value.`, `Write --${name}=${values?.join('|') ?? placeholder}.`);
  if (values && !values.includes(given))
    throw new UserError('usage', `--${name} cannot be ${given}.`, `It is one of ${values.join(', ')}.`);
  return given;
}

function unknownOption(written: string, name: string, command: CommandName): UserError {
  const other = OPTIONS.find((option) => option.name === name)?.commands[0];
  if (other) return usage(`${written} is an option of ${other}, not of ${command}.`, command);
  const near = nearest(
    name,
    optionsOf(command).map((option) => option.name),
  );
  return usage(`There is no option ${written}.${near === null ? '' : ` Did you mean --${near}?`}`, command);
}

function usage(message: string, command: CommandName): UserError {
  const help = command === 'generate' ? '--help' : `${command} --help`;
  return new UserError('usage', message, `All options: create-multistage-docker ${help}`);
}

/** The answers among the values of a command line, by question id. */
export function answersIn(values: Values): Answers {
  const answers: Record<string, string> = {};
  for (const { name, question } of OPTIONS) {
    const given = values[name];
    if (question !== null && typeof given === 'string') answers[question] = given;
  }
  return answers;
}
