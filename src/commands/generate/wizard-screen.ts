import { UserError } from '../../errors.ts';
import type { ExitCode } from '../../model/command.ts';
import type { Note } from '../../model/fact.ts';
import type { ImagePlan } from '../../model/plan.ts';
import { render } from '../../render/render.ts';
import { writtenRows } from '../../ui/closing.ts';
import { factRows } from '../../ui/facts.ts';
import { dockerfileLines, ignoreLines } from '../../ui/files.ts';
import { styleFor } from '../../ui/style.ts';
import { printable, wrap } from '../../ui/text.ts';
import { nextCommands } from '../../wizard/next-commands.ts';
import { offerConversion } from './conversion.ts';
import { askAboutExisting } from './existing.ts';
import { type Outcome, sentenceOf } from './result.ts';
import type { Screen } from './screen.ts';
import type { Service } from './service.ts';
import type { Session } from './session.ts';
import { resultText } from './silent-screen.ts';
import { verifyWritten, wantsVerification } from './verification.ts';

/** What stands left of every line of a prompt. */
const GUIDE_WIDTH = 3;

const KINDS = { web: 'web service', worker: 'worker', static: 'static site' } as const;

/** For a person at a terminal. */
export function wizardScreen(session: Session): Screen {
  const { io } = session;
  return {
    begin: () => io.asker.intro?.(styleFor(io.colour).strong('create-multistage-docker')),
    facts: (service, notes) => {
      showFacts(session, service);
      showNotes(session, 'Worth knowing', service, notes);
    },
    otherWay: (service) => offerConversion(session, service),
    preview: (plan, service, notes) => {
      showNotes(session, 'Worth knowing about the image', service, notes);
      showFiles(session, plan);
    },
    decide: askAboutExisting(session),
    confirm: async ({ changes, isDecided }) => {
      const news = changes.filter(({ action }) => action === 'create').map(({ path }) => path);
      if (isDecided || news.length === 0) return;
      if (await io.asker.confirm({ message: `Write ${news.join(' and ')}?`, initial: true })) return;
      throw new UserError('cancelled', 'Nothing was written.', '--dry-run shows the files without a question.');
    },
    end: (outcome) => close(session, outcome),
  };
}

function showFacts({ io, project }: Session, { facts, language }: Service): void {
  const columns = io.columns - GUIDE_WIDTH;
  const where = facts.directory === '.' ? '' : ` in ${facts.directory}`;
  const title = wrap(printable(`${project.name}: ${language.name} ${KINDS[facts.kind]}${where}`), columns);
  io.asker.note(title.join('\n'), factRows(facts.summary, columns, styleFor(io.colour)));
}

function showNotes({ io }: Session, title: string, service: Service, notes: readonly Note[]): void {
  if (notes.length === 0) return;
  const lines = notes.flatMap((note) => wrap(`• ${sentenceOf(note, service)}`, io.columns - GUIDE_WIDTH, '  '));
  io.asker.note(styleFor(io.colour).warning(title), lines.join('\n'));
}

function showFiles({ io }: Session, plan: ImagePlan): void {
  const style = styleFor(io.colour);
  const columns = io.columns - GUIDE_WIDTH;
  const [dockerfile, ignore] = render(plan);
  if (dockerfile) io.asker.note(style.strong(dockerfile.path), dockerfileLines(dockerfile.contents, columns, style));
  if (ignore) io.asker.note(style.strong(ignore.path), ignoreLines(plan.ignore, columns, style));
}

async function close({ io, options }: Session, outcome: Outcome): Promise<ExitCode> {
  const style = styleFor(io.colour);
  if (outcome.written === null) {
    io.asker.outro?.('Nothing was written.');
    if (outcome.explanations) io.out(resultText(outcome, io, options.directory));
    return 0;
  }
  io.asker.note(style.strong('Done'), writtenRows(outcome.written, io.columns - GUIDE_WIDTH, style));
  const { plan } = outcome.settled;
  const isVerifying = await wantsVerification(io);
  io.asker.outro?.('Next:');
  const next = nextCommands(plan, options.directory);
  io.out(`${next.map((command) => `   ${style.name(command)}`).join('\n')}\n`);
  return isVerifying ? verifyWritten(plan, options.directory, io) : 0;
}
