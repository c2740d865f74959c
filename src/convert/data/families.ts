/** What a family of base images brings along, and which of it only serves building. */
export interface Family {
  readonly id:
    | 'node'
    | 'python'
    | 'ruby'
    | 'php'
    | 'golang'
    | 'rust'
    | 'gcc'
    | 'maven'
    | 'gradle'
    | 'sbt'
    | 'java'
    | 'dotnet'
    | 'nginx'
    | 'bun'
    | 'deno'
    | 'debian';
  readonly repositories: readonly string[];
  /** suite of a Debian-based tag that names none; `null`: not known */
  suite(version: string | null): string | null;
  /** programs that it has beyond a slim distribution, by the flavour of the tag; groups of `KITS` */
  readonly kits: { readonly full: readonly Kit[]; readonly slim: readonly Kit[] };
  readonly path: string;
  /** other variables that it sets; `null`: the value follows the tag */
  readonly env: Readonly<Record<string, string | null>>;
  readonly workdir: string;
  readonly entrypoint: readonly string[] | null;
  readonly command: readonly string[] | null;
  /** users that it brings beside the distribution's */
  readonly users: readonly string[];
  readonly stopSignal: string | null;
  readonly ports: readonly string[];
}

export type Kit = 'buildpack' | 'scm' | 'fetch' | 'certificates' | 'zoneinfo' | 'process' | 'fonts' | 'compiler';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const PLAIN = { path: PATH, env: {}, workdir: '/', entrypoint: null, users: [], stopSignal: null, ports: [] };
const FULL: readonly Kit[] = ['buildpack', 'scm', 'process', 'fetch', 'certificates', 'zoneinfo', 'compiler'];

const major = (version: string | null) => Number.parseInt(version ?? '', 10);
const minor = (version: string | null) => Number.parseInt(version?.split('.')[1] ?? '', 10);
const trixie = () => 'trixie';

/** Suites of tags without one: docker-library's `library/*` files, 2026-08, and for dead versions their last state. */
function nodeSuite(version: string | null): string | null {
  const number = major(version);
  if (Number.isNaN(number)) return 'bookworm';
  if (number < 14) return number < 10 ? null : 'stretch';
  if (number < 18) return number < 16 ? 'buster' : 'bullseye';
  return number < 26 ? 'bookworm' : 'trixie';
}

function pythonSuite(version: string | null): string | null {
  if (version === '2' || version?.startsWith('2.')) return 'buster';
  const number = minor(version);
  if (Number.isNaN(number)) return 'trixie';
  if (number < 7) return 'bullseye';
  return number < 9 ? 'bookworm' : 'trixie';
}

function golangSuite(version: string | null): string | null {
  const number = minor(version);
  if (Number.isNaN(number)) return 'trixie';
  if (number < 17) return number < 14 ? 'stretch' : 'buster';
  if (number < 21) return 'bullseye';
  return number < 25 ? 'bookworm' : 'trixie';
}

function rustSuite(version: string | null): string | null {
  const number = minor(version);
  if (Number.isNaN(number)) return 'trixie';
  if (number < 72) return number < 55 ? 'buster' : 'bullseye';
  return number < 89 ? 'bookworm' : 'trixie';
}

export const FAMILIES: readonly Family[] = [
  {
    ...PLAIN,
    id: 'node',
    repositories: ['node'],
    suite: nodeSuite,
    kits: { full: FULL, slim: [] },
    env: { NODE_VERSION: null, YARN_VERSION: null },
    entrypoint: ['docker-entrypoint.sh'],
    command: ['node'],
    users: ['node', '1000'],
  },
  {
    ...PLAIN,
    id: 'python',
    repositories: ['python'],
    suite: pythonSuite,
    kits: { full: FULL, slim: ['certificates', 'zoneinfo'] },
    path: '/usr/local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    env: { LANG: 'C.UTF-8', PYTHON_VERSION: null },
    command: ['python3'],
  },
  {
    ...PLAIN,
    id: 'ruby',
    repositories: ['ruby'],
    suite: trixie,
    kits: { full: FULL, slim: ['certificates'] },
    path: `/usr/local/bundle/bin:${PATH}`,
    env: {
      ...{ LANG: 'C.UTF-8', RUBY_VERSION: null, GEM_HOME: '/usr/local/bundle', BUNDLE_SILENCE_ROOT_WARNING: '1' },
      BUNDLE_APP_CONFIG: '/usr/local/bundle',
    },
    command: ['irb'],
  },
  {
    ...PLAIN,
    id: 'php',
    repositories: ['php'],
    suite: trixie,
    kits: { full: ['fetch', 'certificates', 'compiler'], slim: ['fetch', 'certificates', 'compiler'] },
    env: { PHP_VERSION: null, PHP_INI_DIR: '/usr/local/etc/php' },
    workdir: '/var/www/html',
    entrypoint: ['docker-php-entrypoint'],
    command: null,
    users: ['www-data', '33'],
  },
  {
    ...PLAIN,
    id: 'golang',
    repositories: ['golang'],
    suite: golangSuite,
    kits: { full: ['scm', 'process', 'fetch', 'certificates', 'zoneinfo', 'compiler'], slim: [] },
    path: `/go/bin:/usr/local/go/bin:${PATH}`,
    env: { GOPATH: '/go', GOLANG_VERSION: null, GOTOOLCHAIN: 'local' },
    workdir: '/go',
    command: ['bash'],
  },
  {
    ...PLAIN,
    id: 'rust',
    repositories: ['rust'],
    suite: rustSuite,
    kits: { full: FULL, slim: ['certificates', 'compiler'] },
    path: `/usr/local/cargo/bin:${PATH}`,
    env: { RUSTUP_HOME: '/usr/local/rustup', CARGO_HOME: '/usr/local/cargo', RUST_VERSION: null },
    command: ['bash'],
  },
  {
    ...PLAIN,
    id: 'gcc',
    repositories: ['gcc'],
    suite: (version) => (major(version) < 14 ? 'bookworm' : 'trixie'),
    kits: { full: FULL, slim: [] },
    env: { GCC_VERSION: null },
    command: ['bash'],
  },
  {
    ...PLAIN,
    id: 'maven',
    repositories: ['maven'],
    suite: () => 'noble',
    kits: { full: ['fetch', 'certificates', 'zoneinfo', 'fonts', 'scm', 'process'], slim: ['certificates', 'fetch'] },
    path: `/opt/java/openjdk/bin:${PATH}`,
    env: { JAVA_HOME: null, JAVA_VERSION: null, MAVEN_HOME: '/usr/share/maven', MAVEN_CONFIG: '/root/.m2', LANG: null },
    entrypoint: ['/usr/local/bin/mvn-entrypoint.sh'],
    command: ['mvn'],
  },
  {
    ...PLAIN,
    id: 'gradle',
    repositories: ['gradle'],
    suite: () => 'noble',
    kits: { full: ['fetch', 'certificates', 'zoneinfo', 'fonts', 'scm'], slim: [] },
    path: `/opt/java/openjdk/bin:${PATH}`,
    env: { JAVA_HOME: null, JAVA_VERSION: null, GRADLE_HOME: '/opt/gradle', GRADLE_VERSION: null, LANG: null },
    workdir: '/home/gradle',
    entrypoint: ['/__cacert_entrypoint.sh'],
    command: ['gradle'],
    users: ['gradle'],
  },
  {
    ...PLAIN,
    id: 'sbt',
    repositories: ['sbtscala/scala-sbt', 'hseeberger/scala-sbt'],
    suite: () => null,
    kits: { full: ['fetch', 'certificates', 'zoneinfo', 'fonts', 'scm'], slim: [] },
    path: `/opt/java/openjdk/bin:${PATH}`,
    env: { JAVA_HOME: null, JAVA_VERSION: null, LANG: null },
    workdir: '/root',
    command: ['sbt'],
  },
  {
    ...PLAIN,
    id: 'java',
    repositories: [
      ...['openjdk', 'eclipse-temurin', 'amazoncorretto', 'adoptopenjdk', 'ibm-semeru-runtimes', 'azul/zulu-openjdk'],
      ...['azul/zulu-openjdk-alpine', 'azul/zulu-openjdk-debian', 'bellsoft/liberica-openjdk-alpine', 'sapmachine'],
      ...['bellsoft/liberica-openjdk-debian', 'adoptopenjdk/openjdk8', 'adoptopenjdk/openjdk11', 'java'],
    ],
    suite: () => null,
    kits: { full: ['fetch', 'certificates', 'zoneinfo', 'fonts'], slim: ['certificates'] },
    path: `/opt/java/openjdk/bin:${PATH}`,
    env: { JAVA_HOME: null, JAVA_VERSION: null, LANG: null },
    command: ['jshell'],
  },
  {
    ...PLAIN,
    id: 'dotnet',
    repositories: ['mcr.microsoft.com/dotnet/sdk', 'mcr.microsoft.com/dotnet/core/sdk'],
    suite: () => null,
    kits: { full: ['fetch', 'certificates', 'scm'], slim: [] },
    env: { DOTNET_VERSION: null, DOTNET_SDK_VERSION: null },
    command: ['bash'],
  },
  {
    ...PLAIN,
    id: 'nginx',
    repositories: ['nginx', 'nginxinc/nginx-unprivileged'],
    suite: trixie,
    kits: { full: ['fetch', 'certificates'], slim: ['fetch', 'certificates'] },
    env: { NGINX_VERSION: null },
    entrypoint: ['/docker-entrypoint.sh'],
    command: ['nginx', '-g', 'daemon off;'],
    users: ['nginx', '101'],
    stopSignal: 'SIGQUIT',
    ports: ['80'],
  },
  {
    ...PLAIN,
    id: 'bun',
    repositories: ['oven/bun'],
    suite: trixie,
    kits: { full: [], slim: [] },
    path: `${PATH}:/usr/local/bun-node-fallback-bin`,
    workdir: '/home/bun/app',
    entrypoint: ['/usr/local/bin/docker-entrypoint.sh'],
    command: ['/usr/local/bin/bun'],
    users: ['bun', '1000'],
  },
  {
    ...PLAIN,
    id: 'deno',
    repositories: ['denoland/deno'],
    suite: trixie,
    kits: { full: [], slim: [] },
    env: { DENO_DIR: '/deno-dir/' },
    entrypoint: ['docker-entrypoint.sh'],
    command: null,
    users: ['deno'],
  },
  {
    ...PLAIN,
    id: 'debian',
    repositories: ['debian', 'ubuntu', 'buildpack-deps', 'alpine'],
    suite: () => null,
    kits: { full: [], slim: [] },
    command: ['bash'],
  },
];

/** Programs of a kit, each with the Debian package that has it. Read from docker-library/buildpack-deps, 2026-08. */
export const KITS: Readonly<Record<Kit, Readonly<Record<string, string>>>> = {
  fetch: { curl: 'curl', wget: 'wget', gpg: 'gnupg', 'gpg-agent': 'gnupg', dirmngr: 'dirmngr' },
  certificates: { 'update-ca-certificates': 'ca-certificates' },
  zoneinfo: {},
  fonts: { 'fc-list': 'fontconfig', 'fc-cache': 'fontconfig' },
  process: {
    ...{ ps: 'procps', top: 'procps', pgrep: 'procps', pkill: 'procps', pidof: 'procps', free: 'procps' },
    ...{ uptime: 'procps', watch: 'procps', vmstat: 'procps', killall: 'psmisc', w: 'procps' },
  },
  scm: {
    // a dependency of the ssh client; Debian 13 has no other reason to bring it
    ...{ adduser: 'adduser', addgroup: 'adduser', deluser: 'adduser', delgroup: 'adduser' },
    ...{ git: 'git', hg: 'mercurial', svn: 'subversion', ssh: 'openssh-client', scp: 'openssh-client' },
    ...{ sftp: 'openssh-client', 'ssh-keygen': 'openssh-client', 'ssh-keyscan': 'openssh-client' },
    ...{ 'ssh-agent': 'openssh-client', 'ssh-add': 'openssh-client', 'git-lfs': 'git-lfs' },
  },
  buildpack: {
    ...{ bzip2: 'bzip2', file: 'file', unzip: 'unzip', xz: 'xz-utils', patch: 'patch', python3: 'python3' },
    ...{ convert: 'imagemagick', identify: 'imagemagick', mogrify: 'imagemagick', magick: 'imagemagick' },
    ...{ composite: 'imagemagick', montage: 'imagemagick', mysql_config: 'libmariadb-dev', pg_config: 'libpq-dev' },
    ...{ autoconf: 'autoconf', automake: 'automake', libtool: 'libtool', perl: 'perl' },
  },
  compiler: {
    ...{ gcc: 'gcc', 'g++': 'g++', cc: 'gcc', 'c++': 'g++', make: 'make', 'pkg-config': 'pkg-config', ld: 'binutils' },
    ...{ strip: 'binutils', objdump: 'binutils', readelf: 'binutils', nm: 'binutils' },
  },
};
