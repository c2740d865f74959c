import type { Fact, Note } from '../../model/fact.ts';
import type { PythonFacts } from './facts.ts';
import type { Step } from './install-step.ts';

export function hasWritable({ writable }: PythonFacts): boolean {
  return writable.folders.length + writable.logs.length > 0;
}

/** Folders with the sticky bit: anybody may write there, and nobody may change what belongs to root. */
export function writableStep(facts: PythonFacts): readonly Step[] {
  if (!hasWritable(facts)) return [];
  const { folders, logs } = facts.writable;
  const inStage = (paths: typeof folders) => paths.map((fact) => `/writable${fact.value}`).join(' ');
  const commands = [
    ...(folders.length > 0 ? [`install -d -m 1777 ${inStage(folders)}`] : []),
    ...logs.map((log) => `install -D -m 666 /dev/null ${inStage([log])}`),
  ];
  const comment = folders.length > 0 ? 'Folders that the program writes into' : 'The log file that the program writes';
  return [{ comment, copies: [], ignore: null, run: { mounts: [], commands } }];
}

/** A volume keeps the data of a folder; over a folder with source in it, it would hide the program. */
export function writableNotes({ writable, shipsSource }: PythonFacts): readonly Note[] {
  const beside = [
    ...writable.folders.filter((fact) => shipsSource && writable.besideSource.includes(fact.value)),
    ...writable.logs,
  ];
  const apart = writable.folders.filter((fact) => !beside.includes(fact));
  return [...noteOf('writable-folders', apart), ...noteOf('writable-folders-beside-source', beside)];
}

function noteOf(code: string, facts: readonly Fact[]): readonly Note[] {
  if (facts.length === 0) return [];
  const args = { folders: facts.map((fact) => fact.value).join(', ') };
  return [{ code, severity: 'info', places: facts.map((fact) => fact.from), args }];
}
