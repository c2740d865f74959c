import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectServices } from '../../src/detect/detect.ts';
import { LANGUAGES, languageOf } from '../../src/languages/index.ts';
import type { ImageChoices, Language } from '../../src/languages/language.ts';
import type { OutputFile } from '../../src/model/output.ts';
import type { ImagePlan } from '../../src/model/plan.ts';
import type { Project } from '../../src/model/project.ts';
import type { Answers, Question } from '../../src/model/question.ts';
import type { ServiceFacts } from '../../src/model/service.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { openDirectory } from '../../src/project/directory.ts';
import { render } from '../../src/render/render.ts';
import { completeAnswers } from '../../src/wizard/answers.ts';
import { questionsAbout } from '../../src/wizard/questions.ts';

/** The day on which the expected files were made: the date is an input. */
const TODAY = '2026-11-23';

/** All languages, loaded: tests hold every one to its contract. */
export const LOADED: readonly Language[] = await Promise.all(LANGUAGES.map((card) => card.load()));

const ROOT = 'test/samples';

export const SAMPLES: readonly string[] = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(ROOT, entry.name, 'project')))
  .map((entry) => entry.name)
  .sort();

export interface Sample {
  readonly name: string;
  readonly directory: string;
  readonly project: Project;
  readonly language: Language;
  readonly facts: ServiceFacts;
  readonly images: ImageChoices;
  readonly questions: readonly Question[];
  readonly given: Answers;
}

export function openSample(name: string): Sample {
  const directory = join(ROOT, name);
  const project = openDirectory(join(directory, 'project'));
  const answers = join(directory, 'answers.json');
  const given = existsSync(answers) ? (JSON.parse(readFileSync(answers, 'utf8')) as Answers) : {};
  const services = detectServices(project, LOADED);
  const service = services.find((one) => one.directory === given['service']) ?? services[0];
  if (!service) throw new Error(`nothing was recognised in the sample ${name}`);
  const language = languageOf(LOADED, given['language'] ?? service.language);
  const facts = language.facts(project, service.directory, { today: TODAY });
  const images = language.images(facts, { today: TODAY });
  return {
    name,
    directory,
    project,
    language,
    facts,
    images,
    questions: questionsAbout(language, facts, images),
    given,
  };
}

export function planOf(sample: Sample, given: Answers = {}): ImagePlan {
  const answers = completeAnswers(sample.questions, { ...sample.given, ...given });
  return makePlan(sample.project, sample.language, sample.facts, answers, { today: TODAY });
}

export function filesOf(sample: Sample, given: Answers = {}): readonly OutputFile[] {
  return render(planOf(sample, given));
}
