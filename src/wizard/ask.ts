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
    const fitting = fittingQuestion(question, { ...given, ...answers }, fits);
    answers[question.id] = await answerTo(fitting, given[question.id], asker, (value) =>
      fits({ ...given, ...answers, [question.id]: value }),
    );
  }
  return answers;
}

async function answerTo(
  question: Question,
  given: string | undefined,
  asker: Asker,
  misfit: (value: string) => string | null,
): Promise<string> {
  if (given !== undefined) return checkedAnswer(question, given);
  if (!question.open && question.recommended !== null) return checkedAnswer(question, question.recommended);
  return askOne(question, asker, misfit);
}

/** Puts one question: a list where it has choices, else a line of text. */
export async function askOne(
  question: Question,
  asker: Asker,
  misfit: (value: string) => string | null = () => null,
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
    check: (value) => complaint(question, value) ?? misfit(value),
  });
}

function otherChoice({ format }: Question): Choice {
  return { value: OTHER, label: format === 'image' ? 'another image…' : 'something else…' };
}

/**
 * An image question without the choices that do not go with the answers so far, the first of the others recommended.
 * Where none is left, all are: the plan will say what is wrong.
 */
export function fittingQuestion(question: Question, known: Answers, fits: Fits): Question {
  if (question.format !== 'image' || question.choices === undefined || known[question.id] !== undefined)
    return question;
  const choices = question.choices.filter(({ value }) => fits({ ...known, [question.id]: value }) === null);
  const first = choices[0];
  if (!first) return question;
  const isStillOffered = choices.some(({ value }) => value === question.recommended);
  return { ...question, choices, recommended: isStillOffered ? question.recommended : first.value };
}
