import type { ExitCode } from '../../model/command.ts';
import { joinPath } from '../../project/search.ts';
import { verifySubject } from '../../wizard/next-commands.ts';
import { isSingleStage } from './files.ts';
import type { Service } from './service.ts';
import type { Session } from './session.ts';

/**
 * A single-stage Dockerfile is there already: asks whether to convert it instead, since that keeps what the container does.
 * `null`: there is none, or a new one is wanted.
 */
export async function offerConversion(session: Session, { facts }: Service): Promise<(() => Promise<ExitCode>) | null> {
  const { io, project, given, options } = session;
  if (given['existing'] !== undefined || given['dockerfile'] !== undefined || options.explain) return null;
  const places = [...new Set([facts.directory, facts.context])].map((directory) => joinPath(directory, 'Dockerfile'));
  const dockerfile = places.find((path) => isSingleStage(project.source(path) ?? ''));
  if (dockerfile === undefined) return null;
  const answer = await io.asker.select({
    message: `${dockerfile} is there and has a single stage. What shall become of it?`,
    options: [
      { value: 'convert', label: 'Make it multi-stage', hint: 'the container behaves as before' },
      { value: 'new', label: 'Write a new one', hint: 'from what the project says; the old one is kept' },
    ],
    initial: 'convert',
  });
  if (answer === 'new') return null;
  return async () => {
    const { runConvert } = await import('../convert.ts');
    const subject = verifySubject({ context: facts.context, dockerfile }, options.directory);
    const values = {
      ...(subject.dockerfile !== null && { dockerfile: subject.dockerfile }),
      ...(options.dryRun && { 'dry-run': true as const }),
    };
    return runConvert({ directory: subject.context, values }, io);
  };
}
