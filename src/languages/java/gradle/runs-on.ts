import { isAtLeast } from '../dependency.ts';
import { IMAGE_VERSIONS } from '../versions.ts';

/** The first Gradle that runs on a Java version. Source: docs.gradle.org, compatibility matrix. */
const RUNS_ON: readonly (readonly [java: string, gradle: string])[] = [
  ['8', '2.0'],
  ['11', '5.0'],
  ['17', '7.3'],
  ['21', '8.5'],
  ['25', '9.1'],
  ['26', '9.4'],
];

/** Gradle 9 itself needs this. */
const NEWEST_FLOOR = '17';

/**
 * The JDK for the build stage: the wanted one where this Gradle runs on it, otherwise the nearest that it does run on.
 * An unknown Gradle is taken for a new one.
 */
export function jdkFor(gradle: string | null, wanted: string): string {
  if (gradle === null) return wanted;
  const low = isAtLeast(gradle, '9.0') ? NEWEST_FLOOR : '8';
  const high = RUNS_ON.filter(([, since]) => isAtLeast(gradle, since)).at(-1)?.[0] ?? '8';
  const fits = IMAGE_VERSIONS.filter((one) => Number(one) >= Number(low) && Number(one) <= Number(high));
  if (fits.some((one) => one === wanted)) return wanted;
  return Number(wanted) < Number(low) ? low : (fits.at(-1) ?? wanted);
}
