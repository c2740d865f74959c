import { describe, expect, test } from 'vitest';
import { placeholder } from '../../../src/languages/java/spring.ts';
import {
  BOOT_PLUGIN,
  bootParent,
  bootProject,
  dependency,
  detected,
  type Files,
  factsOf,
  noteCodes,
  plainProject,
  planOf,
  pom,
} from './project.ts';

const PROPERTIES = 'src/main/resources/application.properties';
const YAML = 'src/main/resources/application.yml';

describe('the port of Spring Boot', () => {
  test.each([
    [PROPERTIES, 'server.port=9090\n', 9090],
    [PROPERTIES, 'server.port = ${PORT:8085}\n', 8085],
    [PROPERTIES, '# server.port=1\nserver.port: 8086\n', 8086],
    [YAML, 'server:\n  port: 9091\n', 9091],
    [YAML, 'server.port: 9092\n', 9092],
    [YAML, 'server:\n  port: ${SERVER_PORT:${PORT:9093}}\n', 9093],
    [YAML, 'app:\n  name: "@project.name@"\n  version: @project.version@\nserver:\n  port: 9094\n', 9094],
    ['src/main/resources/config/application.yaml', 'server: {port: 9095}\n', 9095],
    ['src/main/resources/bootstrap.yml', 'server:\n  port: 9096\n', 9096],
  ])('in %s: %j', (path, text, port) => {
    expect(factsOf(bootProject('3.5.0', {}, { [path]: text })).port?.value).toBe(port);
  });

  test('is that of the profile which the settings switch on', () => {
    const files = {
      [YAML]: 'spring:\n  profiles:\n    active: dev\nserver:\n  port: 1000\n',
      'src/main/resources/application-dev.yml': 'server:\n  port: 2000\n',
      'src/main/resources/application-prod.yml': 'server:\n  port: 3000\n',
    };
    expect(factsOf(bootProject('3.5.0', {}, files)).port?.value).toBe(2000);
  });

  test('is 8080 where nothing says it', () => {
    expect(factsOf(bootProject('3.5.0')).port).toEqual({ value: 8080, from: 'pom.xml' });
  });

  test('is set by the image where the settings lean on a variable without a default', () => {
    const plan = planOf(bootProject('3.5.0', {}, { [PROPERTIES]: 'server.port=${PORT}\n' }));
    expect(plan.runtime.env).toContainEqual({ name: 'PORT', value: '8080' });
  });

  test('the address of the own host alone is opened', () => {
    const plan = planOf(bootProject('3.5.0', {}, { [PROPERTIES]: 'server.address=127.0.0.1\n' }));
    expect(plan.runtime.env).toContainEqual({ name: 'SERVER_ADDRESS', value: '0.0.0.0' });
  });
});

test.each([
  ['${PORT:8080}', { variable: 'PORT', value: '8080' }],
  ['${server.http-port:1}', { variable: 'SERVER_HTTPPORT', value: '1' }],
  ['${PORT}', { variable: 'PORT', value: null }],
  ['8080', { variable: null, value: '8080' }],
])('the placeholder %s is taken apart', (text, parts) => {
  expect(placeholder(text)).toEqual(parts);
});

describe('the port in code', () => {
  const server = (line: string): Files => ({
    'pom.xml': pom({}),
    'src/main/java/a/Server.java': `package a;\nclass Server {\n  public static void main(String[] args) {\n    ${line}\n  }\n}\n`,
  });

  test.each([
    ['HttpServer.create(new InetSocketAddress(8000), 0);', 8000],
    ['HttpServer.create(new InetSocketAddress("0.0.0.0", 8001), 0);', 8001],
    ['new ServerSocket(9999);', 9999],
    ['Javalin.create().start(7070);', 7070],
    ['Undertow.builder().addHttpListener(8181, "0.0.0.0");', 8181],
    ['vertx.createHttpServer().listen(8888); HttpServer s;', 8888],
    ['int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8123")); new ServerSocket(port);', 8123],
    ['final int PORT = 8383; new Server(PORT); org.eclipse.jetty.server.Server s;', 8383],
  ])('%s', (line, port) => {
    expect(factsOf(server(line)).port?.value).toBe(port);
  });

  test('a number in a comment does not count', () => {
    expect(factsOf(server('// new ServerSocket(1234);\n    new ServerSocket(4321);')).port?.value).toBe(4321);
  });

  test('a port of something that is called is none of the program’s', () => {
    const facts = factsOf(server('new Jedis("cache", 6379); int port = 6379;'));
    expect(facts).toMatchObject({ kind: 'worker', port: null });
  });

  test.each(['', ' Thread.sleep(5000);', ' cache(8192);'])(
    'that comes from the environment alone is set by the image: %s',
    (more) => {
      const plan = planOf(
        server(`HttpServer.create(new InetSocketAddress(Integer.parseInt(System.getenv("PORT"))), 0);${more}`),
      );
      expect(plan.runtime.env).toContainEqual({ name: 'PORT', value: '8080' });
      expect(plan.runtime.port).toBe(8080);
    },
  );

  test.each([
    [
      'String webPort = System.getenv("PORT"); if (webPort == null) { webPort = "8085"; } HttpServer.create(at(webPort), 0);',
      8085,
    ],
    [
      'HttpServer.create(at(port()), 0); } static int port() { String p = System.getenv("PORT"); if (p != null) { return Integer.parseInt(p); } return 7070;',
      7070,
    ],
  ])('that holds without the variable is the program’s own: %s', (line, port) => {
    const plan = planOf(server(line));
    expect(plan.runtime.port).toBe(port);
    expect(plan.runtime.env.map(({ name }) => name)).not.toContain('PORT');
    expect(plan.runtime.health?.command).toContain('PORT');
  });
});

describe('the health check', () => {
  const command = (files: Files) => planOf(files).runtime.health?.command.slice(7);
  const actuator = { dependencies: dependency('org.springframework.boot:spring-boot-starter-actuator') };

  test.each([
    ['1.5.22.RELEASE', '/health', false],
    ['2.2.0.RELEASE', '/actuator/health', false],
    ['2.7.18', '/actuator/health/liveness', true],
    ['3.5.0', '/actuator/health/liveness', true],
    ['4.1.2', '/actuator/health/liveness', false],
  ])('of Spring Boot %s with the actuator asks %s', (version, path, isSwitched) => {
    const plan = planOf(bootProject(version, actuator));
    expect(plan.runtime.health?.command.slice(-2)).toEqual([path, '400']);
    expect(plan.runtime.env.some((one) => one.name === 'MANAGEMENT_ENDPOINT_HEALTH_PROBES_ENABLED')).toBe(isSwitched);
  });

  test('knows the context path and the base path', () => {
    const files = bootProject('3.5.0', actuator, {
      [PROPERTIES]: 'server.servlet.context-path=/shop/\nmanagement.endpoints.web.base-path=/manage\n',
    });
    expect(factsOf(files).healthPath?.value).toBe('/shop/manage/health/liveness');
  });

  test('asks the port of the management, where there is one', () => {
    const files = bootProject('3.5.0', actuator, {
      [PROPERTIES]: 'server.servlet.context-path=/shop\nmanagement.server.port=9001\n',
    });
    expect(command(files)).toEqual(['-', '9001', '/actuator/health/liveness', '400']);
  });

  test('takes a refusal as life where something guards the paths', () => {
    const dependencies = actuator.dependencies + dependency('org.springframework.boot:spring-boot-starter-security');
    expect(command(bootProject('3.5.0', { dependencies }))?.at(-1)).toBe('500');
  });

  test('without the actuator takes any answer below 500', () => {
    expect(command(bootProject('3.5.0'))).toEqual(['SERVER_PORT', '8080', '/', '500']);
  });

  test('follows the variable that changes the port', () => {
    expect(command(bootProject('3.5.0', {}, { [PROPERTIES]: 'server.port=${PORT:8081}\n' }))?.slice(0, 2)).toEqual([
      'PORT',
      '8081',
    ]);
  });

  test('only connects to a port that does not speak HTTP', () => {
    const files = {
      'pom.xml': pom({ dependencies: dependency('io.grpc:grpc-netty:1.60.0') }),
      'src/main/java/a/Main.java':
        'class Main { public static void main(String[] a) { ServerBuilder.forPort(50051).build(); } }',
    };
    expect(command(files)).toEqual(['-', '50051']);
  });

  test('a worker has none, and no port', () => {
    const files = {
      'pom.xml': pom({}),
      'src/main/java/a/Main.java': 'class Main { public static void main(String[] a) { while (true); } }',
    };
    expect(planOf(files).runtime).toMatchObject({ health: null, port: null });
    expect(planOf(files).parts.probe).toBeNull();
  });
});

describe('the main class', () => {
  const withClasses = (classes: Readonly<Record<string, string>>, parts = {}): Files => ({
    'pom.xml': pom(parts),
    ...Object.fromEntries(Object.entries(classes).map(([path, body]) => [`src/main/${path}`, body])),
  });
  const main = 'public static void main(String[] args) {}';
  const started = (files: Files) => factsOf(files).command?.value.at(-1);

  test('is the one that there is', () => {
    expect(started(withClasses({ 'java/b/Odd.java': `package b;\nclass Odd { ${main} }` }))).toBe('b.Odd');
  });

  test('is the one that listens, of several', () => {
    const classes = {
      'java/b/Alpha.java': `package b; class Alpha { ${main} }`,
      'java/b/Beta.java': `package b; class Beta { ${main} HttpServer server; }`,
    };
    expect(started(withClasses(classes))).toBe('b.Beta');
  });

  test('is not a tool beside the program', () => {
    const classes = {
      'java/b/ImportTool.java': `package b; class ImportTool { ${main} }`,
      'java/b/Main.java': `package b; class Main { ${main} }`,
    };
    expect(started(withClasses(classes))).toBe('b.Main');
  });

  test('is left open where nothing tells two apart, and both are named', () => {
    const files = withClasses({
      'java/b/One.java': `package b; class One { ${main} }`,
      'java/b/Two.java': `package b; class Two { ${main} }`,
    });
    expect(factsOf(files).command).toBeNull();
    expect(noteCodes(files)).toContain('several-main-classes');
  });

  test('is what the poms name, whatever the sources hold', () => {
    const classes = { 'java/b/Main.java': `package b; class Main { ${main} }` };
    expect(started(withClasses(classes, { properties: '<exec.mainClass>c.Named</exec.mainClass>' }))).toBe('c.Named');
  });

  test.each([
    ['kotlin/b/main.kt', 'package b\nfun main(args: Array<String>) {}', 'b.MainKt'],
    ['kotlin/b/Server.kt', '@file:JvmName("Boot")\npackage b\nsuspend fun main() {}', 'b.Boot'],
    ['kotlin/b/App.kt', 'package b\nobject App {\n  @JvmStatic fun main(args: Array<String>) {}\n}', 'b.App'],
    ['scala/b/Run.scala', 'package b\nobject Run extends App {}', 'b.Run'],
    ['java/Plain.java', 'void main() {\n}', 'Plain'],
  ])('is found in %s', (path, text, name) => {
    expect(started(withClasses({ [path]: text }))).toBe(name);
  });

  test('a library has none, is weaker evidence, and says so', () => {
    const files = withClasses({ 'java/b/Lib.java': 'package b; class Lib {}' });
    expect(noteCodes(files)).toContain('no-main-class');
    expect(detected(files)[0]?.strength).toBeLessThan(50);
  });
});

describe('what a program needs beside its code', () => {
  test('settings that a template language fills in do not stop the tool', () => {
    const text = '<#-- FreeMarker -->\nserver:\n  connector:\n    port: 8443\n<#if DEBUG??>\nlogging: {}\n</#if>\n';
    const dependencies = dependency('io.dropwizard:dropwizard-core:4.0.0');
    expect(factsOf({ ...plainProject({ dependencies }), 'config.yml': text }).port?.value).toBe(8443);
  });

  test.each([
    ['private String location = "upload-dir"; void init() { Files.createDirectories(rootLocation); }', ['upload-dir']],
    [
      'static final String UPLOAD_DIR = "./data/uploads/"; void a() { new File(UPLOAD_DIR).mkdirs(); }',
      ['data/uploads'],
    ],
    ['@Value("${file.upload-dir:files}") String dir; void a() { Files.createDirectories(Path.of(dir)); }', ['files']],
    ['@Value("${app.storage.path}") String dir; void a() { file.transferTo(new File(dir)); }', ['/srv/shop']],
    ['private String location = "upload-dir";', []],
    ['String dataDir = "/tmp/x"; void a() { new File(dataDir).mkdirs(); }', []],
    ['String city = "Berlin"; void a() { new File(city).mkdirs(); }', []],
  ])('a folder that its code makes is writable: %s', (code, folders) => {
    const files = bootProject(
      '3.4.1',
      {},
      {
        'src/main/java/a/Storage.java': `package a;\nclass Storage {\n  ${code}\n}\n`,
        [PROPERTIES]: 'app.storage.path=/srv/shop\n',
      },
    );
    expect(factsOf(files).writable.map(({ value }) => value)).toEqual(folders);
  });

  test('what the settings on the command line make it write to is writable', () => {
    const dependencies = dependency('io.dropwizard:dropwizard-core:4.0.0');
    const text =
      'server: {}\ndatabase:\n  url: jdbc:h2:./data/shop\nlogging:\n  appenders:\n    - type: file\n      currentLogFilename: ./logs/app.log\n';
    const { writable } = factsOf({ ...plainProject({ dependencies }), 'config.yml': text });
    expect(writable.map(({ value }) => value)).toEqual(['logs', 'data']);
  });

  test('Dropwizard gets its command and the file of its settings', () => {
    const files = {
      ...plainProject({ dependencies: dependency('io.dropwizard:dropwizard-core:4.0.0') }),
      'config.yml': 'server:\n  applicationConnectors:\n    - type: http\n      port: 9000\n',
    };
    const plan = planOf(files);
    expect(plan.runtime.entrypoint?.slice(-2)).toEqual(['server', 'config.yml']);
    expect(plan.runtime.port).toBe(9000);
    expect(plan.runtime.copies.at(-1)).toMatchObject({ from: null, sources: ['config.yml'] });
  });

  test.each([
    [{ [PROPERTIES]: 'logging.file.name=logs/app.log\n' }, ['logs']],
    [{ [PROPERTIES]: 'spring.datasource.url=jdbc:h2:file:./data/db;MODE=MySQL\n' }, ['data']],
    [{ [PROPERTIES]: 'spring.datasource.url=jdbc:h2:mem:db\n' }, []],
    [
      {
        'src/main/resources/logback-spring.xml':
          '<configuration><property name="D" value="/var/log/shop"/><file>${D}/a.log</file></configuration>',
      },
      ['/var/log/shop'],
    ],
    [{ [PROPERTIES]: 'logging.file.name=/tmp/app.log\n' }, []],
  ])('folders that it writes to are made writable: %j', (more, folders) => {
    expect(factsOf(bootProject('3.5.0', {}, more)).writable.map(({ value }) => value)).toEqual(folders);
  });

  test('a key among its resources is let in, and named', () => {
    const files = bootProject('3.5.0', {}, { 'src/main/resources/certs/private.pem': 'x' });
    const patterns = planOf(files).ignore.flatMap((group) => group.patterns);
    expect(patterns.indexOf('!src/main/resources/certs/private.pem')).toBeGreaterThan(patterns.indexOf('**/*.pem'));
    expect(noteCodes(files)).toContain('key-in-image');
  });

  test('a library with machine code for glibc keeps Alpine away', () => {
    const images = (name: string) =>
      planOf(bootProject('3.5.0', { properties: '<java.version>21</java.version>', dependencies: dependency(name) }));
    expect(images('org.rocksdb:rocksdbjni:8.0.0')).toBeDefined();
    expect(
      factsOf(bootProject('3.5.0', { dependencies: dependency('org.rocksdb:rocksdbjni:8.0.0') })).glibc?.value,
    ).toBe('rocksdbjni');
  });

  test('libraries for one machine’s architecture are not built on another', () => {
    const bound = dependency('io.netty:netty-tcnative:2', '<classifier>${os.detected.classifier}</classifier>');
    expect(planOf(bootProject('3.5.0', { dependencies: bound })).build.platform).toBeNull();
    expect(planOf(bootProject('3.5.0')).build.platform).toBe('$BUILDPLATFORM');
  });
});

describe('files that the code names by their path', () => {
  const reading = (literal: string, more: Files): Files => ({
    'pom.xml': pom({}),
    'src/main/java/a/Main.java': `class Main { public static void main(String[] a) { new File("${literal}"); } }`,
    ...more,
  });
  const copied = (files: Files) => planOf(files).runtime.copies.filter((copy) => copy.from === null);

  test.each([
    ['src/main/webapp/', { 'src/main/webapp/index.html': '' }, 'src/main/webapp', './src/main/webapp'],
    ['data/users.json', { 'data/users.json': '{}' }, 'data/users.json', './data/users.json'],
    ['./config.properties', { 'config.properties': '' }, 'config.properties', './'],
    ['public', { 'public/index.html': '' }, 'public', './public'],
  ])('%s is copied beside the program', (literal, more, source, target) => {
    expect(copied(reading(literal, more))).toMatchObject([{ sources: [source], target }]);
  });

  test.each([
    ['data/users.json', {}],
    ['src/main/java', {}],
    ['pom.xml', {}],
    ['lib', { 'lib/a.jar': '' }],
  ])('%s is not', (literal, more) => {
    expect(copied(reading(literal, more))).toEqual([]);
  });
});

test('a value of the build in the settings is filled in', () => {
  const files = bootProject(
    '3.5.0',
    { properties: '<http.port>8123</http.port><profile>dev</profile>' },
    {
      [YAML]: 'spring:\n  profiles:\n    active: @profile@\n',
      'src/main/resources/application-dev.yml': 'server:\n  port: @http.port@\n',
    },
  );
  expect(factsOf(files).port?.value).toBe(8123);
});

describe('a service that must be there', () => {
  const said = (files: Files) =>
    factsOf(files)
      .notes.filter(({ code }) => code.startsWith('needs-service'))
      .map(({ args }) => `${args['what']} ${args['variable'] ?? ''}`.trim());
  const starter = (name: string, rest = '') => dependency(`org.springframework.boot:spring-boot-starter-${name}`, rest);

  test.each([
    ['data-jpa', '3.4.1', ['a database SPRING_DATASOURCE_URL']],
    ['data-redis', '2.7.18', ['Redis SPRING_REDIS_HOST']],
    ['data-redis', '3.4.1', ['Redis SPRING_DATA_REDIS_HOST']],
    ['amqp', '3.4.1', ['RabbitMQ SPRING_RABBITMQ_HOST']],
    ['web', '3.4.1', []],
  ])('for %s of Spring Boot %s is named with its variable', (name, version, expected) => {
    expect(said(bootProject(version, { dependencies: starter(name) }))).toEqual(expected);
  });

  test('of Spring Cloud is named with its variable', () => {
    const cloud = (name: string) => dependency(`org.springframework.cloud:spring-cloud-starter-${name}`);
    const dependencies = `${cloud('netflix-eureka-client')}${cloud('config')}`;
    expect(said(bootProject('3.4.1', { dependencies }))).toEqual([
      'Eureka EUREKA_CLIENT_SERVICEURL_DEFAULTZONE',
      'a configuration server SPRING_CLOUD_CONFIG_URI',
    ]);
  });

  test('for a plain Kafka client is named without one', () => {
    expect(said(plainProject({ dependencies: dependency('org.apache.kafka:kafka-clients:3.7.1') }))).toEqual(['Kafka']);
  });

  test.each([
    ['org.postgresql:postgresql:42.7.4', ['a database']],
    ['mysql:mysql-connector-java:8.0.33', ['a database']],
    ['org.mongodb:mongodb-driver-sync:5.2.0', ['MongoDB']],
    ['redis.clients:jedis:5.2.0', ['Redis']],
  ])('for the bare driver %s is named without one', (driver, expected) => {
    expect(said(plainProject({ dependencies: dependency(driver) }))).toEqual(expected);
  });

  test('is named once where a starter stands beside the driver', () => {
    const dependencies = `${starter('data-jpa')}${dependency('org.postgresql:postgresql')}`;
    expect(said(bootProject('3.4.1', { dependencies }))).toEqual(['a database SPRING_DATASOURCE_URL']);
  });

  test('is not there where the database runs inside the program, unless the settings name a server', () => {
    const dependencies = `${starter('data-jpa')}${dependency('com.h2database:h2')}`;
    const settings = (url: string) => ({
      'src/main/resources/application.properties': `spring.datasource.url=${url}\n`,
    });
    expect(said(bootProject('3.4.1', { dependencies }))).toEqual([]);
    expect(said(bootProject('3.4.1', { dependencies }, settings('jdbc:h2:mem:x')))).toEqual([]);
    expect(said(bootProject('3.4.1', { dependencies }, settings('jdbc:mysql://db/x')))).toHaveLength(1);
  });
});

describe('a port that speaks TLS', () => {
  const actuator = dependency('org.springframework.boot:spring-boot-starter-actuator');
  const probed = (settings: string) =>
    planOf(
      bootProject('3.4.1', { dependencies: actuator }, { 'src/main/resources/application.properties': settings }),
    ).runtime.health?.command.slice(8);

  test('is only asked for a connection', () => {
    expect(probed('server.port=8443\nserver.ssl.key-store=classpath:k.p12\n')).toEqual(['8443']);
  });

  test('does not matter where health has a port of its own, or TLS is off', () => {
    expect(probed('server.ssl.bundle=x\nmanagement.server.port=9090\n')?.[0]).toBe('9090');
    expect(probed('server.ssl.key-store=k\nserver.ssl.enabled=false\n')).toHaveLength(3);
  });
});

test('a war is asked at the path that Actuator has in a servlet container', () => {
  const files = bootProject(
    '3.4.1',
    {
      plugins: '',
      rest: '<packaging>war</packaging>',
      dependencies: dependency('org.springframework.boot:spring-boot-starter-actuator'),
    },
    { 'src/main/resources/application.properties': 'server.servlet.context-path=/x\nmanagement.server.port=9000\n' },
  );
  expect(factsOf(files)).toMatchObject({ healthPath: { value: '/actuator/health/liveness' }, healthPort: null });
  expect(noteCodes(bootProject('3.2.1', { plugins: '', rest: '<packaging>war</packaging>' }))).not.toContain(
    'no-graceful-stop',
  );
});

test.each([
  ['ktor {\n  deployment {\n    port = 9000\n    port = ${?APP_PORT}\n  }\n}\n', 9000, 'APP_PORT'],
  ['ktor.deployment { port: 9001 }\n', 8080, null],
  ['ktor.deployment {\n  # port = 1\n  port: 9002 // two\n}\n', 9002, null],
])('the port of Ktor stands in application.conf: %j', (conf, port, variable) => {
  const files = plainProject(
    { dependencies: dependency('io.ktor:ktor-server-netty-jvm:2.3.12') },
    {
      'src/main/java/a/Main.java': 'package a;\nclass Main {\n  public static void main(String[] a) {}\n}\n',
      'src/main/resources/application.conf': conf,
    },
  );
  expect(factsOf(files)).toMatchObject({ port: { value: port }, portVariable: variable });
});

test.each([
  'static final int PORT = Integer.parseInt(System.getProperty("port", "8007"));\n  ServerBootstrap b;',
  'ServerSocket s; { HttpServer.create(new java.net.InetSocketAddress(8007), 0); }',
])('the port is read from %j', (code) => {
  const main = `package a;\nclass Main {\n  ${code}\n  public static void main(String[] args) {}\n}\n`;
  expect(factsOf(plainProject({}, { 'src/main/java/a/Main.java': main })).port?.value).toBe(8007);
});

describe('an embedded Tomcat', () => {
  const main = (code: string) =>
    `package a;\nclass Main {\n  public static void main(String[] args) {\n    Tomcat t = new Tomcat();\n    ${code}\n  }\n}\n`;
  const command = (code: string) =>
    factsOf(
      plainProject(
        { dependencies: dependency('org.apache.tomcat.embed:tomcat-embed-core:9.0.109') },
        { 'src/main/java/a/Main.java': main(code) },
      ),
    ).command?.value;

  test('has its working folder where it may write', () => {
    expect(command('t.setPort(8080);')?.slice(0, 3)).toEqual(['java', '-Dcatalina.base=/tmp/tomcat', '-cp']);
  });

  test('that is told its folder keeps it', () => {
    expect(command('t.setBaseDir("x");')?.slice(0, 2)).toEqual(['java', '-cp']);
  });
});

test.each([
  ['4.1.6', 'io.helidon.Main'],
  ['3.2.8', 'io.helidon.microprofile.cdi.Main'],
])('a program of Helidon MP %s without a main class is started by %s', (version, main) => {
  const files = {
    'pom.xml': pom({
      head: `<parent><groupId>io.helidon.applications</groupId><artifactId>helidon-mp</artifactId><version>${version}</version><relativePath/></parent><artifactId>app</artifactId>`,
      dependencies: dependency('io.helidon.microprofile.bundles:helidon-microprofile-core'),
    }),
  };
  expect(factsOf(files).command?.value.at(-1)).toBe(main);
});

test.each([
  ['-----BEGIN CERTIFICATE-----\nx\n', false],
  ['-----BEGIN PUBLIC KEY-----\nx\n', false],
  ['-----BEGIN PRIVATE KEY-----\nx\n-----BEGIN CERTIFICATE-----\nx\n', true],
])('a key among the resources is let in, and named where it may be secret: %j', (text, isNamed) => {
  const files = bootProject('3.4.1', {}, { 'src/main/resources/app.pem': text });
  expect(noteCodes(files).includes('key-in-image')).toBe(isNamed);
  expect(planOf(files).ignore.flatMap(({ patterns }) => patterns)).toContain('!src/main/resources/app.pem');
});

test.each([
  [dependency('jakarta.enterprise:jakarta.enterprise.cdi-api:4.0.1', '<scope>provided</scope>'), true],
  [dependency('jakarta.persistence:jakarta.persistence-api:3.1.0'), false],
  [dependency('jakarta.servlet:jakarta.servlet-api:6.0.0', '<scope>provided</scope>'), false],
])('a war with %s is told of an application server: %s', (dependencies, isTold) => {
  const files = { 'pom.xml': pom({ dependencies, rest: '<packaging>war</packaging>' }) };
  expect(noteCodes(files).includes('application-server')).toBe(isTold);
});

test.each([
  ['liberty-maven-plugin', 'Open Liberty'],
  ['wildfly-maven-plugin', 'WildFly'],
])('a war for the server of %s is told of it once', (plugin, server) => {
  const dependencies = dependency('javax:javaee-api:8.0', '<scope>provided</scope>');
  const plugins = `<plugin><artifactId>${plugin}</artifactId></plugin>`;
  const files = { 'pom.xml': pom({ dependencies, plugins, rest: '<packaging>war</packaging>' }) };
  const { notes } = factsOf(files);
  expect(notes.find(({ code }) => code === 'deployed-to')?.args).toMatchObject({ plugin, server });
  expect(notes.map(({ code }) => code)).not.toContain('application-server');
});

test('a web application in a jar is told to become a war', () => {
  const plugins = '<plugin><artifactId>jetty-maven-plugin</artifactId></plugin>';
  const files = { 'pom.xml': pom({ plugins }), 'src/main/webapp/WEB-INF/web.xml': '<web-app/>' };
  expect(noteCodes(files)).toContain('web-application-as-jar');
  expect(noteCodes(files)).not.toContain('no-main-class');
});

test('a war that is packed into an EAR is told that it stands alone', () => {
  const child = (name: string, kind: string, dependencies = '') =>
    pom({ head: `<artifactId>${name}</artifactId>`, dependencies, rest: `<packaging>${kind}</packaging>` });
  const rest = '<packaging>pom</packaging><modules><module>web</module><module>ear</module></modules>';
  const files = {
    'pom.xml': pom({ rest }),
    'web/pom.xml': child('web', 'war'),
    'ear/pom.xml': child('ear', 'ear', dependency('g:web:1.0', '<type>war</type>')),
  };
  expect(factsOf(files, 'web').notes.find(({ code }) => code === 'packed-in-ear')?.places).toEqual(['ear/pom.xml']);
});

test('what runs it on a read-only root is told of the folders in the image', () => {
  const told = (files: Files) => planOf(files).notes.map(({ args }) => args['folder'] ?? args['folders']);
  const settings = { 'src/main/resources/application.properties': 'spring.datasource.url=jdbc:h2:file:./data/shop\n' };
  expect(told(bootProject('3.4.1', {}, settings))).toEqual(['/app/data']);
  expect(told({ 'pom.xml': pom({ rest: '<packaging>war</packaging>' }) })).toEqual([
    '/usr/local/tomcat/temp, /usr/local/tomcat/work, /usr/local/tomcat/logs',
  ]);
});

test('a service on any free port gets one that can be reached', () => {
  const files = bootProject('3.4.1', {}, { 'src/main/resources/application.properties': 'server.port=0\n' });
  expect(factsOf(files)).toMatchObject({ port: { value: 8080 }, portVariable: 'SERVER_PORT' });
  expect(factsOf(files).env).toContainEqual({ name: 'SERVER_PORT', value: '8080' });
});

test('resources in a folder that is called like an output are in the context', () => {
  const ignored = planOf(bootProject('3.4.1')).ignore.flatMap(({ patterns }) => patterns);
  expect(ignored.indexOf('!**/src/main/**/target')).toBeGreaterThan(ignored.indexOf('**/target'));
});

test.each([
  ['spring.config.activate.on-profile: dev, test', 8081],
  ['spring:\n  profiles: dev', 8081],
  ['spring.config.activate.on-profile: prod', 8080],
])('a part of the settings for a profile holds where they switch it on: %j', (condition, port) => {
  const yml = `spring.profiles.active: dev\nserver:\n  port: 8080\n---\n${condition}\nserver.port: 8081\n`;
  const { value, from } = factsOf(bootProject('3.4.1', {}, { 'src/main/resources/application.yml': yml })).port ?? {};
  expect(value).toBe(port);
  expect(yml.split('\n')[Number(from?.split(':').at(-1)) - 1]).toContain(String(port));
});

test('the last part of the settings without a condition wins, wherever it stands', () => {
  const yml = [
    '---',
    "spring.config.activate.on-profile: '!docs'",
    'docs: false',
    '---',
    'server.port: 8081',
    '---',
    'server.port: 8082',
    '---',
    "spring.config.activate.on-profile: '!cloud & !prod'",
    'management.endpoints.web.base-path: /manage',
  ].join('\n');
  const actuator = dependency('org.springframework.boot:spring-boot-starter-actuator');
  const facts = factsOf(
    bootProject('3.4.1', { dependencies: actuator }, { 'src/main/resources/config/application.yml': yml }),
  );
  expect(facts.port).toMatchObject({ value: 8082, from: 'src/main/resources/config/application.yml:7' });
  expect(facts.healthPath?.value).toBe('/manage/health/liveness');
});

test('a war that starts itself keeps its ending, without which its pages are not found', () => {
  const plan = planOf(bootProject('3.4.1', { rest: '<packaging>war</packaging>' }));
  expect(plan.runtime.entrypoint?.slice(-2)).toEqual(['-jar', 'app.war']);
  expect(plan.runtime.copies.flatMap(({ sources }) => sources)).toContain('/out/app.war');
});

test.each([
  ['helidon-microprofile', '/health/live'],
  ['helidon-microprofile-core', null],
])('Helidon MP with %s answers about its health at %s', (name, path) => {
  const dependencies = dependency(`io.helidon.microprofile.bundles:${name}:4.1.0`);
  expect(factsOf(plainProject({ dependencies })).healthPath?.value ?? null).toBe(path);
});

test.each([
  ['Dotenv.load();', true],
  ['Dotenv.configure().directory("conf").load();', true],
  ['Dotenv.configure().ignoreIfMissing().load();', false],
])('a program that cannot do without a file .env is told so: %s', (line, isTold) => {
  const dependencies = dependency('io.github.cdimascio:dotenv-java:3.0.2');
  const files = plainProject(
    { dependencies },
    {
      'src/main/java/a/Main.java': `package a;\nclass Main {\n  public static void main(String[] a) {\n    ${line}\n  }\n}\n`,
    },
  );
  expect(noteCodes(files).includes('needs-dotenv')).toBe(isTold);
});

test('Helidon on its own host alone is told to listen on all', () => {
  const dependencies = dependency('io.helidon.webserver:helidon-webserver:4.1.0');
  const files = plainProject(
    { dependencies },
    { 'src/main/resources/application.yaml': 'server:\n  host: localhost\n' },
  );
  expect(factsOf(files).env).toContainEqual({ name: 'SERVER_HOST', value: '0.0.0.0' });
});

test('probes that the settings switch on need no variable', () => {
  const actuator = { dependencies: dependency('org.springframework.boot:spring-boot-starter-actuator') };
  const names = (more: Files) => factsOf(bootProject('3.4.1', actuator, more)).env.map(({ name }) => name);
  expect(names({})).toEqual(['MANAGEMENT_ENDPOINT_HEALTH_PROBES_ENABLED']);
  expect(names({ [PROPERTIES]: 'management.endpoint.health.probes.enabled=true\n' })).toEqual([]);
});

test.each(['@', '#'])('a profile that the build fills in between %s counts', (mark) => {
  const properties = '<spring.profiles.active>dev${suffix}</spring.profiles.active><suffix/>';
  const files = bootProject(
    '3.4.1',
    { properties },
    {
      'src/main/resources/config/application.yml': `spring:\n  profiles:\n    active: '${mark}spring.profiles.active${mark}'\n`,
      'src/main/resources/config/application-dev.yml': 'server:\n  port: 8083\n',
    },
  );
  expect(factsOf(files).port?.value).toBe(8083);
});

describe('gRPC', () => {
  const grpc = dependency('io.grpc:grpc-netty-shaded:1.64.0');
  const main = (code: string) =>
    `package a;\nclass Main {\n  public static void main(String[] args) {\n    ${code}\n  }\n}\n`;

  test('serves where its code builds a server, and is asked for a connection', () => {
    const code = 'int port = 50051; Grpc.newServerBuilderForPort(port, c).build();';
    const files = plainProject({ dependencies: grpc }, { 'src/main/java/a/Main.java': main(code) });
    expect(factsOf(files)).toMatchObject({ kind: 'web', port: { value: 50051 }, isTcp: true });
  });

  test('is called by a worker that has its library alone', () => {
    const code = 'Grpc.newChannelBuilder("x", c).build();';
    expect(factsOf(plainProject({ dependencies: grpc }, { 'src/main/java/a/Main.java': main(code) })).kind).toBe(
      'worker',
    );
  });

  test('of Spring Boot listens on 9090, or where the settings say', () => {
    const service = { 'src/main/java/a/Hello.java': '@GrpcService\nclass Hello {}\n' };
    const files = (more: Files) => ({
      ...bootProject('3.4.1', {}, { ...service, ...more }),
      'pom.xml': pom({
        head: bootParent('3.4.1'),
        plugins: BOOT_PLUGIN,
        dependencies: dependency('net.devh:grpc-server-spring-boot-starter:3.1.0.RELEASE'),
      }),
    });
    expect(factsOf(files({}))).toMatchObject({ kind: 'web', port: { value: 9090 }, isTcp: true });
    const settings = { 'src/main/resources/application.properties': 'grpc.server.port=6565\n' };
    expect(factsOf(files(settings)).port?.value).toBe(6565);
  });
});
