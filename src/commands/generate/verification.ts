import { UserError } from '../../errors.ts';
import type { CommandIo, ExitCode } from '../../model/command.ts';
import type { ImagePlan } from '../../model/plan.ts';
import { verifySubject } from '../../wizard/next-commands.ts';

/** Asks whether the image shall be built and shown to work, where an engine answers. What was written stays, whatever is said. */
export async function wantsVerification(io: CommandIo): Promise<boolean> {
  if (!(await hasEngine(io.signal))) return false;
  try {
    return await io.asker.confirm({
      message: 'Build the image now, start it, and show that it works?',
      initial: false,
    });
  } catch (error) {
    if (error instanceof UserError && error.code === 'cancelled') return false;
    throw error;
  }
}

/** Milliseconds that a person waits for an engine to answer before it counts as absent. */
const PATIENCE = 3000;

async function hasEngine(signal: AbortSignal): Promise<boolean> {
  const { findEngine } = await import('../../engine/find.ts');
  try {
    await findEngine({ engine: null, builder: null }, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]));
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

/** The `verify` command, in this process, for what was just written. */
export async function verifyWritten(plan: ImagePlan, directory: string, io: CommandIo): Promise<ExitCode> {
  const { runVerify } = await import('../verify.ts');
  const { context, dockerfile } = verifySubject(plan, directory);
  return runVerify({ directory: context, values: dockerfile === null ? {} : { dockerfile } }, io);
}
