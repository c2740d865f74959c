import { readFileSync, realpathSync } from 'node:fs';
import { parse, relative, resolve } from 'node:path';
import { type Conversion, type ConvertInput, convertDockerfile } from '../convert/convert.ts';
import { reportConversion } from '../convert/report.ts';
import { refusalSentence } from '../convert/sentences.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';
import { UserError } from '../errors.ts';
import { chooseContext } from '../lint/context-choice.ts';
import type { CommandIo, ExitCode } from '../model/command.ts';
import { openDirectory } from '../project/directory.ts';
import { styleFor } from '../ui/style.ts';
import { changesOf } from '../write/changes.ts';
import { readTarget, type Target } from '../write/target.ts';
import type { WrittenFile } from '../write/write.ts';
import { type ConvertOptions, readConvertOptions, type Wishes } from './convert/options.ts';
import type { Proof } from './convert/proof.ts';
import { conversionScreen } from './convert/screen.ts';

export type { ConvertOptions } from './convert/options.ts';

/**
 * Converts a single-stage Dockerfile. 0: converted, shown (`--dry-run`), or several stages already; 1: refused, or the new
 * image does not do what the old one does. Throws UserError `dockerfile-missing`, `answer-needed`, `cancelled` and the like.
 */
export async function runConvert(options: ConvertOptions, io: CommandIo): Promise<ExitCode> {
  const wishes = readConvertOptions(options, io.cwd);
  const { before, context, input } = readInput(wishes);
  const harden = await wantedImprovements(wishes, io);
  const conversion = convertDockerfile({ ...input, harden, runtimeImage: wishes.runtimeImage });
  if (conversion.kind !== 'converted') return sayWhyNot(conversion, wishes, io);
  const report = reportConversion(conversion, io.today);
  if (!wishes.json) io.info(conversionScreen(before, conversion.text, report, io.columns, styleFor(io.colour)));
  // before minutes of building
  const target = wishes.dryRun ? null : targetOf(wishes, io);
  const proof = wishes.verify ? await prove(options, { ...wishes, context }, conversion.text, io) : null;
  const isRefused = proof !== null && proof.objection !== null;
  const written = target === null || isRefused ? null : await write(target, wishes, conversion.text, io);
  if (wishes.json)
    io.out(`${JSON.stringify({ kind: 'converted', dockerfile: conversion.text, report, proof, written }, null, 2)}\n`);
  else if (isRefused) io.info(`${proof.objection}\nNothing was written.\n`);
  else if (wishes.dryRun) io.out(conversion.text);
  else if (written !== null) io.out(writtenText(written));
  return isRefused ? 1 : 0;
}

/** The file with its build context: the folder, of those above it, that has what the file copies. */
function readInput(wishes: Wishes): { before: string; context: string; input: ConvertInput } {
  const project = openDirectory(wishes.root);
  // as it is, with its byte order mark: what comes before the first instruction stays too
  const before = readFileSync(resolve(wishes.root, wishes.dockerfile), 'utf8');
  const chosen = chooseContext(project, wishes.dockerfile, parseDockerfile(before));
  // `COPY .` alone speaks for no folder: one that holds nothing but Dockerfiles is none
  const isEmpty = project.entries(chosen.directory).every(({ name }) => /dockerfile|dockerignore/i.test(name));
  const directory = !chosen.isSure && isEmpty ? '.' : chosen.directory;
  const context = resolve(wishes.root, directory);
  const ignore = project.source(`${wishes.dockerfile}.dockerignore`);
  const contents = directory === '.' ? project : openDirectory(context);
  return { before, context, input: { text: before, project: contents, context: '.', ignore } };
}

const IMPROVEMENTS = [
  { id: 'non-root', message: 'Run as a user that is not root?' },
  { id: 'exec-form', message: 'Write the command in exec form, where it needs no shell?' },
  { id: 'health-check', message: 'Add a health check?' },
] as const;

/** With `--harden`: each is asked for where somebody can be asked, so that it can be declined. */
async function wantedImprovements(wishes: Wishes, io: CommandIo): Promise<(typeof IMPROVEMENTS)[number]['id'][]> {
  if (!wishes.harden) return [];
  const wanted: (typeof IMPROVEMENTS)[number]['id'][] = [];
  for (const { id, message } of IMPROVEMENTS) {
    const isAsked = io.interactive && !wishes.yes && !wishes.json && !wishes.dryRun;
    if (!isAsked || (await io.asker.confirm({ message, initial: true }))) wanted.push(id);
  }
  return wanted;
}

function sayWhyNot(conversion: Exclude<Conversion, { kind: 'converted' }>, wishes: Wishes, io: CommandIo): ExitCode {
  if (conversion.kind === 'unchanged') {
    const sentence = `${wishes.dockerfile} has ${conversion.stages} stages already: nothing to convert.`;
    io.out(
      wishes.json ? `${JSON.stringify({ kind: 'unchanged', stages: conversion.stages }, null, 2)}\n` : `${sentence}\n`,
    );
    return 0;
  }
  const { reason, line } = conversion.refusal;
  const sentence = refusalSentence(reason);
  if (wishes.json)
    io.out(`${JSON.stringify({ kind: 'refused', code: reason.code, line, reason: sentence }, null, 2)}\n`);
  else
    io.info(
      `${wishes.dockerfile}${line === null ? '' : `:${line}`} is not converted.\n${sentence}\nNothing was written.\n`,
    );
  return 1;
}

async function prove(
  options: ConvertOptions,
  wishes: Wishes & { context: string },
  text: string,
  io: CommandIo,
): Promise<Proof> {
  const { proveConversion } = await import('./convert/proof.ts');
  const proof = await proveConversion(options, wishes, text, io);
  if (wishes.json) return proof;
  const { comparisonScreen } = await import('./verify/screen.ts');
  io.info(`${comparisonScreen(proof.comparison, io.columns, styleFor(io.colour))}\n`);
  return proof;
}

/** Where the new file goes; `null`: nowhere. Throws UserError `answer-needed`, `target-unwritable`. */
function targetOf(wishes: Wishes, io: CommandIo): Target | null {
  if (!wishes.yes && wishes.json) return null;
  if (!wishes.yes && !io.interactive) {
    throw new UserError(
      'answer-needed',
      'Nobody can be asked whether to write the new file.',
      'Give --yes to write it, or --dry-run to see it.',
    );
  }
  const path = resolve(wishes.root, wishes.output);
  // links must not lead out of the project; a path that does was given on purpose
  const isOutside = relative(wishes.root, path).startsWith('..');
  return isOutside ? readTarget(parse(path).root, path) : readTarget(realpathSync(wishes.root), wishes.output);
}

/** Asks first where nobody said `--yes`. Throws UserError `target-unwritable`, `cancelled`. */
async function write(
  target: Target,
  wishes: Wishes,
  text: string,
  io: CommandIo,
): Promise<readonly WrittenFile[] | null> {
  if (!wishes.yes) {
    const message = `Write ${wishes.output}? The old file is kept.`;
    if (!(await io.asker.confirm({ message, initial: true }))) return null;
  }
  const [{ writeChanges }, { realDisk }] = await Promise.all([import('../write/write.ts'), import('../write/disk.ts')]);
  if (io.signal.aborted) throw new UserError('cancelled', 'Cancelled.', 'Nothing was written.');
  return writeChanges(
    changesOf([{ path: target.path, contents: text }], [target], () => 'replace'),
    realDisk,
  );
}

function writtenText(written: readonly WrittenFile[]): string {
  return written
    .map(({ path, action, backup }) => `${path} ${action}${backup === null ? '' : `, the old one is ${backup}`}.\n`)
    .join('');
}
