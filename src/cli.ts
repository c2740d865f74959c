import { readFileSync } from 'node:fs';
import { UserError } from './errors.ts';
import type { CommandIo, ExitCode } from './model/command.ts';
import { quickAnswer } from './quick.ts';
import { readTerminal, terminalIo } from './ui/terminal.ts';
import { printable } from './ui/text.ts';
import { answersIn, type Invocation, parseArguments, type Values } from './wizard/arguments.ts';

const MISTAKE_HINT =
  'Please report it with the command that you ran: `npm bugs create-multistage-docker` opens the page. CREATE_MULTISTAGE_DOCKER_DEBUG=1 shows where it happened.';

// A reader that has seen enough closes the pipe (`| head`): that is no mistake.
process.stdout.on('error', (error) => {
  if (!('code' in error) || error.code !== 'EPIPE') throw error;
});
main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});

/** The one place that prints errors and sets exit codes. */
async function main(args: readonly string[]): Promise<ExitCode> {
  try {
    const quick = quickAnswer(args, () => readTerminal(process).columns, packageVersion);
    if (quick === null) return await run(parseArguments(args));
    process.stdout.write(quick);
    return 0;
  } catch (error) {
    return report(error, args.includes('--json'));
  }
}

/** The manifest is two levels up from here both in the sources and in the package. */
function packageVersion(): string {
  const manifest: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return manifest.version;
}

async function run(invocation: Invocation): Promise<ExitCode> {
  const { values, positionals } = invocation;
  const cancellation = cancelOnSignals();
  const terminal = readTerminal(process);
  const interactive = terminal.interactive && !values['yes'] && !values['json'];
  const today = dateOf(values) ?? new Date().toISOString().slice(0, 10);
  const io = await terminalIo(process, { ...terminal, interactive }, { today, signal: cancellation });
  const code = await runCommand(invocation, positionals[0] ?? '.', io);
  return cancellation.aborted ? 130 : code;
}

async function runCommand({ command, values }: Invocation, directory: string, io: CommandIo): Promise<ExitCode> {
  if (command === 'verify') {
    const { runVerify } = await import('./commands/verify.ts');
    return runVerify({ directory, values }, io);
  }
  if (command === 'check') {
    const { readCheckOptions, runCheck } = await import('./commands/check.ts');
    return runCheck(readCheckOptions(directory, values, packageVersion()), io);
  }
  if (command === 'convert') {
    const { runConvert } = await import('./commands/convert.ts');
    return runConvert({ directory, values }, io);
  }
  const { runGenerate } = await import('./commands/generate.ts');
  return runGenerate(
    {
      directory,
      answers: answersIn(values),
      answersFile: text(values, 'answers'),
      saveAnswers: text(values, 'save-answers'),
      printQuestions: values['print-questions'] === true,
      explain: values['explain'] === true,
      yes: values['yes'] === true,
      dryRun: values['dry-run'] === true,
      json: values['json'] === true,
      force: values['force'] === true,
    },
    io,
  );
}

function text(values: Values, name: string): string | null {
  const given = values[name];
  return typeof given === 'string' ? given : null;
}

function dateOf(values: Values): string | null {
  const date = text(values, 'date');
  if (date === null || (/^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date)))) return date;
  throw new UserError('usage', `--date ${date}: there is no such day.`, 'Write it as 2026-01-31.');
}

/** The first signal asks the command to clean up and end; a second one does not wait for it. */
function cancelOnSignals(): AbortSignal {
  const cancellation = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (cancellation.signal.aborted) process.exit(130);
      cancellation.abort();
    });
  }
  return cancellation.signal;
}

function report(error: unknown, asJson: boolean): ExitCode {
  const { code, message, hint } = describe(error);
  if (asJson) process.stdout.write(`${JSON.stringify({ error: { code, message, hint } }, null, 2)}\n`);
  else if (code !== 'cancelled' || hint !== '') process.stderr.write(`${printable(message)}\n${printable(hint)}\n`);
  return code === 'cancelled' ? 130 : 2;
}

function describe(error: unknown): { readonly code: string; readonly message: string; readonly hint: string } {
  if (error instanceof UserError) return error;
  const isDebugging = process.env['CREATE_MULTISTAGE_DOCKER_DEBUG'] === '1';
  const first = error instanceof Error ? error.message.split('\n')[0] : String(error);
  const message = `This is a mistake in create-multistage-docker, not in your project: ${first?.slice(0, 300)}`;
  const hint = isDebugging && error instanceof Error ? (error.stack ?? '') : MISTAKE_HINT;
  return { code: 'internal', message, hint };
}
