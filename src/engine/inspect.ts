import type { RuntimeContract } from '../model/report.ts';
import type { ContainerState, Health, ImageDetails } from './engine.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Reads `image inspect` of docker and podman (one object of its list). */
export function readImage(inspected: unknown): ImageDetails {
  const image = fields(inspected);
  return {
    id: text(image['Id']).replace(/^sha256:/, ''),
    bytes: typeof image['Size'] === 'number' ? image['Size'] : 0,
    layers: strings(fields(image['RootFS'])['Layers']),
    contract: readContract(image),
  };
}

function readContract(image: Fields): RuntimeContract {
  const config = fields(image['Config']);
  const health = fields(config['Healthcheck'] ?? image['Healthcheck'] ?? image['HealthCheck']);
  const test = strings(health['Test']);
  return {
    entrypoint: strings(config['Entrypoint']),
    command: strings(config['Cmd']),
    env: readEnv(strings(config['Env'])),
    workdir: text(config['WorkingDir']) || '/',
    user: text(config['User']),
    ports: Object.keys(fields(config['ExposedPorts'])).sort(),
    volumes: Object.keys(fields(config['Volumes'])).sort(),
    labels: Object.fromEntries(Object.entries(fields(config['Labels'])).map(([name, value]) => [name, text(value)])),
    stopSignal: text(config['StopSignal']) || null,
    health: test.length === 0 || test[0] === 'NONE' ? null : test,
    architecture: text(image['Architecture']),
  };
}

function readEnv(entries: readonly string[]): Record<string, string> {
  const pairs = entries.map((entry) => {
    const at = entry.indexOf('=');
    return at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
  });
  return Object.fromEntries(pairs);
}

/** Reads `inspect` of a container; podman calls the health state by another name. */
export function readContainer(inspected: unknown): ContainerState {
  const container = fields(inspected);
  const state = fields(container['State']);
  const network = fields(container['NetworkSettings']);
  const networks = Object.values(fields(network['Networks'])).map((entry) => text(fields(entry)['IPAddress']));
  const isRunning = state['Running'] === true;
  return {
    id: text(container['Id']),
    isRunning,
    exitCode: isRunning ? null : Number(state['ExitCode'] ?? 0),
    outOfMemory: state['OOMKilled'] === true,
    error: text(state['Error']),
    pid: Number(state['Pid'] ?? 0),
    address: [text(network['IPAddress']), ...networks].find((address) => address !== '') ?? null,
    published: readPorts(fields(network['Ports'])),
    health: readHealth(fields(state['Health'] ?? state['Healthcheck'])),
  };
}

function readPorts(ports: Fields): Record<string, number> {
  const published: Record<string, number> = {};
  for (const [inside, bindings] of Object.entries(ports)) {
    const outside = Array.isArray(bindings) ? Number(fields(bindings[0])['HostPort']) : 0;
    if (outside > 0) published[inside.replace(/\/tcp$/, '')] = outside;
  }
  return published;
}

function readHealth(health: Fields): Health {
  const status = text(health['Status']);
  const log = Array.isArray(health['Log']) ? health['Log'].map(fields) : [];
  const failed = log.filter((entry) => entry['ExitCode'] !== 0).at(-1);
  const known = status === 'starting' || status === 'healthy' || status === 'unhealthy' ? status : 'none';
  const lastGood = log.findLastIndex((entry) => entry['ExitCode'] === 0);
  return {
    status: known,
    failures: Math.max(Number(health['FailingStreak'] ?? 0), log.length - 1 - lastGood),
    output: text(failed?.['Output']).trim(),
  };
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.map(String) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
