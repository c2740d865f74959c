import type { Fact } from '../../model/fact.ts';
import { portFact } from '../shared/ports.ts';
import { findInSource, firstInSource, type Source } from './sources.ts';
import { placeholder, type Settings } from './spring.ts';

/** Where a program listens, and the environment variable that changes it. */
export interface Listening {
  readonly port: Fact<number>;
  readonly variable: string | null;
  /** the variable has no default in the project, so that the image must set it */
  readonly needsVariable: boolean;
}

/** A port from settings, which may lean on a variable: `8080`, `${PORT:8080}`, `${PORT}`. 0 means any free port, and counts as none. */
export function portFromSettings(settings: Settings, names: readonly string[], fallback: number): Listening | null {
  for (const name of names) {
    const fact = settings(name);
    if (!fact) continue;
    const { variable, value } = placeholder(fact.value);
    const port = portFact({ value: value ?? '', from: fact.from, holds: fact.value });
    if (port) return { port, variable, needsVariable: false };
    if (variable && value === null) {
      return { port: { value: fallback, from: fact.from, holds: fact.value }, variable, needsVariable: true };
    }
  }
  return null;
}

/** A variable that holds the port, with the number that the program takes without it, on the same statement. */
const FROM_ENVIRONMENT = /["']((?:[A-Z]+_)?PORT)["'][^;{}]{0,80}?\b(\d{2,5})\b/;
const VARIABLE_ALONE = /(?:getenv\(\s*|env\[|getenv\(\)\.get\(\s*)["']((?:[A-Z]+_)?PORT)["']/;

/** How servers are told their port in code, from the plainest to what needs a guess; group 1 is the port. */
const IN_CODE: readonly RegExp[] = [
  /new (?:java\.net\.)?InetSocketAddress\(\s*(?:"[\w.:]*"\s*,\s*)?(\d{2,5})\s*\)/,
  /new ServerSocket\(\s*(\d{2,5})/,
  /\bnew Server\(\s*(\d{2,5})\s*\)/,
  /\b(?:forPort|newServerBuilderForPort|addHttpListener|setPort|bindPort|httpPort)\(\s*(\d{2,5})/,
  /(?:\.|\b)start\(\s*(?:"[\w.]+"\s*,\s*)?(\d{2,5})\s*\)/,
  /\.(?:listen|bind)\(\s*(?:"[\w.]+"\s*,\s*)?(\d{2,5})\b/,
  /(?:^|[\s.({])port\(\s*(\d{2,5})\s*\)/m,
  /"https?:\/\/[\w.]+:(\d{2,5})\/?[^"]*"\s*[;)]/,
  /embeddedServer\([^)]*?port\s*=\s*(\d{2,5})/,
  /(?:static|final|const|val|int|Integer)\s[^;=\n]*\b\w*port\w*\s*=\s*(\d{2,5})\b/i,
  /\bport\s*=\s*(\d{2,5})\b/i,
  /(?:getInteger|getInt|getOrDefault|getProperty)\(\s*"[\w.]*port"\s*,\s*"?(\d{2,5})/i,
];

/** A file that opens a server; a bare number in another one may be the port of something that is called. */
const SERVES =
  /Server\b|ServerBuilder|\blisten\(|Javalin|Undertow|Tomcat|Vertx|HttpServer|ServerBootstrap|\bport\(|embeddedServer|InetSocketAddress|import static spark|Jooby|Ratpack/;

/** The port that code itself names. */
export function portFromSources(sources: readonly Source[]): Listening | null {
  const serving = sources.filter((source) => SERVES.test(source.text));
  for (const source of serving) {
    const found = findInSource(source, FROM_ENVIRONMENT);
    const [, variable, number] = found?.match ?? [];
    const port = found && number ? portFact({ value: number, from: found.from }) : null;
    if (port && variable) return { port, variable, needsVariable: false };
  }
  for (const pattern of IN_CODE) {
    for (const source of serving) {
      const fact = firstInSource(source, pattern);
      const port = fact && portFact(fact);
      if (port) return { port, variable: null, needsVariable: false };
    }
  }
  return null;
}

/** A server that is told to listen for its own host alone: nothing outside a container reaches it. */
export function localListener(sources: readonly Source[]): Fact | null {
  const forms = [
    /InetSocketAddress\(\s*("(?:localhost|127\.0\.0\.1)")/,
    /\.(?:host|setHost|bind|listen|start|addHttpListener)\([^)"]*("(?:localhost|127\.0\.0\.1)")/,
    /createHttpServer\([^;]*("http:\/\/(?:localhost|127\.0\.0\.1)[^"]*")/,
    /BASE_URI\s*=\s*("http:\/\/(?:localhost|127\.0\.0\.1)[^"]*")/,
  ];
  const serving = sources.filter((source) => SERVES.test(source.text));
  for (const form of forms) {
    for (const source of serving) {
      const fact = firstInSource(source, form);
      if (fact) return fact;
    }
  }
  return null;
}

/** `if (port == null) port = "8080";`, `port != null ? … : 7070`, `return 7070;`: what holds without the variable. */
const FALLBACK = /(?:\breturn\s+|\b\w*port\w*\s*=\s*|[?:]\s*|\borElse\(\s*)["']?(\d{4,5})["']?\s*[;)]/i;

/** A program that takes its port from a variable. Where it does not say what holds without it, the image sets the variable. */
export function portVariable(sources: readonly Source[], fallback: number): Listening | null {
  for (const source of sources) {
    const found = findInSource(source, VARIABLE_ALONE);
    const [, variable] = found?.match ?? [];
    if (!found || !variable) continue;
    const behind = (found.match.index ?? 0) + found.match[0].length;
    const below = findInSource({ path: source.path, text: masked(source.text, behind, behind + 300) }, FALLBACK);
    const own = below && portFact({ value: below.match[1] ?? '', from: below.from });
    if (own) return { port: own, variable, needsVariable: false };
    return { port: { value: fallback, from: found.from, holds: variable }, variable, needsVariable: true };
  }
  return null;
}

/** Only a part of a text, at its old place. */
function masked(text: string, from: number, to: number): string {
  return text.slice(0, from).replaceAll(/[^\n]/g, ' ') + text.slice(from, to);
}
