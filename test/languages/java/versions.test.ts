import { describe, expect, test } from 'vitest';
import { chooseVersion, imageVersion, javaMajor } from '../../../src/languages/java/versions.ts';
import { bootProject, dependency, factsOf, noteCodes, plainProject } from './project.ts';

test.each([
  ['1.8', '8'],
  ['1.9', '9'],
  ['1.10', '10'],
  ['8', '8'],
  ['17', '17'],
  ['17.0.11', '17'],
  ['21.0.4-tem', '21'],
  ['temurin-21.0.4+7.0.LTS', '21'],
  ['8u412-b08', '8'],
  ['VERSION_1_8', '8'],
  ['openjdk11', '11'],
  ['corretto-17', '17'],
])('reads %s as Java %s', (text, major) => {
  expect(javaMajor(text)).toBe(major);
});

test.each(['', 'latest', '${java}'])('reads no version from %j', (text) => {
  expect(javaMajor(text)).toBeNull();
});

test.each([
  ['6', '8'],
  ['9', '11'],
  ['16', '17'],
  ['18', '21'],
  ['24', '25'],
])('maps Java %s to the image for %s', (major, image) => {
  expect(imageVersion(major)).toBe(image);
});

test('has no image for a Java of the future', () => {
  expect(imageVersion('40')).toBeNull();
});

describe('in a pom', () => {
  test.each([
    ['<maven.compiler.release>17</maven.compiler.release><maven.compiler.source>11</maven.compiler.source>', '17'],
    ['<maven.compiler.source>1.8</maven.compiler.source><maven.compiler.target>1.8</maven.compiler.target>', '8'],
    ['<java.version>11</java.version>', '11'],
    ['<v>21</v><maven.compiler.release>${v}</maven.compiler.release>', '21'],
  ])('%s means %s', (properties, version) => {
    expect(factsOf(plainProject({ properties })).version.value).toBe(version);
  });

  test('the compiler plugin wins over properties', () => {
    const plugins =
      '<plugin><artifactId>maven-compiler-plugin</artifactId><configuration><release>21</release></configuration></plugin>';
    const files = plainProject({ properties: '<maven.compiler.source>11</maven.compiler.source>', plugins });
    expect(factsOf(files).version).toMatchObject({ value: '21', holds: '21' });
  });

  test.each([
    ['2.7.18', '8'],
    ['3.2.0', '17'],
    ['4.1.2', '17'],
  ])("Spring Boot %s's parent means %s", (boot, version) => {
    expect(factsOf(bootProject(boot)).version.value).toBe(version);
  });

  test('java.version wins over the target with the parent of Spring Boot 3, which sets the release from it', () => {
    const properties = '<java.version>21</java.version><maven.compiler.target>17</maven.compiler.target>';
    expect(factsOf(bootProject('3.3.0', { properties })).version.value).toBe('21');
  });

  test('without a word, a default is taken and said', () => {
    expect(factsOf(plainProject()).version).toEqual({ value: '21', from: 'pom.xml' });
    expect(noteCodes(plainProject())).toContain('version-assumed');
  });

  test('without a word, an old Lombok keeps the JDK old', () => {
    const dependencies = dependency('org.projectlombok:lombok:1.18.24');
    expect(factsOf(plainProject({ dependencies })).version).toMatchObject({ value: '17', holds: '1.18.24' });
  });

  test('a library that needs more raises the level and says so with both places', () => {
    const files = plainProject({
      properties: '<maven.compiler.release>8</maven.compiler.release>',
      dependencies: dependency('io.javalin:javalin:6.7.0'),
    });
    const facts = factsOf(files);
    expect(facts.version.value).toBe('11');
    expect(facts.notes.find((note) => note.code === 'java-floor')?.places).toHaveLength(2);
  });

  test('the highest level of the modules that are built together counts', () => {
    const parent = '<parent><groupId>g</groupId><artifactId>root</artifactId><version>1</version></parent>';
    const files = {
      'pom.xml': `<project><groupId>g</groupId><artifactId>root</artifactId><version>1</version><packaging>pom</packaging>
        <modules><module>lib</module><module>app</module></modules>
        <properties><maven.compiler.release>11</maven.compiler.release></properties></project>`,
      'lib/pom.xml': `<project>${parent}<artifactId>lib</artifactId><properties><maven.compiler.release>21</maven.compiler.release></properties></project>`,
      'app/pom.xml': `<project>${parent}<artifactId>app</artifactId><dependencies>${dependency('g:lib:1')}</dependencies></project>`,
      'app/src/main/java/a/Main.java': 'class Main { public static void main(String[] a) {} }',
    };
    expect(factsOf(files, 'app').version.value).toBe('21');
  });
});

describe('beside a pom', () => {
  const silent = plainProject();

  test.each([
    ['.java-version', '17\n'],
    ['.sdkmanrc', 'java=17.0.9-tem\n'],
    ['.tool-versions', 'java temurin-17.0.9+9\n'],
    ['mise.toml', '[tools]\njava = "corretto-17"\n'],
    ['system.properties', 'java.runtime.version=17\n'],
    ['.github/workflows/ci.yml', 'steps:\n  - with:\n      java-version: 17\n'],
    ['Dockerfile', 'FROM openjdk:17-jdk-slim\n'],
  ])('%s speaks where the pom does not', (path, text) => {
    expect(factsOf({ ...silent, [path]: text }).version).toMatchObject({ value: '17' });
  });

  test('another version than the pom names is a conflict with both places', () => {
    const files = plainProject(
      { properties: '<maven.compiler.release>17</maven.compiler.release>' },
      { '.java-version': '21\n' },
    );
    const conflict = factsOf(files).notes.find((note) => note.code === 'version-conflict');
    expect(factsOf(files).version.value).toBe('17');
    expect(conflict?.places).toEqual(['pom.xml:3', '.java-version:1']);
  });

  test('a workflow that tests newer versions as well is no conflict', () => {
    const files = plainProject(
      { properties: '<maven.compiler.release>17</maven.compiler.release>' },
      { '.github/workflows/ci.yml': '      java-version: 21\n' },
    );
    expect(noteCodes(files)).toEqual([]);
  });
});

test('a version at its end is reported', () => {
  const levels = [{ value: '26', from: 'pom.xml:1' }];
  const found = { levels, tools: [], hints: [], floors: [], ceiling: null, manifest: 'pom.xml' };
  expect(chooseVersion(found, '2026-11-23').notes.map((note) => note.code)).toEqual(['end-of-life']);
  expect(chooseVersion(found, '2026-06-01').notes).toEqual([]);
});
