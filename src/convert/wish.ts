import type { RuntimeWish } from './runtime-base.ts';
import type { Survey } from './survey.ts';

const NEEDS_JDK =
  /getSystemJavaCompiler|javax\.tools\.|com\.sun\.tools|jdk\.jshell|sun\.tools\.|com\.sun\.source|VirtualMachine\.attach/;
const JDK_TOOLS = /^(javac|jar|jcmd|jstack|jmap|jps|jstat|jshell|jlink|javap|jdb|jconsole|jdeps)$/;

/** What the program needs of its runtime image, read from its sources and build files. */
export function wishFor(survey: Survey): RuntimeWish {
  const { project } = survey.context;
  const isJava = ['maven', 'gradle', 'sbt', 'java'].includes(survey.base.family?.id ?? '');
  const sources = isJava ? project.find({ endings: ['.java', '.kt', '.scala', '.groovy'], limit: 3000 }) : [];
  const startsTool = [...survey.start.calls, ...survey.start.sideCalls].some((call) => JDK_TOOLS.test(call.name));
  const needsJdk =
    startsTool || sources.some((path) => !/(^|\/)src\/test\//.test(path) && NEEDS_JDK.test(project.source(path) ?? ''));
  const projects =
    survey.base.family?.id === 'dotnet' ? project.find({ endings: ['.csproj', '.fsproj', '.vbproj'], limit: 200 }) : [];
  const isWeb =
    projects.length === 0 || projects.some((path) => /Sdk\.Web|Microsoft\.AspNetCore/.test(project.source(path) ?? ''));
  const texts = [survey.file.text, ...survey.start.files.map((path) => project.source(path) ?? '')];
  const isFixed = texts.some((text) => /\/usr\/local\/openjdk-|\/opt\/java\/|\/usr\/lib\/jvm\//.test(text));
  return { java: needsJdk ? 'jdk' : 'jre', isFixed, isWeb, needsSuite: linksToLibraries(survey) };
}

/** Header packages, or libraries of the language that are bound to the system's. */
function linksToLibraries(survey: Survey): boolean {
  const installed = [...survey.runs.values()]
    .flat()
    .some((part) => part.verdict.role === 'packages' && part.verdict.packages.some((name) => /-dev(el)?$/.test(name)));
  const lock = survey.context.project.source('Cargo.lock') ?? '';
  return installed || /name = "(openssl|pq|mysqlclient|curl|libsqlite3|zmq)-sys"/.test(lock);
}
