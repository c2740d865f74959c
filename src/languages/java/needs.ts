import type { Note } from '../../model/fact.ts';
import { type Dependency, isAtLeast, isRuntime } from './dependency.ts';
import type { Inputs } from './inputs.ts';

/** Services that a library connects to, and the variable that takes their address. */
interface Need {
  readonly library: RegExp;
  readonly what: string;
  /** by rising version of Spring Boot, where the name changed; `null`: the program decides */
  readonly variables: readonly (readonly [since: string, variable: string])[] | null;
}

const always = (variable: string): Need['variables'] => [['0', variable]];

const NEEDS: readonly Need[] = [
  {
    library: /:spring-boot-starter-(?:data-(?:jpa|jdbc)|jdbc|jooq)$|:mybatis.*-spring-boot\d?-starter$/,
    what: 'a database',
    variables: always('SPRING_DATASOURCE_URL'),
  },
  { library: /:spring-boot-starter-data-r2dbc$/, what: 'a database', variables: always('SPRING_R2DBC_URL') },
  {
    library: /:spring-boot-starter-data-mongodb(?:-reactive)?$/,
    what: 'MongoDB',
    variables: [
      ['4.0', 'SPRING_MONGODB_URI'],
      ['0', 'SPRING_DATA_MONGODB_URI'],
    ],
  },
  {
    library: /:spring-boot-starter-data-redis(?:-reactive)?$/,
    what: 'Redis',
    variables: [
      ['3.0', 'SPRING_DATA_REDIS_HOST'],
      ['0', 'SPRING_REDIS_HOST'],
    ],
  },
  {
    library: /:spring-boot-starter-data-cassandra(?:-reactive)?$/,
    what: 'Cassandra',
    variables: [
      ['3.0', 'SPRING_CASSANDRA_CONTACTPOINTS'],
      ['0', 'SPRING_DATA_CASSANDRA_CONTACTPOINTS'],
    ],
  },
  {
    library: /:spring-boot-starter-data-elasticsearch$/,
    what: 'Elasticsearch',
    variables: always('SPRING_ELASTICSEARCH_URIS'),
  },
  { library: /:spring-boot-starter-data-neo4j$/, what: 'Neo4j', variables: always('SPRING_NEO4J_URI') },
  { library: /:spring-boot-starter-amqp$/, what: 'RabbitMQ', variables: always('SPRING_RABBITMQ_HOST') },
  {
    library: /:spring-kafka$|:spring-boot-starter-kafka$/,
    what: 'Kafka',
    variables: always('SPRING_KAFKA_BOOTSTRAPSERVERS'),
  },
  {
    library: /:spring-cloud-starter-netflix-eureka-client$/,
    what: 'Eureka',
    variables: always('EUREKA_CLIENT_SERVICEURL_DEFAULTZONE'),
  },
  {
    library: /:spring-cloud-starter-config$/,
    what: 'a configuration server',
    variables: always('SPRING_CLOUD_CONFIG_URI'),
  },
  { library: /:quarkus-jdbc-(?!h2|derby)/, what: 'a database', variables: always('QUARKUS_DATASOURCE_JDBC_URL') },
  {
    library: /:quarkus-reactive-(?:pg|mysql|mssql|oracle|db2)-client$/,
    what: 'a database',
    variables: always('QUARKUS_DATASOURCE_REACTIVE_URL'),
  },
  { library: /:quarkus-mongodb/, what: 'MongoDB', variables: always('QUARKUS_MONGODB_CONNECTION_STRING') },
  { library: /:quarkus-redis-client$/, what: 'Redis', variables: always('QUARKUS_REDIS_HOSTS') },
  {
    library: /:quarkus-(?:smallrye-reactive-)?messaging-kafka$/,
    what: 'Kafka',
    variables: always('KAFKA_BOOTSTRAP_SERVERS'),
  },
  { library: /:kafka-(?:clients|streams)$/, what: 'Kafka', variables: null },
  {
    library:
      /^org\.postgresql:postgresql$|:mysql-connector-j(?:ava)?$|:mariadb-java-client$|^com\.microsoft\.sqlserver:mssql-jdbc$|:ojdbc\d+$/,
    what: 'a database',
    variables: null,
  },
  {
    library: /^org\.mongodb:mongo(?:db-driver-(?:sync|reactivestreams)|-java-driver)$/,
    what: 'MongoDB',
    variables: null,
  },
  {
    library: /^redis\.clients:jedis$|^io\.lettuce:lettuce-core$|^org\.redisson:redisson$/,
    what: 'Redis',
    variables: null,
  },
  { library: /^com\.rabbitmq:amqp-client$/, what: 'RabbitMQ', variables: null },
];

/** Databases and brokers that run inside the program itself. */
const EMBEDDED: Readonly<Record<string, RegExp>> = {
  'a database': /:h2$|:hsqldb$|:derby$|:sqlite-jdbc$|:r2dbc-h2$/,
  MongoDB: /embed\.mongo/,
  Redis: /embedded-redis/,
};

/** One note for each service that must be there when the container starts. */
export function neededServices(inputs: Inputs): readonly Note[] {
  const runtime = inputs.dependencies.filter(isRuntime);
  const notes: Note[] = [];
  for (const need of NEEDS) {
    const library = runtime.find((one) => need.library.test(`${one.group}:${one.name}`));
    if (!library || notes.some((note) => note.args['what'] === need.what) || isEmbedded(need, runtime, inputs))
      continue;
    const version = inputs.bootVersion?.value ?? '3.0';
    const variable = need.variables?.find(([since]) => isAtLeast(version, since))?.[1] ?? null;
    notes.push({
      code: variable === null ? 'needs-service' : 'needs-service-at',
      severity: 'info',
      places: [library.place],
      args: { what: need.what, library: library.name, ...(variable === null ? {} : { variable }) },
    });
  }
  return notes;
}

/** A driver beside it does not matter where the settings name a server. */
function isEmbedded(need: Need, runtime: readonly Dependency[], inputs: Inputs): boolean {
  const url = need.what === 'a database' ? inputs.settings('spring.datasource.url')?.value : undefined;
  if (url && /jdbc:(?!h2|hsqldb|derby|sqlite)\w+:/.test(url)) return false;
  const pattern = EMBEDDED[need.what];
  return pattern !== undefined && runtime.some((one) => pattern.test(`${one.group}:${one.name}`));
}
