import type { Answers, Question } from '../model/question.ts';

/** A command line that a person can paste into a shell. */
export function commandLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** One word for a POSIX shell, quoted only where it must be. */
function shellWord(word: string): string {
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The program with the flags that give these answers. */
export function answeredCommandLine(directory: string, answers: Answers): string {
  const flags = Object.entries(answers).flatMap(([id, answer]) => [`--${id}`, answer]);
  return commandLine(['create-multistage-docker', ...(directory === '.' ? [] : [directory]), ...flags]);
}

/** Open questions without an answer: what would have to be asked. */
export function unanswered(questions: readonly Question[], given: Answers): readonly Question[] {
  return questions.filter(
    (question) => given[question.id] === undefined && (question.open || question.recommended === null),
  );
}
