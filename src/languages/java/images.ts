import { chooseImages } from '../../images/choose.ts';
import { own } from '../../project/own.ts';
import type { ImageChoices } from '../language.ts';
import type { JavaFacts } from './facts.ts';

type Wanted = readonly { readonly id: string; readonly why: string }[];

const JDK = { id: 'java/temurin-jdk', why: 'The JDK alone: the project brings its build tool along as a wrapper.' };
const MAVEN: Wanted = [
  { id: 'maven/temurin', why: 'Maven on the JDK whose JRE runs the application.' },
  { id: 'maven/corretto', why: 'The same with Amazon’s JDK.' },
];
/** By line of Gradle, the newest first. */
const GRADLE: Readonly<Record<string, Wanted[number]>> = {
  '9': { id: 'gradle/temurin', why: 'Gradle on the JDK whose JRE runs the application.' },
  '8': { id: 'gradle/temurin-8', why: 'Gradle 8: the last that runs on an old Java, and that takes older scripts.' },
  '7': { id: 'gradle/temurin-7', why: 'Gradle 7, which the project was written for.' },
  '6': { id: 'gradle/temurin-6', why: 'Gradle 6, the last that takes the scripts of older ones.' },
};

/** The line that the project needs, then the newest ones; without a word of the project the newest. */
function gradles(version: string | null): Wanted {
  const lines = new Set([version?.split('.')[0] ?? '9', '9', '8']);
  return [...lines].map((line) => own(GRADLE, line)).filter((one) => one !== undefined);
}

/** The wrapper decides between a plain JDK and an image with the build tool; byte code runs on every C library. */
export function images(facts: JavaFacts): ImageChoices {
  const tool = facts.build.tool === 'maven' ? MAVEN : gradles(facts.build.version);
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
