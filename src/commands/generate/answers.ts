import { UserError } from '../../errors.ts';
import type { Note } from '../../model/fact.ts';
import type { ImagePlan } from '../../model/plan.ts';
import type { Answers, Question } from '../../model/question.ts';
import { makePlan } from '../../plan/plan.ts';
import { completeAnswers } from '../../wizard/answers.ts';
import { askQuestions, fittingQuestion } from '../../wizard/ask.ts';
import { answeredCommandLine, unanswered } from '../../wizard/command-line.ts';
import { assumedAnswers, unusedAnswers } from '../../wizard/messages.ts';
import type { Service } from './service.ts';
import type { Session } from './session.ts';

export interface Settled {
  readonly answers: Answers;
  readonly plan: ImagePlan;
  readonly notes: readonly Note[];
}

/** Asks what is open, or takes the recommendations. Throws UserError `answer-needed`, `answer-invalid`, `cancelled`. */
export async function settleAnswers(session: Session, service: Service): Promise<Settled> {
  const { given, asks, options, io } = session;
  const fits = (known: Answers) => misfit(session, service, known);
  if (asks) {
    const answers = await askQuestions(service.questions, given, io.asker, fits);
    return { answers, plan: planFor(session, service, answers), notes: unusedAnswers(service.questions, given) };
  }
  if (!options.yes) refuseToWait(session, service.questions);
  const { questions, notes } = pairedQuestions(service.questions, given, fits);
  const answers = completeAnswers(questions, given);
  return {
    answers,
    plan: planFor(session, service, answers),
    notes: [...notes, ...assumedAnswers(questions, given), ...unusedAnswers(questions, given)],
  };
}

function planFor({ project, io }: Session, { language, facts }: Service, answers: Answers): ImagePlan {
  return makePlan(project, language, facts, answers, { today: io.today });
}

/** What the plan says against these answers together; questions still open count as recommended. */
function misfit(session: Session, service: Service, known: Answers): string | null {
  const recommended = service.questions.map(({ id, recommended }) => [id, known[id] ?? recommended ?? '1']);
  try {
    planFor(session, service, Object.fromEntries(recommended));
    return null;
  } catch (error) {
    if (error instanceof UserError && error.code === 'answer-invalid') return error.message;
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** One image was given and the recommended other one does not go with it: another one is recommended, and said so. */
function pairedQuestions(
  questions: readonly Question[],
  given: Answers,
  fits: (known: Answers) => string | null,
): { readonly questions: readonly Question[]; readonly notes: readonly Note[] } {
  if (given['build-image'] === undefined && given['runtime-image'] === undefined) return { questions, notes: [] };
  const paired = questions.map((question) => fittingQuestion(question, questions, given, fits));
  const notes = paired
    .filter((question, index) => question.recommended !== questions[index]?.recommended)
    .map(({ id, recommended }): Note => {
      return { code: 'image-paired', severity: 'info', places: [], args: { flag: id, image: recommended ?? '' } };
    });
  return { questions: paired, notes };
}

/** Nobody can be asked: says which flags would have answered. */
function refuseToWait({ options, given }: Session, questions: readonly Question[]): void {
  const open = unanswered(questions, given);
  if (open.length === 0) return;
  const missing = Object.fromEntries(open.map(({ id, recommended }) => [id, recommended ?? '…']));
  const flags = open.map(({ id }) => `--${id}`).join(', ');
  throw new UserError(
    'answer-needed',
    `${open.length === 1 ? 'A question is' : `${open.length} questions are`} open, and there is no terminal to ask them: ${flags}.`,
    `Answer them: ${answeredCommandLine(options.directory, { ...given, ...missing })} — or take the recommended answers: ${answeredCommandLine(options.directory, given)} --yes`,
  );
}
