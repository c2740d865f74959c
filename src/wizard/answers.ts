import { UserError } from '../errors.ts';
import type { Answers, Question } from '../model/question.ts';

/** The complaint about an answer, or `null` when it will do. */
export function complaint(question: Question, answer: string): string | null {
  if (/[\u0000-\u001f\u007f]/.test(answer)) return 'it has a line break or another control character in it';
  switch (question.format) {
    case 'port':
      return /^\d{1,5}$/.test(answer) && Number(answer) >= 1 && Number(answer) <= 65_535
        ? null
        : 'a port is a number from 1 to 65535';
    case 'image':
      return /^[\w.-]+(?::\d+)?(?:\/[\w.-]+)*(?::[\w.-]+)?(?:@sha256:[0-9a-f]{64})?$/.test(answer)
        ? null
        : 'an image is named like registry/name:tag';
    case 'path':
      return answer.startsWith('/') && !/\s/.test(answer) ? null : 'a path starts with / and has no blanks';
    case 'choice':
      return question.choices?.some((choice) => choice.value === answer)
        ? null
        : `it must be one of ${question.choices?.map((choice) => choice.value).join(', ')}`;
    case 'command':
      return parseCommand(answer).length > 0 ? null : 'a command has at least one word';
    default:
      return answer.trim() === '' ? 'it is empty' : null;
  }
}

/** A command as a list of words: a JSON list as it is, or words with quotes as in a shell, without its other features. */
export function parseCommand(text: string): readonly string[] {
  if (text.trimStart().startsWith('[')) {
    try {
      const words: unknown = JSON.parse(text);
      if (Array.isArray(words) && words.every((word) => typeof word === 'string')) return words;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  const words = text.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_all, double, single) => double ?? single ?? ''));
}

/** Given answers, with the recommendation for every question that has none. Throws `answer-invalid` and `answer-needed`. */
export function completeAnswers(questions: readonly Question[], given: Answers): Answers {
  const answers: Record<string, string> = {};
  for (const question of questions) {
    const answer = given[question.id] ?? question.recommended;
    if (answer === null) {
      throw new UserError(
        'answer-needed',
        `${question.message}: the project does not say.`,
        `Give it with --${question.id}.`,
      );
    }
    const wrong = complaint(question, answer);
    if (wrong) throw new UserError('answer-invalid', `--${question.id} ${answer}: ${wrong}.`, 'Give another value.');
    answers[question.id] = answer;
  }
  return answers;
}
