import { describe, expect, test } from 'vitest';
import { BOOT_PLUGIN, bootParent, dependency, factsOf, plainProject, planOf, pom, SPRING_MAIN } from './project.ts';

const level = (version: string) =>
  `<properties><maven.compiler.release>${version}</maven.compiler.release></properties>`;
const profile = (activation: string, body: string) =>
  `<profile><id>p</id><activation>${activation}</activation>${body}</profile>`;
const withProfiles = (...profiles: readonly string[]) => ({ rest: `<profiles>${profiles.join('')}</profiles>` });

describe('a profile without -P', () => {
  test.each([
    ['<activeByDefault>true</activeByDefault>', '17'],
    ['<file><exists>src/main/java/a/Main.java</exists></file>', '17'],
    ['<file><exists>${basedir}/src/main/java/a/Main.java</exists></file>', '17'],
    ['<file><missing>src/main/java/a/Main.java</missing></file>', '21'],
    ['<file><exists>${other}/x</exists></file>', '21'],
    ['<property><name>!skip</name></property>', '17'],
    ['<property><name>ci</name></property>', '21'],
    ['<property><name>given</name></property>', '17'],
    ['<property><name>given</name><value>yes</value></property>', '17'],
    ['<property><name>given</name><value>!yes</value></property>', '21'],
    ['<os><family>unix</family></os>', '17'],
    ['<os><family>windows</family></os>', '21'],
    ['<os><family>!windows</family></os>', '17'],
    ['<jdk>[1.8,)</jdk>', '21'],
    ['<property><name>!skip</name></property><file><missing>pom.xml</missing></file>', '21'],
  ])('with %j leads to Java %s', (activation, version) => {
    const files = plainProject(withProfiles(profile(activation, level('17'))), {
      '.mvn/maven.config': '-Dgiven=yes\n',
    });
    expect(factsOf(files).version.value).toBe(version);
  });

  test('that is active by default is so only while no other one of the pom is', () => {
    const files = plainProject(
      withProfiles(
        profile('<activeByDefault>true</activeByDefault>', level('17')),
        profile('<property><name>!skip</name></property>', level('11')),
      ),
    );
    expect(factsOf(files).version.value).toBe('11');
  });
});

describe('a profile of a parent that looks for a file', () => {
  const web = dependency('org.springframework.boot:spring-boot-starter-web');
  const files = {
    'pom.xml': pom({
      head: bootParent('3.4.1').replace(
        '<artifactId>app</artifactId>',
        '<groupId>g</groupId><artifactId>root</artifactId>',
      ),
      rest: `<packaging>pom</packaging><modules><module>api</module></modules><profiles>${profile(
        '<file><exists>src/main/resources/application.yml</exists></file>',
        `<build><plugins>${BOOT_PLUGIN}</plugins></build>`,
      )}</profiles>`,
    }),
    'api/pom.xml': pom({
      head: '<parent><groupId>g</groupId><artifactId>root</artifactId><version>1.0</version></parent><artifactId>api</artifactId>',
      dependencies: web,
    }),
    'api/src/main/java/a/App.java': SPRING_MAIN,
    'api/src/main/resources/application.yml': 'server:\n  port: 8081\n',
  };

  test('looks in the folder of the module', () => {
    expect(factsOf(files, 'api').artefact.kind).toBe('boot');
  });

  test('finds it while the dependencies are fetched', () => {
    const copied = planOf(files, 'api').parts.manifests.flatMap(({ sources }) => sources);
    expect(copied).toContain('api/src/main/resources/application.yml');
  });
});

test.each([
  ['dev', true, 'prod', ['dev', 'prod']],
  ['local', true, 'production', ['local', 'production']],
  ['dev', false, 'prod', undefined],
  ['dev', true, 'native', undefined],
])('profile %s, active by default: %s, beside %s', (id, isDefault, other, told) => {
  const one = `<profile><id>${id}</id><activation><activeByDefault>${isDefault}</activeByDefault></activation></profile>`;
  const facts = factsOf(plainProject(withProfiles(one, `<profile><id>${other}</id></profile>`)));
  const note = facts.notes.find(({ code }) => code === 'development-profile');
  expect(note && [note.args['used'], note.args['production']]).toEqual(told);
});
