import type { Note } from '../../model/fact.ts';
import { joinPath } from '../../project/search.ts';
import type { PythonFacts } from './facts.ts';
import type { Step } from './install-step.ts';

/** Folders with the sticky bit: anybody may write there, and nobody may change what belongs to root. */
export function writableStep(facts: PythonFacts): readonly Step[] {
  if (facts.writable.length === 0) return [];
  const base = joinPath(facts.application?.workdir ?? '.');
  const folders = facts.writable.map((fact) => joinPath('writable/app', base, fact.value)).map((path) => `/${path}`);
  const run = { mounts: [], commands: [`install -d -m 1777 ${folders.join(' ')}`] };
  return [{ comment: 'Folders that the program writes into', copies: [], ignore: null, run }];
}

export function writableNote(facts: PythonFacts): Note {
  const folders = facts.writable.map((fact) => `/${joinPath('app', facts.application?.workdir ?? '.', fact.value)}`);
  return {
    code: 'writable-folders',
    severity: 'info',
    places: facts.writable.map((fact) => fact.from),
    args: { folders: folders.join(', ') },
  };
}
