import type { OutputFile } from '../model/output.ts';
import type { Target } from './target.ts';

export type Existing = 'replace' | 'beside' | 'skip';

/** What shall happen to one output file. */
export interface Change extends OutputFile {
  readonly action: 'create' | 'replace' | 'unchanged' | 'skip';
  readonly target: Target;
}

/** Output files that stand there already with other contents: what a person is to decide about. */
export function conflicts(files: readonly OutputFile[], targets: readonly Target[]): readonly Target[] {
  return targets.filter((target, index) => target.before !== null && !holds(target, files[index]));
}

/** `files` and `targets` in the same order. What differs is replaced (with a backup) or skipped. */
export function changesOf(
  files: readonly OutputFile[],
  targets: readonly Target[],
  decide: (path: string) => 'replace' | 'skip',
): readonly Change[] {
  const changes: Change[] = [];
  for (const [index, file] of files.entries()) {
    const target = targets[index];
    if (!target) continue;
    const action = target.before === null ? 'create' : holds(target, file) ? 'unchanged' : decide(file.path);
    changes.push({ ...file, target, action });
  }
  return changes;
}

function holds({ before }: Target, file: OutputFile | undefined): boolean {
  return file !== undefined && before?.equals(Buffer.from(file.contents)) === true;
}
