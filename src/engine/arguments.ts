import type { BuildRequest, EngineName, RunRequest } from './engine.ts';

export interface BuildStyle {
  readonly engine: EngineName;
  /** `buildx` is there; else the client's own `build` */
  readonly hasBuildx: boolean;
  readonly progress: 'rawjson' | 'plain' | null;
  readonly builder: string | null;
}

/** Command line of a build, without the program's name. */
export function buildArguments(request: BuildRequest, style: BuildStyle): string[] {
  const args = [...buildCommand(style)];
  const builder = request.builder ?? style.builder;
  if (style.hasBuildx) {
    args.push('--provenance=false', ...(request.discard === true ? ['--output', 'type=cacheonly'] : ['--load']));
    if (builder !== null) args.push('--builder', builder);
  }
  if (style.progress !== null) args.push(`--progress=${style.progress}`);
  args.push('--file', request.dockerfile, '--tag', request.tag);
  for (const [name, value] of Object.entries(request.labels)) args.push('--label', `${name}=${value}`);
  for (const [name, value] of Object.entries(request.buildArgs)) args.push('--build-arg', `${name}=${value}`);
  for (const [id, file] of Object.entries(request.secrets)) args.push('--secret', `id=${id},src=${file}`);
  for (const cache of request.cacheFrom) args.push('--cache-from', cache);
  for (const cache of request.cacheTo) args.push('--cache-to', cache);
  if (request.target !== null) args.push('--target', request.target);
  if (request.platform !== null) args.push('--platform', request.platform);
  return [...args, request.context];
}

/** podman and buildah leave the health check out of images in their own format. */
function buildCommand(style: BuildStyle): string[] {
  if (style.engine === 'podman') return ['build', '--format', 'docker'];
  if (style.engine === 'buildah') return ['bud', '--format', 'docker', '--layers'];
  return style.hasBuildx ? ['buildx', 'build'] : ['build'];
}

/** The first health probe is due after one interval: a second here, so that a slow rhythm does not slow the proof. */
const HEALTH_RHYTHM = ['--health-interval', '1s'];

/** Command line that starts a container in the background, without the program's name. */
export function runArguments(request: RunRequest, options: { bind: string; hasHealth: boolean }): string[] {
  const args = ['run', '--detach', '--name', request.name];
  for (const [name, value] of Object.entries(request.labels)) args.push('--label', `${name}=${value}`);
  if (request.user !== null) args.push('--user', request.user);
  if (request.readOnly) args.push('--read-only');
  for (const folder of request.tmpfs) args.push('--tmpfs', `${folder}:mode=1777`);
  if (request.dropCapabilities) args.push('--cap-drop', 'ALL', '--security-opt', 'no-new-privileges');
  if (request.memory !== null) args.push('--memory', `${request.memory}b`);
  for (const [name, value] of Object.entries(request.env)) args.push('--env', `${name}=${value}`);
  for (const port of request.ports) args.push('--publish', `${options.bind}::${port}`);
  if (options.hasHealth) args.push(...HEALTH_RHYTHM);
  return [...args, request.image];
}
