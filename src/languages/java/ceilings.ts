import type { Fact } from '../../model/fact.ts';
import { type Dependency, findDependency, isAtLeast } from './dependency.ts';

/**
 * Old libraries that do not work on the newest Java: `group:name`, and by rising version the Java that versions below it
 * still work on. They only count where a project declares no Java version at all.
 */
const CEILINGS: readonly (readonly [RegExp, readonly (readonly [string, string])[]])[] = [
  [
    /^org\.projectlombok:lombok$/,
    [
      ['1.18.22', '11'],
      ['1.18.30', '17'],
    ],
  ],
  [
    /^org\.springframework\.boot:/,
    [
      ['2.0', '8'],
      ['2.5', '11'],
      ['2.7', '17'],
    ],
  ],
];

/** The lowest ceiling of a project's libraries, lower than the default; `null` where nothing old is in it. */
export function javaCeiling(dependencies: readonly Dependency[]): Fact | null {
  const ceilings: Fact[] = [];
  for (const [pattern, steps] of CEILINGS) {
    const version = findDependency(dependencies, pattern)?.version;
    const java = version && steps.find(([below]) => !isAtLeast(version.value, below) && /^\d/.test(version.value))?.[1];
    if (version && java) ceilings.push({ value: java, from: version.from, holds: version.holds ?? version.value });
  }
  return ceilings.sort((a, b) => Number(a.value) - Number(b.value))[0] ?? null;
}
