import { joinPath } from '../../project/search.ts';
import { pathReader } from './path-names.ts';
import { isKnown, UNKNOWN } from './path-value.ts';
import type { Source } from './sources.ts';

/** Where collected static files are put. */
export interface StaticRoot {
  /** in the container */
  readonly path: string;
  /** some files are sure to be collected, so the folder is made by that */
  readonly isFilled: boolean;
}

/** Folders that the program may have as its own, beside the one of the project. */
const PLACE = /^\/(?!app$|(?:bin|dev|etc|lib\w*|proc|root|run|sbin|sys|tmp|usr|opt\/venv)(?:\/|$))[\w./-]+$/;

/** STATIC_ROOT of the settings; `null` where it is not known. `workdir` is the folder of manage.py. */
export function staticRoot(
  sources: readonly Source[],
  settings: readonly Source[],
  workdir: string,
): StaticRoot | null {
  const base = `/${joinPath('app', workdir)}`;
  const reader = pathReader(sources, settings, base, '/app');
  for (const file of settings) {
    const match = /^[ \t]*STATIC_ROOT\s*=\s*/m.exec(file.code);
    if (!match) continue;
    const value = reader.read(file, match.index + match[0].length);
    const path = `/${joinPath(value.startsWith('/') ? value : `${base}/${value}`)}`;
    if (!isKnown(value) || value.includes(UNKNOWN) || !PLACE.test(path)) return null;
    const isFilled = settings.some(
      (one) =>
        /^\s*STATICFILES_DIRS\s*=/m.test(one.code) ||
        one.strings.some((text) => /^django\.contrib\.admin$|ManifestStaticFilesStorage$/.test(text.value)),
    );
    return sources.some((source) => `/app/${source.path}`.startsWith(`${path}/`)) ? null : { path, isFilled };
  }
  return null;
}
