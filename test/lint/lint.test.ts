import { describe, expect, it } from 'vitest';
import { applyFixes } from '../../src/lint/fix.ts';
import { lint, reaches } from '../../src/lint/lint.ts';
import { RULES } from '../../src/lint/rules/index.ts';
import { ignoredRules, readSettings } from '../../src/lint/settings.ts';
import { findings, viewFromText } from './check-file.ts';

function rulesFor(text: string): string[] {
  return findings(text).map((finding) => finding.rule);
}

describe('an installation that may ask', () => {
  it.each([
    ['debian:trixie-slim', 'curl', 'error'],
    ['debian:trixie-slim', 'tini', 'warning'],
    ['node:24', 'curl', 'warning'],
  ])('on %s of %s is an %s: apt asks only where more comes along than was named', (image, name, severity) => {
    const found = findings(`FROM ${image}\nRUN apt-get update && apt-get install ${name}\n`);
    expect(found.find(({ rule }) => rule === 'apt-incomplete')?.severity).toBe(severity);
  });
});

describe('a silencing comment', () => {
  it('with a reason keeps a rule quiet for the instruction below it', () => {
    const reason = '# multistage ignore=floating-tag -- rebuilt every night';
    expect(rulesFor(`${reason}\nFROM node AS a\nFROM alpine\nCOPY --from=a /usr/local/bin/x /x\n`)).toEqual([
      'floating-tag',
    ]);
  });

  it('works inside a continued instruction', () => {
    const text =
      'FROM debian:trixie-slim\nRUN apt-get update \\\n  # multistage ignore=package-cache-left -- the next stage is the image\n  && true\n';
    expect(rulesFor(text)).toEqual([]);
  });

  it('may name several rules, and those of other linters', () => {
    expect(rulesFor('# multistage ignore=DL3006,end-of-life -- both on purpose\nFROM node\n')).toEqual([]);
  });

  it('may speak for the whole file', () => {
    expect(rulesFor('FROM node AS a\nFROM node\n# multistage ignore-file=floating-tag -- a base of ours\n')).toEqual(
      [],
    );
  });

  it('without a reason silences nothing and is a finding', () => {
    expect(rulesFor('# multistage ignore=floating-tag\nFROM node\n')).toEqual(['silence-unexplained', 'floating-tag']);
  });

  it('of hadolint or docker build --check counts as well', () => {
    expect(rulesFor('# hadolint ignore=DL3006\nFROM node\n')).toEqual([]);
    expect(rulesFor('# check=skip=UndefinedVar,JSONArgsRecommended\nARG A=1\nFROM node:24\nWORKDIR $A\n')).toEqual([]);
  });

  it('is counted', () => {
    const view = viewFromText('# multistage ignore=floating-tag -- rebuilt every night\nFROM node\n');
    expect(lint(view, RULES)).toEqual({ findings: [], silenced: 1 });
  });
});

describe('settings', () => {
  it('change a severity or turn a rule off', () => {
    const view = viewFromText('FROM node\nCMD node -e 1\n');
    const settings = { 'floating-tag': 'off', 'shell-form-command': 'error', 'runs-as-root': 'off' } as const;
    expect(lint(view, RULES, settings).findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['shell-form-command', 'error'],
    ]);
  });

  it('are read with their reasons', () => {
    const text = '{"check": {"rules": {"DL3006": {"severity": "off", "reason": "digests are pinned later"}}}}';
    expect(readSettings(text, 's.json')).toEqual({ 'floating-tag': 'off' });
    expect(readSettings('{"other": 1}', 's.json')).toEqual({});
  });

  it.each([
    ['{"check": {"rules": {"floating-tag": {"severity": "off"}}}}', 'without a reason'],
    ['{"check": {"rules": {"floating-tags": {"severity": "error"}}}}', 'there is no rule floating-tags'],
    ['{"check": {"rules": {"floating-tag": "off"}}}', 'needs a severity'],
    ['{"check": ', 'is no JSON'],
  ])('%s are refused in words', (text, words) => {
    expect(() => readSettings(text, 's.json')).toThrow(words);
  });

  it('of one run may leave rules out by either name', () => {
    expect(ignoredRules(['DL3006', 'runs-as-root'])).toEqual({ 'floating-tag': 'off', 'runs-as-root': 'off' });
    expect(() => ignoredRules(['nope'])).toThrow('there is no such rule');
  });
});

describe('severities', () => {
  it('rise from info to error', () => {
    expect([reaches('info', 'warning'), reaches('warning', 'warning'), reaches('error', 'warning')]).toEqual([
      false,
      true,
      true,
    ]);
  });
});

describe('fixes', () => {
  const fixed = (text: string, files = {}): string => applyFixes(text, findings(text, files), 'Dockerfile').text;

  it.each([
    ['FROM node:24\nCMD node  src/index.js   # x\n', 'FROM node:24\nCMD node  src/index.js   # x\n'],
    ['FROM node:24\nCMD node  "my app.js"\n', 'FROM node:24\nCMD ["node", "my app.js"]\n'],
    [
      'FROM node:24\r\nENTRYPOINT java \\\r\n  -jar app.jar\r\n',
      'FROM node:24\r\nENTRYPOINT ["java", "-jar", "app.jar"]\r\n',
    ],
    ['FROM node:24\nCMD node $APP\n', 'FROM node:24\nCMD node $APP\n'],
    ["FROM node:24\nCMD [ 'node', 'x' ]\n", 'FROM node:24\nCMD [ "node", "x" ]\n'],
    ['FROM node:24\nCMD [“node”, “x”]\n', 'FROM node:24\nCMD ["node", "x"]\n'],
    ['FROM node:24\n  add --chown=1:1 . /x\n', 'FROM node:24\n  COPY --chown=1:1 . /x\n'],
  ])('turn %j into %j', (before, after) => {
    expect(fixed(before)).toBe(after);
  });

  it('leave nothing that would be fixed again', () => {
    const once = fixed('FROM node:24\nADD . /x\nCMD node a\n');
    expect(fixed(once)).toBe(once);
  });
});
