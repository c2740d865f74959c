import type { Asker } from '../model/command.ts';
import type { Answers, Choice, Question } from '../model/question.ts';
import { checkedAnswer, complaint } from './answers.ts';

/** Why these answers do not go together (another C library, for instance), or `null`. Questions without an answer count as recommended. */
export type Fits = (answers: Answers) => string | null;

const OTHER = '\u0000other';

/**
 * Puts the open questions that have no answer yet, in order, and takes the recommendation for the others.
 * Throws UserError `answer-invalid` for a given answer that will not do, `cancelled` when a question was.
 */
export async function askQuestions(
  questions: readonly Question[],
  given: Answers,
  asker: Asker,
  fits: Fits = () => null,
): Promise<Answers> {
  const answers: Record<string, string> = {};
  for (const question of questions) {
    const known = { ...given, ...answers };
    const fitting = fittingQuestion(question, questions, known, fits);
    answers[question.id] = await answerTo(fitting, given[question.id], asker, (value) =>
      misfit(questions, { ...known, [question.id]: value }, fits),
    );
  }
  return answers;
}

async function answerTo(
  question: Question,
  given: string | undefined,
  asker: Asker,
  objection: (value: string) => string | null,
): Promise<string> {
  if (given !== undefined) return checkedAnswer(question, given);
  if (!question.open && question.recommended !== null) return checkedAnswer(question, question.recommended);
  return askOne(question, asker, objection);
}

/** Puts one question: a list where it has choices, else a line of text. */
export async function askOne(
  question: Question,
  asker: Asker,
  objection: (value: string) => string | null = () => null,
): Promise<string> {
  const { message, choices = [], recommended, allowsOther } = question;
  if (choices.length > 0) {
    const options = allowsOther ? [...choices, otherChoice(question)] : choices;
    const chosen = await asker.select({ message, options, ...(recommended !== null && { initial: recommended }) });
    if (chosen !== OTHER) return chosen;
  }
  return asker.text({
    message: choices.length > 0 ? `${message}: which one?` : message,
    ...(choices.length === 0 && recommended !== null && { initial: recommended }),
    check: (value) => complaint(question, value) ?? objection(value),
  });
}

function otherChoice({ format }: Question): Choice {
  return { value: OTHER, label: format === 'image' ? 'another image…' : 'something else…' };
}

/**
 * An image question without the choices that do not go with the answers so far, the first of the others recommended.
 * Where none is left, all are: the plan will say what is wrong.
 */
export function fittingQuestion(
  question: Question,
  questions: readonly Question[],
  known: Answers,
  fits: Fits,
): Question {
  if (question.format !== 'image' || question.choices === undefined || known[question.id] !== undefined)
    return question;
  const choices = question.choices.filter(
    ({ value }) => misfit(questions, { ...known, [question.id]: value }, fits) === null,
  );
  const first = choices[0];
  if (!first) return question;
  const isStillOffered = choices.some(({ value }) => value === question.recommended);
  return { ...question, choices, recommended: isStillOffered ? question.recommended : first.value };
}

/** Answers go together if they do with the recommended image, or with any other one, where an image is still to be chosen. */
function misfit(questions: readonly Question[], known: Answers, fits: Fits): string | null {
  const wrong = fits(known);
  if (wrong === null) return null;
  const open = questions.filter(({ id, format }) => format === 'image' && known[id] === undefined);
  const fitsOther = open.some(({ id, choices = [] }) =>
    choices.some(({ value }) => fits({ ...known, [id]: value }) === null),
  );
  return fitsOther ? null : wrong;
}
