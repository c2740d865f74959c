import type { Language } from './language.ts';
import { java } from './java/index.ts';
import { node } from './node/index.ts';
import { python } from './python/index.ts';

/** Every language, one line each. Order has no meaning: evidence is ranked by its strength. */
export const LANGUAGES: readonly Language[] = [java, node, python];

/** The language of that id. An unknown id is a mistake of ours: users choose from the list. */
export function languageOf(id: string): Language {
  const language = LANGUAGES.find((one) => one.id === id);
  if (!language) throw new Error(`no language ${id}`);
  return language;
}
