import { DockerfileParser } from 'dockerfile-ast';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';

/** Lines as people write them, also continued ones; what dockerfile-ast is known to read differently is left out. */
const lines = fc.constantFrom(
  ...[
    'FROM node:24 AS build',
    'RUN a && \\',
    '  b \\',
    '# comment',
    '  # indented',
    '',
    '   ',
    'COPY --from=build a b',
  ],
  ...[
    'ENV A=b \\',
    'RUN <<EOF',
    'EOF',
    'COPY <<-"X" /y',
    '\tX',
    'X',
    'CMD ["a", \\',
    '"b"]',
    'ONBUILD RUN x',
    'LABEL a="b # c"',
  ],
  ...['ARG V=1', 'HEALTHCHECK CMD x \\  ', 'EXPOSE 80', 'not an instruction', 'RUN echo "a << b"', 'USER 1000'],
);

it('finds the instructions and comments that dockerfile-ast finds', () => {
  fc.assert(
    fc.property(fc.array(lines, { maxLength: 14 }), fc.constantFrom('\n', '\r\n'), (parts, lineBreak) => {
      const text = `FROM scratch${lineBreak}${parts.join(lineBreak)}${lineBreak}`;
      const other = DockerfileParser.parse(text);
      const own = parseDockerfile(text);
      expect(own.instructions.map(({ keyword, line }) => [keyword, line])).toEqual(
        other.getInstructions().map((one) => [one.getKeyword(), one.getRange().start.line + 1]),
      );
      expect(own.comments.map(({ line }) => line)).toEqual(
        other
          .getComments()
          .map((one) => one.getRange().start.line + 1)
          .sort((a, b) => a - b),
      );
    }),
    { numRuns: 2000 },
  );
});
