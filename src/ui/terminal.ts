import { isatty } from 'node:tty';
import type { Asker, CommandIo } from '../model/command.ts';

/** The parts of `process` that are looked at, so that tests can make their own. */
export interface Surroundings {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  cwd(): string;
}

export interface Terminal {
  /** standard input and output are terminals, and `CI` is not set: questions may be asked */
  readonly interactive: boolean;
  readonly colour: boolean;
  readonly columns: number;
}

const USUAL_COLUMNS = 80;

/** Standard input is asked about by its number: to open it takes as long as the whole help does. */
export function readTerminal({ stdout, env }: Pick<Surroundings, 'stdout' | 'env'>): Terminal {
  const isTerminal = stdout.isTTY === true && env['TERM'] !== 'dumb';
  const columns = stdout.columns || Number(env['COLUMNS']);
  return {
    interactive: isTerminal && isatty(0) && !isSet(env['CI']),
    colour: isTerminal && !env['NO_COLOR'],
    columns: Number.isInteger(columns) && columns > 0 ? columns : USUAL_COLUMNS,
  };
}

/** `CI=false` and `CI=0` switch it off. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false'].includes(value);
}

/** `today` is an ISO date; `signal` is aborted by Ctrl-C and SIGTERM. Prompts are loaded only where questions may be asked. */
export async function terminalIo(
  around: Surroundings,
  { interactive, colour, columns }: Terminal,
  { today, signal }: { readonly today: string; readonly signal: AbortSignal },
): Promise<CommandIo> {
  const out = (text: string) => void around.stdout.write(text);
  const info = (text: string) => void around.stderr.write(text);
  const asker = interactive ? await prompts(around, { colour, signal }) : silentAsker(info);
  return { out, info, interactive, colour, columns, cwd: around.cwd(), today, signal, asker };
}

async function prompts(
  { stdin, stdout }: Surroundings,
  options: { readonly colour: boolean; readonly signal: AbortSignal },
): Promise<Asker> {
  const { promptAsker } = await import('./prompts.ts');
  return promptAsker({ input: stdin, output: stdout, ...options });
}

/** Nobody is there to answer: a question put all the same is a mistake of ours, and must not wait for ever. */
function silentAsker(info: (text: string) => void): Asker {
  const refuse = (question: { readonly message: string }) =>
    Promise.reject(new Error(`asked without a terminal: ${question.message}`));
  return { select: refuse, text: refuse, confirm: refuse, note: (title, text) => info(`${title}\n${text}\n`) };
}
