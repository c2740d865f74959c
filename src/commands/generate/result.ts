import type { Note } from '../../model/fact.ts';
import type { Explanation } from '../../model/output.ts';
import type { Answers } from '../../model/question.ts';
import { noteSentence } from '../../ui/facts.ts';
import { WIZARD_MESSAGES } from '../../wizard/messages.ts';
import { nextCommands } from '../../wizard/next-commands.ts';
import type { WrittenFile } from '../../write/write.ts';
import type { SettledFiles } from './files.ts';
import type { Service } from './service.ts';
import type { GenerateOptions } from './session.ts';

/** What one run came to. `written` is `null` when nothing was to be written. */
export interface Outcome {
  readonly service: Service;
  readonly answers: Answers;
  readonly settled: SettledFiles;
  readonly notes: readonly Note[];
  readonly written: readonly WrittenFile[] | null;
  readonly explanations: readonly Explanation[] | null;
}

/** Facts, answers, plan, files, notes and next commands as one JSON text: the result that a program can read. */
export function resultJson(outcome: Outcome, options: GenerateOptions): string {
  const { service, answers, settled, notes, written, explanations } = outcome;
  const files = settled.changes.map(({ path, action, contents }, index) => ({
    path,
    action: written?.[index]?.action ?? action,
    backup: written?.[index]?.backup ?? null,
    contents,
  }));
  const result = {
    version: 1,
    language: service.facts.language,
    directory: service.facts.directory,
    facts: service.facts,
    answers,
    plan: settled.plan,
    written: written !== null,
    files,
    notes: notes.map((note) => ({ ...note, message: sentenceOf(note, service) })),
    next: nextCommands(settled.plan, options.directory),
    ...(explanations && { explanations }),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

/** A note of the service's language or of the wizard as a sentence. */
export function sentenceOf(note: Note, { language }: Pick<Service, 'language'>): string {
  return noteSentence(note, { ...language.messages, ...WIZARD_MESSAGES });
}

/** The questions with their flags and recommended answers, as JSON or for a person. */
export function questionsText(service: Service, options: GenerateOptions): string {
  const { questions, facts } = service;
  if (options.json) {
    const listed = questions.map((question) => ({ ...question, flag: `--${question.id}` }));
    return `${JSON.stringify({ version: 1, language: facts.language, directory: facts.directory, questions: listed }, null, 2)}\n`;
  }
  const lines = questions.flatMap(({ id, message, recommended, choices = [], open, from }) => [
    `--${id}  ${message}${open ? '' : ' (not asked: the files say it)'}`,
    `    recommended: ${recommended ?? 'none, it must be given'}${from.length > 0 ? ` (${from.join(', ')})` : ''}`,
    ...choices.map(({ value, hint }) => `    ${value}${hint ? `  ${hint}` : ''}`),
  ]);
  return `${lines.join('\n')}\n`;
}
