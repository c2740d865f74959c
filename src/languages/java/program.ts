import type { Fact } from '../../model/fact.ts';
import type { EnvEntry } from '../../model/plan.ts';
import type { Project } from '../../model/project.ts';
import type { ServiceKind } from '../../model/service.ts';
import { joinPath, relativePath } from '../../project/search.ts';
import { portFact } from '../shared/ports.ts';
import type { Artefact } from './artefact.ts';
import { findDependency, isAtLeast } from './dependency.ts';
import { FRAMEWORKS, isWeb } from './framework.ts';
import { deployedHealth, type Health, healthOf, isGrpcAlone } from './health.ts';
import type { Inputs } from './inputs.ts';
import { type Listening, portFromSettings, portFromSources, portVariable } from './listening.ts';
import { readTemplatedYaml } from './spring.ts';

/** How a service runs, whatever it was built with. */
export interface Program {
  readonly kind: ServiceKind;
  readonly port: Fact<number> | null;
  /** environment variable that changes the port; the health check follows it */
  readonly variable: string | null;
  readonly health: Health;
  /** variables without which the program would not answer in a container */
  readonly env: readonly EnvEntry[];
  /** options of the virtual machine without which it would not start in a container */
  readonly options: readonly string[];
  /** arguments of the program, and files of the project that they name */
  readonly arguments: readonly string[];
  readonly files: readonly string[];
}

export function programOf(project: Project, inputs: Inputs, artefact: Artefact): Program {
  if (artefact.kind === 'war') return servletProgram(inputs);
  const health = healthOf(inputs);
  const { words, files } = programArguments(project, inputs);
  if (!listens(inputs)) {
    return { kind: 'worker', port: null, variable: null, health, env: [], options: [], arguments: words, files };
  }
  const listening = listeningOf(project, inputs, files);
  const env: EnvEntry[] = [...health.env, ...stopEnv(inputs), ...addressEnv(inputs)];
  if (listening?.needsVariable && listening.variable) {
    env.push({ name: listening.variable, value: String(listening.port.value) });
  }
  const variable = listening?.variable ?? FRAMEWORKS.find((one) => one.id === inputs.framework)?.variable ?? null;
  const options = tomcatOptions(inputs);
  return { kind: 'web', port: listening?.port ?? null, variable, health, env, options, arguments: words, files };
}

/** An embedded Tomcat makes its working folder beside the program, unless it is told another place. */
function tomcatOptions(inputs: Inputs): readonly string[] {
  const isBare = inputs.sources.some(({ text }) => /\bnew Tomcat\(\)/.test(text) && !/\bsetBaseDir\(/.test(text));
  return isBare ? ['-Dcatalina.base=/tmp/tomcat'] : [];
}

/** Tomcat listens on 8080 unless its own settings change it; the application has no say. */
function servletProgram(inputs: Inputs): Program {
  const port = { value: 8080, from: inputs.manifest };
  const health = deployedHealth(inputs);
  return { kind: 'web', port, variable: null, health, env: health.env, options: [], arguments: [], files: [] };
}

function listens(inputs: Inputs): boolean {
  const type = inputs.settings('spring.main.web-application-type')?.value.toLowerCase();
  if (inputs.framework === 'spring-boot' && type === 'none') return false;
  return isWeb(inputs.framework, inputs.dependencies, inputs.sources);
}

/** Settings that hold a framework's port, the strongest first. */
const PORT_SETTINGS: Readonly<Record<string, readonly string[]>> = {
  'spring-boot': ['server.port'],
  quarkus: ['%prod.quarkus.http.port', 'quarkus.http.port'],
  micronaut: ['micronaut.server.port'],
  'helidon-mp': ['server.port'],
  helidon: ['server.port'],
  ktor: ['ktor.deployment.port'],
};

function listeningOf(project: Project, inputs: Inputs, files: readonly string[]): Listening | null {
  const framework = FRAMEWORKS.find((one) => one.id === inputs.framework);
  const fallback = framework?.port ?? 8080;
  if (inputs.framework === 'spring-boot' && isGrpcAlone(inputs)) return grpcListening(inputs);
  const names = PORT_SETTINGS[inputs.framework] ?? [];
  const anyPort = names.map((name) => inputs.settings(name)).find((fact) => fact !== null);
  if (anyPort?.value === '0' && framework?.variable) {
    // Any free port: nobody could reach it, so the image sets one.
    const port = { value: fallback, from: anyPort.from, holds: anyPort.value };
    return { port, variable: framework.variable, needsVariable: true };
  }
  const named = portFromSettings(inputs.settings, names, fallback);
  const isConfigured = ['spring-boot', 'quarkus', 'micronaut', 'helidon-mp'].includes(inputs.framework);
  const found =
    named ??
    (inputs.framework === 'dropwizard' ? dropwizardPort(project, inputs, files) : null) ??
    (isConfigured
      ? null
      : (portFromSources(inputs.sources) ??
        portFromSettings(inputs.settings, ['server.port', 'port', 'http.port'], fallback))) ??
    (isConfigured ? null : portVariable(inputs.sources, fallback));
  if (found || !framework?.port) return found;
  return { port: { value: framework.port, from: inputs.manifest }, variable: framework.variable, needsVariable: false };
}

/** Where the starters of gRPC for Spring Boot listen. */
function grpcListening({ settings, manifest }: Inputs): Listening {
  const named = portFromSettings(settings, ['spring.grpc.server.port', 'grpc.server.port'], 9090);
  return named ?? { port: { value: 9090, from: manifest }, variable: null, needsVariable: false };
}

/** Netty waits two seconds for late work when it stops; requests in flight are seen to before that. */
function stopEnv(inputs: Inputs): readonly EnvEntry[] {
  const isReactive = findDependency(
    inputs.dependencies,
    /:spring-boot-starter-webflux$|:spring-cloud-(?:starter-)?gateway/,
  );
  if (!isReactive || !isAtLeast(inputs.bootVersion?.value ?? '', '2.7.9')) return [];
  return [{ name: 'SPRING_REACTOR_NETTY_SHUTDOWNQUIETPERIOD', value: '0s' }];
}

/** A server that only listens on its own host answers nobody outside the container. */
function addressEnv(inputs: Inputs): readonly EnvEntry[] {
  const isLocal = (name: string) => /^(?:localhost|127\.0\.0\.1|::1)$/.test(inputs.settings(name)?.value ?? '');
  if (inputs.framework === 'spring-boot' && isLocal('server.address'))
    return [{ name: 'SERVER_ADDRESS', value: '0.0.0.0' }];
  if (inputs.framework === 'quarkus' && isLocal('quarkus.http.host'))
    return [{ name: 'QUARKUS_HTTP_HOST', value: '0.0.0.0' }];
  if (inputs.framework === 'micronaut' && isLocal('micronaut.server.host')) {
    return [{ name: 'MICRONAUT_SERVER_HOST', value: '0.0.0.0' }];
  }
  if (inputs.framework.startsWith('helidon') && isLocal('server.host')) {
    return [{ name: 'SERVER_HOST', value: '0.0.0.0' }];
  }
  return [];
}

/** Dropwizard starts with `server` and the file of its settings, which lies beside the pom. */
function programArguments(
  project: Project,
  inputs: Inputs,
): { readonly words: readonly string[]; readonly files: readonly string[] } {
  if (inputs.framework !== 'dropwizard') return { words: [], files: [] };
  const folders = [
    inputs.directory,
    joinPath(inputs.directory, 'config'),
    joinPath(inputs.directory, 'src/main/resources'),
  ];
  const candidates = folders.flatMap((folder) =>
    project
      .entries(folder)
      .filter((entry) => entry.kind === 'file' && /\.ya?ml$/.test(entry.name) && !entry.name.startsWith('.'))
      .map((entry) => joinPath(folder, entry.name)),
  );
  const file = candidates.find((path) => /^(?:server|database|logging)\s*:/m.test(project.source(path) ?? ''));
  return file
    ? { words: ['server', relativePath(inputs.directory, file)], files: [file] }
    : { words: ['server'], files: [] };
}

function dropwizardPort(project: Project, inputs: Inputs, files: readonly string[]): Listening | null {
  for (const file of files) {
    const document = readTemplatedYaml({ ...project, text: (path) => project.source(path) }, file);
    const places = [
      ['server', 'connector', 'port'],
      ['server', 'applicationConnectors', 0, 'port'],
    ];
    for (const keys of places) {
      const value = document?.at(...keys);
      const port = document && portFact({ value: String(value ?? ''), from: `${file}:${document.line(...keys)}` });
      if (port) return { port, variable: null, needsVariable: false };
    }
  }
  return inputs.framework === 'dropwizard'
    ? { port: { value: 8080, from: inputs.manifest }, variable: null, needsVariable: false }
    : null;
}
