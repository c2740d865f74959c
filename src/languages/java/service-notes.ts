import type { Fact, Messages, Note } from '../../model/fact.ts';
import { COMMON_MESSAGES } from '../shared/notes.ts';
import type { Artefact } from './artefact.ts';
import { findDependency, isAtLeast } from './dependency.ts';
import type { Inputs } from './inputs.ts';
import { localListener } from './listening.ts';
import { mainClasses } from './main-class.ts';
import { neededServices } from './needs.ts';
import type { Program } from './program.ts';
import { needsApplicationServer } from './servlet.ts';
import { firstInSource } from './sources.ts';

export const MESSAGES: Messages = {
  ...COMMON_MESSAGES,
  'java-floor': ({ declared, what, needed }) =>
    `The project asks for Java ${declared}, but ${what} needs Java ${needed}, which is used. Raise the level in the build file.`,
  'wrapper-incomplete': () =>
    'The Maven wrapper lacks .mvn/wrapper/maven-wrapper.properties, or it names no distribution; the Maven of the build image is used. Run "mvn wrapper:wrapper" to mend it.',
  'wrapper-insecure': () =>
    'The Maven wrapper fetches Maven without TLS, which its server refuses; the Maven of the build image is used. Change distributionUrl to https.',
  'wrapper-line-ends': () =>
    'The Maven wrapper has Windows line ends and would not run; the Maven of the build image is used. Add "mvnw text eol=lf" to .gitattributes.',
  'several-main-classes': ({ classes }) => `Several classes can be started: ${classes}. Choose one with --command.`,
  'no-main-class': () =>
    'No class with a main method was found, so there is nothing to start. Name the module that is the application, or give --command.',
  'needs-service': ({ what, library }) =>
    `The service needs ${what} (${library}); give its address when the container starts.`,
  'needs-service-at': ({ what, library, variable }) =>
    `The service needs ${what} (${library}); give its address when the container starts, for example with ${variable}.`,
  'listens-locally': ({ address }) =>
    `The server listens on ${address} alone, so nothing outside the container reaches it. Listen on 0.0.0.0.`,
  'reads-input': () =>
    'The program waits for a key on its standard input, which is closed in a container, and then ends. Wait for a signal instead, or run the container with -i.',
  'needs-dotenv': () =>
    'Dotenv ends the program where there is no .env, which is not in the image, since it may hold secrets. Call ignoreIfMissing() and give the variables to the container, or mount the file: -v ./.env:/app/.env:ro.',
  'no-graceful-stop': ({ version }) =>
    `Spring Boot ${version} drops requests in flight when it stops; set server.shutdown=graceful to let them end.`,
  'application-server': ({ library }) =>
    `${library} belongs to a full application server. Tomcat has servlets, pages and web sockets only: if the application uses more (EJB, CDI, JPA), take a WildFly, Open Liberty or TomEE image.`,
  'deployed-to': ({ plugin, server, image, folder }) =>
    `${plugin} deploys the application on ${server}; the image has Tomcat, which has servlets, pages and web sockets only. If the application uses more (EJB, CDI, JAX-RS), let the last stage start FROM ${image} and copy the war to ${folder}.`,
  'web-application-as-jar': ({ plugin }) =>
    `src/main/webapp is a web application, but the pom packs a jar, which only ${plugin} serves. Set <packaging>war</packaging>, and the image will hold it on Tomcat.`,
  'packed-in-ear': ({ ear }) =>
    `${ear} packs the application into an EAR, which needs a Jakarta EE server; the image holds this web application alone, on Tomcat. For the whole, let the last stage start FROM such a server (WildFly, Open Liberty, TomEE) and copy the EAR to its folder for applications.`,
  'writable-folders-of-tomcat': ({ folders }) =>
    `Under a read-only root file system, Tomcat needs ${folders} writable: give them as tmpfs.`,
  'writable-folder': ({ folder }) =>
    `The program writes to ${folder}; the image makes that folder writable. Mount a volume there to keep what it writes.`,
  'key-in-image': ({ file }) =>
    `${file} lies among the sources and becomes part of the image. If it is a real key, mount it at run time instead.`,
  'repository-without-tls': ({ url }) =>
    `Maven refuses ${url}, which is without TLS; the image build asks the same host with https. Change the pom.`,
  'private-repository': () =>
    'A repository of the build needs credentials: build with --secret id=maven-settings,src=$HOME/.m2/settings.xml.',
  'secret-variables': ({ names }) =>
    `The build reads ${names}: pass each as a secret of that name, --secret id=NAME,env=NAME.`,
  'development-profile': ({ used, production }) =>
    `The pom builds its profile ${used} by default, and so does the image. For ${production}, add -P${production} to both calls of Maven.`,
  'needs-program': ({ program }) =>
    `The build starts ${program}, which the build image may not have: choose one that has it with --build-image, or let a Maven plugin fetch it.`,
  'dependencies-late': ({ plugin }) =>
    `What ${plugin} does without sources is not known, so the dependencies are resolved without it; a change of code may fetch a few more files.`,
  'gradle-runs-on': ({ gradle, jdk, wanted }) =>
    `Gradle ${gradle} does not run on Java ${wanted}; the build stage has Java ${jdk}. Update the wrapper, or declare a toolchain.`,
  'gradle-assumed': ({ major, sign }) =>
    `The project has no Gradle wrapper; Gradle ${major} builds it, since a newer one does not take ${sign}. Commit a wrapper to choose.`,
  'gradle-wrapper-incomplete': () =>
    'The Gradle wrapper lacks gradle/wrapper/gradle-wrapper.jar; the Gradle of the build image is used. Commit that file: it is often left out by a rule for *.jar.',
};

/** What an operator should know about a service. */
export function serviceNotes(
  service: { readonly inputs: Inputs; readonly artefact: Artefact; readonly notes: readonly Note[] },
  program: Program,
  command: Fact<readonly string[]> | null,
): readonly Note[] {
  const { inputs, artefact } = service;
  const namesServer = service.notes.some(({ code }) => code === 'deployed-to' || code === 'packed-in-ear');
  return [
    ...neededServices(inputs),
    artefact.kind === 'war' ? null : stopNote(inputs, program),
    dotenvNote(inputs),
    program.kind === 'web' ? localNote(inputs) : null,
    program.kind === 'web' ? inputNote(inputs) : null,
    command === null && !service.notes.some(({ code }) => code === 'web-application-as-jar') ? mainNote(inputs) : null,
    artefact.kind === 'war' && !namesServer ? tomcatNote(inputs) : null,
  ].filter((note) => note !== null);
}

function localNote(inputs: Inputs): Note | null {
  const fact = localListener(inputs.sources);
  return fact && { code: 'listens-locally', severity: 'warning', places: [fact.from], args: { address: fact.value } };
}

/** Libraries that read `.env` refuse to go on without it, unless they are told otherwise. */
function dotenvNote({ dependencies, sources }: Inputs): Note | null {
  if (!findDependency(dependencies, /^io\.github\.cdimascio:/)) return null;
  if (sources.some(({ text }) => /\bignoreIfMissing\b/.test(text))) return null;
  const found = sources
    .map((source) => firstInSource(source, /\b(Dotenv\.(?:load|configure)\(|dotenv\(\))/))
    .find((fact) => fact !== null);
  return found ? { code: 'needs-dotenv', severity: 'warning', places: [found.from], args: {} } : null;
}

/** "Press enter to stop": a container's standard input is closed from the start. */
function inputNote(inputs: Inputs): Note | null {
  const found = inputs.sources
    .filter((source) => /void\s+main\s*\(/.test(source.text))
    .map((source) => firstInSource(source, /System\.in\.read\(\)|console\(\)\.readLine\(/))
    .find((fact) => fact !== null);
  return found ? { code: 'reads-input', severity: 'warning', places: [found.from], args: {} } : null;
}

/** Graceful since 2.3, and by default since 3.4. */
function stopNote(inputs: Inputs, program: Program): Note | null {
  const version = inputs.bootVersion;
  const isOld = version !== null && isAtLeast(version.value, '2.3') && !isAtLeast(version.value, '3.4');
  if (!isOld || program.kind !== 'web' || inputs.settings('server.shutdown')) return null;
  return { code: 'no-graceful-stop', severity: 'info', places: [version.from], args: { version: version.value } };
}

function mainNote(inputs: Inputs): Note {
  const classes = mainClasses(inputs.sources);
  if (classes.length === 0) return { code: 'no-main-class', severity: 'warning', places: [inputs.manifest], args: {} };
  const names = classes.slice(0, 6).map((fact) => fact.value);
  return {
    code: 'several-main-classes',
    severity: 'warning',
    places: classes.slice(0, 6).map((fact) => fact.from),
    args: { classes: names.join(', ') },
  };
}

function tomcatNote(inputs: Inputs): Note | null {
  const library = needsApplicationServer(inputs.dependencies);
  return (
    library && {
      code: 'application-server',
      severity: 'warning',
      places: [library.place],
      args: { library: library.name },
    }
  );
}
