import { readLines } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import { type Application, EMPTY, type Search } from './application.ts';
import { hasPackage } from './dependencies.ts';

const FILES = ['production.ini', 'prod.ini', 'app.ini', 'development.ini'];

/** Port that the scaffolds of Pyramid name. */
const USUAL_PORT = 6543;

/**
 * Pyramid and its like: a settings file of PasteDeploy names the application by the entry point of its package (`use = egg:shop`), and Gunicorn
 * loads it from there.
 */
export function pasteApplication(search: Search): Application | null {
  if (!['pyramid', 'pastedeploy', 'turbogears2'].some((name) => hasPackage(search.dependencies, name))) return null;
  for (const file of FILES) {
    const lines = readLines(search.project, joinPath(search.directory, file)) ?? [];
    const named = lines.find(({ text }) => /^use\s*=\s*egg:[\w.#-]+\s*$/.test(text) && !/waitress|gunicorn/.test(text));
    if (!named) continue;
    return {
      ...EMPTY,
      kind: 'web',
      framework: 'Pyramid',
      speaks: 'wsgi',
      server: 'gunicorn',
      options: ['--bind', '0.0.0.0:{port}', '--paste'],
      target: file,
      usualPort: portOf(lines) ?? USUAL_PORT,
      from: named.place,
      holds: 'egg:',
      needs: ['gunicorn'],
    };
  }
  return null;
}

function portOf(lines: readonly { readonly text: string }[]): number | null {
  const text = lines.map((line) => /^(?:listen\s*=.*:|port\s*=\s*)(\d{4,5})\s*$/.exec(line.text)?.[1]).find(Boolean);
  return text === undefined ? null : Number(text);
}
