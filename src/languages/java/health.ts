import type { Fact } from '../../model/fact.ts';
import type { EnvEntry } from '../../model/plan.ts';
import { findDependency, isAtLeast, isRuntime } from './dependency.ts';
import type { Inputs } from './inputs.ts';
import { placeholder } from './spring.ts';

/** How one asks a service whether it is well. */
export interface Health {
  /** `null`: any answer below 500 on `/` counts */
  readonly path: Fact | null;
  /** another port than the service's own, where its management listens on one */
  readonly port: number | null;
  /** a port that accepts a connection is all that can be asked of it */
  readonly isTcp: boolean;
  /** an answer such as 401 also proves life: something guards the path */
  readonly isGuarded: boolean;
  readonly env: readonly EnvEntry[];
}

/** Whatever answers on `/` without an error of its own is alive. */
const ANY_ANSWER: Health = { path: null, port: null, isTcp: false, isGuarded: false, env: [] };

export function healthOf(inputs: Inputs): Health {
  switch (inputs.framework) {
    case 'spring-boot':
      return springHealth(inputs);
    case 'quarkus':
      return quarkusHealth(inputs);
    case 'micronaut':
      return fixedPath(
        inputs,
        /:micronaut-management$/,
        `${value(inputs, 'micronaut.server.context-path') ?? ''}/health`,
      );
    case 'helidon-mp':
      return fixedPath(inputs, /:helidon-microprofile(?:-health)?$/, '/health/live');
    default:
      return isRawSocket(inputs) ? { ...ANY_ANSWER, isTcp: true } : ANY_ANSWER;
  }
}

/**
 * Liveness where Spring Boot has it (2.3), since the plain health page also fails while a database is away. Its group is
 * off by default before 4.0 and is switched on by a variable.
 */
function springHealth(inputs: Inputs): Health {
  const actuator = findDependency(inputs.dependencies.filter(isRuntime), /:spring-boot-(?:starter-)?actuator$/);
  const version = inputs.bootVersion?.value ?? '2.3';
  const context =
    value(inputs, 'server.servlet.context-path') ??
    value(inputs, 'server.context-path') ??
    value(inputs, 'spring.webflux.base-path') ??
    '';
  const isTls = speaksTls(inputs) || isGrpcAlone(inputs);
  if (!actuator) return isTls ? { ...ANY_ANSWER, isTcp: true } : ANY_ANSWER;
  const port = Number(value(inputs, 'management.server.port') ?? value(inputs, 'management.port'));
  const isApart = Number.isInteger(port) && port > 0;
  if (isTls && !isApart) return { ...ANY_ANSWER, isTcp: true };
  const base =
    value(inputs, 'management.endpoints.web.base-path') ??
    (isAtLeast(version, '2.0') ? '/actuator' : (value(inputs, 'management.context-path') ?? ''));
  const hasProbes = isAtLeast(version, '2.3');
  const path = `${isApart ? '' : trimmed(context)}${trimmed(base)}/health${hasProbes ? '/liveness' : ''}`;
  const isSwitchedOn = ['management.endpoint.health.probes.enabled', 'management.health.probes.enabled'].some(
    (name) => value(inputs, name) === 'true',
  );
  const needsSwitch = hasProbes && !isAtLeast(version, '4.0') && !isSwitchedOn;
  return {
    path: { value: path, from: actuator.place, holds: actuator.name },
    port: isApart ? port : null,
    isTcp: false,
    isGuarded:
      findDependency(inputs.dependencies, /spring-(?:boot-starter-)?(?:security|oauth2)|shiro|sa-token|keycloak/) !==
      null,
    env: needsSwitch ? [{ name: 'MANAGEMENT_ENDPOINT_HEALTH_PROBES_ENABLED', value: 'true' }] : [],
  };
}

/** A service of gRPC that has no web server beside it. */
export function isGrpcAlone({ dependencies, sources }: Inputs): boolean {
  const hasWeb = findDependency(
    dependencies.filter(isRuntime),
    /:spring-boot-starter-(?:web|webmvc|webflux|jersey|graphql)$/,
  );
  return hasWeb === null && sources.some(({ text }) => /@GrpcService\b/.test(text));
}

/** The probe does not check certificates: of a port that speaks TLS it only asks for a connection. */
function speaksTls(inputs: Inputs): boolean {
  const names = ['server.ssl.key-store', 'server.ssl.certificate', 'server.ssl.bundle'];
  return value(inputs, 'server.ssl.enabled') !== 'false' && names.some((name) => inputs.settings(name) !== null);
}

/** In a servlet container, Actuator is at its own path: the settings of the embedded server do not hold. */
export function deployedHealth(inputs: Inputs): Health {
  if (inputs.framework !== 'spring-boot') return ANY_ANSWER;
  return springHealth({
    ...inputs,
    settings: (name) => (/^server\.|^management\.(?:server\.)?port$/.test(name) ? null : inputs.settings(name)),
  });
}

function quarkusHealth(inputs: Inputs): Health {
  const root = trimmed(value(inputs, 'quarkus.http.root-path') ?? '');
  const apart = trimmed(value(inputs, 'quarkus.http.non-application-root-path') ?? '/q');
  const isAbsolute = value(inputs, 'quarkus.http.non-application-root-path')?.startsWith('/') === true;
  const found = fixedPath(inputs, /:quarkus-smallrye-health$/, `${isAbsolute ? '' : root}${apart}/health/live`);
  return found;
}

function fixedPath(inputs: Inputs, dependency: RegExp, path: string): Health {
  const found = findDependency(inputs.dependencies.filter(isRuntime), dependency);
  return found ? { ...ANY_ANSWER, path: { value: path, from: found.place, holds: found.name } } : ANY_ANSWER;
}

const RAW_SOCKET =
  /new ServerSocket\(|ServerSocketChannel\.open|NettyServerBuilder|ServerBuilder\.forPort|newServerBuilderForPort\(|@GrpcService\b|new ServerBootstrap\(|NetServer\b/;
const HTTP =
  /HttpServer\b|HttpServerCodec|HTTP\/1|javax?\.servlet|jakarta\.servlet|Javalin|Undertow|import static spark/;

/** Code that opens a port itself and does not speak HTTP as far as it shows. */
function isRawSocket(inputs: Inputs): boolean {
  const opens = inputs.sources.filter((source) => RAW_SOCKET.test(source.text));
  return opens.length > 0 && !inputs.sources.some((source) => HTTP.test(source.text));
}

function value(inputs: Inputs, name: string): string | null {
  const fact = inputs.settings(name);
  return fact && placeholder(fact.value).value;
}

/** `/api/` and `api` become `/api`, `/` becomes nothing. */
function trimmed(path: string): string {
  const inner = path.replaceAll(/^\/+|\/+$/g, '');
  return inner === '' ? '' : `/${inner}`;
}
