import type { Note } from '../../model/fact.ts';
import { placeIn, type Source } from './sources.ts';

/** Settings that raise an error in an `else` need a whole environment, for which no stand-ins can be made. */
export function refusesToLoad(source: Source): boolean {
  return /^else\s*:\s*\n[ \t]+raise\b/m.test(source.code);
}

/** The variable by which DEBUG, which is on by itself, is turned off: `DEBUG = 'RENDER' not in os.environ`, a default of True. */
export interface DebugSwitch {
  readonly name: string;
  readonly value: string;
  readonly source: Source;
  readonly offset: number;
}

export function debugSwitch(files: readonly Source[]): DebugSwitch | null {
  const source = files.find((file) => /^DEBUG\s*(?::[^=\n]+)?=/m.test(file.code));
  const absent = source && /^DEBUG\s*=\s*\(?\s*["'](\w+)["']\s+not\s+in\s+(?:os\.)?environ\b/m.exec(source.text);
  if (source && absent) return { name: absent[1] ?? '', value: 'true', source, offset: absent.index };
  const read =
    source &&
    /^DEBUG\s*=[^\n]*?\(\s*["'](\w+)["']\s*,(?:[^\n]*\bdefault\s*=)?\s*["']?(?:True|true|1|on|yes)\b/m.exec(
      source.text,
    );
  return source && read ? { name: read[1] ?? '', value: 'False', source, offset: read.index } : null;
}

/** Static files have a folder only where DEBUG is off. */
export function hasRootByDebug(files: readonly Source[]): boolean {
  const roots = files.flatMap((file) => [...file.code.matchAll(/^([ \t]*)STATIC_ROOT\s*=/gm)]);
  return roots.length > 0 && roots.every((match) => match[1] !== '');
}

/** DEBUG is on whatever the environment says. */
function isAlwaysDebugging(files: readonly Source[]): boolean {
  const file = files.find((one) => /^DEBUG\s*(?::[^=\n]+)?=/m.test(one.code));
  return /^DEBUG\s*(?::[^=\n]+)?=\s*True[ \t]*$/m.test(file?.code ?? '');
}

/** Whether there is a folder to collect static files into, at least with what stands in for the environment. */
export function hasStaticRoot(files: readonly Source[]): boolean {
  if (!files.some((file) => /^\s*STATIC_ROOT\s*=/m.test(file.code))) return false;
  return !hasRootByDebug(files) || !isAlwaysDebugging(files);
}

/** What the settings say that is of consequence in production. `files`: the one that is used first, then those that it takes over. */
export function djangoNotes(files: readonly Source[]): readonly Note[] {
  const refusing = files.find(refusesToLoad);
  const hasRoot = files.some((file) => /^\s*STATIC_ROOT\s*=/m.test(file.code));
  const off = debugSwitch(files);
  return [
    ...(off
      ? [
          {
            code: 'django-debug-unless',
            severity: 'warning',
            places: [placeIn(off.source, off.offset)],
            args: { setting: `${off.name}=${off.value}` },
          } as const,
        ]
      : []),
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
