import { endOfLife } from '../../images/lifecycle.ts';
import type { ImageFacts } from './facts.ts';

/** End of security fixes (ISO dates) of what is no language of ours. Source: endoflife.date, 2026-11-23. */
const ENDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  go: { '1.25': '2026-08-19', '1.24': '2026-02-10', '1.23': '2025-08-12', '1.22': '2025-02-11', '1.21': '2024-08-13' },
  php: { '8.2': '2026-12-31', '8.1': '2025-12-31', '8.0': '2023-11-26', '7.4': '2022-11-28' },
  ruby: { '3.2': '2026-03-31', '3.1': '2025-03-26', '3.0': '2024-04-23', '2.7': '2023-03-31' },
  dotnet: { '9.0': '2026-11-10', '8.0': '2026-11-10', '7.0': '2024-05-14', '6.0': '2024-11-12', '5.0': '2022-05-10' },
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

/** Versions below these had their end long ago: product → first version that the tables know, and when the last of the older ones ended. */
const OLDER: Readonly<Record<string, readonly [number, number, string]>> = {
  node: [10, 0, '2019-12-31'],
  python: [3, 6, '2020-09-30'],
  go: [1, 21, '2024-02-06'],
  php: [7, 4, '2021-12-06'],
  ruby: [2, 7, '2022-04-12'],
  dotnet: [5, 0, '2022-12-13'],
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

/** What an image consists of that has an end: its product and its distribution. */
export function endsOf(facts: ImageFacts): readonly { readonly name: string; readonly end: string }[] {
  const product = facts.family.product;
  const version = facts.version;
  const ends = [
    product === null || version === null ? null : { name: `${product} ${version}`, end: productEnd(product, version) },
    facts.suite === null ? null : { name: facts.suite, end: suiteEnd(facts.suite) },
  ];
  return ends.flatMap((one) => (one === null || one.end === null ? [] : [{ name: one.name, end: one.end }]));
}

function productEnd(product: string, version: string): string | null {
  const known = endOfLife(product, version) ?? ENDS[product]?.[version] ?? null;
  if (known !== null) return known;
  const older = OLDER[product];
  const [major = 0, minor] = version.split('.').map(Number);
  if (older === undefined) return null;
  if (minor === undefined && older[1] !== 0) return major < older[0] ? older[2] : null;
  return major < older[0] || (major === older[0] && (minor ?? 0) < older[1]) ? older[2] : null;
}

function suiteEnd(suite: string): string | null {
  const alpine = /^alpine3\.(\d+)$/.exec(suite)?.[1];
  if (alpine !== undefined)
    return Number(alpine) < 17 ? '2024-05-23' : (ALPINE_ENDS.find(([minor]) => minor === Number(alpine))?.[1] ?? null);
  return endOfLife(suite, suite) ?? ENDS['suite']?.[suite] ?? null;
}
