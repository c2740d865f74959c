import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { firstMatch } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';

/** Files beside a service that people keep its port in, and the pattern whose first group is the port. */
const HINTS: readonly (readonly [string, RegExp])[] = [
  ['.env.example', /^(?:export\s+)?(?:APP_|SERVER_|HTTP_)?PORT\s*=\s*["']?(\d{2,5})\b/m],
  ['.env.sample', /^(?:export\s+)?(?:APP_|SERVER_|HTTP_)?PORT\s*=\s*["']?(\d{2,5})\b/m],
  ['Dockerfile', /^EXPOSE\s+(\d{2,5})\b/im],
];

/** The port that example settings or an earlier Dockerfile name; `null` where none does. */
export function hintedPort(project: Project, directory: string): Fact<number> | null {
  for (const [file, pattern] of HINTS) {
    const fact = firstMatch(project, joinPath(directory, file), pattern);
    const port = fact && portFact(fact);
    if (port) return port;
  }
  return null;
}

/** A text as a port; `null` outside 1–65535. */
export function portFact(fact: Fact): Fact<number> | null {
  const value = Number(fact.value);
  if (!Number.isInteger(value) || value < 1 || value > 65_535) return null;
  return { value, from: fact.from, holds: fact.holds ?? fact.value };
}
