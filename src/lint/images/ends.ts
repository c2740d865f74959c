import { endOfLife } from '../../images/lifecycle.ts';
import type { ImageFacts } from './facts.ts';

/** End of security fixes (ISO dates) of what is no language of ours. Source: endoflife.date, 2026-11-23. */
const ENDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  go: { '1.25': '2026-08-19', '1.24': '2026-02-10', '1.23': '2025-08-12', '1.22': '2025-02-11', '1.21': '2024-08-13' },
  php: { '8.2': '2026-12-31', '8.1': '2025-12-31', '8.0': '2023-11-26', '7.4': '2022-11-28' },
  ruby: { '3.2': '2026-03-31', '3.1': '2025-03-26', '3.0': '2024-04-23', '2.7': '2023-03-31' },
  dotnet: { '9.0': '2026-11-10', '8.0': '2026-11-10', '7.0': '2024-05-14', '6.0': '2024-11-12', '5.0': '2022-05-10' },
  centos: { '7': '2024-06-30', '8': '2021-12-31' },
  suite: {
    bookworm: '2026-07-11',
    bullseye: '2024-08-14',
    buster: '2022-09-10',
    stretch: '2020-07-18',
    jessie: '2018-06-17',
    focal: '2025-05-31',
    bionic: '2023-05-31',
    xenial: '2021-04-30',
    al2: '2026-06-30',
  },
};

/** Versions below these had their end long ago: product → first version that the tables know, and by when the others had ended. */
const OLDER: Readonly<Record<string, readonly [number, number, string]>> = {
  node: [10, 0, '2019-12-31'],
  python: [3, 6, '2020-09-30'],
  go: [1, 21, '2024-02-06'],
  php: [7, 4, '2021-12-06'],
  ruby: [2, 7, '2022-04-12'],
  dotnet: [5, 0, '2022-12-13'],
  centos: [7, 0, '2020-11-30'],
};

const ALPINE_ENDS: readonly (readonly [number, string])[] = [
  [24, '2028-06-01'],
  [23, '2027-11-01'],
  [22, '2027-05-01'],
  [21, '2026-11-01'],
  [20, '2026-04-01'],
  [19, '2025-11-01'],
  [18, '2025-05-09'],
  [17, '2024-11-22'],
];

/** The end of security fixes of a part of an image. */
export interface End {
  /** `python 3.9`, `bookworm` */
  readonly name: string;
  /** ISO date */
  readonly end: string;
  /** it ended on that day, not only by then */
  readonly isExact: boolean;
}

/** What an image consists of that has an end: its product and its distribution. */
export function endsOf(facts: ImageFacts): readonly End[] {
  const product = facts.family.product;
  const version = facts.version;
  const ends: (End | null)[] = [
    product === null || version === null ? null : productEnd(product, version),
    facts.suite === null ? null : suiteEnd(facts.suite),
  ];
  return ends.filter((end) => end !== null);
}

function productEnd(product: string, version: string): End | null {
  const name = `${product} ${version}`;
  const known = endOfLife(product, version) ?? ENDS[product]?.[version];
  if (known != null) return { name, end: known, isExact: true };
  const older = OLDER[product];
  const [major = 0, minor] = version.split('.').map(Number);
  if (older === undefined) return null;
  const isOlder = major < older[0] || (minor !== undefined && major === older[0] && minor < older[1]);
  return isOlder ? { name, end: older[2], isExact: false } : null;
}

function suiteEnd(suite: string): End | null {
  const minor = Number(/^alpine3\.(\d+)$/.exec(suite)?.[1] ?? Number.NaN);
  if (minor < 17) return { name: suite, end: '2024-05-23', isExact: false };
  const end = ALPINE_ENDS.find(([one]) => one === minor)?.[1] ?? endOfLife(suite, suite) ?? ENDS['suite']?.[suite];
  return end == null ? null : { name: suite, end, isExact: true };
}
