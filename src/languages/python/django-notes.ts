import type { Note } from '../../model/fact.ts';
import { placeIn, type Source } from './sources.ts';

/** Settings that raise an error in an `else` need a whole environment, for which no stand-ins can be made. */
export function refusesToLoad(source: Source): boolean {
  return /^else\s*:\s*\n[ \t]+raise\b/m.test(source.code);
}

/** What the settings say that is of consequence in production. `files`: the one that is used first, then those that it takes over. */
export function djangoNotes(files: readonly Source[]): readonly Note[] {
  const refusing = files.find(refusesToLoad);
  const hasRoot = files.some((file) => /^\s*STATIC_ROOT\s*=/m.test(file.code));
  return [
    ...settingNote('django-debug', files, 'DEBUG', /True[ \t]*$/m),
    ...settingNote('django-hosts', files, 'ALLOWED_HOSTS', /\[\s*\]/),
    ...(refusing && hasRoot ? [noteAt('static-uncollected', refusing, /^else\s*:\s*\n[ \t]+raise\b/m)] : []),
  ];
}

/** A note where the first file that sets a name gives it such a value. */
function settingNote(code: string, files: readonly Source[], name: string, value: RegExp): readonly Note[] {
  const assigned = new RegExp(`^${name}\\s*(?::[^=\\n]+)?=\\s*`, 'm');
  const file = files.find((one) => assigned.test(one.code));
  const found = file && new RegExp(`${assigned.source}${value.source}`, 'm').test(file.code);
  return found ? [noteAt(code, file, assigned)] : [];
}

function noteAt(code: string, file: Source, pattern: RegExp): Note {
  return { code, severity: 'warning', places: [placeIn(file, file.code.search(pattern))], args: {} };
}
