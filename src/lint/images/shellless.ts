import { type Family, PLAIN } from './family.ts';

const DISTROLESS = {
  ...PLAIN,
  version: /^$/,
  system: 'none',
  shell: false,
  users: { nonroot: 65532, nobody: 65534 },
} as const;

/** Images without a shell. Source: GoogleContainerTools/distroless. */
export const SHELLLESS_FAMILIES: readonly Family[] = [
  {
    ...DISTROLESS,
    id: 'distroless-node',
    repository: /^gcr\.io\/distroless\/nodejs(\d+)?(-debian\d+)?$/,
    product: 'node',
    version: /nodejs(\d+)/,
    entrypoint: ['/nodejs/bin/node'],
    env: /^SSL_CERT_FILE$/,
  },
  {
    ...DISTROLESS,
    id: 'distroless-java',
    repository: /^gcr\.io\/distroless\/java(\d+)(-debian\d+)?$/,
    product: 'java',
    version: /java(\d+)/,
    entrypoint: ['/usr/bin/java', '-jar'],
    has: ['java'],
    env: /^(JAVA_VERSION|LANG|SSL_CERT_FILE)$/,
  },
  {
    ...DISTROLESS,
    id: 'distroless-python',
    repository: /^gcr\.io\/distroless\/python3(-debian\d+)?$/,
    product: null,
    entrypoint: ['/usr/bin/python3'],
    has: ['python3'],
    unsure: ['python'],
    env: /^(SSL_CERT_FILE|LANG)$/,
  },
  {
    ...DISTROLESS,
    id: 'distroless-static',
    repository: /^gcr\.io\/distroless\/static(-debian\d+)?$/,
    libc: 'none',
    env: /^SSL_CERT_FILE$/,
  },
  {
    ...DISTROLESS,
    id: 'distroless',
    repository: /^gcr\.io\/distroless\/(?:base|base-nossl|cc|java-base)(-debian\d+)?$/,
    env: /^SSL_CERT_FILE$/,
  },
];
