import { UserError } from '../errors.ts';
import type { Answers } from '../model/question.ts';
import { nearest } from './nearest.ts';
import { OPTIONS } from './options.ts';

/**
 * Answers from the text of a file: one JSON object, question id → text or number. Throws UserError `answer-invalid` for
 * anything else, and for an id that no question has.
 */
export function readAnswers(path: string, text: string): Answers {
  const data = parse(path, text);
  const ids = OPTIONS.map(({ question }) => question).filter((id) => id !== null);
  const answers: Record<string, string> = {};
  for (const [id, answer] of Object.entries(data)) {
    if (!ids.includes(id)) {
      const near = nearest(id, ids);
      throw invalid(`${path}: there is no question ${id}.`, near === null ? known(ids) : `Did you mean ${near}?`);
    }
    if (Array.isArray(answer) && answer.every((word) => typeof word === 'string')) answers[id] = JSON.stringify(answer);
    else if (typeof answer === 'string' || typeof answer === 'number') answers[id] = String(answer);
    else throw invalid(`${path}: the answer to ${id} must be a text or a number.`, 'Mend the file and run again.');
  }
  return answers;
}

function parse(path: string, text: string): object {
  try {
    const data: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw invalid(
    `${path} does not hold answers: a JSON object such as {"port": "3000"} is expected.`,
    'A run with --save-answers FILE writes such a file.',
  );
}

function known(ids: readonly string[]): string {
  return `Questions are ${ids.join(', ')}.`;
}

function invalid(message: string, hint: string): UserError {
  return new UserError('answer-invalid', message, hint);
}

/** The text of an answers file: keys in the order given, so that the same answers give the same bytes. */
export function answersText(answers: Answers): string {
  return `${JSON.stringify(answers, null, 2)}\n`;
}
