import type { Fact } from '../../model/fact.ts';
import type { InstalledVersion } from './version-limits.ts';

/** Operating-system packages that an npm package needs where it is compiled, and where it runs. */
interface Native {
  readonly name: string;
  /** major version from which it needs nothing any more */
  readonly before?: number;
  /** beyond compilers, which the full image has */
  readonly buildApt?: readonly string[];
  readonly buildApk?: readonly string[];
  readonly apt?: readonly string[];
  readonly apk?: readonly string[];
  /** variables for the program */
  readonly env?: Readonly<Record<string, string>>;
  /** variables for the installation */
  readonly buildEnv?: Readonly<Record<string, string>>;
}

const COMPILED = [
  'better-sqlite3',
  'sqlite3',
  'bcrypt',
  'argon2',
  'node-pty',
  'sodium-native',
  'bufferutil',
  'utf-8-validate',
  'microtime',
  'isolated-vm',
  're2',
  'snappy',
  'leveldown',
  'classic-level',
  'libxmljs',
  'libxmljs2',
  'zeromq',
  'cpu-features',
  '@discordjs/opus',
  'node-expat',
  'farmhash',
  'hiredis',
  'nodegit',
  'usb',
  'serialport',
  'node-sass',
  'grpc',
  'fibers',
  'integer',
  'lzma-native',
  'node-rdkafka',
  'couchbase',
  'ref-napi',
  'ffi-napi',
  'keytar',
  'bignum',
  'secp256k1',
  'keccak',
  'deasync',
  'iconv',
  'modern-syslog',
  'heapdump',
  'v8-profiler-next',
  'msgpackr-extract',
  'tree-sitter',
  '@tensorflow/tfjs-node',
];

const TABLE: readonly Native[] = [
  // where no compiled file is to be had, its own node-gyp asks for a module that Python has not brought along since 3.12
  { name: 'sqlite3', before: 6, buildApt: ['python3-setuptools'], buildApk: ['py3-setuptools'] },
  {
    name: 'canvas',
    buildApt: ['libcairo2-dev', 'libpango1.0-dev', 'libjpeg-dev', 'libgif-dev', 'librsvg2-dev'],
    buildApk: ['cairo-dev', 'pango-dev', 'jpeg-dev', 'giflib-dev', 'librsvg-dev', 'pixman-dev'],
    apt: ['libcairo2', 'libpango-1.0-0', 'libpangocairo-1.0-0', 'libjpeg62-turbo', 'libgif7', 'librsvg2-2'],
    apk: ['cairo', 'pango', 'jpeg', 'giflib', 'librsvg', 'pixman'],
  },
  { name: 'pg-native', buildApk: ['libpq-dev'], apt: ['libpq5'], apk: ['libpq'] },
  { name: 'libpq', buildApk: ['libpq-dev'], apt: ['libpq5'], apk: ['libpq'] },
  { name: 'kerberos', buildApk: ['krb5-dev'], apt: ['libgssapi-krb5-2'], apk: ['krb5-libs'] },
  { name: 'odbc', buildApt: ['unixodbc-dev'], buildApk: ['unixodbc-dev'], apt: ['unixodbc'], apk: ['unixodbc'] },
  {
    name: 'usb',
    buildApt: ['libudev-dev', 'libusb-1.0-0-dev'],
    buildApk: ['eudev-dev', 'libusb-dev'],
    apt: ['libusb-1.0-0', 'libudev1'],
    apk: ['libusb', 'eudev-libs'],
  },
  {
    name: 'node-hid',
    buildApt: ['libudev-dev', 'libusb-1.0-0-dev'],
    apt: ['libusb-1.0-0', 'libudev1'],
    apk: ['libusb', 'eudev-libs'],
  },
  { name: 'node-rdkafka', buildApk: ['librdkafka-dev'], apt: ['libsasl2-2'], apk: ['librdkafka'] },
  { name: 'gl', buildApt: ['libxi-dev', 'libglu1-mesa-dev', 'libglew-dev'], apt: ['libgl1', 'libxi6', 'libglew2.2'] },
  {
    name: 'keytar',
    buildApt: ['libsecret-1-dev'],
    buildApk: ['libsecret-dev'],
    apt: ['libsecret-1-0'],
    apk: ['libsecret'],
  },
  { name: 'fluent-ffmpeg', apt: ['ffmpeg'], apk: ['ffmpeg'] },
  { name: 'gm', apt: ['graphicsmagick', 'imagemagick'], apk: ['graphicsmagick', 'imagemagick'] },
  { name: 'imagemagick', apt: ['imagemagick'], apk: ['imagemagick'] },
  { name: 'pdf2pic', apt: ['graphicsmagick', 'ghostscript'], apk: ['graphicsmagick', 'ghostscript'] },
  { name: 'simple-git', apt: ['git'], apk: ['git'] },
  { name: 'node-tesseract-ocr', apt: ['tesseract-ocr'], apk: ['tesseract-ocr'] },
  {
    name: 'puppeteer',
    apt: ['chromium', 'fonts-liberation'],
    apk: ['chromium', 'ttf-liberation'],
    env: { PUPPETEER_EXECUTABLE_PATH: '/usr/bin/chromium' },
    buildEnv: { PUPPETEER_SKIP_DOWNLOAD: 'true', PUPPETEER_SKIP_CHROMIUM_DOWNLOAD: 'true' },
  },
  {
    name: 'whatsapp-web.js',
    apt: ['chromium', 'fonts-liberation'],
    apk: ['chromium', 'ttf-liberation'],
    env: { PUPPETEER_EXECUTABLE_PATH: '/usr/bin/chromium' },
    buildEnv: { PUPPETEER_SKIP_DOWNLOAD: 'true', PUPPETEER_SKIP_CHROMIUM_DOWNLOAD: 'true' },
  },
];

export interface NativeNeeds {
  /** the packages that need something, and where they are declared */
  readonly packages: readonly Fact[];
  readonly needsCompiler: boolean;
  readonly build: { readonly apt: readonly string[]; readonly apk: readonly string[] };
  readonly run: { readonly apt: readonly string[]; readonly apk: readonly string[] };
  readonly env: Readonly<Record<string, string>>;
  readonly buildEnv: Readonly<Record<string, string>>;
}

/** What the dependencies need of the operating system. `isShipped`: the final image has node_modules. */
export function nativeNeeds(installed: InstalledVersion, isShipped: boolean): NativeNeeds {
  const rows = TABLE.map((row) => ({ row, fact: installed(row.name) })).filter(
    ({ row, fact }) =>
      fact !== null && Number(/\d+/.exec(fact.value)?.[0] ?? 0) < (row.before ?? Number.POSITIVE_INFINITY),
  );
  const compiled = COMPILED.filter((name) => rows.every(({ row }) => row.name !== name))
    .map((name) => ({ name, fact: installed(name) }))
    .filter(({ fact }) => fact !== null);
  const all = (pick: (row: Native) => readonly string[] | undefined): readonly string[] =>
    [...new Set(rows.flatMap(({ row }) => pick(row) ?? []))].sort();
  return {
    packages: [
      ...rows.map(({ row, fact }) => ({ value: row.name, from: fact?.from ?? '' })),
      ...compiled.map(({ name, fact }) => ({ value: name, from: fact?.from ?? '' })),
    ],
    needsCompiler: compiled.length > 0 || rows.some(({ row }) => row.buildApt || row.buildApk),
    build: { apt: all((row) => row.buildApt), apk: all((row) => row.buildApk) },
    run: isShipped ? { apt: all((row) => row.apt), apk: all((row) => row.apk) } : { apt: [], apk: [] },
    env: isShipped ? Object.assign({}, ...rows.map(({ row }) => row.env ?? {})) : {},
    buildEnv: Object.assign({}, ...rows.map(({ row }) => row.buildEnv ?? {})),
  };
}
