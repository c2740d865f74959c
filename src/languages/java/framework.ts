import { type Dependency, isRuntime } from './dependency.ts';
import { firstInSources, type Source } from './sources.ts';

export type FrameworkId =
  | 'spring-boot'
  | 'quarkus'
  | 'micronaut'
  | 'helidon-mp'
  | 'helidon'
  | 'dropwizard'
  | 'ktor'
  | 'vertx'
  | 'javalin'
  | 'spark'
  | 'other';

interface Framework {
  readonly id: FrameworkId;
  readonly name: string;
  readonly dependency: RegExp;
  /** where it listens when nothing says otherwise; `null`: the program must say it */
  readonly port: number | null;
  /** environment variable that sets the port of every program of this framework */
  readonly variable: string | null;
}

/** In the order in which they are looked for: what builds on another one stands before it. */
export const FRAMEWORKS: readonly Framework[] = [
  { id: 'quarkus', name: 'Quarkus', dependency: /^io\.quarkus(?:\.\w+)*:/, port: 8080, variable: 'QUARKUS_HTTP_PORT' },
  {
    id: 'micronaut',
    name: 'Micronaut',
    dependency: /^io\.micronaut[.\w]*:/,
    port: 8080,
    variable: 'MICRONAUT_SERVER_PORT',
  },
  {
    id: 'helidon-mp',
    name: 'Helidon MP',
    dependency: /^io\.helidon\.microprofile/,
    port: 7001,
    variable: 'SERVER_PORT',
  },
  { id: 'helidon', name: 'Helidon SE', dependency: /^io\.helidon\./, port: 8080, variable: 'SERVER_PORT' },
  {
    id: 'dropwizard',
    name: 'Dropwizard',
    dependency: /^io\.dropwizard:dropwizard-(?:core|dependencies|bom)/,
    port: 8080,
    variable: null,
  },
  {
    id: 'spring-boot',
    name: 'Spring Boot',
    dependency: /^org\.springframework\.boot:/,
    port: 8080,
    variable: 'SERVER_PORT',
  },
  { id: 'ktor', name: 'Ktor', dependency: /^io\.ktor:ktor-server/, port: 8080, variable: null },
  {
    id: 'vertx',
    name: 'Vert.x',
    dependency: /^io\.vertx:vertx-(?:web|core|launcher|stack)/,
    port: 8080,
    variable: null,
  },
  { id: 'javalin', name: 'Javalin', dependency: /^io\.javalin:/, port: 8080, variable: null },
  { id: 'spark', name: 'Spark', dependency: /^com\.sparkjava:/, port: 4567, variable: null },
];

const OTHER: Framework = { id: 'other', name: 'Java', dependency: /^$/, port: null, variable: null };

export function recognise(dependencies: readonly Dependency[]): Framework {
  const names = dependencies.filter((one) => one.scope !== 'test').map((one) => `${one.group}:${one.name}`);
  return FRAMEWORKS.find((framework) => names.some((name) => framework.dependency.test(name))) ?? OTHER;
}

/** Spring's starters that bring a web server along, directly or through what they build on. */
const SPRING_WEB =
  /:spring-boot-(?:starter-)?(?:web|webmvc|webflux|jersey|tomcat|jetty|undertow|hateoas|data-rest|graphql|web-services|webservices|websocket|oauth2-authorization-server|rsocket)\b(?!client|-test)|:spring-cloud-(?:starter-)?(?:gateway|netflix-eureka-server|config-server|starter-gateway|netflix-zuul|netflix-hystrix-dashboard)|:spring-boot-admin-(?:starter-)?server|:springdoc-openapi|:vaadin-spring-boot-starter|:camunda-bpm-spring-boot-starter-(?:webapp|rest)|:zipkin-server|:knife4j|:springfox|:graphql-spring-boot-starter|:dgs-|:cxf-spring-boot-starter|:spring-ai-.*mcp-server-web/;

/** Libraries whose only use is to listen. */
const SERVERS =
  /^io\.javalin:|^com\.sparkjava:|^io\.undertow:undertow-(?:core|servlet)|:jetty-(?:server|servlet|webapp|ee\d+-servlet)|:tomcat-embed-core|^io\.vertx:vertx-web$|^io\.ktor:ktor-server|^io\.helidon.*webserver|^io\.dropwizard:dropwizard-core|^org\.http4k:http4k-server|^io\.ratpack:|^org\.glassfish\.grizzly:|:jersey-container-(?:grizzly2|netty|jdk)-http|^org\.nanohttpd:|^io\.jooby:|^com\.linecorp\.armeria:|^io\.projectreactor\.netty:reactor-netty-http|^org\.rapidoid:|^com\.typesafe\.akka:akka-http|^org\.apache\.pekko:pekko-http|^org\.http4s:http4s-\w+-server|^io\.activej:activej-http|^com\.blade|^io\.grpc:grpc-services|^org\.restlet|^io\.avaje:avaje-(?:jex|nima)|^io\.muserver:/;

const QUARKUS_WEB =
  /:quarkus-(?:rest|resteasy|vertx-http|reactive-routes|smallrye-graphql|spring-web|grpc|undertow|websockets|smallrye-health|qute-web)/;
const MICRONAUT_WEB =
  /:micronaut-(?:http-server|http-server-netty|http-server-jetty|http-server-undertow|servlet|jetty|tomcat|undertow|management|views|grpc-server)/;

const WEB_CODE =
  /@(?:Rest)?Controller\b|@RequestMapping\b|@RestControllerEndpoint\b|@EnableWebFlux\b|RouterFunction<|@Path\(|com\.sun\.net\.httpserver|\bHttpServer\.create|new ServerSocket\(|ServerSocketChannel\.open|\bNettyServerBuilder\b|\bServerBuilder\.forPort|\bnewServerBuilderForPort\(|@GrpcService\b|\bServerBootstrap\b|embeddedServer\(|\bnew InetSocketAddress\(\s*(?:\d|port)|\bJavalin\.create|\bUndertow\.builder|\bcreateHttpServer\(|\bWebServer\.builder|org\.eclipse\.jetty\.server|import static spark\.|\bJooby\b/;

/** Whether a program listens on a port: its libraries say so, or its code. */
export function isWeb(id: FrameworkId, dependencies: readonly Dependency[], sources: readonly Source[]): boolean {
  const names = dependencies.filter(isRuntime).map((one) => `${one.group}:${one.name}`);
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (id === 'quarkus') return has(QUARKUS_WEB);
  if (id === 'micronaut') return has(MICRONAUT_WEB);
  if (id === 'helidon-mp' || id === 'dropwizard') return true;
  if (id === 'spring-boot' && has(SPRING_WEB)) return true;
  return has(SERVERS) || firstInSources(sources, WEB_CODE) !== null;
}
