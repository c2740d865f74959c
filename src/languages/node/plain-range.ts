/** Versions from `from` up to, not including, `below`, each as one number. */
interface Interval {
  readonly from: number;
  readonly below: number;
}

const ALL: Interval = { from: 0, below: Number.POSITIVE_INFINITY };
/** Parts of a version as digits of one number; what does not fit is no plain version. */
const MINOR = 1e5;
const MAJOR = MINOR * MINOR;

const COMPARATOR = /^(\^|~|>=|<|=?)v?(\d{1,5}|[*xX])(?:\.(\d{1,5}|[*xX]))?(?:\.(\d{1,5}|[*xX]))?$/;
const VERSION = /^(\d{1,5})\.(\d{1,5})\.(\d{1,5})$/;

/**
 * Whether a range allows a version, for the forms that manifests and lock files have by the thousand: `^1.2`, `~1.2.3`,
 * `>= 1 < 3`, `1.x || 2`, `*`. `null`: the library has to say (tags, URLs, pre-releases, the rarer signs).
 */
export function plainlyAllows(range: string, version: string): boolean | null {
  const [, major, minor, patch] = VERSION.exec(version) ?? [];
  const intervals = intervalsOf(range);
  if (major === undefined || intervals === null) return null;
  const at = asNumber([Number(major), Number(minor), Number(patch)]);
  return intervals.some(({ from, below }) => from <= at && at < below);
}

/** Whether a range allows any version of a major one; `null` as above. */
export function plainlyMeets(range: string, major: number): boolean | null {
  const from = major * MAJOR;
  return intervalsOf(range)?.some((one) => one.from < from + MAJOR && from < one.below) ?? null;
}

function intervalsOf(range: string): readonly Interval[] | null {
  const found: Interval[] = [];
  for (const part of range.split('||')) {
    let interval = ALL;
    for (const comparator of part.replaceAll(/([<>=^~])\s+/g, '$1').split(/\s+/)) {
      const one = comparator === '' ? ALL : intervalOf(comparator);
      if (one === null) return null;
      interval = { from: Math.max(interval.from, one.from), below: Math.min(interval.below, one.below) };
    }
    if (interval.from < interval.below) found.push(interval);
  }
  return found;
}

function intervalOf(comparator: string): Interval | null {
  const [, sign, ...words] = COMPARATOR.exec(comparator) ?? [];
  if (sign === undefined) return null;
  const given = words.filter((word) => word !== undefined).map(Number);
  const end = given.findIndex(Number.isNaN);
  const parts = end === -1 ? given : given.slice(0, end);
  if (given.slice(parts.length).some((part) => part >= 0)) return null;
  if (parts.length === 0) return sign === '<' ? null : ALL;
  const from = asNumber(parts);
  if (sign === '>=') return { from, below: ALL.below };
  if (sign === '<') return { from: 0, below: from };
  return { from, below: asNumber(after(parts, sign)) };
}

/** The first version that is too new: the last part given is what may not change, or the one that the sign protects. */
function after(parts: readonly number[], sign: string): readonly number[] {
  const firstSet = parts.findIndex((part) => part > 0);
  const protectedPart = sign === '^' ? (firstSet === -1 ? 2 : firstSet) : sign === '~' ? 1 : 2;
  const at = Math.min(protectedPart, parts.length - 1);
  return parts.slice(0, at + 1).map((part, index) => (index === at ? part + 1 : part));
}

function asNumber([major = 0, minor = 0, patch = 0]: readonly number[]): number {
  return major * MAJOR + minor * MINOR + patch;
}
