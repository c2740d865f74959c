import { readFileSync } from 'node:fs';
import { loadCompressed } from './unpack.ts';

/** The first of the program's own files. `program` is the compressed one that all else follows from. */
export function start(program: string): void {
  const args = process.argv.slice(2);
  if (args.some((word) => ['--help', '-h', '--version', '-V'].includes(word))) void answer(args, program);
  else loadCompressed(program, { keeps: true });
}

/** Help and version are asked for most often, and need nothing but the table of options. */
async function answer(args: readonly string[], program: string): Promise<void> {
  const { quickAnswer } = await import('./quick.ts');
  const text = quickAnswer(args, columns, version);
  if (text === null) loadCompressed(program, { keeps: true });
  else process.stdout.write(text);
}

function columns(): number {
  return process.stdout.columns || Number(process.env['COLUMNS']) || 80;
}

function version(): string {
  const manifest: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return manifest.version;
}
