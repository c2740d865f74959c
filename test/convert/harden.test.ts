import { describe, expect, it } from 'vitest';
import { convertDockerfile } from '../../src/convert/convert.ts';
import { reportConversion } from '../../src/convert/report.ts';
import { projectFromObject } from '../../src/project/object.ts';

const FILES = {
  'package.json': '{"dependencies":{"express":"4"}}',
  'server.js': '',
  'run.sh': '#!/bin/sh\nexec "$@"\n',
};
const ALL = ['exec-form', 'non-root', 'health-check'] as const;

function hardened(lines: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const text = ['FROM node:20', 'WORKDIR /app', 'COPY . .', 'RUN npm ci', ...lines, ''].join('\n');
  const project = projectFromObject({ Dockerfile: text, ...FILES, ...files });
  const conversion = convertDockerfile({ text, project, context: '.', harden: ALL });
  if (conversion.kind !== 'converted') throw new Error(JSON.stringify(conversion));
  const notes = reportConversion(conversion, '2026-11-23').notes.join('\n');
  return { ids: conversion.improvements.map(({ id }) => id), text: conversion.text, notes };
}

describe('another user than root', () => {
  it('comes behind what still runs in the build', () => {
    const { text } = hardened(['CMD ["node", "server.js"]', 'RUN mkdir /var/state', 'EXPOSE 3000']);
    expect(text.split('\n').slice(-6, -1)).toEqual([
      'CMD ["node", "server.js"]',
      'RUN mkdir /var/state',
      'USER 1000:1000',
      expect.stringMatching(/^HEALTHCHECK --start-period=30s CMD \["node"/),
      'EXPOSE 3000',
    ]);
  });

  it.each([
    ['the entry script changes owners', ['ENTRYPOINT ["./own.sh"]'], 'chown changes users or files'],
    ['a volume belongs to root', ['VOLUME /data', 'CMD node server.js'], 'the volume of line 5'],
    [
      'what runs lies in the home of root',
      ['ENV PATH=/root/.local/bin:$PATH', 'CMD node server.js'],
      'needs /root/.local/bin',
    ],
  ])('is not taken where %s, and that is said', (_, lines, sentence) => {
    const { ids, notes } = hardened(lines, { 'own.sh': '#!/bin/sh\nchown -R node /data\nexec node server.js\n' });
    expect(ids).not.toContain('non-root');
    expect(notes).toContain(sentence);
  });
});

describe('the exec form', () => {
  it.each([
    ['a plain command', ['CMD node server.js'], true],
    ['a command behind an entry point in exec form', ['ENTRYPOINT ["./run.sh"]', 'CMD node server.js'], true],
    ['an entry point that ignores the command', ['ENTRYPOINT ./run.sh', 'CMD ["x"]'], false],
    ['a shell of its own', ['SHELL ["/bin/bash", "-lc"]', 'CMD node server.js'], false],
    ['a variable', ['CMD node $FILE'], false],
    ['a pattern', ['CMD node *.js'], false],
    ['a home', ['CMD node ~/server.js'], false],
    ['two commands', ['CMD cd x && node server.js'], false],
    ['a builtin', ['CMD exec node server.js'], false],
  ])('of %s', (_, lines, isTaken) => {
    expect(hardened(lines).ids.includes('exec-form')).toBe(isTaken);
  });
});

describe('a health check', () => {
  it.each([
    ['one port', ['EXPOSE 3000'], true],
    ['several ports', ['EXPOSE 3000 3001'], false],
    ['a port of another protocol', ['EXPOSE 50051'], false],
    ['none', [], false],
    ['one that has a check', ['EXPOSE 3000', 'HEALTHCHECK NONE'], false],
  ])('for %s', (_, lines, isMade) => {
    expect(hardened([...lines, 'CMD node server.js']).ids.includes('health-check')).toBe(isMade);
  });
});
