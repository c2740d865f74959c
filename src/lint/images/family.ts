import type { System } from './facts.ts';

/** A family of images whose contents are known. Facts hold for the tags that its publisher maintains today. */
export interface Family {
  readonly id: string;
  /** matches the repository without Docker Hub's prefixes */
  readonly repository: RegExp;
  /** key in the lifecycle tables */
  readonly product: string | null;
  /** finds the product's version in `repository:tag` */
  readonly version: RegExp;
  /** where the tag names no other one */
  readonly system: System;
  readonly libc?: 'glibc' | 'musl' | 'none';
  readonly shell?: boolean;
  /** user of the image's configuration; `null`: not known */
  readonly user: string | null;
  /** working folder of the image's configuration; `null`: tags differ */
  readonly workdir: string | null;
  readonly users: Readonly<Record<string, number>>;
  /** programs beside those of the system */
  readonly has: readonly string[];
  /** programs that some tags have and others do not */
  readonly unsure: readonly string[];
  /** programs of the full flavour (no slim, no Alpine), if there is one */
  readonly full?: readonly string[];
  /** programs that left with a major version */
  readonly until?: Readonly<Record<string, number>>;
  readonly entrypoint: readonly string[];
  /** it exists to compile or install: a final stage of it carries a toolchain */
  readonly isToolchain: boolean;
  /** the image starts as root on purpose and gives its rights up by itself */
  readonly dropsRights: boolean;
  /** names of its environment variables */
  readonly env: RegExp;
}

/** Programs of the full flavour of Debian-based images. */
export const FULL = ['curl', 'wget', 'git', 'gcc', 'g++', 'make', 'python3'];

/** What most families share; an entry names what differs. */
export const PLAIN: Omit<Family, 'id' | 'repository'> = {
  product: null,
  version: /:v?(\d+(?:\.\d+)*)/,
  system: 'debian',
  user: 'root',
  workdir: '/',
  users: {},
  has: [],
  unsure: [],
  entrypoint: [],
  isToolchain: false,
  dropsRights: false,
  env: /^$/,
};
