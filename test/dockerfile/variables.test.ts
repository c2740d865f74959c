import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { baseImage, expand, parentStage, scopeAfter, scopeAt } from '../../src/dockerfile/variables.ts';

function resolved(text: string, word: string): string | null {
  const file = parseDockerfile(text);
  return expand(word, scopeAfter(file, file.stages.at(-1)!));
}

describe('a variable', () => {
  it.each<[string, string, string, string | null]>([
    ['comes from ENV', 'FROM a\nENV A=1 B="x y"', '$A-${B}', '1-x y'],
    ['comes from the old form of ENV', 'FROM a\nENV A one two', '$A', 'one two'],
    ['comes from an ARG with a default', 'FROM a\nARG A=1', '$A', '1'],
    ['is open without a default', 'FROM a\nARG A', '$A', null],
    ['is open when nothing declares it', 'FROM a', '$JAVA_HOME/bin', null],
    ['needs a global ARG to be declared again', 'ARG A=1\nFROM a', '$A', null],
    ['takes a global default where it is declared again', 'ARG A=1\nFROM a\nARG A', '$A', '1'],
    ['prefers ENV to ARG', 'FROM a\nENV A=env\nARG A=arg', '$A', 'env'],
    ['is inherited from the stage it is built on', 'FROM a AS base\nENV A=1\nARG B=2\nFROM base', '$A$B', '12'],
    ['is not inherited from another stage', 'FROM a AS base\nENV A=1\nFROM b', '$A', null],
    ['uses what stood before the instruction', 'FROM a\nENV A=1\nENV A=2 B=$A', '$B', '1'],
    ['may be replaced by a default', 'FROM a', '${A:-x}${B-y}', 'xy'],
    ['may bring an alternative', 'FROM a\nENV A=1', '${A:+x}${B:+y}', 'x'],
    ['is not replaced in single quotes or behind a backslash', 'FROM a\nENV A=1', "'$A'\\$A", '$A$A'],
    ['is open in a pattern form', 'FROM a\nENV A=1', '${A#1}', null],
    ['of the platform is known to nobody', 'FROM a\nARG TARGETARCH', '$TARGETARCH', null],
  ])('%s', (_, text, word, expected) => {
    expect(resolved(text, word)).toBe(expected);
  });

  it('counts from its line on', () => {
    const file = parseDockerfile('FROM a\nRUN x\nENV A=1\nRUN y');
    expect(file.instructions.map((instruction) => expand('$A', scopeAt(file, instruction)))).toEqual([
      null,
      null,
      null,
      '1',
    ]);
  });
});

describe('a base image', () => {
  it('is resolved through global defaults and stages', () => {
    const file = parseDockerfile(
      'ARG V=24\nARG T=slim\nFROM node:${V}-$T AS Base\nFROM base AS next\nFROM next\nFROM x:$U',
    );
    expect(file.stages.map((stage) => baseImage(file, stage))).toEqual([
      'node:24-slim',
      'node:24-slim',
      'node:24-slim',
      null,
    ]);
    expect(parentStage(file, file.stages[2]!)?.name).toBe('next');
  });

  it('is an image where the stage of that name comes later', () => {
    const file = parseDockerfile('FROM node\nFROM a AS node');
    expect(parentStage(file, file.stages[0]!)).toBeNull();
  });
});
