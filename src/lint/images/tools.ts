import type { System } from './facts.ts';

/** Programs whose absence a rule may speak about. What is not in this list is never known to be missing. */
const TOOLS = [
  ...['apt-get', 'apt', 'dpkg', 'apk', 'dnf', 'yum', 'microdnf', 'bash', 'curl', 'wget', 'git', 'unzip', 'zip', 'jq'],
  ...['sudo', 'vim', 'nano', 'tini', 'dumb-init', 'gosu', 'su-exec', 'ssh', 'nc', 'ping', 'ps', 'useradd', 'groupadd'],
  ...[
    'usermod',
    'adduser',
    'addgroup',
    'gcc',
    'g++',
    'make',
    'cmake',
    'node',
    'npm',
    'npx',
    'yarn',
    'pnpm',
    'corepack',
  ],
  ...[
    'bun',
    'deno',
    'python',
    'python3',
    'pip',
    'pip3',
    'uv',
    'poetry',
    'pipenv',
    'pdm',
    'java',
    'javac',
    'jlink',
    'mvn',
  ],
  ...[
    'gradle',
    'go',
    'cargo',
    'rustc',
    'ruby',
    'bundle',
    'gem',
    'php',
    'composer',
    'dotnet',
    'psql',
    'mysql',
    'redis-cli',
  ],
  ...['gunicorn', 'uvicorn', 'nodemon', 'pm2', 'serve', 'ng', 'nest', 'next', 'tsc', 'ts-node', 'flask'],
];

const OF_SYSTEM: Readonly<Record<System, { readonly has: readonly string[]; readonly unsure: readonly string[] }>> = {
  debian: {
    has: ['apt-get', 'apt', 'dpkg', 'bash', 'useradd', 'groupadd', 'usermod'],
    unsure: ['adduser', 'addgroup'],
  },
  ubuntu: {
    has: ['apt-get', 'apt', 'dpkg', 'bash', 'useradd', 'groupadd', 'usermod'],
    unsure: ['adduser', 'addgroup'],
  },
  alpine: { has: ['apk', 'wget', 'unzip', 'nc', 'ping', 'ps', 'adduser', 'addgroup'], unsure: [] },
  rpm: { has: [], unsure: TOOLS.filter((tool) => !['apt-get', 'apt', 'dpkg', 'apk', 'su-exec'].includes(tool)) },
  none: { has: [], unsure: [] },
};

/** `true`: there; `false`: surely not there; `null`: nobody can say from the image's name. */
export function knowsTool(
  tool: string,
  system: System,
  has: readonly string[],
  unsure: readonly string[],
): boolean | null {
  const base = OF_SYSTEM[system];
  if (has.includes(tool) || base.has.includes(tool)) return true;
  return !TOOLS.includes(tool) || unsure.includes(tool) || base.unsure.includes(tool) ? null : false;
}
