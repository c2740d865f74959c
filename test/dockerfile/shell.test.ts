import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { readRun, readScript } from '../../src/dockerfile/shell.ts';

function scriptOf(text: string) {
  const file = parseDockerfile(text);
  const run = file.instructions.find((instruction) => instruction.keyword === 'RUN');
  if (run === undefined) throw new Error('no RUN');
  return readRun(run).script;
}

const argvs = (text: string) =>
  scriptOf(text).units.flatMap((unit) =>
    unit.commands.map((command) => [command.name, ...command.args].map((word) => word?.value ?? '')),
  );

describe('shell words of a RUN', () => {
  it('gives the commands of a chain with their quotes removed', () => {
    expect(argvs('FROM a\nRUN cd "/a b" && npm ci --omit=\'dev\'; make')).toEqual([
      ['cd', '/a b'],
      ['npm', 'ci', '--omit=dev'],
      ['make'],
    ]);
  });

  it('maps offsets back over continuations and inner comments, also in a file with CRLF', () => {
    for (const end of ['\n', '\r\n']) {
      const text = ['FROM a', 'RUN apt-get install -y \\', '  # why', '', '  libpq-dev \\', '  curl', ''].join(end);
      const [unit] = scriptOf(text).units;
      const words = unit?.commands[0]?.args.slice(2) ?? [];
      expect(words.map((word) => text.slice(word.start, word.end))).toEqual(['libpq-dev', 'curl']);
      expect(text.slice(unit?.start, unit?.end).startsWith('apt-get')).toBe(true);
    }
  });

  it('keeps what hangs on `||` in one unit and lets the rest of a chain be taken apart', () => {
    const units = scriptOf('FROM a\nRUN a && b || c && d; e').units;
    expect(units.map((unit) => [unit.text, unit.kind, unit.follows])).toEqual([
      ['a && b || c', 'compound', 'list'],
      ['d', 'simple', 'and'],
      ['e', 'simple', 'list'],
    ]);
  });

  it('finds commands in pipelines, groups, conditions and substitutions', () => {
    const script = scriptOf('FROM a\nRUN curl -s x | bash && if [ -f y ]; then (make); fi && echo $(date)');
    expect(script.units.map((unit) => unit.kind)).toEqual(['pipeline', 'compound', 'simple']);
    const commands = script.units.flatMap((unit) => unit.commands);
    expect(commands.map((command) => command.name?.value)).toEqual(['curl', 'bash', '[', 'make', 'echo', 'date']);
    expect(commands.map((command) => command.isNested)).toEqual([false, false, true, true, false, true]);
    expect(commands.map((command) => command.isPiped)).toEqual([true, true, false, false, false, false]);
  });

  it('marks words that are only known at run time, and names their variables', () => {
    const words = scriptOf(`FROM a\nRUN x $A "\${B:-c}" '$D' *.js $(date)`).units[0]?.commands[0]?.args ?? [];
    expect(words.map((word) => [word.value, word.isLiteral, word.isGlob, word.variables])).toEqual([
      ['$A', false, false, ['A']],
      ['${B:-c}', false, false, ['B']],
      ['$D', true, false, []],
      ['*.js', false, true, []],
      ['$(date)', false, false, []],
    ]);
  });

  it('reads assignments and redirections', () => {
    const [command] = scriptOf('FROM a\nRUN CGO_ENABLED=0 go build > /log 2>&1').units[0]?.commands ?? [];
    expect(command?.assignments.map(({ name, value }) => [name, value.value])).toEqual([['CGO_ENABLED', '0']]);
    expect(command?.redirections.map(({ operator, target }) => [operator, target?.value])).toEqual([
      ['>', '/log'],
      ['>&', '1'],
    ]);
  });

  it('reads the text of a heredoc as the script, unless another interpreter gets it', () => {
    const text = 'FROM a\nRUN <<EOF\nset -e\nmake all\nEOF\n';
    const { units } = scriptOf(text);
    expect(units.map((unit) => text.slice(unit.start, unit.end))).toEqual(['set -e', 'make all']);
    expect(argvs('FROM a\nRUN python3 <<EOF\nimport os\nEOF\n')).toEqual([['python3']]);
    expect(argvs('FROM a\nRUN <<EOF\n#!/usr/bin/env python\nimport os\nEOF\n')).toEqual([['']]);
  });

  it('reads the exec form as one command', () => {
    expect(argvs('FROM a\nRUN ["npm", "run", "build it"]')).toEqual([['npm', 'run', 'build it']]);
  });

  it('never throws, and its offsets stay inside the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const unit of readScript(text).units) {
          expect(unit.start).toBeGreaterThanOrEqual(0);
          expect(unit.end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});
