import { type Family, PLAIN } from './family.ts';

const JAVA = {
  ...PLAIN,
  product: 'java',
  env: /^(JAVA_HOME|JAVA_VERSION|LANG|LANGUAGE|LC_ALL)$/,
} as const;

const JDK_TOOLS = ['java', 'javac', 'jlink'];

/** Sources: adoptium/containers, docker-library, keeganwitt/docker-gradle. */
export const JAVA_FAMILIES: readonly Family[] = [
  {
    ...JAVA,
    id: 'temurin-jdk',
    repository: /^eclipse-temurin$/,
    version: /:(\d+)/,
    system: 'ubuntu',
    has: ['java'],
    unsure: ['javac', 'jlink', 'curl', 'wget', 'bash', 'git', 'unzip', 'zip'],
    entrypoint: ['/__cacert_entrypoint.sh'],
  },
  { ...JAVA, id: 'corretto', repository: /^amazoncorretto$/, version: /:(\d+)/, system: 'rpm', has: ['java'] },
  {
    ...JAVA,
    id: 'openjdk',
    repository: /^openjdk$/,
    version: /:(\d+)/,
    has: ['java'],
    unsure: ['javac', 'jlink', 'curl', 'wget', 'git', 'bash'],
  },
  {
    ...JAVA,
    id: 'maven',
    repository: /^maven$/,
    version: /(?:temurin|corretto|sapmachine|semeru|openj9|jdk|openjdk)-(\d+)/,
    system: 'ubuntu',
    has: [...JDK_TOOLS, 'mvn'],
    unsure: ['curl', 'wget', 'git', 'ssh', 'bash', 'unzip', 'zip'],
    entrypoint: ['/usr/local/bin/mvn-entrypoint.sh'],
    isToolchain: true,
    env: /^(JAVA_HOME|JAVA_VERSION|LANG|LANGUAGE|LC_ALL|MAVEN_HOME|MAVEN_CONFIG)$/,
  },
  {
    ...JAVA,
    id: 'gradle',
    workdir: '/home/gradle',
    repository: /^gradle$/,
    version: /(?:jdk|jre)-?(\d+)/,
    system: 'ubuntu',
    users: { gradle: 1000 },
    has: [...JDK_TOOLS, 'gradle'],
    unsure: ['curl', 'wget', 'git', 'ssh', 'bash', 'unzip', 'zip'],
    isToolchain: true,
    env: /^(JAVA_HOME|JAVA_VERSION|LANG|LANGUAGE|LC_ALL|GRADLE_\w+)$/,
  },
];
