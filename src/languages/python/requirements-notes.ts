import type { Note } from '../../model/fact.ts';
import type { Requirements } from './requirements-file.ts';

const REQUIREMENT_NOTES = {
  'other-machine': 'requirement-of-other-machine',
  'conda-form': 'requirement-of-conda',
  'comes-with-python': 'requirement-in-python',
  'not-a-package': 'requirement-not-found',
  'windows-only': 'requirement-left-out',
} as const;

/** What is said about lines that cannot be installed as they stand. */
export function requirementsNotes(read: Requirements): readonly Note[] {
  return [
    ...read.unusable.map(({ text, from, reason, instead }): Note => {
      const code = REQUIREMENT_NOTES[reason];
      return { code, severity: 'warning', places: [from], args: { text, instead: instead ?? 'nothing' } };
    }),
    ...read.missing.map(
      (file): Note => ({
        code: 'requirements-missing',
        severity: 'warning',
        places: [file.from],
        args: { file: file.value },
      }),
    ),
  ];
}
