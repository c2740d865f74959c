import type { Messages, Note } from '../model/fact.ts';
import type { Answers, Question } from '../model/question.ts';

/** The root as a word, where a full stop beside its `.` would be read as a part of it. */
function place(directory = ''): string {
  return directory === '.' ? '. (the root)' : directory;
}

/** Sentences for what the wizard itself has to say, whatever the language. */
export const WIZARD_MESSAGES: Messages = {
  'answer-unused': ({ flag }) => `--${flag} was given, but there is no such question about this service.`,
  'service-assumed': ({ chosen, others }) =>
    `The project holds several services; ${place(chosen)} was taken. For another one give --service: ${others?.split(', ').map(place).join(', ')}.`,
  'language-assumed': ({ chosen, others }) =>
    `The directory speaks for several languages; ${chosen} was taken. For another one give --language: ${others}.`,
  'image-paired': ({ flag, image }) => `--${flag} was set to ${image}, so that both images share a C library.`,
  'port-assumed': ({ port }) =>
    `The project does not say on which port it listens; ${port} is assumed. Give it with --port.`,
};

/** Questions that are answered before, or beside, those about a service. */
const BESIDE = new Set(['service', 'language', 'dockerfile', 'existing']);

/** Given answers to questions that were never put: a flag without effect must not pass in silence. */
export function unusedAnswers(questions: readonly Question[], given: Answers): readonly Note[] {
  return Object.keys(given)
    .filter((id) => !BESIDE.has(id) && !questions.some((question) => question.id === id))
    .map((id) => ({ code: 'answer-unused', severity: 'warning', places: [], args: { flag: id } }));
}

/** Recommendations that rest on nothing in the files. */
export function assumedAnswers(questions: readonly Question[], given: Answers): readonly Note[] {
  return questions
    .filter(({ id, from, recommended }) => id === 'port' && from.length === 0 && recommended !== null && !(id in given))
    .map(({ recommended }) => ({
      code: 'port-assumed',
      severity: 'warning',
      places: [],
      args: { port: recommended ?? '' },
    }));
}
