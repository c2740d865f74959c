import { type Call, callsOf, hasOption, hasShort } from './commands.ts';
import type { Step } from './view.ts';

/** Commands that put no program anywhere and write no file that matters. */
const HARMLESS = new Set([
  ...[
    'mkdir',
    'chown',
    'chgrp',
    'chmod',
    'rm',
    'rmdir',
    'echo',
    'printf',
    'cat',
    'ls',
    'touch',
    'set',
    'export',
    'unset',
  ],
  ...['useradd', 'groupadd', 'usermod', 'userdel', 'groupdel', 'adduser', 'addgroup', 'deluser', 'delgroup', 'passwd'],
  ...['cd', 'true', ':', 'test', '[', '[[', 'id', 'date', 'pwd', 'uname', 'whoami', 'sleep', 'umask', 'ulimit', 'sync'],
  ...['grep', 'sed', 'head', 'tail', 'sort', 'tr', 'cut', 'wc', 'which', 'type', 'hash', 'read', 'exit', 'chpasswd'],
  ...['locale-gen', 'update-locale', 'ldconfig', 'update-ca-certificates', 'apt-mark', 'setcap', 'pushd', 'popd', 'du'],
]);

/** Tools that work on the project in their folder; without a global flag they put nothing on the path. */
const PROJECT_TOOLS = new Set([
  ...[
    'npm',
    'npx',
    'yarn',
    'pnpm',
    'mvn',
    './mvnw',
    'gradle',
    './gradlew',
    'go',
    'cargo',
    'dotnet',
    'composer',
    'bundle',
  ],
  ...['tsc', 'node', 'java', 'javac', 'jlink', 'jdeps', 'php', 'ruby', 'next', 'nest', 'vite', 'ng', 'turbo', 'nx'],
]);

/** Package → programs it brings, beside those of its own name. Packages of no known effect may bring anything. */
const BRINGS: Readonly<Record<string, readonly string[]>> = {
  'build-essential': ['gcc', 'g++', 'make'],
  'build-base': ['gcc', 'g++', 'make'],
  'ca-certificates': [],
  tzdata: [],
  locales: [],
  openssl: [],
  'libc6-compat': [],
  gcompat: [],
  'musl-dev': [],
  'linux-headers': [],
  'pkg-config': [],
  pkgconf: [],
  fontconfig: [],
  netbase: [],
  xz: [],
  'xz-utils': [],
  gnupg: [],
  gettext: [],
  procps: ['ps'],
  'iputils-ping': ['ping'],
  iputils: ['ping'],
  'netcat-openbsd': ['nc'],
  'openssh-client': ['ssh'],
  'postgresql-client': ['psql'],
  'default-mysql-client': ['mysql'],
  shadow: ['useradd', 'groupadd', 'usermod'],
  ffmpeg: [],
  imagemagick: [],
  tini: [],
  'dumb-init': [],
  gosu: [],
  'su-exec': [],
  git: ['ssh'],
  curl: [],
  wget: [],
  unzip: [],
  zip: [],
  jq: [],
  bash: [],
  make: [],
  gcc: [],
  'g++': ['gcc'],
  cmake: ['make'],
  python3: ['python'],
  'python3-pip': ['pip', 'pip3', 'python3', 'python', 'gcc', 'g++', 'make'],
  'py3-pip': ['pip', 'pip3', 'python3', 'python'],
  'python3-dev': ['python3', 'python'],
  'python3-venv': ['python3', 'python'],
  sudo: [],
};

/** Programs that a language's own installer can put on the path. */
const BY_INSTALLER: Readonly<Record<string, RegExp>> = {
  pip: /^(gunicorn|uvicorn|flask|uv|poetry|pipenv|pdm|pip3?|python3?|cmake)$/,
  corepack: /^(yarn|pnpm)$/,
  npm: /^(npm|npx|yarn|pnpm|corepack|nodemon|pm2|serve|ng|nest|next|tsc|ts-node|bun|deno|node)$/,
  gem: /^(bundle|gem)$/,
  go: /^(?!apt|apk|curl|wget|bash).*$/,
};

/** Libraries, headers and fonts bring no programs of note. */
const PLAIN_PACKAGE = /^lib[a-z0-9.+-]+$|^[a-z0-9.+-]+-dev(?:el)?$|^(?:ttf|fonts?)-/;

/** Packages that a RUN installs with the system's package manager; `null`: some names are only known at run time. */
export function installedPackages(call: Call): readonly string[] | null {
  if (!isSystemInstall(call)) return [];
  const names = call.command.args.slice(1).filter((word) => !word.value.startsWith('-'));
  if (names.some((word) => !word.isLiteral)) return null;
  return names
    .map((word) => word.value.replace(/[=<>~@].*$/, ''))
    .filter((name) => name !== 'install' && name !== 'add');
}

export function isSystemInstall({ program, operands }: Call): boolean {
  if (['apt-get', 'apt', 'yum', 'dnf', 'microdnf', 'zypper'].includes(program)) return operands.includes('install');
  return program === 'apk' && operands.includes('add');
}

/** Whether a RUN may put a program on the path. `false` only where that is sure. */
export function mayInstallTool(step: Step, tool: string): boolean {
  if (step.run === null) return false;
  if (step.run.script.isBroken) return true;
  return callsOf(step).some((call) => mayCallInstall(call, tool));
}

/** The same for one command. */
export function mayCallInstall(call: Call, tool: string): boolean {
  const { program } = call;
  if (HARMLESS.has(program) || makesFolders(call)) return false;
  if (isSystemInstall(call)) {
    const packages = installedPackages(call);
    return packages === null || packages.some((name) => mayPackageBring(name, tool));
  }
  if (['apt-get', 'apt', 'apk', 'yum', 'dnf', 'microdnf'].includes(program)) return false;
  if (program === 'corepack') return BY_INSTALLER['corepack']?.test(tool) === true;
  if (/^(pip3?|uv|poetry|pipenv|pdm|python3?)$/.test(program))
    return BY_INSTALLER['pip']?.test(tool) === true || call.args.some((arg) => arg.includes(tool));
  if (program === 'gem') return BY_INSTALLER['gem']?.test(tool) === true;
  if (isGlobalInstall(call)) return BY_INSTALLER['npm']?.test(tool) === true;
  if ((program === 'go' || program === 'cargo') && call.operands[0] === 'install')
    return call.args.join(' ').includes(tool);
  return !PROJECT_TOOLS.has(program);
}

function isGlobalInstall({ program, args, operands }: Call): boolean {
  if (program === 'yarn') return operands[0] === 'global';
  return (
    (program === 'npm' || program === 'pnpm') && (hasOption(args, '--global', '--location') || hasShort(args, 'g'))
  );
}

function mayPackageBring(name: string, tool: string): boolean {
  if (name === tool) return true;
  const brought = BRINGS[name];
  if (brought !== undefined) return brought.includes(tool);
  return !PLAIN_PACKAGE.test(name) || /-(?:bin|tools|utils|clients?|perl)$|^lib(?:reoffice|virt)/.test(name);
}

/** A RUN all of whose commands leave the files of the application alone. */
export function isHarmless(step: Step): boolean {
  if (step.run === null || step.run.script.isBroken) return false;
  return callsOf(step).every(isHarmlessCall) && !redirects(step);
}

/** A command that leaves the files of the application alone. */
export function isHarmlessCall(call: Call): boolean {
  const { program, operands } = call;
  if (HARMLESS.has(program) || isPackageManager(program) || isGlobalInstall(call) || makesFolders(call)) return true;
  if (operands[0] === 'config' || operands[0] === 'cache') return true;
  const isElsewhere = hasOption(call.args, '-t', '--target', '--prefix', '--root', '-e', '--editable');
  return /^pip3?$/.test(program) && operands[0] === 'install' && !isElsewhere;
}

/** `install -d` is another mkdir. */
function makesFolders({ program, args }: Call): boolean {
  return program === 'install' && (hasShort(args, 'd') || args.includes('--directory'));
}

function isPackageManager(program: string): boolean {
  return ['apt-get', 'apt', 'apk', 'yum', 'dnf', 'microdnf', 'corepack'].includes(program);
}

function redirects(step: Step): boolean {
  const commands = step.run?.script.units.flatMap((unit) => unit.commands) ?? [];
  const opens = commands.flatMap((command) => command.redirections).filter((one) => one.operator.includes('>'));
  return opens.some((one) => one.target !== null && !/^(\/dev\/null|\d+|&\d+)$/.test(one.target.value));
}
