import type { Instruction } from '../../dockerfile/file.ts';
import { type Refusal, refusalOf } from '../refused.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import type { View } from '../view.ts';

const REFUSALS: Readonly<Record<Refusal['kind'], (keyword: string, word: string) => readonly [string, string]>> = {
  flag: (keyword, word) => [`${keyword} has no flag ${word}.`, 'Correct its name, or leave it out.'],
  unit: (_, word) => [`${word} lacks a unit, so the engine refuses it.`, 'Write the unit: 30s, 1m.'],
  mount: (_, word) => [`There is no mount of the type ${word}.`, 'Use bind, cache, tmpfs, secret or ssh.'],
  port: (_, word) => [`EXPOSE ${word}: that is no port.`, 'Write a number up to 65535, and /tcp or /udp behind it.'],
  pair: (keyword, word) => [`${keyword} ${word} has no value.`, `Write ${keyword} ${word}=value.`],
  empty: (keyword) => [`${keyword} stands here without an argument.`, 'Add it, or remove the line.'],
  json: (keyword) => [`${keyword} needs the exec form.`, 'Write it as JSON: ["/bin/bash", "-c"].'],
  check: (_, word) => [`HEALTHCHECK ${word}: CMD or NONE must stand there.`, `Write HEALTHCHECK CMD ${word}.`],
  heredoc: (_, word) => [
    `The heredoc ${word} is never closed: everything below belongs to it.`,
    `Write ${word} on a line of its own, without blanks around it.`,
  ],
};

export const instructionInvalid: Rule = {
  id: 'instruction-invalid',
  concern: 'build',
  severity: 'error',
  aliases: ['DL3061', 'DuplicateStageName'],
  message: ({ keyword = '', case: kind = '', word = '' }) => {
    if (isRefusal(kind)) return REFUSALS[kind](keyword, word)[0];
    if (kind === 'unknown') return `${keyword} is no instruction of a Dockerfile.`;
    if (kind === 'early') return `${keyword} stands before the first FROM, where only ARG may stand.`;
    if (kind === 'twice') return `Two stages are called ${word}; whoever names it gets the later one.`;
    return kind === 'no-from'
      ? 'The file has no FROM, so there is no image to build.'
      : `${keyword} needs a source and a target.`;
  },
  advice: ({ keyword = '', case: kind = '', word = '' }) => {
    if (isRefusal(kind)) return REFUSALS[kind](keyword, word)[1];
    if (kind === 'unknown')
      return 'Correct its name; a line of a longer command needs a \\ at the end of the line before.';
    if (kind === 'twice') return 'Give one of them another name.';
    return kind === 'arguments' ? 'Name both.' : 'Begin with FROM and the base image.';
  },
  find: (view) => {
    const { instructions, globals, stages } = view.file;
    const found = instructions.flatMap((instruction) => [
      ...unknown(instruction),
      ...incomplete(instruction),
      ...refused(view, instruction),
    ]);
    const early = globals.find((instruction) => instruction.known && instruction.keyword !== 'ARG');
    if (stages.length === 0 && found.length === 0) return noFrom(view);
    const all = [...found, ...twice(view)];
    return early === undefined ? all : [...all, { ...at(early), args: { keyword: early.keyword, case: 'early' } }];
  },
};

function isRefusal(kind: string): kind is Refusal['kind'] {
  return kind in REFUSALS;
}

function refused({ file }: View, instruction: Instruction): Catch[] {
  const refusal = refusalOf(file, instruction);
  return refusal === null
    ? []
    : [{ ...at(instruction), args: { keyword: instruction.keyword, case: refusal.kind, word: refusal.word } }];
}

/** The engine takes the last one that stands above, which is seldom what was meant. */
function twice({ file }: View): Catch[] {
  const names = file.stages.map(({ name }) => name);
  return file.stages
    .filter(({ name, index }) => name !== null && names.indexOf(name) < index)
    .map(({ from, name }) => ({
      ...at(from),
      severity: 'warning',
      args: { keyword: 'FROM', case: 'twice', word: name ?? '' },
    }));
}

function unknown(instruction: Instruction): Catch[] {
  const wrong = instruction.known ? instruction.trigger : instruction;
  return wrong === null || wrong.known
    ? []
    : [{ ...at(instruction), args: { keyword: wrong.written, case: 'unknown' } }];
}

function incomplete(instruction: Instruction): Catch[] {
  const { keyword, words, json } = instruction;
  const isShort = (keyword === 'COPY' || keyword === 'ADD') && (json ?? words).length < 2;
  return isShort ? [{ ...at(instruction), args: { keyword, case: 'arguments' } }] : [];
}

function noFrom(view: View): Catch[] {
  const last = view.file.instructions.at(-1);
  return [{ line: 1, endLine: last?.endLine ?? 1, args: { keyword: 'FROM', case: 'no-from' } }];
}
