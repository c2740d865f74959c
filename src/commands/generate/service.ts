import { detectServices, nothingRecognised } from '../../detect/detect.ts';
import { LANGUAGES, languageOf, loadLanguages } from '../../languages/index.ts';
import type { ImageChoices, Language } from '../../languages/language.ts';
import type { Note } from '../../model/fact.ts';
import type { Question } from '../../model/question.ts';
import type { ServiceFacts } from '../../model/service.ts';
import { askOne } from '../../wizard/ask.ts';
import { questionsAbout } from '../../wizard/questions.ts';
import {
  type Candidate,
  checkLanguage,
  languageQuestion,
  namedService,
  rivalsAmong,
  serviceQuestion,
  severalServices,
} from '../../wizard/services.ts';
import type { Session } from './session.ts';

/** All that was read about the service that the image is for. */
export interface Service {
  readonly language: Language;
  readonly facts: ServiceFacts;
  readonly images: ImageChoices;
  readonly questions: readonly Question[];
  /** another service of the project is built from the same context: its Dockerfile would be in the way */
  readonly sharesContext: boolean;
  /** what was assumed on the way */
  readonly notes: readonly Note[];
}

/** Throws UserError `nothing-recognised`, `several-services`, `answer-invalid`, and what the language's readers throw. */
export async function readService(session: Session): Promise<Service> {
  const { project, io, given } = session;
  checkLanguage(given['language'], LANGUAGES);
  const languages = await loadLanguages(project, given['language']);
  const candidates = detectServices(project, languages);
  const named = namedService(project, candidates, languages, given);
  const notes: Note[] = [];
  const chosen = named ?? (await chooseLanguage(await chooseService(candidates, session, notes), session, notes));
  const language = languageOf(languages, chosen.language);
  const context = { today: io.today };
  const facts = language.facts(project, chosen.directory, context);
  const images = language.images(facts, context);
  return {
    language,
    facts,
    images,
    questions: questionsAbout(language, facts, images),
    sharesContext: facts.context !== facts.directory && hasNeighbour(session, language, candidates, facts),
    notes,
  };
}

async function chooseService(candidates: readonly Candidate[], session: Session, notes: Note[]): Promise<Candidate> {
  const rivals = rivalsAmong(candidates);
  const first = rivals[0];
  if (!first) throw nothingRecognised(session.project, LANGUAGES);
  if (rivals.length === 1) return first;
  if (session.asks) {
    const answer = await askOne(serviceQuestion(rivals, LANGUAGES), session.io.asker);
    return rivals.find(({ directory }) => directory === answer) ?? first;
  }
  if (!session.options.yes && !session.options.printQuestions)
    throw severalServices(session.options.directory, rivals, LANGUAGES);
  const others = rivals.slice(1).map(({ directory }) => directory);
  notes.push(assumed('service-assumed', first.directory, others));
  return first;
}

async function chooseLanguage(candidate: Candidate, session: Session, notes: Note[]): Promise<Candidate> {
  const question = languageQuestion(candidate, LANGUAGES);
  if (!question.open) return candidate;
  if (session.asks) return { ...candidate, language: await askOne(question, session.io.asker) };
  const others = (question.choices ?? []).map(({ value }) => value).filter((id) => id !== candidate.language);
  notes.push(assumed('language-assumed', candidate.language, others));
  return candidate;
}

function assumed(code: string, chosen: string, others: readonly string[]): Note {
  return { code, severity: 'warning', places: [], args: { chosen, others: others.join(', ') } };
}

/** Whether another service of the same language is built from the same context. */
function hasNeighbour(
  { project, io }: Session,
  language: Language,
  candidates: readonly Candidate[],
  facts: ServiceFacts,
): boolean {
  return rivalsAmong(candidates)
    .filter((one) => one.language === facts.language && one.directory !== facts.directory)
    .some(({ directory }) => language.facts(project, directory, { today: io.today }).context === facts.context);
}
