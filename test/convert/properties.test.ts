import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertDockerfile } from '../../src/convert/convert.ts';
import { contractRows } from '../../src/convert/report.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { projectFromObject } from '../../src/project/object.ts';
import { convertText } from './case.ts';

const FILES = {
  'package.json': JSON.stringify({
    scripts: { start: 'node server.js', build: 'tsc' },
    dependencies: { express: '4' },
    devDependencies: { typescript: '5' },
  }),
  'server.js': "require('express');",
  'requirements.txt': 'flask\npsycopg2\n',
  'app.py': 'import flask',
  'go.mod': 'module app',
  'main.go': 'package main',
  'entrypoint.sh': '#!/bin/sh\nexec "$@"\n',
};

const base = fc.constantFrom(
  'node:20',
  'node:20-slim',
  'python:3.12',
  'golang:1.22',
  'debian:bookworm',
  'private.example.com/base:1',
);
const comment = fc.constantFrom('', '# why\n', '\n# a section\n\n', '   # indented\n', '\n');
const build = fc.constantFrom(
  'RUN npm install',
  'RUN npm ci && npm run build',
  'RUN pip install -r requirements.txt',
  'RUN go build -o main .',
  'RUN apt-get update && apt-get install -y gcc \\\n    # the client\n    libpq-dev curl \\\n && rm -rf /var/lib/apt/lists/*',
  'RUN <<EOF\nset -e\npip install flask\nEOF',
  'RUN ["npm", "install"]',
  'RUN --mount=type=cache,target=/root/.npm npm ci',
  'RUN if [ -f package.json ]; then npm install; fi',
);
const other = fc.constantFrom(
  'ENV NODE_ENV production',
  'ENV A="b c" D=e',
  'ARG VERSION=1',
  'LABEL a.b="c d"',
  'EXPOSE 3000 8080/udp',
  'VOLUME /data',
  'USER 1000',
  'WORKDIR /app',
  'WORKDIR sub',
  'COPY . .',
  'COPY package*.json ./',
  'ADD https://example.com/x.txt /opt/x.txt',
  'COPY <<EOF /app/inline.txt\n# not a comment\nEOF',
  'RUN useradd -m app',
  'RUN chown -R app /app',
  'RUN chmod +x entrypoint.sh',
  'RUN mkdir -p /var/log/app && echo hello > /etc/motd',
  'RUN frobnicate',
  'STOPSIGNAL SIGINT',
  'SHELL ["/bin/bash", "-c"]',
  'HEALTHCHECK --interval=5s CMD curl -f http://localhost/ || exit 1',
  'ENTRYPOINT ["./entrypoint.sh"]',
  'CMD ["node", "server.js"]',
  'CMD python app.py',
  'cmd ["./main"]',
);
const instruction = fc.oneof({ weight: 2, arbitrary: build }, { weight: 5, arbitrary: other });
const dockerfile = fc
  .tuple(base, fc.array(fc.tuple(comment, instruction), { maxLength: 14 }), fc.boolean(), fc.boolean(), fc.boolean())
  .map(([image, steps, hasFinalBreak, isWindows, isLower]) => {
    const body = steps.map(([before, step]) => `${before}${step}`).join('\n');
    const from = `${isLower ? 'from' : 'FROM'} ${image}`;
    const text = `# head\n${from}\nWORKDIR /app\nCOPY . .\n${body}\nCMD ["node", "server.js"]${hasFinalBreak ? '\n' : ''}`;
    return isWindows ? text.replaceAll('\n', '\r\n') : text;
  });

const comments = (text: string) =>
  parseDockerfile(text)
    .comments.map((found) => found.text)
    .sort();

describe('a conversion', () => {
  it('never throws, whatever the text is', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => void convertText(text, FILES)));
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        (line) => void convertText(`FROM node:20\nCOPY . /app\nRUN npm ci && ${line}\nCMD node ${line}`, FILES),
      ),
    );
  });

  it('never throws on a file that was damaged', () => {
    const damaged = fc
      .tuple(dockerfile, fc.nat(600), fc.nat(40), fc.constantFrom('', '\\', '"', '<<E', '$(', '`', '\n', '[', '\u0000'))
      .map(
        ([text, at, length, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + length),
      );
    fc.assert(
      fc.property(damaged, (text) => void convertText(text, FILES)),
      { numRuns: 100 },
    );
  });

  it('gives no text where there is nothing to do', () => {
    const several = fc
      .tuple(dockerfile, base)
      .map(([text, image]) => `${text}${text.endsWith('\n') ? '' : '\n'}FROM ${image}\nCOPY --from=0 /app /app\n`);
    fc.assert(
      fc.property(several, (text) => {
        expect(convertText(text, FILES)).toEqual({ kind: 'unchanged', stages: 2 });
      }),
    );
  });

  it('leaves its own result alone', () => {
    fc.assert(
      fc.property(dockerfile, (text) => {
        const first = convertText(text, FILES);
        if (first.kind === 'converted')
          expect(convertText(first.text, FILES)).toEqual({ kind: 'unchanged', stages: 2 });
      }),
    );
  });

  it('keeps every comment, and makes up none but the one over the final stage', () => {
    fc.assert(
      fc.property(dockerfile, (text) => {
        const conversion = convertText(text, FILES);
        if (conversion.kind !== 'converted') return;
        const after = comments(conversion.text);
        for (const one of comments(text)) {
          expect(after).toContain(one);
          expect(after.filter((other) => other === one).length).toBeGreaterThanOrEqual(
            comments(text).filter((other) => other === one).length,
          );
        }
        expect(after.filter((one) => !comments(text).includes(one)).length).toBe(1);
      }),
    );
  });

  it('keeps every instruction as it is written', () => {
    fc.assert(
      fc.property(dockerfile, (text) => {
        const conversion = convertText(text, FILES);
        if (conversion.kind !== 'converted') return;
        for (const one of parseDockerfile(text).instructions) {
          if (one.keyword !== 'FROM') expect(conversion.text).toContain(text.slice(one.start, one.end));
        }
      }),
    );
  });

  it('keeps the order of what runs in each stage', () => {
    fc.assert(
      fc.property(dockerfile, (text) => {
        const conversion = convertText(text, FILES);
        if (conversion.kind !== 'converted') return;
        const [first] = parseDockerfile(conversion.text).stages;
        const old = parseDockerfile(text).instructions.map((one) => one.body.text);
        let at = -1;
        for (const one of first?.instructions.filter(({ keyword }) => keyword === 'RUN') ?? []) {
          if (/npm prune/.test(one.body.text)) continue;
          at = old.indexOf(one.body.text, at + 1);
          expect(at).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('keeps the runtime contract but for what the old base image alone brought', () => {
    fc.assert(
      fc.property(dockerfile, (text) => {
        const conversion = convertText(text, FILES);
        if (conversion.kind !== 'converted') return;
        const inherited = ['PATH', ...Object.keys(conversion.decision.survey.base.family?.env ?? {})];
        for (const row of contractRows(conversion.decision, conversion.text)) {
          if (inherited.some((name) => row.what === `ENV ${name}`)) continue;
          expect([row.what, row.verdict]).toEqual([row.what, 'same']);
        }
      }),
    );
  });

  it('changes of the contract what was asked for, and nothing else', () => {
    const wishes = fc.subarray(['exec-form', 'non-root', 'health-check'] as const);
    fc.assert(
      fc.property(dockerfile, wishes, (text, harden) => {
        const project = projectFromObject({ Dockerfile: text, ...FILES });
        const conversion = convertDockerfile({ text, project, context: '.', harden });
        if (conversion.kind !== 'converted') return;
        const inherited = ['PATH', ...Object.keys(conversion.decision.survey.base.family?.env ?? {})];
        const changed = contractRows(conversion.decision, conversion.text)
          .filter(({ what, verdict }) => verdict !== 'same' && !inherited.some((name) => what === `ENV ${name}`))
          .map(({ what }) => what);
        expect(changed.sort()).toEqual([...new Set(conversion.improvements.map(({ part }) => part))].sort());
        expect(harden).toEqual(expect.arrayContaining(conversion.improvements.map(({ id }) => id)));
      }),
    );
  });

  it('keeps the line ends of the file', () => {
    fc.assert(
      fc.property(dockerfile, (text) => {
        const conversion = convertText(text, FILES);
        if (conversion.kind !== 'converted') return;
        const isWindows = text.includes('\r\n');
        expect(/(?<!\r)\n/.test(conversion.text)).toBe(!isWindows);
        expect(conversion.text.endsWith('\n')).toBe(text.endsWith('\n'));
      }),
    );
  });

  it('is one that is often made, so that these tests say something', () => {
    const made = fc.sample(dockerfile, 200).filter((text) => convertText(text, FILES).kind === 'converted');
    expect(made.length).toBeGreaterThan(40);
  });
});
