import { UserError } from '../errors.ts';
import type { Answers, Question } from '../model/question.ts';
import { commandComplaint } from './command-words.ts';

export { parseCommand } from './command-words.ts';

/** The complaint about an answer, or `null` when it will do. */
export function complaint(question: Question, answer: string): string | null {
  if (/[\u0000-\u001f\u007f]/.test(answer)) return 'it has a line break or another control character in it';
  switch (question.format) {
    case 'port':
      return /^\d{1,5}$/.test(answer) && Number(answer) >= 1 && Number(answer) <= 65_535
        ? null
        : 'a port is a number from 1 to 65535';
    case 'image':
      return /^\w[\w.-]*(?::\d+)?(?:\/[\w.-]+)*(?::[\w.-]+)?(?:@sha256:[0-9a-f]{64})?$/.test(answer)
        ? null
        : 'an image is named like registry/name:tag';
    case 'path':
      return /^\/[\w\-./~%:@+,;=?&]*$/.test(answer)
        ? null
        : 'a path starts with / and has only what may stand in an address';
    case 'file':
      return fileComplaint(answer);
    case 'choice':
      return question.allowsOther || question.choices?.some((choice) => choice.value === answer)
        ? null
        : `it must be one of ${question.choices?.map((choice) => choice.value).join(', ')}`;
    case 'command':
      return commandComplaint(answer);
    default:
      return answer.trim() === '' ? 'it is empty' : null;
  }
}

function fileComplaint(path: string): string | null {
  if (path.trim() === '' || /(?:^|\/)\.?$/.test(path)) return 'it must name a file';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.split(/[\\/]/).includes('..'))
    return 'it must be inside the project, seen from its directory';
  return null;
}

/** Given answers, with the recommendation for every question that has none. Throws `answer-invalid` and `answer-needed`. */
export function completeAnswers(questions: readonly Question[], given: Answers): Answers {
  return Object.fromEntries(questions.map((question) => [question.id, givenOrRecommended(question, given)]));
}

function givenOrRecommended(question: Question, given: Answers): string {
  const answer = given[question.id];
  if (answer !== undefined) return checkedAnswer(question, answer);
  if (question.recommended !== null) return checkedAnswer(question, question.recommended);
  throw new UserError(
    'answer-needed',
    `${question.message}: the project does not say.`,
    `Give it with --${question.id}.`,
  );
}

/** The answer itself. Throws UserError `answer-invalid`. */
export function checkedAnswer(question: Question, answer: string): string {
  const wrong = complaint(question, answer);
  if (wrong === null) return answer;
  throw new UserError('answer-invalid', `--${question.id} ${answer}: ${wrong}.`, `Give another --${question.id}.`);
}
