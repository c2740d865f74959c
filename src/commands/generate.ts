import type { CommandIo, ExitCode } from '../model/command.ts';
import type { Note } from '../model/fact.ts';
import { explain } from '../render/render.ts';
import { settleAnswers } from './generate/answers.ts';
import { placeDockerfile, settleFiles } from './generate/files.ts';
import { questionsText, resultJson } from './generate/result.ts';
import { readService } from './generate/service.ts';
import { type GenerateOptions, openSession, type Session } from './generate/session.ts';
import { silentScreen } from './generate/silent-screen.ts';
import { writeAll } from './generate/write-all.ts';

export type { GenerateOptions } from './generate/session.ts';

/** The wizard: a directory in, a multi-stage Dockerfile and a .dockerignore out. Throws UserError. */
export async function runGenerate(options: GenerateOptions, io: CommandIo): Promise<ExitCode> {
  const session = openSession(options, io);
  const screen = await screenFor(session);
  screen.begin();
  const service = await readService(session);
  if (options.printQuestions) {
    io.out(questionsText(service, options));
    return 0;
  }
  const early: readonly Note[] = [...service.facts.notes, ...service.notes];
  screen.facts(service, early);
  const other = await screen.otherWay(service);
  if (other !== null) return other();
  const { answers, plan, notes } = await settleAnswers(session, service);
  const placed = placeDockerfile(session, plan, service.sharesContext);
  const late = [...plan.notes, ...notes];
  screen.preview(placed, service, late);
  const settled = await settleFiles(session, placed, screen.decide);
  const isOnlyShown = options.dryRun || options.explain;
  if (!isOnlyShown) await screen.confirm(settled);
  const written = isOnlyShown ? null : await writeAll(session, service, answers, settled.changes);
  const explanations = options.explain ? explain(settled.plan) : null;
  const outcome = { service, answers, settled, notes: [...early, ...late], written, explanations };
  if (!options.json) return screen.end(outcome);
  io.out(resultJson(outcome, options));
  return 0;
}

/** What only a person needs is loaded only for one. */
async function screenFor(session: Session) {
  if (!session.asks) return silentScreen(session);
  const { wizardScreen } = await import('./generate/wizard-screen.ts');
  return wizardScreen(session);
}
