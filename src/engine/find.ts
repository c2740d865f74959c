import { UserError } from '../errors.ts';
import type { BuildStyle } from './arguments.ts';
import { type Client, createEngine } from './client.ts';
import type { Engine, EngineName } from './engine.ts';
import { runProcess } from './process.ts';

export interface EngineChoice {
  /** `null`: docker, podman, buildah, the first that works */
  readonly engine: EngineName | null;
  /** a builder of buildx by its name (remote, Kubernetes, a container of its own); `null`: the engine's own choice */
  readonly builder: string | null;
}

interface Attempt {
  readonly name: EngineName;
  readonly client: Client | null;
  /** what was in the way */
  readonly why: string;
}

export const ENGINE_NAMES: readonly EngineName[] = ['docker', 'podman', 'buildah'];
const LOCAL = '127.0.0.1';
/** `--progress=rawjson` came with this one. */
const RAWJSON_SINCE = 13;

/** Finds an engine that answers. Throws UserError `engine-missing`, which says what was tried and what was in the way. */
export async function findEngine(choice: EngineChoice, signal?: AbortSignal): Promise<Engine> {
  const wanted =
    choice.engine === null ? (choice.builder === null ? ENGINE_NAMES : (['docker'] as const)) : [choice.engine];
  const tried: Attempt[] = [];
  for (const name of wanted) {
    const attempt = await tryEngine(name, choice.builder, signal);
    if (attempt.client !== null) return createEngine(attempt.client, signal);
    tried.push(attempt);
  }
  const list = tried.map(({ name, why }) => `${name} (${why})`).join(', ');
  throw new UserError(
    'engine-missing',
    `No container engine answers: ${list}.`,
    'Start Docker or Podman, or name one with --engine. Without an engine, `check` still says what can be told from the files.',
  );
}

async function tryEngine(name: EngineName, builder: string | null, signal: AbortSignal | undefined): Promise<Attempt> {
  if (name === 'docker') return tryDocker(builder, signal);
  if (builder !== null) return { name, client: null, why: 'builders by name belong to docker' };
  return name === 'podman' ? tryPodman(signal) : tryBuildah(signal);
}

async function tryDocker(builder: string | null, signal: AbortSignal | undefined): Promise<Attempt> {
  const name = 'docker';
  const version = await runProcess(name, ['version', '--format', '{{.Server.Version}}'], { signal, timeout: 30 });
  if (version.isMissing) return { name, client: null, why: 'not installed' };
  if (version.exitCode !== 0)
    return { name, client: null, why: firstLine(version.stderr) || 'its daemon does not answer' };
  const style = await buildStyle(builder, signal);
  if (builder !== null) await checkBuilder(builder, style, signal);
  const host = await dockerHost(signal);
  const client = { name, version: version.stdout.trim(), buildWith: name, runWith: name, style, host } as const;
  return { name, client, why: '' };
}

async function buildStyle(builder: string | null, signal: AbortSignal | undefined): Promise<BuildStyle> {
  const buildx = await runProcess('docker', ['buildx', 'version'], { signal, timeout: 30 });
  if (buildx.exitCode !== 0) return { engine: 'docker', hasBuildx: false, progress: null, builder };
  const [, major = '0', minor = '0'] = /\bv?(\d+)\.(\d+)/.exec(buildx.stdout) ?? [];
  const knowsRawJson = Number(major) > 0 || Number(minor) >= RAWJSON_SINCE;
  return { engine: 'docker', hasBuildx: true, progress: knowsRawJson ? 'rawjson' : 'plain', builder };
}

async function checkBuilder(builder: string, style: BuildStyle, signal: AbortSignal | undefined): Promise<void> {
  const result = style.hasBuildx
    ? await runProcess('docker', ['buildx', 'inspect', builder], { signal, timeout: 60 })
    : { exitCode: 1, stderr: 'docker buildx is not installed' };
  if (result.exitCode === 0) return;
  throw new UserError(
    'engine-missing',
    `The builder \`${builder}\` cannot be used: ${firstLine(result.stderr)}.`,
    '`docker buildx ls` lists the builders that there are.',
  );
}

/** A daemon behind TCP or SSH publishes ports on its own machine. */
async function dockerHost(signal: AbortSignal | undefined): Promise<string> {
  const format = '{{.Endpoints.docker.Host}}';
  const { stdout } = await runProcess('docker', ['context', 'inspect', '--format', format], { signal, timeout: 30 });
  const url = /^(?:tcp|ssh|https?):\/\/(?:[^@/]*@)?(?<host>\[[^\]]+\]|[^:/]+)/.exec(stdout.trim());
  const host = url?.groups?.['host'] ?? LOCAL;
  return host === 'localhost' ? LOCAL : host;
}

async function tryPodman(signal: AbortSignal | undefined): Promise<Attempt> {
  const name = 'podman';
  const info = await runProcess(name, ['version', '--format', '{{.Client.Version}}'], { signal, timeout: 30 });
  if (info.isMissing) return { name, client: null, why: 'not installed' };
  if (info.exitCode !== 0) return { name, client: null, why: firstLine(info.stderr) || 'it does not answer' };
  const style = { engine: name, hasBuildx: false, progress: null, builder: null } as const;
  return {
    name,
    client: { name, version: info.stdout.trim(), buildWith: name, runWith: name, style, host: LOCAL },
    why: '',
  };
}

/** buildah builds; what it built is in the store that podman starts containers from. */
async function tryBuildah(signal: AbortSignal | undefined): Promise<Attempt> {
  const name = 'buildah';
  const info = await runProcess(name, ['--version'], { signal, timeout: 30 });
  if (info.isMissing) return { name, client: null, why: 'not installed' };
  if (info.exitCode !== 0) return { name, client: null, why: firstLine(info.stderr) || 'it does not answer' };
  const version = /\d+(?:\.\d+)+/.exec(info.stdout)?.[0] ?? '';
  const hasPodman = (await tryPodman(signal)).client !== null;
  const style = { engine: name, hasBuildx: false, progress: null, builder: null } as const;
  return {
    name,
    client: { name, version, buildWith: name, runWith: hasPodman ? 'podman' : null, style, host: LOCAL },
    why: '',
  };
}

function firstLine(text: string): string {
  return (text.split('\n').find((line) => line.trim() !== '') ?? '').trim();
}
