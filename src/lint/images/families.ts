import type { Family } from './family.ts';
import { JAVA_FAMILIES } from './java.ts';
import { RUNTIME_FAMILIES } from './runtimes.ts';
import { SHELLLESS_FAMILIES } from './shellless.ts';
import { SYSTEM_FAMILIES } from './systems.ts';

/** All families. No two match the same repository. Facts read on 2026-11-23. */
export const FAMILIES: readonly Family[] = [
  ...SYSTEM_FAMILIES,
  ...RUNTIME_FAMILIES,
  ...JAVA_FAMILIES,
  ...SHELLLESS_FAMILIES,
];
