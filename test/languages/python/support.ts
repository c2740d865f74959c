import type { PythonFacts } from '../../../src/languages/python/facts.ts';
import { python } from '../../../src/languages/python/index.ts';
import type { PythonParts } from '../../../src/languages/python/plan.ts';
import type { ImagePlan } from '../../../src/model/plan.ts';
import type { Answers } from '../../../src/model/question.ts';
import { makePlan } from '../../../src/plan/plan.ts';
import { type ObjectFile, projectFromObject } from '../../../src/project/object.ts';
import { render } from '../../../src/render/render.ts';
import { completeAnswers } from '../../../src/wizard/answers.ts';
import { questionsAbout } from '../../../src/wizard/questions.ts';

const TODAY = '2026-11-23';

type Files = Readonly<Record<string, ObjectFile>>;

export function factsOf(files: Files, directory = '.'): PythonFacts {
  return python.facts(projectFromObject(files), directory, { today: TODAY });
}

export function planOf(files: Files, given: Answers = {}, directory = '.'): ImagePlan<PythonParts> {
  const project = projectFromObject(files);
  const context = { today: TODAY };
  const facts = python.facts(project, directory, context);
  const questions = questionsAbout(python, facts, python.images(facts, context));
  return makePlan(project, python, facts, completeAnswers(questions, given), context) as ImagePlan<PythonParts>;
}

export function dockerfileOf(files: Files, given: Answers = {}, directory = '.'): string {
  return render(planOf(files, given, directory))[0]?.contents ?? '';
}

/** Codes of the notes, for tests that ask whether something is said. */
export function codesOf(files: Files): readonly string[] {
  return factsOf(files).notes.map((note) => note.code);
}

/** The words of the command. */
export function commandOf(files: Files, directory = '.'): readonly string[] | undefined {
  return factsOf(files, directory).command?.value;
}

export const FLASK = 'from flask import Flask\napp = Flask(__name__)\n';
export const FASTAPI = 'from fastapi import FastAPI\napp = FastAPI()\n';
