import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dockerfile, Instruction } from '../../src/dockerfile/file.ts';
import { sourceRange } from '../../src/dockerfile/joined.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { applyEdits, filePieces } from '../../src/dockerfile/pieces.ts';

function only(text: string): Instruction {
  const { instructions } = parseDockerfile(text);
  expect(instructions).toHaveLength(1);
  return instructions[0]!;
}

function keywords(text: string): string[] {
  return parseDockerfile(text).instructions.map((instruction) => instruction.keyword);
}

function rejoined(file: Dockerfile): string {
  return filePieces(file)
    .map((piece) => piece.text)
    .join('');
}

describe('exec form', () => {
  it.each([
    ['CMD ["sh","-c","echo a b  c"]', ['sh', '-c', 'echo a b  c']],
    ['VOLUME ["/a b"]', ['/a b']],
    ['CMD ["a\\tb", "\\u0041"]', ['a\tb', 'A']],
    ['ENTRYPOINT [ "node", \\\n  # why\n  "server.js" ]', ['node', 'server.js']],
    ['HEALTHCHECK --interval=5s --timeout=3s CMD ["wget", "-q"]', ['wget', '-q']],
    ['COPY --chown=1:1 ["a b", "c/"]', ['a b', 'c/']],
    ['CMD []', []],
  ])('is read with JSON rules from %j', (text, expected) => {
    expect(only(text).json).toEqual(expected);
  });

  it.each([
    ['CMD [“node”, “server.js”]'],
    ["CMD ['node', 'server.js']"],
    ['ENTRYPOINT "./micronaut"'],
    ['CMD ["node", 1]'],
    ['CMD ["node"] && x'],
    ['HEALTHCHECK NONE'],
    ['ENV A ["x"]'],
  ])('is not seen in %j', (text) => {
    expect(only(text).json).toBeNull();
  });
});

describe('lines', () => {
  it('joins continuations and leaves comments and blank lines inside them out', () => {
    const run = only('RUN a \\\n  # inner\n\n  && b\\\n c');
    expect(run.body.text).toBe('a   && b c');
    expect([run.line, run.endLine]).toEqual([1, 5]);
  });

  it('maps joined text back to the source', () => {
    const text = 'RUN first \\\n  # no\n  second';
    const run = only(text);
    const at = run.body.text.indexOf('second');
    const { start, end } = sourceRange(run.body, at, at + 6);
    expect(text.slice(start, end)).toBe('second');
  });

  it('does not take two backslashes at the end of a line as a continuation', () => {
    expect(keywords('RUN echo a\\\\\nRUN b')).toEqual(['RUN', 'RUN']);
    expect(keywords('RUN echo a\\\nRUN b')).toEqual(['RUN']);
  });

  it('continues with a backtick where the directive says so', () => {
    const file = parseDockerfile('# escape=`\nFROM a\nRUN dir C:\\ `\n  x\nCOPY a C:\\\n');
    expect(file.escape).toBe('`');
    expect(file.instructions.map((instruction) => instruction.body.text)).toEqual(['a', 'dir C:\\   x', 'a C:\\']);
  });

  it('reads the same from a file with CRLF, a byte order mark or no final newline', () => {
    const text = 'FROM a AS b\nRUN x \\\n  y\nCMD ["z"]\n';
    const plain = parseDockerfile(text);
    for (const variant of [text.replaceAll('\n', '\r\n'), `\uFEFF${text}`, text.trimEnd()]) {
      const file = parseDockerfile(variant);
      expect(rejoined(file)).toBe(variant);
      const shape = ({ keyword, body, json, line, endLine }: Instruction) => ({
        keyword,
        text: body.text,
        json,
        line,
        endLine,
      });
      expect(file.instructions.map(shape)).toEqual(plain.instructions.map(shape));
    }
  });

  it('knows comments between instructions, inside them, and none in a heredoc', () => {
    const file = parseDockerfile('# one\nFROM a\nRUN x \\\n # two\n y\nRUN <<E\n# three\nE\n  # four');
    expect(file.comments.map(({ text, inside, line }) => [text, inside, line])).toEqual([
      ['one', null, 1],
      ['two', 1, 4],
      ['four', null, 9],
    ]);
  });

  it('does not take a # behind a value as a comment', () => {
    const file = parseDockerfile('ENV D=a # no');
    expect(file.comments).toEqual([]);
    expect(file.instructions[0]?.words.map((word) => word.text)).toEqual(['D=a', '#', 'no']);
  });
});

describe('directives', () => {
  it('are read with their whole value', () => {
    const file = parseDockerfile('# syntax=docker/dockerfile:1\n#check=skip=A,B;error=true\nFROM a');
    expect(file.directives.map(({ name, value }) => [name, value])).toEqual([
      ['syntax', 'docker/dockerfile:1'],
      ['check', 'skip=A,B;error=true'],
    ]);
    expect(file.comments).toEqual([]);
  });

  it('end at the first other line', () => {
    expect(parseDockerfile('# hi\n# syntax=x\nFROM a').directives).toEqual([]);
  });
});

describe('heredocs', () => {
  it('of RUN are not split into arguments', () => {
    const run = only('RUN <<EOF\napt-get update # no\nFROM x\nEOF\n');
    expect(run.words.map((word) => word.text)).toEqual(['<<EOF']);
    expect(run.heredocs.map(({ name, text, expands }) => ({ name, text, expands }))).toEqual([
      { name: 'EOF', text: 'apt-get update # no\nFROM x\n', expands: true },
    ]);
  });

  it('may be several, quoted and with tabs removed', () => {
    const copy = only('COPY <<"A" <<-B /x/\none\nA\n\ttwo\n\tB\n');
    expect(copy.heredocs.map(({ name, text, expands, chomps }) => [name, text, expands, chomps])).toEqual([
      ['A', 'one\n', false, false],
      ['B', '\ttwo\n', true, true],
    ]);
  });

  it.each(['RUN echo "a << b"', 'RUN cat << x', 'RUN echo a<<EOF', "RUN echo '<<EOF'"])(
    'are not seen in %s',
    (text) => {
      const file = parseDockerfile(`${text}\nRUN next`);
      expect(file.instructions.map((instruction) => instruction.heredocs)).toEqual([[], []]);
    },
  );
});

describe('flags', () => {
  it('keep name, value and range, in order and repeated', () => {
    const text =
      'RUN --mount=type=cache,target=/a \\\n  --mount=type=bind,source="b c",target=/b --network=none npm ci --omit=dev';
    const run = only(text);
    expect(run.flags.map(({ name, value }) => [name, value])).toEqual([
      ['mount', 'type=cache,target=/a'],
      ['mount', 'type=bind,source=b c,target=/b'],
      ['network', 'none'],
    ]);
    expect(run.flags.map(({ start, end }) => text.slice(start, end))[0]).toBe('--mount=type=cache,target=/a');
    expect(run.body.text).toBe('npm ci --omit=dev');
  });

  it('may have no value', () => {
    expect(only('COPY --link --from=build /a /b').flags.map(({ name, value }) => [name, value])).toEqual([
      ['link', null],
      ['from', 'build'],
    ]);
  });
});

describe('stages', () => {
  it('hold what follows their FROM', () => {
    const file = parseDockerfile(
      'ARG V=1\nFROM --platform=$BUILDPLATFORM a:$V AS Build\nRUN x\nFROM build\nFROM scratch as Last\nCMD y',
    );
    expect(file.globals.map((instruction) => instruction.keyword)).toEqual(['ARG']);
    expect(
      file.stages.map(({ name, image, platform, instructions }) => [
        name,
        image,
        platform,
        instructions.map((own) => own.keyword),
      ]),
    ).toEqual([
      ['build', 'a:$V', '$BUILDPLATFORM', ['RUN']],
      [null, 'build', null, []],
      ['last', 'scratch', null, ['CMD']],
    ]);
    expect(file.instructions.map((instruction) => instruction.stage)).toEqual([null, 0, 0, 1, 2, 2]);
  });

  it('keep the trigger of ONBUILD apart', () => {
    const onbuild = only('ONBUILD COPY --from=a b c');
    expect(onbuild.trigger?.keyword).toBe('COPY');
    expect(onbuild.trigger?.flags.map((flag) => flag.value)).toEqual(['a']);
  });

  it('mark what the engine does not know', () => {
    expect(only('RUNN x').known).toBe(false);
    expect(only('run x').known).toBe(true);
  });
});

describe('any text', () => {
  const fragments = fc.constantFrom(
    ...[
      'FROM a AS b',
      'RUN x \\',
      '# c',
      '#escape=`',
      '<<EOF',
      'EOF',
      'COPY <<"E F" /',
      '`',
      '\\\\',
      '"',
      '[',
      '--mount=',
      '\t',
      ' ',
      '',
    ],
    ...['ENV A="b', 'ARG X', 'ONBUILD', 'HEALTHCHECK CMD [', '\uFEFF', '𝄞', '$', '${', "'", 'ONBUILD RUN <<-X'],
  );
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.array(fc.tuple(fragments, fc.constantFrom('\n', '\r\n', ' ', '', '\r'))).map((parts) => parts.flat().join('')),
  );

  it('is parsed without an exception, and its pieces are the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const file = parseDockerfile(text);
        expect(rejoined(file)).toBe(text);
        expect(JSON.parse(JSON.stringify(file))).toEqual(file);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives ranges that lie in the text and in order', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { instructions, comments } = parseDockerfile(text);
        let at = 0;
        for (const instruction of instructions) {
          expect(instruction.start).toBeGreaterThanOrEqual(at);
          expect(instruction.end).toBeGreaterThanOrEqual(instruction.start);
          at = instruction.end;
          for (const word of instruction.words) expect(word.end).toBeLessThanOrEqual(instruction.end);
        }
        for (const comment of comments) expect(text.charAt(comment.start)).toBe('#');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('edits', () => {
  it('leave every other byte alone', () => {
    expect(
      applyEdits('abcdef', [
        { start: 4, end: 5, text: '' },
        { start: 1, end: 2, text: 'XX' },
        { start: 0, end: 0, text: '>' },
      ]),
    ).toBe('>aXXcdf');
  });

  it('leave the second of two that overlap out', () => {
    expect(
      applyEdits('abcdef', [
        { start: 1, end: 4, text: '1' },
        { start: 2, end: 3, text: '2' },
      ]),
    ).toBe('a1ef');
  });
});
