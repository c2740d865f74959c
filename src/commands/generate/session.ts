import { readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../../errors.ts';
import type { CommandIo } from '../../model/command.ts';
import type { Project } from '../../model/project.ts';
import type { Answers } from '../../model/question.ts';
import { openDirectory } from '../../project/directory.ts';
import { readAnswers } from '../../wizard/answers-file.ts';

export interface GenerateOptions {
  /** as the user wrote it */
  readonly directory: string;
  /** from flags, by question id */
  readonly answers: Answers;
  readonly answersFile: string | null;
  readonly saveAnswers: string | null;
  readonly printQuestions: boolean;
  readonly explain: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly force: boolean;
}

/** What every step of one run has at hand. */
export interface Session {
  readonly options: GenerateOptions;
  readonly io: CommandIo;
  readonly project: Project;
  /** absolute, links resolved */
  readonly root: string;
  /** answers from the answers file, and from flags, which win */
  readonly given: Answers;
  /** a person is there and wants to be asked */
  readonly asks: boolean;
}

/** Throws UserError `directory-missing`, `answer-invalid`. */
export function openSession(options: GenerateOptions, io: CommandIo): Session {
  const directory = resolve(io.cwd, options.directory);
  const project = openDirectory(directory);
  const fromFile = options.answersFile === null ? {} : answersFrom(io.cwd, options.answersFile);
  return {
    options,
    io,
    project,
    root: realpathSync(directory),
    given: { ...fromFile, ...options.answers, ...(options.force && { existing: 'replace' }) },
    asks: io.interactive && !options.yes && !options.json && !options.printQuestions,
  };
}

function answersFrom(cwd: string, file: string): Answers {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UserError(
      'file-unreadable',
      `${file} cannot be read (${String(error.code)}).`,
      'Give another --answers FILE.',
    );
  }
  return readAnswers(file, text);
}
