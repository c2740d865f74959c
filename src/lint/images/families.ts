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

const FULL = ['curl', 'wget', 'git', 'gcc', 'g++', 'make', 'python3'];

const PLAIN: Omit<Family, 'id' | 'repository'> = {
  product: null,
  version: /:v?(\d+(?:\.\d+)*)/,
  system: 'debian',
  user: 'root',
  users: {},
  has: [],
  unsure: [],
  entrypoint: [],
  isToolchain: false,
  dropsRights: false,
  env: /^$/,
};

const DISTROLESS = {
  ...PLAIN,
  version: /^$/,
  system: 'none',
  shell: false,
  users: { nonroot: 65532, nobody: 65534 },
} as const;

const JAVA = {
  ...PLAIN,
  product: 'java',
  env: /^(JAVA_HOME|JAVA_VERSION|LANG|LANGUAGE|LC_ALL)$/,
} as const;

const JDK_TOOLS = ['java', 'javac', 'jlink'];
const DOTNET = {
  ...PLAIN,
  product: 'dotnet',
  version: /:(\d+\.\d+)/,
  unsure: ['curl', 'wget', 'git', 'unzip'],
  users: { app: 1654 },
  env: /^(APP_UID|ASPNETCORE_\w+|ASPNET_VERSION|DOTNET_\w+|NUGET_\w+|POWERSHELL_\w+)$/,
} as const;

/**
 * Sources: the Dockerfiles of docker-library, adoptium/containers, GoogleContainerTools/distroless, dotnet/dotnet-docker,
 * oven-sh/bun, nginx/docker-nginx-unprivileged; read 2026-11-23.
 */
export const FAMILIES: readonly Family[] = [
  { ...PLAIN, id: 'scratch', repository: /^scratch$/, system: 'none', libc: 'none', shell: false },
  { ...PLAIN, id: 'debian', repository: /^debian$/, product: 'debian' },
  { ...PLAIN, id: 'ubuntu', repository: /^ubuntu$/, product: 'ubuntu', system: 'ubuntu' },
  { ...PLAIN, id: 'alpine', repository: /^alpine$/, product: 'alpine', system: 'alpine' },
  {
    ...PLAIN,
    id: 'busybox',
    repository: /^busybox$/,
    unsure: ['apt-get', 'apt', 'dpkg', 'bash', 'useradd', 'groupadd', 'usermod', 'wget'],
    libc: 'none',
  },
  { ...PLAIN, id: 'buildpack-deps', repository: /^buildpack-deps$/, unsure: FULL, isToolchain: true },
  {
    ...PLAIN,
    id: 'node',
    repository: /^node$/,
    product: 'node',
    version: /:(\d+)/,
    users: { node: 1000 },
    has: ['node', 'npm', 'npx'],
    full: FULL,
    until: { yarn: 26, corepack: 25 },
    entrypoint: ['docker-entrypoint.sh'],
    env: /^(NODE_VERSION|YARN_VERSION)$/,
  },
  {
    ...PLAIN,
    id: 'python',
    repository: /^python$/,
    product: 'python',
    version: /:(\d+(?:\.\d+)?)/,
    has: ['python', 'python3', 'pip', 'pip3'],
    full: FULL,
    env: /^(LANG|GPG_KEY|PYTHON_\w+)$/,
  },
  {
    ...PLAIN,
    id: 'uv',
    repository: /^ghcr\.io\/astral-sh\/uv$/,
    product: 'python',
    version: /python(\d+\.\d+)/,
    has: ['python', 'python3', 'pip', 'pip3', 'uv'],
    unsure: FULL,
    isToolchain: true,
    env: /^(LANG|GPG_KEY|PYTHON_\w+|UV_\w+)$/,
  },
  {
    ...PLAIN,
    id: 'golang',
    repository: /^golang$/,
    product: 'go',
    version: /:(\d+\.\d+)/,
    has: ['go'],
    full: ['curl', 'wget', 'git', 'gcc', 'g++', 'make'],
    isToolchain: true,
    env: /^(GOPATH|GOLANG_VERSION|GOTOOLCHAIN)$/,
  },
  {
    ...PLAIN,
    id: 'rust',
    repository: /^rust$/,
    product: 'rust',
    version: /:(\d+\.\d+)/,
    has: ['cargo', 'rustc', 'gcc'],
    full: FULL,
    isToolchain: true,
    env: /^(RUSTUP_HOME|CARGO_HOME|RUST_VERSION)$/,
  },
  {
    ...PLAIN,
    id: 'ruby',
    repository: /^ruby$/,
    product: 'ruby',
    version: /:(\d+\.\d+)/,
    has: ['ruby', 'gem', 'bundle'],
    full: FULL,
    env: /^(LANG|RUBY_\w+|GEM_HOME|BUNDLE_\w+)$/,
  },
  {
    ...PLAIN,
    id: 'php',
    repository: /^php$/,
    product: 'php',
    version: /:(\d+\.\d+)/,
    users: { 'www-data': 33 },
    has: ['php', 'curl'],
    unsure: ['gcc', 'g++', 'make'],
    entrypoint: ['docker-php-entrypoint'],
    dropsRights: true,
    env: /^(PHP_\w+|APACHE_\w+|GPG_KEYS)$/,
  },
  {
    ...PLAIN,
    id: 'composer',
    repository: /^composer$/,
    system: 'alpine',
    has: ['composer', 'php', 'git', 'curl', 'bash', 'unzip'],
    unsure: ['make', 'ssh', 'zip', 'tini'],
    isToolchain: true,
  },
  {
    ...PLAIN,
    id: 'gcc',
    repository: /^gcc$/,
    has: FULL,
    unsure: ['unzip', 'zip', 'ssh', 'ps', 'nc', 'ping', 'python'],
    isToolchain: true,
  },
  {
    ...JAVA,
    id: 'temurin-jdk',
    repository: /^eclipse-temurin$/,
    version: /:(\d+)/,
    system: 'ubuntu',
    has: ['java'],
    unsure: ['javac', 'jlink', 'curl', 'wget', 'bash', 'git', 'unzip', 'zip'],
    entrypoint: ['/__cacert_entrypoint.sh'],
  },
  { ...JAVA, id: 'corretto', repository: /^amazoncorretto$/, version: /:(\d+)/, system: 'rpm', has: ['java'] },
  {
    ...JAVA,
    id: 'openjdk',
    repository: /^openjdk$/,
    version: /:(\d+)/,
    has: ['java'],
    unsure: ['javac', 'jlink', 'curl', 'wget', 'git', 'bash'],
  },
  {
    ...JAVA,
    id: 'maven',
    repository: /^maven$/,
    version: /(?:temurin|corretto|sapmachine|semeru|openj9|jdk|openjdk)-(\d+)/,
    system: 'ubuntu',
    has: [...JDK_TOOLS, 'mvn'],
    unsure: ['curl', 'wget', 'git', 'ssh', 'bash', 'unzip', 'zip'],
    entrypoint: ['/usr/local/bin/mvn-entrypoint.sh'],
    isToolchain: true,
    env: /^(JAVA_HOME|JAVA_VERSION|LANG|LANGUAGE|LC_ALL|MAVEN_HOME|MAVEN_CONFIG)$/,
  },
  {
    ...JAVA,
    id: 'gradle',
    repository: /^gradle$/,
    version: /(?:jdk|jre)-?(\d+)/,
    system: 'ubuntu',
    users: { gradle: 1000 },
    has: [...JDK_TOOLS, 'gradle'],
    unsure: ['curl', 'wget', 'git', 'ssh', 'bash', 'unzip', 'zip'],
    isToolchain: true,
    env: /^(JAVA_HOME|JAVA_VERSION|LANG|LANGUAGE|LC_ALL|GRADLE_\w+)$/,
  },
  {
    ...PLAIN,
    id: 'nginx',
    repository: /^nginx$/,
    product: 'nginx',
    version: /:(\d+\.\d+)/,
    users: { nginx: 101 },
    unsure: ['curl'],
    entrypoint: ['/docker-entrypoint.sh'],
    dropsRights: true,
    env: /^(NGINX_VERSION|NJS_\w+|PKG_RELEASE|DYNPKG_RELEASE|ACME_VERSION)$/,
  },
  {
    ...PLAIN,
    id: 'nginx-unprivileged',
    repository: /(?:^|\/)nginxinc\/nginx-unprivileged$|\/nginx-unprivileged$/,
    user: '101',
    users: { nginx: 101 },
    unsure: ['curl'],
    entrypoint: ['/docker-entrypoint.sh'],
    env: /^(NGINX_VERSION|NJS_\w+|PKG_RELEASE|DYNPKG_RELEASE)$/,
  },
  { ...PLAIN, id: 'httpd', repository: /^httpd$/, dropsRights: true, env: /^(HTTPD_\w+)$/ },
  {
    ...PLAIN,
    id: 'caddy',
    repository: /^caddy$/,
    system: 'alpine',
    unsure: ['curl'],
    dropsRights: true,
    env: /^(CADDY_VERSION|XDG_\w+)$/,
  },
  {
    ...PLAIN,
    id: 'bun',
    repository: /^oven\/bun$/,
    users: { bun: 1000 },
    has: ['bun'],
    unsure: ['node', 'npx', 'npm', 'unzip', 'curl', 'git', 'bash', 'tini'],
    env: /^BUN_\w+$/,
  },
  {
    ...PLAIN,
    id: 'deno',
    repository: /^denoland\/deno$/,
    user: null,
    has: ['deno'],
    unsure: ['tini', 'bash', 'curl', 'unzip', 'git'],
    env: /^DENO_\w+$/,
  },
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
  {
    ...DOTNET,
    id: 'dotnet-sdk',
    repository: /^mcr\.microsoft\.com\/dotnet\/(?:sdk|nightly\/sdk)$/,
    has: ['dotnet'],
    isToolchain: true,
  },
  { ...DOTNET, id: 'dotnet', repository: /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime)$/, has: ['dotnet'] },
  { ...DOTNET, id: 'dotnet-deps', repository: /^mcr\.microsoft\.com\/dotnet\/runtime-deps$/ },
];
