import { type Dependency, isAtLeast, isRuntime } from './dependency.ts';
import type { Floor } from './versions.ts';

/**
 * Libraries whose class files need a newer Java than a project may declare: `group:name`, then version of the library and
 * the Java that it needs since then, newest first. From their release notes.
 */
const FLOORS: readonly (readonly [RegExp, readonly (readonly [string, string])[]])[] = [
  [/^org\.springframework\.boot:/, [['3.0', '17']]],
  [/^org\.springframework:spring-/, [['6.0', '17']]],
  [/^org\.springframework\.security:/, [['6.0', '17']]],
  [
    /^io\.quarkus(?:\.platform)?:quarkus-(?:bom|core|rest|arc|resteasy)/,
    [
      ['3.7', '17'],
      ['2.0', '11'],
    ],
  ],
  [/^io\.micronaut(?:\.platform)?:micronaut-(?:platform|parent|bom|http-server)/, [['4.0', '17']]],
  [
    /^io\.helidon\./,
    [
      ['4.0', '21'],
      ['3.0', '17'],
      ['2.0', '11'],
    ],
  ],
  [
    /^io\.dropwizard:/,
    [
      ['5.0', '17'],
      ['3.0', '11'],
    ],
  ],
  [/^io\.vertx:/, [['5.0', '11']]],
  [
    /^io\.javalin:/,
    [
      ['7.0', '17'],
      ['5.0', '11'],
    ],
  ],
  [
    /^org\.eclipse\.jetty(?:\.ee\d+)?:/,
    [
      ['12.0', '17'],
      ['10.0', '11'],
    ],
  ],
  [
    /^org\.apache\.tomcat(?:\.embed)?:/,
    [
      ['11.0', '17'],
      ['10.1', '11'],
    ],
  ],
  [
    /^org\.hibernate\.orm:/,
    [
      ['7.0', '17'],
      ['6.0', '11'],
    ],
  ],
  [/^org\.flywaydb:/, [['10.0', '17']]],
  [
    /^org\.jooq:/,
    [
      ['3.20', '21'],
      ['3.17', '17'],
      ['3.15', '11'],
    ],
  ],
  [/^com\.zaxxer:HikariCP$/, [['5.0', '11']]],
  [/^com\.github\.ben-manes\.caffeine:/, [['3.0', '11']]],
  [/^ch\.qos\.logback:/, [['1.4', '11']]],
  [/^tools\.jackson/, [['3.0', '17']]],
  [/^com\.graphql-java:/, [['21.0', '11']]],
  [/^dev\.langchain4j:/, [['0.36', '17']]],
  [/^org\.telegram:telegrambots/, [['7.0', '17']]],
  [/^org\.apache\.kafka:/, [['4.0', '11']]],
  [
    /^org\.openjfx:/,
    [
      ['23', '21'],
      ['17', '11'],
    ],
  ],
];

/** Floors of the libraries that are there when the program runs; those whose version is not known have none. */
export function javaFloors(dependencies: readonly Dependency[]): readonly Floor[] {
  const floors: Floor[] = [];
  for (const dependency of dependencies) {
    if (!isRuntime(dependency) && dependency.scope !== 'import') continue;
    const name = `${dependency.group}:${dependency.name}`;
    const version = dependency.version;
    const steps = FLOORS.find(([pattern]) => pattern.test(name))?.[1];
    const java = version && steps?.find(([since]) => isAtLeast(version.value, since))?.[1];
    if (version && java) {
      const fact = { value: java, from: version.from, holds: version.holds ?? version.value };
      floors.push({ fact, what: `${dependency.name} ${version.value}` });
    }
  }
  return floors;
}
