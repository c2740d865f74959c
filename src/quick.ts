import { UserError } from './errors.ts';
import { helpText } from './ui/help.ts';
import { type Invocation, parseArguments } from './wizard/arguments.ts';

/**
 * What `--help` and `--version` print; `null` for everything else, also for a command line with a mistake in it. The build
 * makes a file of its own of this module, which starts without the loader for ECMAScript modules.
 */
export function quickAnswer(args: readonly string[], columns: () => number, version: () => string): string | null {
  const invocation = parsed(args);
  if (invocation?.values['help']) return helpText(invocation.command, columns());
  return invocation?.values['version'] ? `${version()}\n` : null;
}

function parsed(args: readonly string[]): Invocation | null {
  try {
    return parseArguments(args);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
