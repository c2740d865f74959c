import type { CommandIo } from '../../model/command.ts';
import type { Note } from '../../model/fact.ts';
import { writtenRows } from '../../ui/closing.ts';
import { explanationText } from '../../ui/explanation.ts';
import { factRows } from '../../ui/facts.ts';
import { styleFor } from '../../ui/style.ts';
import { wrap } from '../../ui/text.ts';
import { nextCommands } from '../../wizard/next-commands.ts';
import { type Outcome, sentenceOf } from './result.ts';
import type { Screen } from './screen.ts';
import type { Service } from './service.ts';
import type { Session } from './session.ts';

/** For a log or a program: facts and notes go to standard error, the result to standard output, and nothing is asked. */
export function silentScreen({ io, options }: Session): Screen {
  const info = options.json ? () => undefined : io.info;
  const say = (service: Service, notes: readonly Note[]) => {
    for (const note of notes) info(noteText(note, service, io));
  };
  return {
    begin: () => undefined,
    facts: (service, notes) => {
      info(`${factRows(service.facts.summary, io.columns, styleFor(false))}\n`);
      say(service, notes);
    },
    otherWay: () => Promise.resolve(null),
    preview: (_plan, service, notes) => say(service, notes),
    decide: null,
    confirm: () => Promise.resolve(),
    end: (outcome) => {
      io.out(resultText(outcome, io, options.directory));
      return Promise.resolve(0);
    },
  };
}

function noteText(note: Note, service: Service, io: CommandIo): string {
  const start = note.severity === 'warning' ? 'Warning: ' : 'Note: ';
  return `${wrap(start + sentenceOf(note, service), io.columns, '  ').join('\n')}\n`;
}

/** Written files and next commands; or the files themselves, or their explanation, where nothing was to be written. */
export function resultText(outcome: Outcome, { columns, colour }: CommandIo, directory: string): string {
  const style = styleFor(colour);
  if (outcome.explanations) return explanationText(outcome.explanations, columns, style);
  if (outcome.written === null) return outcome.settled.changes.map(fileText).join('\n');
  const next = nextCommands(outcome.settled.plan, directory).map((command) => `  ${command}`);
  return `${writtenRows(outcome.written, columns, style)}\n\nNext:\n${next.join('\n')}\n`;
}

/** As `head` and `tail` show several files. */
function fileText({ path, contents }: { readonly path: string; readonly contents: string }): string {
  return `==> ${path} <==\n${contents}`;
}
