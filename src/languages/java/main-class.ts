import type { Fact } from '../../model/fact.ts';
import { type Dependency, findDependency, isAtLeast } from './dependency.ts';
import { firstInSource, type Source } from './sources.ts';

/** A class with an entry point, and how much speaks for it being the program rather than a tool beside it. */
interface Candidate {
  readonly fact: Fact;
  readonly score: number;
}

const JAVA_MAIN = /(?:public\s+static|static\s+public)\s+(?:final\s+)?void\s+main\s*\(/;
/** Java 25 starts instance methods without modifiers as well; what is indented is a method of a named class. */
const SHORT_MAIN = /^\s*(?:static\s+)?void\s+main\s*\(\s*(?:String\s*(?:\[\s*\]|\.\.\.)\s*\w+\s*)?\)/m;
const KOTLIN_MAIN = /^\s*(?:@JvmStatic\s+)?(?:suspend\s+)?fun\s+main\s*\(/m;
const SCALA_MAIN =
  /\bobject\s+(\w+)\s+extends\s+(?:\w+\s+with\s+)*(?:App|IOApp|ZIOAppDefault|IOApp\.Simple)\b|def\s+main\s*\(\s*\w+\s*:\s*Array/;

/**
 * The class that starts the program. Of several, the likeliest; `null` where there is none, or where nothing tells two
 * apart. `name` is the service's own name: `OrderService` for `order-service` is a good sign.
 */
export function findMainClass(sources: readonly Source[], name: string): Fact | null {
  const candidates = sources
    .map((source) => candidateIn(source, name))
    .filter((one) => one !== null)
    .sort((a, b) => b.score - a.score);
  const [first, second] = candidates;
  if (!first || (second && second.score === first.score)) return null;
  return first.fact;
}

/** Every entry point, for the sentence that says between which one must choose. */
export function mainClasses(sources: readonly Source[]): readonly Fact[] {
  return sources.map((source) => candidateIn(source, '')?.fact).filter((fact) => fact !== undefined);
}

/** The class of the framework that starts a program which has none of its own. */
export function frameworkMain(dependencies: readonly Dependency[]): Fact | null {
  const helidon = findDependency(dependencies, /^io\.helidon\.(?:microprofile|applications:helidon-mp$)/);
  if (!helidon) return null;
  const versions = dependencies.filter((one) => one.group.startsWith('io.helidon')).map((one) => one.version?.value);
  const isNew = versions.some((version) => version !== undefined && isAtLeast(version, '4.0'));
  return {
    value: isNew ? 'io.helidon.Main' : 'io.helidon.microprofile.cdi.Main',
    from: helidon.place,
    holds: helidon.name,
  };
}

function candidateIn(source: Source, name: string): Candidate | null {
  const found = entryPoint(source);
  return found && { fact: found, score: scoreOf(source, found.value, name) };
}

function entryPoint(source: Source): Fact | null {
  const file = source.path.slice(source.path.lastIndexOf('/') + 1, source.path.lastIndexOf('.'));
  const main = mainIn(source);
  if (!main) return null;
  const packageName = firstInSource(source, /^\s*package\s+([\w.]+)/m)?.value;
  const simple = classNameIn(source, file);
  return { value: packageName ? `${packageName}.${simple}` : simple, from: main.from, holds: main.value };
}

function mainIn(source: Source): Fact | null {
  if (source.path.endsWith('.kt')) return firstInSource(source, new RegExp(`(${KOTLIN_MAIN.source})`, 'm'));
  if (source.path.endsWith('.scala')) return firstInSource(source, new RegExp(`(?:${SCALA_MAIN.source})`));
  return firstInSource(source, JAVA_MAIN) ?? firstInSource(source, SHORT_MAIN);
}

/** A Kotlin file's functions are in a class named after the file; inside an object, in that. */
function classNameIn(source: Source, file: string): string {
  if (source.path.endsWith('.kt')) {
    const renamed = firstInSource(source, /@file:JvmName\("(\w+)"\)/)?.value;
    const holder =
      /@JvmStatic\s+(?:suspend\s+)?fun\s+main/.test(source.text) &&
      firstInSource(source, /^(?:object|class)\s+(\w+)/m)?.value;
    return renamed ?? (holder || `${file.charAt(0).toUpperCase()}${file.slice(1).replaceAll(/\W/g, '_')}Kt`);
  }
  if (source.path.endsWith('.scala')) return firstInSource(source, /\bobject\s+(\w+)/)?.value ?? file;
  return file;
}

const TELLING_NAME = /^(?:Main|App|Application|Server|Launcher|Bootstrap|Starter|Program|Runner)(?:Kt)?$/;
const TELLING_END = /(?:Application|App|Main|Server|Launcher|Bootstrap|Starter|Service|Bot)(?:Kt)?$/;
const SIDE_SHOW = /test|example|sample|demo|benchmark|tool|util|generator|migrat|playground|client/i;
const LISTENS =
  /SpringApplication\b|HttpServer\b|ServerSocket\b|Javalin\b|Undertow\b|new Server\(|WebServer\b|Vertx\b|Micronaut\b|Quarkus\b|embeddedServer|new Tomcat\(|\bSpark\b/;

function scoreOf(source: Source, className: string, name: string): number {
  const simple = className.slice(className.lastIndexOf('.') + 1);
  const words = className.split('.');
  const isNamed = name !== '' && squeezed(simple).startsWith(squeezed(name));
  return (
    (/@SpringBootApplication\b|@EnableAutoConfiguration\b|@MicronautApplication\b/.test(source.text) ? 60 : 0) +
    (LISTENS.test(source.text) ? 20 : 0) +
    (TELLING_NAME.test(simple) ? 16 : TELLING_END.test(simple) ? 10 : 0) +
    (isNamed ? 8 : 0) -
    (SIDE_SHOW.test(words.slice(-2).join('.')) ? 25 : 0) -
    words.length
  );
}

function squeezed(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
