import { UserError } from '../errors.ts';
import type { Language } from '../languages/language.ts';
import type { Project } from '../model/project.ts';
import type { Answers, Question } from '../model/question.ts';
import type { Evidence } from '../model/service.ts';
import { joinPath } from '../project/search.ts';
import { answeredCommandLine } from './command-line.ts';

/** A directory that can become an image; `evidence` is ranked, the strongest first. */
export interface Candidate {
  readonly directory: string;
  readonly language: string;
  readonly strength: number;
  readonly evidence: readonly Evidence[];
}

/** What a language is called. */
type Named = Pick<Language, 'id' | 'name'>;

/** A candidate this much weaker than the first is no rival: a library beside a service, say. */
const RIVAL_RANGE = 20;
/** Two languages in one directory this near to each other are a question. */
const LANGUAGE_RANGE = 5;

/** The candidates that could be meant just as well as the first, which comes first. */
export function rivalsAmong(candidates: readonly Candidate[]): readonly Candidate[] {
  const strongest = candidates[0]?.strength ?? 0;
  return candidates.filter(({ strength }) => strength >= strongest - RIVAL_RANGE);
}

export function serviceQuestion(rivals: readonly Candidate[], languages: readonly Named[]): Question {
  return {
    id: 'service',
    message: 'Which service is the image for?',
    choices: rivals.map(({ directory, language, evidence }) => ({
      value: directory,
      label: directory === '.' ? '. (the directory itself)' : directory,
      hint: `${nameOf(language, languages)}: ${evidence[0]?.what ?? ''}`,
    })),
    recommended: rivals[0]?.directory ?? null,
    from: rivals.flatMap(({ evidence }) => evidence.slice(0, 1).map(({ place }) => place)),
    open: rivals.length > 1,
    format: 'choice',
  };
}

export function languageQuestion(candidate: Candidate, languages: readonly Named[]): Question {
  const near = candidate.evidence.filter(
    ({ strength, language }, index, all) =>
      strength >= (all[0]?.strength ?? 0) - LANGUAGE_RANGE &&
      all.findIndex((one) => one.language === language) === index,
  );
  return {
    id: 'language',
    message: 'Which language is the service written in?',
    choices: near.map(({ language, what }) => ({ value: language, label: nameOf(language, languages), hint: what })),
    recommended: candidate.language,
    from: near.map(({ place }) => place),
    open: near.length > 1,
    format: 'choice',
  };
}

/** Throws UserError `answer-invalid` for a language that there is not; `undefined` is any. */
export function checkLanguage(id: string | undefined, languages: readonly Named[]): void {
  if (id === undefined || languages.some((language) => language.id === id)) return;
  const ids = languages.map((language) => language.id).join(', ');
  throw new UserError('answer-invalid', `--language ${id}: there is no such language.`, `It is one of ${ids}.`);
}

/**
 * The candidate that `--service` and `--language` name, also one too weak to be offered; `null` where neither is given.
 * Throws UserError `answer-invalid` when there is no such thing.
 */
export function namedService(
  project: Project,
  candidates: readonly Candidate[],
  languages: readonly Language[],
  given: Answers,
): Candidate | null {
  const language = given['language'];
  if (given['service'] === undefined) {
    const first = candidates.find(({ evidence }) => evidence.some((one) => one.language === language));
    return language === undefined || !first ? null : { ...first, language };
  }
  const directory = joinPath(given['service']);
  if (!project.isDirectory(directory))
    throw new UserError('answer-invalid', `--service ${directory}: there is no such directory.`, offered(candidates));
  const known = candidates.find((one) => one.directory === directory);
  const found = known ?? weakCandidate(project, directory, languages);
  if (language !== undefined) return { strength: 0, evidence: [], ...found, directory, language };
  if (found) return found;
  throw new UserError(
    'answer-invalid',
    `--service ${directory}: no service was recognised there.`,
    offered(candidates),
  );
}

function weakCandidate(project: Project, directory: string, languages: readonly Language[]): Candidate | null {
  const evidence = languages
    .flatMap((language) => language.detect(project))
    .filter((one) => one.directory === directory)
    .sort((one, other) => other.strength - one.strength);
  const first = evidence[0];
  return first ? { directory, language: first.language, strength: first.strength, evidence } : null;
}

function offered(candidates: readonly Candidate[]): string {
  return candidates.length === 0
    ? 'Give the directory of the service, seen from the project.'
    : `Services that were recognised: ${candidates.map(({ directory }) => directory).join(', ')}.`;
}

/** What is said when nobody can be asked which of several services is meant. */
export function severalServices(
  directory: string,
  rivals: readonly Candidate[],
  languages: readonly Named[],
): UserError {
  const names = rivals.map((rival) => `${rival.directory} (${nameOf(rival.language, languages)})`).join(', ');
  const first = answeredCommandLine(directory, { service: rivals[0]?.directory ?? '.' });
  return new UserError(
    'several-services',
    `The project holds several services: ${names}.`,
    `Choose one: ${first}. Or take the recommended one with --yes.`,
  );
}

function nameOf(id: string, languages: readonly Named[]): string {
  return languages.find((language) => language.id === id)?.name ?? id;
}
