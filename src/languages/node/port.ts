import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { firstMatch } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import { hintedPort, portFact } from '../shared/ports.ts';
import { findInSources, type Source, type Sources } from './sources.ts';

/** The port of a service, and the variable by which it takes another one. */
export interface Port {
  readonly port: Fact<number> | null;
  readonly variable: Fact | null;
}

/** Names of the variable that hosts set. */
const NAME =
  '(?:PORT|(?:APP|SERVER|HTTP|NODE|API|WEB|LISTEN|EXPRESS|BACKEND|SERVICE|NEST|FASTIFY|APPLICATION|REST|GRAPHQL)_PORT|(?:app|server|http)?_?[pP]ort)';
const ENV = String.raw`(?:process\.env\.|process\.env\[["'\`]|\benv\.|\benv\[["'\`]|Bun\.env\.|import\.meta\.env\.)`;

/** `process.env.PORT || 3000` in all its forms; the first group is the variable. */
const READS = new RegExp(`${ENV}(${NAME})\\b`);
const READS_LOOSELY = [
  new RegExp(String.raw`\{[^{}]*\b(${NAME})\b[^{}]*\}\s*=\s*process\.env`),
  new RegExp(String.raw`\.(?:get|getOrThrow|getNumber|int|asPortNumber)\s*(?:<[^>]*>)?\(\s*["'\`](${NAME})["'\`]`),
  new RegExp(String.raw`\bget\(["'\`](${NAME})["'\`]\)`),
  /^\s*(PORT|[A-Z]+_PORT)\s*:\s*(?:z\.|Joi\.|joi\.|num\(|port\(|envalid|Type\.|yup|t\.|v\.)/m,
];

/** The default that stands near, in order of how surely it is one. The first group is the number. */
const DEFAULTS: readonly RegExp[] = [
  new RegExp(
    String.raw`${ENV}${NAME}["'\`\]]*\s*(?:as\s+\w+\s*)?(?:\)\s*)*(?:,\s*10\s*\)\s*)?(?:\|\||\?\?)\s*(?:\w+\()?["'\`]?(\d{2,5})\b`,
  ),
  new RegExp(String.raw`${ENV}${NAME}["'\`\]]*\s*\?[^:;\n]{0,80}:\s*["'\`]?(\d{2,5})\b`),
  new RegExp(String.raw`\{[^{}]*\b${NAME}\s*=\s*["'\`]?(\d{2,5})\b[^{}]*\}\s*=\s*process\.env`),
  new RegExp(
    String.raw`\.get\s*(?:<[^>]*>)?\(\s*["'\`][\w.]*${NAME}["'\`]\s*(?:,\s*["'\`]?|\)\s*(?:\|\||\?\?)\s*["'\`]?)(\d{2,5})\b`,
  ),
  new RegExp(
    String.raw`^\s*${NAME}\s*:\s*(?:z|Joi|joi|num|port|envalid|Type|yup|t|v)\b[^\n]*?\(\s*(?:\{\s*default\s*:\s*)?["'\`]?(\d{2,5})["'\`]?\s*\}?\s*\)`,
    'm',
  ),
  /\.listen\s*\(\s*\{[^}]*\bport\s*:\s*["'`]?(\d{2,5})\b/,
  /\.listen\s*\(\s*["'`]?(\d{2,5})\b/,
  new RegExp(String.raw`\b(?:const|let|var)\s+(?:${NAME})\s*(?::\s*[\w| ]+)?=\s*[^;\n]*?["'\`]?\b(\d{3,5})\b`),
  /\b(?:const|let|var)\s+\w*(?:PORT|Port)\w*\s*(?::\s*[\w| ]+)?=\s*["'`]?(\d{3,5})\b/,
  /\bport\s*:\s*(?:Number\(|parseInt\(|\+)?[^,;\n{}]{0,60}?(?:\|\||\?\?)\s*["'`]?(\d{3,5})\b/,
  /\bserve\s*\(\s*\{[^}]*\bport\s*:\s*["'`]?(\d{2,5})\b/,
  /\bport["'`]?\s*[:=]\s*["'`]?(\d{3,5})\b/i,
];

/** Ports of other programs, which stand in the same files. */
const FOREIGN = new Set([
  '27017',
  '5432',
  '3306',
  '6379',
  '5672',
  '9092',
  '11211',
  '1433',
  '9200',
  '587',
  '465',
  '25',
  '2525',
  '1883',
  '9229',
  '8086',
  '4222',
  '2181',
  '1521',
]);

export function portOf(project: Project, directory: string, sources: Sources): Port {
  const variable = variableOf(sources.reached) ?? variableOf(sources.all);
  const port =
    defaultOf(sources.reached) ??
    configured(project, directory) ??
    (variable ? settings(project, directory, variable.value) : null) ??
    defaultOf(sources.all) ??
    hintedPort(project, directory);
  return { port, variable };
}

function variableOf(sources: readonly Source[]): Fact | null {
  for (const pattern of [READS, ...READS_LOOSELY]) {
    const fact = findInSources(sources, pattern);
    if (fact) return fact;
  }
  return null;
}

function defaultOf(sources: readonly Source[]): Fact<number> | null {
  for (const pattern of DEFAULTS) {
    const fact = findInSources(sources, pattern);
    if (!fact || FOREIGN.has(fact.value)) continue;
    const port = portFact(fact);
    if (port) return port;
  }
  return null;
}

/** Files of the `config` package and of its imitators. */
function configured(project: Project, directory: string): Fact<number> | null {
  for (const name of [
    'config/production.json',
    'config/default.json',
    'config/default.js',
    'config/default.ts',
    'config/default.yaml',
    'config/default.yml',
    'config/config.json',
    'config.json',
    'src/config.json',
  ]) {
    const fact = firstMatch(project, joinPath(directory, name), /^\s*["']?(?:port|PORT)["']?\s*:\s*["']?(\d{2,5})\b/m);
    const port = fact && !FOREIGN.has(fact.value) ? portFact(fact) : null;
    if (port) return port;
  }
  return null;
}

/** Settings that are loaded at the start, or shown as an example. */
function settings(project: Project, directory: string, variable: string): Fact<number> | null {
  for (const name of [
    '.env',
    '.env.production',
    '.env.example',
    '.env.sample',
    '.env.local',
    '.env.development',
    'example.env',
    '.env.dist',
    '.env.template',
    'env.example',
  ]) {
    const fact = firstMatch(
      project,
      joinPath(directory, name),
      new RegExp(`^(?:export\\s+)?${variable}\\s*=\\s*["']?(\\d{2,5})\\b`, 'm'),
    );
    const port = fact && portFact(fact);
    if (port) return port;
  }
  return null;
}
