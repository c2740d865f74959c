import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { joinPath } from '../../project/search.ts';
import type { Application } from './application.ts';
import { type Dependencies, hasPackage } from './dependencies.ts';
import { placeIn, type Source } from './sources.ts';

/**
 * The command by which the project itself makes or changes the tables of its database; `null` where it has none. It is never run by
 * the image: two containers that start together would both run it.
 */
export function databaseCommand(
  project: Project,
  directory: string,
  application: Application | null,
  dependencies: Dependencies,
  reached: readonly Source[],
): Fact | null {
  if (!application) return null;
  const isThere = (file: string) => project.isFile(joinPath(directory, file));
  const { django } = application;
  if (django) {
    const file = django.manage?.slice(django.folder === '.' ? 0 : django.folder.length + 1) ?? null;
    return { value: `python ${file ?? '-m django'} migrate`, from: application.from, holds: '' };
  }
  const flask = application.framework === 'Flask' ? `flask --app ${(application.target ?? '').split(':')[0]}` : null;
  const migrations = joinPath(application.workdir, 'migrations/env.py');
  if (flask && hasPackage(dependencies, 'flask-migrate') && isThere(migrations))
    return { value: `${flask} db upgrade`, from: joinPath(directory, migrations), holds: '' };
  const alembic = joinPath(application.workdir, 'alembic.ini');
  if (isThere(alembic)) return { value: 'alembic upgrade head', from: joinPath(directory, alembic), holds: '' };
  return flask ? ownCommand(flask, reached) : null;
}

/** `@click.command("init-db")`, which Flask knows by the application that it is added to. */
function ownCommand(flask: string, reached: readonly Source[]): Fact | null {
  for (const source of reached) {
    for (const match of source.code.matchAll(/^[ \t]*@[\w.]*\bcommand\(\s*(?=["'])/gm)) {
      const text = source.strings.find((one) => one.start === match.index + match[0].length);
      if (text && /^(?:init|create|setup)[-_]?(?:db|database|tables)$/.test(text.value))
        return { value: `${flask} ${text.value}`, from: placeIn(source, text.start), holds: text.value };
    }
  }
  return null;
}
