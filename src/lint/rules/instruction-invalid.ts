import type { Instruction } from '../../dockerfile/file.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import type { View } from '../view.ts';

export const instructionInvalid: Rule = {
  id: 'instruction-invalid',
  concern: 'build',
  severity: 'error',
  aliases: ['DL3061'],
  message: ({ keyword = '', case: kind }) => {
    if (kind === 'unknown') return `${keyword} is no instruction of a Dockerfile.`;
    if (kind === 'early') return `${keyword} stands before the first FROM, where only ARG may stand.`;
    if (kind === 'empty') return `${keyword} needs a value.`;
    return kind === 'no-from'
      ? 'The file has no FROM, so there is no image to build.'
      : `${keyword} needs a source and a target.`;
  },
  advice: ({ case: kind }) => {
    if (kind === 'unknown')
      return 'Correct its name; a line of a longer command needs a \\ at the end of the line before.';
    if (kind === 'empty') return 'Give it one, or remove the line.';
    return kind === 'arguments' ? 'Name both.' : 'Begin with FROM and the base image.';
  },
  find: (view) => {
    const { instructions, globals, stages } = view.file;
    const found = instructions.flatMap((instruction) => [...unknown(instruction), ...incomplete(instruction)]);
    const early = globals.find((instruction) => instruction.known && instruction.keyword !== 'ARG');
    if (stages.length === 0 && found.length === 0) return noFrom(view);
    return early === undefined ? found : [...found, { ...at(early), args: { keyword: early.keyword, case: 'early' } }];
  },
};

function unknown(instruction: Instruction): Catch[] {
  const wrong = instruction.known ? instruction.trigger : instruction;
  return wrong === null || wrong.known
    ? []
    : [{ ...at(instruction), args: { keyword: wrong.written, case: 'unknown' } }];
}

function incomplete(instruction: Instruction): Catch[] {
  const { keyword, words, json, body } = instruction;
  if (NEVER_EMPTY.has(keyword) && body.text.trim() === '')
    return [{ ...at(instruction), args: { keyword, case: 'empty' } }];
  const isShort = (keyword === 'COPY' || keyword === 'ADD') && (json ?? words).length < 2;
  return isShort ? [{ ...at(instruction), args: { keyword, case: 'arguments' } }] : [];
}

const NEVER_EMPTY = new Set(['WORKDIR', 'USER', 'EXPOSE', 'ENV', 'ARG', 'LABEL', 'VOLUME', 'STOPSIGNAL', 'SHELL']);

function noFrom(view: View): Catch[] {
  const last = view.file.instructions.at(-1);
  return [{ line: 1, endLine: last?.endLine ?? 1, args: { keyword: 'FROM', case: 'no-from' } }];
}
