import type { Lifecycle } from '../model/image.ts';
import { LIFECYCLES } from './lifecycles.ts';

/** Versions of a product that get security fixes on that day (ISO date), newest first; long-term ones only where the product has such. */
export function supportedVersions(product: string, today: string): readonly string[] {
  return known(product)
    .filter((row) => row.longTerm !== null && row.longTerm <= today && today <= row.end)
    .map((row) => row.version);
}

/** End of security fixes (ISO date); `null` for a version that the table does not know. */
export function endOfLife(product: string, version: string): string | null {
  return known(product).find((row) => row.version === version)?.end ?? null;
}

/** A version that the table knows and whose fixes have ended on that day. */
export function isEndOfLife(product: string, version: string, today: string): boolean {
  const end = endOfLife(product, version);
  return end !== null && end < today;
}

/** Every version that the table knows, newest first: those that images exist for. */
export function knownVersions(product: string): readonly string[] {
  return known(product).map((row) => row.version);
}

/**
 * The version for a declared range: the newest supported long-term one in it; if none of those fits, the newest that
 * does, a long-term one before another (it is then reported as at its end); `null` if nothing fits. `fits` decides, since each language has its own ranges.
 */
export function newestInRange(product: string, today: string, fits: (version: string) => boolean): string | null {
  const longTerm = known(product)
    .filter((row) => row.longTerm !== null && row.longTerm <= today)
    .map((row) => row.version);
  return (
    supportedVersions(product, today).find(fits) ?? longTerm.find(fits) ?? knownVersions(product).find(fits) ?? null
  );
}

function known(product: string): readonly Lifecycle[] {
  return LIFECYCLES[product] ?? [];
}
