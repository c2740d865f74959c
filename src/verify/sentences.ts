import type { Check, CheckId } from '../model/report.ts';

/** What a check is called on screens. */
export const CHECK_NAMES: Readonly<Record<CheckId, string>> = {
  build: 'build',
  size: 'size',
  start: 'start',
  'stays-up': 'stays up',
  http: 'HTTP',
  output: 'output',
  health: 'health check',
  user: 'user',
  'arbitrary-uid': 'arbitrary user',
  'read-only': 'read-only root',
  capabilities: 'no capabilities',
  memory: 'memory limit',
  stop: 'stop',
  restart: 'restart',
  compilers: 'compilers',
  'package-managers': 'package managers',
  caches: 'caches',
  'dev-dependencies': 'development dependencies',
  'version-control': 'version control',
  secrets: 'secrets',
  writable: 'writable files',
  absent: 'absent files',
  present: 'present files',
  rebuild: 'rebuild',
  'rebuild-steps': 'rebuild steps',
  'ci-cache': 'CI cache',
};

type Words = (args: Readonly<Record<string, string>>, check: Check) => string;

/** By `id`, `id/status` or `id/reason`: the most special one speaks. */
const SENTENCES: Readonly<Record<string, Words>> = {
  'build/pass': ({ seconds, steps }) => `builds in ${seconds} s (${steps} steps)`,
  'build/fail': ({ message }) => `does not build: ${message}`,
  'size/pass': ({ bytes, overBase }) => `${megabytes(bytes)}, ${megabytes(overBase)} over its base image`,
  'size/budget': ({ bytes, limit }) => `${megabytes(bytes)} is more than the ${megabytes(limit)} that were allowed`,
  'size/over-base': ({ overBase, limit }) =>
    `${megabytes(overBase)} over the base image is more than the ${megabytes(limit)} that were allowed`,
  'start/pass': ({ seconds, listening }) =>
    `ready after ${seconds} s${listening === '' ? '' : `, listens on ${listening}`}`,
  'start/no-runner': ({ engine }) => `not tried: ${engine} only builds; install podman or docker to start containers`,
  'stays-up/fail': ({ seconds, code }) => `starts, but ends by itself after ${seconds} s with exit code ${code}`,
  'http/pass': ({ request, status }) => `${request} answers ${status}`,
  'http/fail': ({ request, status, wanted }) => `${request} answers ${status}, wanted ${wanted}`,
  'output/pass': ({ wanted }) => `prints a line that matches ${wanted}`,
  'output/fail': ({ wanted }) => `never prints a line that matches ${wanted}`,
  'health/pass': () => 'turns healthy',
  'health/unhealthy': ({ output }) =>
    `the service answers, but its health check fails${output === '' ? '' : `: ${output}`}`,
  'health/missing': () => 'there is none, so nobody notices when the service hangs',
  'health/unwanted': () => 'there is one, but nothing listens that could answer it',
  'user/pass': ({ user }) => `runs as ${user}`,
  'user/root': () => 'runs as root, but does not need to: name a numeric USER',
  'user/needs-root': () => 'runs as root and does not start as anybody else',
  'arbitrary-uid/pass': () => 'runs as 12345:0, a user that the image does not know',
  'arbitrary-uid/broken': (_, check) => `works, but not as an arbitrary user${because(check)}`,
  'arbitrary-uid/root': () => 'not told apart: it needs root',
  'read-only/pass': ({ folders }) =>
    `runs with nothing writable but /tmp${folders === undefined ? '' : ` and ${folders}`}`,
  'read-only/tmpfs': ({ folders }, check) => `works, but not read-only${because(check)}; works with --tmpfs ${folders}`,
  'read-only/broken': (_, check) => `works, but not read-only${because(check)}`,
  'read-only/complains': (_, check) =>
    `runs read-only, but complains that it cannot write to ${check.paths.join(', ')}`,
  'capabilities/pass': () => 'runs with all capabilities dropped',
  'capabilities/broken': () => 'works, but not with all capabilities dropped',
  'memory/pass': ({ bytes }) => `runs in ${mebibytes(bytes)}`,
  'memory/broken': ({ bytes }) => `works, but not in ${mebibytes(bytes)} of memory`,
  'stop/pass': ({ seconds, code }) => `ends ${seconds} s after SIGTERM with exit code ${code}`,
  'stop/killed': () => 'does not react to SIGTERM: it was killed after 10 s, and what was in flight is lost',
  'stop/slow': ({ seconds, limit }) => `takes ${seconds} s to stop, more than ${limit} s`,
  'restart/pass': ({ seconds }) => `ready again after ${seconds} s`,
  'restart/fail': (args, check) => `does not come back after a restart: ${troubleWords(check.reason, args)}`,
  'compilers/pass': () => 'none',
  'compilers/warn': ({ count }, check) => `${count} in the image: ${shown(check)}`,
  'compilers/base': ({ count }, check) => `${count} come with the base image: ${shown(check)}`,
  'package-managers/pass': (_, check) =>
    check.paths.length === 0 ? 'none' : `only those of the base image: ${shown(check)}`,
  'package-managers/warn': ({ count }, check) => `${count} added: ${shown(check)}`,
  'caches/pass': () => 'none left',
  'caches/warn': ({ bytes }, check) => `${megabytes(bytes)} left in ${shown(check)}`,
  'dev-dependencies/pass': () => 'none',
  'dev-dependencies/warn': ({ count, bytes }, check) => `${count} (${megabytes(bytes)}): ${shown(check)}`,
  'version-control/pass': () => 'none',
  'version-control/warn': (_, check) => `in the image: ${shown(check)}`,
  'secrets/pass': () => 'none found in any layer, and no planted file came through',
  'secrets/fail': ({ pattern, where, layer }) => `${pattern} in ${where}${layer === '' ? '' : ` (layer ${layer})`}`,
  'secrets/removed': ({ pattern, where, layer }) =>
    `${pattern} in ${where} of layer ${layer}: a later layer removes it, but everybody who pulls the image gets it`,
  'secrets/canary': ({ where }) => `a planted secret came through the build context: ${where}`,
  'writable/pass': () => 'the application cannot change its own files',
  'writable/warn': ({ count }, check) => `the application can change ${count} of its own files: ${shown(check)}`,
  'absent/pass': ({ glob }) => `no ${glob}`,
  'absent/fail': ({ glob }, check) => `${glob} should not be there: ${shown(check)}`,
  'present/pass': ({ glob }) => `${glob} is there`,
  'present/fail': ({ glob }) => `${glob} is missing`,
  'rebuild/pass': ({ file, steps, seconds }) =>
    `after a change of ${file} ${plural(steps, 'step')} again, ${seconds} s`,
  'rebuild/install': ({ file, step }) => `after a change of ${file} dependencies are installed again: ${step}`,
  'rebuild/failed': ({ file, message }) => `fails after a comment was added to ${file}: ${message}`,
  'rebuild/no-source': () => 'not tried: no source file was found that takes part in the build',
  'rebuild-steps/pass': ({ steps, limit }) => `${steps} of at most ${limit}`,
  'rebuild-steps/fail': ({ steps, limit }) => `${steps} steps run again, more than the ${limit} that were allowed`,
  'ci-cache/pass': ({ steps, seconds }) =>
    `on a fresh builder with the exported cache ${plural(steps, 'step')} again, ${seconds} s`,
  'ci-cache/install': ({ step }) => `on a fresh builder dependencies are installed again: ${step}`,
  'ci-cache/failed': ({ message }) => `the build on a fresh builder fails: ${message}`,
  'ci-cache/no-source': () => 'not tried: no source file was found that takes part in the build',
  'ci-cache/no-builder': ({ message }) => `not tried: no fresh builder could be made (${message})`,
};

/** The sentence of a check, without its name and without a full stop. */
export function checkSentence(check: Check): string {
  const keys = [
    `${check.id}/${check.reason}`,
    `${check.id}/${check.status}`,
    `${check.id}/${check.status === 'fail' ? 'warn' : 'fail'}`,
  ];
  if (check.id === 'start' && check.status === 'fail')
    return `does not start: ${troubleWords(check.reason, check.args)}${because(check)}`;
  for (const key of keys) {
    const words = SENTENCES[key];
    if (words !== undefined) return words(check.args, check);
  }
  return `${check.status} ${check.reason}`.trim();
}

/** Why a container did not become ready. */
export function troubleWords(kind: string, args: Readonly<Record<string, string>>): string {
  switch (kind) {
    case 'no-start':
      return `the engine could not start the program (${args['error']})`;
    case 'library-missing':
      return `the shared library ${args['library']} is missing in the final image`;
    case 'out-of-memory':
      return 'it ran out of memory and was killed';
    case 'exited':
      return `it ended after ${args['seconds']} s with exit code ${args['code']}${endWords(args)}`;
    case 'loopback-only':
      return `it listens on 127.0.0.1:${args['port']} only, where nobody outside the container can reach it; let it listen on 0.0.0.0`;
    case 'other-port':
      return `it listens on ${args['listening']}, but the image exposes ${args['port']}`;
    case 'unhealthy':
      return `its health check fails: ${args['output']}`;
    case 'http':
      return `${args['request']} answers ${args['status']}, wanted ${args['wanted']}`;
    case 'output':
      return `it never printed ${args['wanted']}`;
    default:
      return `nothing listens on ${args['ports'] ?? 'any port'}`;
  }
}

/** `compilers` in full, with the place in the Dockerfile. */
export function checkPlace(check: Check): string | null {
  const [first] = check.lines;
  return first === undefined ? null : `line ${first.line}: ${first.text}`;
}

function endWords({ code, said = '' }: Readonly<Record<string, string>>): string {
  if (said !== '') return `: ${said}`;
  return code === '0' ? '; if that is what it is for, say so with --exit 0' : '';
}

function because(check: Check): string {
  return check.paths.length === 0 ? '' : `: writes to ${shown(check)}`;
}

function shown(check: Check): string {
  const paths = check.paths.slice(0, 4);
  const more = Math.max(0, Number(check.args['count'] ?? check.paths.length) - paths.length);
  return more === 0 ? paths.join(', ') : `${paths.join(', ')} and ${more} more`;
}

/** `1 step runs`, `3 steps run`. */
function plural(count: string | undefined, noun: string): string {
  return count === '1' ? `1 ${noun} runs` : `${count} ${noun}s run`;
}

/** `33.2 MB`; sizes of images are given in powers of ten, as engines do. */
export function megabytes(bytes: string | number | undefined): string {
  const value = Number(bytes ?? 0);
  if (value < 1000) return `${value} B`;
  if (value < 1e6) return `${(value / 1e3).toFixed(value < 1e4 ? 1 : 0)} kB`;
  return `${(value / 1e6).toFixed(value < 1e8 ? 1 : 0)} MB`;
}

function mebibytes(bytes: string | undefined): string {
  return `${Math.round(Number(bytes ?? 0) / 1024 / 1024)} MiB`;
}
