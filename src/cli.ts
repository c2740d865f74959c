import { runGenerate } from './commands/generate.ts';
import { UserError } from './errors.ts';

try {
  process.exitCode = await runGenerate(
    { directory: process.argv[2] ?? '.', answers: {} },
    {
      out: (text) => process.stdout.write(text),
      info: (text) => process.stderr.write(text),
      interactive: false,
      colour: false,
      columns: 80,
      cwd: process.cwd(),
      today: new Date().toISOString().slice(0, 10),
      signal: new AbortController().signal,
      asker: undefined as never,
    },
  );
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n${error.hint}\n`);
  process.exitCode = 2;
}
