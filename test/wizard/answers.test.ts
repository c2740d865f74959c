import { describe, expect, test } from 'vitest';
import type { Question } from '../../src/model/question.ts';
import { complaint, completeAnswers, parseCommand } from '../../src/wizard/answers.ts';
import { answersText, readAnswers } from '../../src/wizard/answers-file.ts';
import { answeredCommandLine, commandLine } from '../../src/wizard/command-line.ts';

function question(format: Question['format']): Question {
  return { id: format, message: format, recommended: null, from: [], open: true, format };
}

describe('an answer', () => {
  test.each([
    ['port', '1', '65535'],
    [
      'image',
      'node:24-trixie',
      'gcr.io/distroless/nodejs24-debian13:nonroot',
      'r.local:5000/a/b:c',
      `a@sha256:${'0'.repeat(64)}`,
    ],
    ['path', '/', '/healthz', '/api/v1/health?full=1', '/a%20b'],
    ['file', 'Dockerfile', 'docker/api.Dockerfile', 'my files/Dockerfile', './Dockerfile'],
    ['command', 'node dist/index.js', '["sh", "-c", "a && b"]', `java -Dx='a b' -jar app.jar`],
    ['text', 'anything'],
  ] as const)('of the format %s may be %j', (format, ...answers) => {
    for (const answer of answers) expect(complaint(question(format), answer), answer).toBeNull();
  });

  test.each([
    ['port', '', '0', '65536', '-1', '3000 ', '0x50', '3000/tcp'],
    ['image', '', 'a b', 'node:', 'node:24 AS x', 'node\nRUN x', '$IMAGE', '-t'],
    ['path', '', 'health', '/a b', "/'+process.exit()+'", '/a"b', '/`id`', '/a\\b', '/${x}'],
    ['file', '', '/etc/passwd', '../Dockerfile', 'a/../../b', 'docker/', '.', 'C:\\Dockerfile', 'a\\..\\..\\b', 'a\nb'],
    ['command', '', '  ', '[]', 'PORT=1 node x', 'a && b', 'a | b', 'a > b', 'node "x', '["sh",\n"x"]'],
    ['text', '', ' ', 'a\u0000b'],
  ] as const)('of the format %s may not be %j', (format, ...answers) => {
    for (const answer of answers) expect(complaint(question(format), answer), answer).not.toBeNull();
  });

  test('that is needed and missing names its flag', () => {
    expect(() => completeAnswers([question('port')], {})).toThrow(
      expect.objectContaining({ code: 'answer-needed', hint: 'Give it with --port.' }),
    );
  });
});

describe('a command', () => {
  test.each([
    ['node dist/index.js', ['node', 'dist/index.js']],
    [`java -Dname="a b" -jar 'my app.jar'`, ['java', '-Dname=a b', '-jar', 'my app.jar']],
    ['["a b", "c"]', ['a b', 'c']],
    ['["unfinished"', ['[unfinished']],
  ])('%s is %j', (text, words) => {
    expect(parseCommand(text)).toEqual(words);
  });
});

describe('an answers file', () => {
  test('gives back what was saved', () => {
    const answers = { service: 'apps/api', port: '80', command: '["node","x y"]' };
    expect(readAnswers('a.json', answersText(answers))).toEqual(answers);
  });

  test('may have numbers, lists of words, and a byte order mark', () => {
    expect(readAnswers('a.json', '\uFEFF{"port": 80, "command": ["node", "x"]}')).toEqual({
      port: '80',
      command: '["node","x"]',
    });
  });

  test.each([
    ['{"prot": 80}', 'Did you mean port?'],
    ['{"port": {}}', 'Mend the file'],
    ['["port"]', '--save-answers'],
    ['{"port": 80', '--save-answers'],
    ['', '--save-answers'],
    ['{"__proto__": "x"}', 'Questions are'],
  ])('%s is refused', (text, hint) => {
    expect(() => readAnswers('a.json', text)).toThrow(
      expect.objectContaining({ code: 'answer-invalid', hint: expect.stringContaining(hint) }),
    );
  });
});

describe('a command line to paste', () => {
  test('quotes only what a shell would read', () => {
    expect(commandLine(['a', 'b c', "it's", '$x', 'node:24', ''])).toBe(`a 'b c' 'it'\\''s' '$x' node:24 ''`);
  });

  test('names the directory only when it is not the current one', () => {
    expect(answeredCommandLine('.', { port: '80' })).toBe('create-multistage-docker --port 80');
    expect(answeredCommandLine('my app', { command: 'node x' })).toBe(
      `create-multistage-docker 'my app' --command 'node x'`,
    );
  });
});
