import { detectServices, nothingRecognised } from '../detect/detect.ts';
import { LANGUAGES, languageOf } from '../languages/index.ts';
import type { CommandIo, ExitCode } from '../model/command.ts';
import type { Answers } from '../model/question.ts';
import { makePlan } from '../plan/plan.ts';
import { openDirectory } from '../project/directory.ts';
import { render } from '../render/render.ts';
import { completeAnswers } from '../wizard/answers.ts';
import { questionsAbout } from '../wizard/questions.ts';

export async function runGenerate(
  options: { readonly directory: string; readonly answers: Answers },
  io: CommandIo,
): Promise<ExitCode> {
  const project = openDirectory(options.directory);
  const services = detectServices(project, LANGUAGES);
  const service = services[0];
  if (!service) throw nothingRecognised(project, LANGUAGES);
  const language = languageOf(service.language);
  const context = { today: io.today };
  const facts = language.facts(project, service.directory, context);
  const answers = completeAnswers(questionsAbout(language, facts, language.images(facts, context)), options.answers);
  for (const file of render(makePlan(project, language, facts, answers, context)))
    io.out(`--- ${file.path}\n${file.contents}`);
  return 0;
}
