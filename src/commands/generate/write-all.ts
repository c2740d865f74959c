import { resolve } from 'node:path';
import { UserError } from '../../errors.ts';
import type { Answers } from '../../model/question.ts';
import { answersText } from '../../wizard/answers-file.ts';
import type { Change } from '../../write/changes.ts';
import type { WrittenFile } from '../../write/write.ts';
import type { Service } from './service.ts';
import type { Session } from './session.ts';

/** Writes the files, and the answers where `--save-answers` asks for it. Throws UserError `target-unwritable`, `cancelled`. */
export async function writeAll(
  { io, options, given }: Session,
  { facts }: Service,
  answers: Answers,
  changes: readonly Change[],
): Promise<readonly WrittenFile[]> {
  const [{ writeChanges, writeText }, { realDisk }] = await Promise.all([
    import('../../write/write.ts'),
    import('../../write/disk.ts'),
  ]);
  if (io.signal.aborted) throw new UserError('cancelled', 'Cancelled.', 'Nothing was written.');
  const written = await writeChanges(changes, realDisk);
  if (options.saveAnswers !== null) {
    const { dockerfile, existing } = given;
    const beside = { ...(dockerfile && { dockerfile }), ...(existing && { existing }) };
    const all = { service: facts.directory, language: facts.language, ...answers, ...beside };
    await writeText(resolve(io.cwd, options.saveAnswers), answersText(all), realDisk);
  }
  return written;
}
