import { chooseImages } from '../../images/choose.ts';
import type { ImageChoices } from '../language.ts';
import type { JavaFacts } from './facts.ts';

type Wanted = readonly { readonly id: string; readonly why: string }[];

const JDK = { id: 'java/temurin-jdk', why: 'The JDK alone: the project brings its build tool along as a wrapper.' };
const MAVEN: Wanted = [
  { id: 'maven/temurin', why: 'Maven on the JDK whose JRE runs the application.' },
  { id: 'maven/corretto', why: 'The same with Amazon’s JDK.' },
];
const GRADLE: Wanted = [
  { id: 'gradle/temurin', why: 'Gradle on the JDK whose JRE runs the application.' },
  { id: 'gradle/temurin-8', why: 'The last Gradle that runs on this Java.' },
];

/** The wrapper decides between a plain JDK and an image with the build tool; byte code runs on every C library. */
export function images(facts: JavaFacts): ImageChoices {
  const tool = facts.build.tool === 'maven' ? MAVEN : GRADLE;
  return {
    build: chooseImages(facts.jdk, facts.build.wrapper ? [JDK, ...tool] : tool),
    runtime: chooseImages(
      facts.version.value,
      facts.artefact.kind === 'war' ? tomcat(facts.artefact.server) : runtimes(facts),
    ),
  };
}

function runtimes(facts: JavaFacts): Wanted {
  return [
    { id: 'java/temurin-jre', why: 'The runtime alone, with a shell for a look inside.' },
    { id: 'java/distroless', why: 'No shell and no package manager: the smallest attack surface.' },
    { id: 'java/corretto', why: 'Amazon’s build of the JDK, without its graphical parts.' },
    ...(facts.glibc ? [] : [{ id: 'java/temurin-jre-alpine', why: 'The smallest; byte code does not mind musl.' }]),
  ];
}

function tomcat(version: string): Wanted {
  return [{ id: `tomcat/${version}`, why: 'The servlet container that the application is made for, on the JRE.' }];
}
