import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/languages/language.ts';
import { projectFromObject } from '../../src/project/object.ts';
import {
  type Candidate,
  checkLanguage,
  languageQuestion,
  namedService,
  rivalsAmong,
  serviceQuestion,
  severalServices,
} from '../../src/wizard/services.ts';

function evidence(language: string, directory: string, strength: number) {
  return { language, directory, strength, place: `${directory}/manifest`, what: `a ${language} manifest` };
}

function candidate(directory: string, strength: number, ...others: readonly (readonly [string, number])[]): Candidate {
  const all = [['node', strength] as const, ...others].map(([language, one]) => evidence(language, directory, one));
  return { directory, language: 'node', strength, evidence: all };
}

const WEAK = evidence('python', 'tools', 10);
const LANGUAGES = ['node', 'python'].map(
  (id) => ({ id, name: id.toUpperCase(), detect: () => (id === 'python' ? [WEAK] : []) }) as unknown as Language,
);
const PROJECT = projectFromObject({ 'apps/api/x': '', 'apps/web/x': '', 'tools/x.py': '', 'docs/x': '' });
const CANDIDATES = [candidate('apps/api', 90), candidate('apps/web', 90), candidate('lib', 40)];

describe('several services', () => {
  test('are those about as likely as the first', () => {
    expect(rivalsAmong(CANDIDATES).map(({ directory }) => directory)).toEqual(['apps/api', 'apps/web']);
    expect(rivalsAmong([])).toEqual([]);
  });

  test('are a question, the likeliest recommended', () => {
    expect(serviceQuestion(rivalsAmong(CANDIDATES), LANGUAGES)).toMatchObject({ recommended: 'apps/api', open: true });
    expect(serviceQuestion(CANDIDATES.slice(0, 1), LANGUAGES).open).toBe(false);
  });

  test('are named, with a command line for each way out, when nobody can be asked', () => {
    const error = severalServices('my app', rivalsAmong(CANDIDATES), LANGUAGES);
    expect(error.message).toBe('The project holds several services: apps/api (NODE), apps/web (NODE).');
    expect(error.hint).toContain(`create-multistage-docker 'my app' --service apps/api`);
  });
});

describe('several languages in one directory', () => {
  test('are a question only when they are about as likely', () => {
    expect(languageQuestion(candidate('.', 90, ['python', 90]), LANGUAGES)).toMatchObject({ open: true });
    expect(languageQuestion(candidate('.', 90, ['python', 40]), LANGUAGES)).toMatchObject({ open: false });
    expect(languageQuestion(candidate('.', 90, ['node', 88]), LANGUAGES)).toMatchObject({ open: false });
  });
});

describe('a service that is named', () => {
  test('is found however its path is written', () => {
    for (const service of ['apps/web', './apps/web/', 'apps//web'])
      expect(namedService(PROJECT, CANDIDATES, LANGUAGES, { service })?.directory).toBe('apps/web');
  });

  test('may be one that is too weak to be offered', () => {
    expect(namedService(PROJECT, CANDIDATES, LANGUAGES, { service: 'tools' })).toMatchObject({ language: 'python' });
  });

  test('may be forced to a language', () => {
    const given = { service: 'docs', language: 'python' };
    expect(namedService(PROJECT, CANDIDATES, LANGUAGES, given)).toMatchObject({
      directory: 'docs',
      language: 'python',
    });
  });

  test('by its language alone is the likeliest of that language', () => {
    const both = [candidate('a', 90), candidate('b', 80, ['python', 60])];
    expect(namedService(PROJECT, both, LANGUAGES, { language: 'python' })).toMatchObject({
      directory: 'b',
      language: 'python',
    });
    expect(namedService(PROJECT, CANDIDATES, LANGUAGES, { language: 'python' })).toBeNull();
  });

  test.each([
    [{ service: 'apps/mobile' }, 'there is no such directory'],
    [{ service: 'docs' }, 'no service was recognised'],
  ])('%j is refused', (given, message) => {
    expect(() => namedService(PROJECT, CANDIDATES, LANGUAGES, given)).toThrow(
      expect.objectContaining({ code: 'answer-invalid', message: expect.stringContaining(message) }),
    );
  });

  test('a language that there is not is refused, any is allowed', () => {
    expect(() => checkLanguage('cobol', LANGUAGES)).toThrow('--language cobol: there is no such language');
    expect(() => checkLanguage('node', LANGUAGES)).not.toThrow();
    expect(() => checkLanguage(undefined, LANGUAGES)).not.toThrow();
  });
});
