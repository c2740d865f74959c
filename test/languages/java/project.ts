import type { JavaFacts } from '../../../src/languages/java/facts.ts';
import { java } from '../../../src/languages/java/index.ts';
import type { JavaParts } from '../../../src/languages/java/plan.ts';
import type { ImagePlan } from '../../../src/model/plan.ts';
import type { Answers } from '../../../src/model/question.ts';
import { makePlan } from '../../../src/plan/plan.ts';
import { type ObjectFile, projectFromObject } from '../../../src/project/object.ts';
import { completeAnswers } from '../../../src/wizard/answers.ts';
import { questionsAbout } from '../../../src/wizard/questions.ts';

export type Files = Readonly<Record<string, ObjectFile>>;

const CONTEXT = { today: '2026-11-23' };

export const BOOT_PLUGIN =
  '<plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin>';

/** The parts of a pom that a test wants; the rest is as small as it may be. */
export function pom(parts: {
  readonly head?: string;
  readonly properties?: string;
  readonly dependencies?: string;
  readonly plugins?: string;
  readonly build?: string;
  readonly rest?: string;
}): string {
  return [
    '<project xmlns="http://maven.apache.org/POM/4.0.0">',
    parts.head ?? '<groupId>g</groupId><artifactId>app</artifactId><version>1.0</version>',
    `<properties>${parts.properties ?? ''}</properties>`,
    `<dependencies>${parts.dependencies ?? ''}</dependencies>`,
    `<build>${parts.build ?? ''}<plugins>${parts.plugins ?? ''}</plugins></build>`,
    parts.rest ?? '',
    '</project>',
  ].join('\n');
}

export function dependency(coordinates: string, rest = ''): string {
  const [group, name, version] = coordinates.split(':');
  const versioned = version ? `<version>${version}</version>` : '';
  return `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId>${versioned}${rest}</dependency>`;
}

export function bootParent(version: string): string {
  return [
    '<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId>',
    `<version>${version}</version><relativePath/></parent><artifactId>app</artifactId><version>1.0</version>`,
  ].join('');
}

export const SPRING_MAIN =
  'package a;\n@SpringBootApplication\npublic class App {\n  public static void main(String[] args) {}\n}\n';
export const HTTP_MAIN =
  'package a;\nclass Main {\n  public static void main(String[] args) {\n    HttpServer.create(new InetSocketAddress(8000), 0);\n  }\n}\n';

/** A Spring Boot project of one module. */
export function bootProject(version: string, parts: Parameters<typeof pom>[0] = {}, more: Files = {}): Files {
  const web = dependency('org.springframework.boot:spring-boot-starter-web');
  return {
    'pom.xml': pom({
      head: bootParent(version),
      plugins: BOOT_PLUGIN,
      ...parts,
      dependencies: `${web}${parts.dependencies ?? ''}`,
    }),
    'src/main/java/a/App.java': SPRING_MAIN,
    ...more,
  };
}

/** A project with one dependency-free server class. */
export function plainProject(parts: Parameters<typeof pom>[0] = {}, more: Files = {}): Files {
  return { 'pom.xml': pom(parts), 'src/main/java/a/Main.java': HTTP_MAIN, ...more };
}

export function factsOf(files: Files, directory = '.'): JavaFacts {
  return java.facts(projectFromObject(files), directory, CONTEXT);
}

export function planOf(files: Files, directory = '.', given: Answers = {}): ImagePlan<JavaParts> {
  const facts = factsOf(files, directory);
  const answers = completeAnswers(questionsAbout(java, facts, java.images(facts, CONTEXT)), given);
  return makePlan(projectFromObject(files), java, facts, answers, CONTEXT) as ImagePlan<JavaParts>;
}

export function noteCodes(files: Files, directory = '.'): readonly string[] {
  return factsOf(files, directory).notes.map((note) => note.code);
}

/** Directories that may hold a service, the strongest evidence first. */
export function detected(files: Files): readonly { readonly directory: string; readonly strength: number }[] {
  return [...java.detect(projectFromObject(files))].sort((a, b) => b.strength - a.strength);
}
