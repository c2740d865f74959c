import type { Instruction } from '../../dockerfile/file.ts';
import { sourceRange } from '../../dockerfile/joined.ts';
import { readRun } from '../../dockerfile/shell.ts';
import type { Finding } from '../../model/finding.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { readStart, shellScript } from '../start.ts';

export const shellFormCommand: Rule = {
  id: 'shell-form-command',
  concern: 'start',
  severity: 'warning',
  aliases: ['DL3025', 'JSONArgsRecommended'],
  message: ({ keyword = '' }) =>
    `${keyword} starts a shell that starts the program: docker stop does not reach it, and it is killed after ten seconds.`,
  advice: ({ isPlain }) =>
    isPlain === 'yes'
      ? 'Write it in exec form: ["program", "argument"].'
      : 'Put exec before the program, in ["sh", "-c", "exec …"], so that it takes the place of the shell.',
  find: (view) => {
    const start = readStart(view);
    if (start === null || view.final === null) return [];
    const { entrypoint, command } = start;
    return [entrypoint, entrypoint?.json === null ? null : command].flatMap((instruction) =>
      instruction === null ? [] : shellForm(instruction),
    );
  },
};

function shellForm(instruction: Instruction): Catch[] {
  const { keyword, json, body } = instruction;
  const script = json === null ? body.text : shellScript(json);
  if (script === null || script.trim() === '' || script.trim().startsWith('[') || keepsSignals(script)) return [];
  const fix = json === null ? execFormOf(instruction) : undefined;
  const args = { keyword, isPlain: fix === undefined ? 'no' : 'yes' };
  return [fix === undefined ? { ...at(instruction), args } : { ...at(instruction), args, fix }];
}

/** The program takes the shell's place, or the shell passes signals on, or all that it does ends by itself. */
function keepsSignals(script: string): boolean {
  return /(?:^|[\s;&|(])exec\s/.test(script) || /\btrap\b/.test(script);
}

/** One plain command of literal words can be written down as it is. */
function execFormOf(instruction: Instruction): Finding['fix'] {
  const { script } = readRun(instruction);
  const [unit] = script.units;
  const [command] = unit?.commands ?? [];
  const isPlain = script.units.length === 1 && unit?.kind === 'simple' && !unit.isBackground && !script.isBroken;
  if (!isPlain || command?.name == null || command.assignments.length > 0 || command.redirections.length > 0)
    return undefined;
  if (instruction.body.text.includes('#')) return undefined;
  const words = [command.name, ...command.args];
  if (words.some((word) => !word.isLiteral || word.value.startsWith('~'))) return undefined;
  if (/^(?:cd|export|source|\.|set|if|eval|ulimit|umask|:|wait|exit|echo|sleep)$/.test(command.name.value))
    return undefined;
  const { body } = instruction;
  const text = `[${words.map((word) => JSON.stringify(word.value)).join(', ')}]`;
  return { ...sourceRange(body, 0, body.text.trimEnd().length), text };
}
