import type { Fact, Place } from '../../model/fact.ts';

/** A library that a build names, whichever tool it is. */
export interface Dependency {
  readonly group: string;
  readonly name: string;
  /** `null`: managed by a parent or a bill of materials that is not in the project */
  readonly version: Fact | null;
  readonly scope: string | null;
  readonly type: string;
  readonly classifier: string | null;
  readonly place: Place;
}

/** What is there when the program runs: neither tests nor what a server brings along. */
export function isRuntime(dependency: Dependency): boolean {
  return !['test', 'provided', 'import', 'system'].includes(dependency.scope ?? '') && dependency.type !== 'pom';
}

/** The first dependency whose `group:name` fits. */
export function findDependency(dependencies: readonly Dependency[], pattern: RegExp): Dependency | null {
  return dependencies.find((one) => pattern.test(`${one.group}:${one.name}`)) ?? null;
}

/** Leading numbers of a version: `3.5.16` is [3, 5, 16], `2.1.0.RELEASE` [2, 1, 0]; empty where it starts with none. */
function versionNumbers(version: string): readonly number[] {
  const numbers: number[] = [];
  for (const part of version
    .trim()
    .replace(/^v/, '')
    .split(/[.\-+_]/)) {
    if (!/^\d+/.test(part)) break;
    numbers.push(Number.parseInt(part, 10));
  }
  return numbers;
}

/** `isAtLeast('3.10.1', '3.3')`; an unknown version is not. */
export function isAtLeast(version: string, floor: string): boolean {
  const [have, want] = [versionNumbers(version), versionNumbers(floor)];
  if (have.length === 0) return false;
  for (let at = 0; at < want.length; at += 1) {
    const difference = (have[at] ?? 0) - (want[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
