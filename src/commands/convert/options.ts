import { existsSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { UserError } from '../../errors.ts';
import type { Values } from '../../wizard/arguments.ts';

/** What was asked for, as it was written. */
export interface ConvertOptions {
  /** a directory, or the Dockerfile itself */
  readonly directory: string;
  readonly values: Values;
}

/** The file to convert and what shall become of it. */
export interface Wishes {
  /** the directory that was named; for a Dockerfile, the current one where it lies below, else its own; absolute */
  readonly root: string;
  /** path of the Dockerfile below it */
  readonly dockerfile: string;
  /** path of the new file below it; the old one's by default */
  readonly output: string;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly harden: boolean;
  readonly verify: boolean;
  readonly runtimeImage: string | null;
}

/** Throws UserError `directory-missing`, `dockerfile-missing`. */
export function readConvertOptions({ directory, values }: ConvertOptions, cwd: string): Wishes {
  const named = resolve(cwd, directory);
  if (!existsSync(named)) {
    throw new UserError('directory-missing', `There is no ${directory}.`, 'Name a directory, or a Dockerfile.');
  }
  const isDirectory = statSync(named).isDirectory();
  const isBelow = !isDirectory && !relative(cwd, named).startsWith('..');
  const root = isDirectory ? named : isBelow ? cwd : dirname(named);
  const dockerfile = isDirectory ? (text(values, 'dockerfile') ?? 'Dockerfile') : relative(root, named);
  if (!existsSync(resolve(root, dockerfile))) {
    throw new UserError(
      'dockerfile-missing',
      `There is no ${dockerfile} in ${directory}.`,
      'Name it with --dockerfile FILE, or make one: create-multistage-docker.',
    );
  }
  return {
    root,
    dockerfile,
    output: text(values, 'output') ?? dockerfile,
    yes: values['yes'] === true,
    dryRun: values['dry-run'] === true,
    json: values['json'] === true,
    harden: values['harden'] === true,
    verify: values['verify'] === true,
    runtimeImage: text(values, 'runtime-image'),
  };
}

function text(values: Values, name: string): string | null {
  const value = values[name];
  return typeof value === 'string' ? value : null;
}
