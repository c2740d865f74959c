import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findEngine } from '../../engine/find.ts';
import type { CommandIo } from '../../model/command.ts';
import type { Comparison, Report } from '../../model/report.ts';
import { compareImages } from '../../verify/compare.ts';
import { readRequest, readWishes } from '../verify/options.ts';
import { createProgressLines } from '../verify/progress.ts';
import type { ConvertOptions, Wishes } from './options.ts';

export interface Proof {
  readonly comparison: Comparison;
  /** why the new file must not be written; `null`: it does what the old one does */
  readonly objection: string | null;
}

/** Builds and boots the old file and the new text. Throws UserError as `verify` does. */
export async function proveConversion(
  options: ConvertOptions,
  wishes: Wishes & { readonly context: string },
  text: string,
  io: CommandIo,
): Promise<Proof> {
  const folder = await mkdtemp(join(tmpdir(), 'create-multistage-docker-'));
  const progress = createProgressLines(wishes.json ? { ...io, info: () => {}, interactive: false } : io);
  try {
    const old = resolve(wishes.root, wishes.dockerfile);
    const file = join(folder, 'Dockerfile');
    await writeFile(file, text);
    if (existsSync(`${old}.dockerignore`)) await copyFile(`${old}.dockerignore`, `${file}.dockerignore`);
    const engine = await findEngine(readWishes(options), io.signal);
    // `--output` is a file here, and what the program prints for `verify`.
    const { output: _file, ...steering } = options.values;
    const values = { ...steering, dockerfile: old };
    const request = { ...readRequest({ directory: wishes.context, values }, io.cwd), rebuild: false };
    const after = { ...request, subject: { ...request.subject, dockerfile: file, shown: wishes.output } };
    const comparison = await compareImages(request, after, engine, progress.onEvent);
    return { comparison, objection: objectionTo(comparison) };
  } finally {
    progress.end();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The new image must do what the old one did: build, start, answer. What the old one could not do is not asked of it. */
export function objectionTo({ before, after }: Comparison): string | null {
  if (before.build?.failure) return `The old Dockerfile does not build: ${before.build.failure.message}`;
  if (after.build?.failure) return `The new Dockerfile does not build: ${after.build.failure.message}`;
  if (!starts(before))
    return 'The image of the old Dockerfile does not start by itself, so there is nothing to compare with.';
  if (!starts(after)) return 'The image of the new Dockerfile does not start, that of the old one does.';
  const lost = after.http.find((probe, index) => !probe.ok && before.http[index]?.ok === true);
  if (lost !== undefined) return `${lost.request} no longer answers as before.`;
  const [old, next] = [before.image?.bytes ?? 0, after.image?.bytes ?? 0];
  return next > old ? 'The new image is larger than the old one.' : null;
}

function starts(report: Report): boolean {
  return report.boots.some((boot) => boot.ready);
}
