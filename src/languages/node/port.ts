import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { firstMatch } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import { hintedPort, portFact } from '../shared/ports.ts';
import { frameworkPort, frameworkVariable } from './framework-ports.ts';
import { isInstalled, type Manifest } from './manifest.ts';
import { mappedVariable } from './mapped-variables.ts';
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

/** A variable of the project's own for the same purpose, and none of another program that it calls. */
const OWN_NAME =
  '(?!(?:\\w{1,40}_)?(?:DB|DATABASE|MYSQL|SQL|MSSQL|PG|POSTGRES|POSTGRESQL|MARIADB|MONGO|MONGODB|REDIS|SMTP|MAIL|EMAIL|RABBITMQ|AMQP|KAFKA|MQTT|ELASTIC|ELASTICSEARCH|ES|CACHE|MEMCACHED|PROXY|SSH|FTP|LDAP|DEBUG|METRICS|CLIENT|FRONTEND|VITE|NATS|STATSD|REMOTE|UPSTREAM|TARGET)_(?:\\w{1,40}_)?PORT)[A-Z][A-Z0-9_]{0,40}_PORT';

/** How a program reads a variable, and the default that stands beside it, each in order of how surely it is one. */
interface Patterns {
  /** the first group is the variable */
  readonly reads: readonly RegExp[];
  /** the first group is the number */
  readonly defaults: readonly RegExp[];
}

/** `process.env.PORT || 3000` in all its forms. */
function patternsFor(name: string): Patterns {
  return {
    reads: [
      new RegExp(`${ENV}(${name})\\b`),
      new RegExp(String.raw`\{[^{}]*\b(${name})\b[^{}]*\}\s*=\s*process\.env`),
      new RegExp(String.raw`\.(?:get|getOrThrow|getNumber|int|asPortNumber)\s*(?:<[^>]*>)?\(\s*["'\`](${name})["'\`]`),
      new RegExp(String.raw`\bget\(["'\`](${name})["'\`]\)`),
      new RegExp(
        String.raw`^\s*(?=[A-Z_]+\b)(${name})\s*:\s*(?:z\.|Joi\.|joi\.|num\(|port\(|envalid|Type\.|yup|t\.|v\.)`,
        'm',
      ),
    ],
    defaults: [
      new RegExp(
        String.raw`${ENV}${name}["'\`\]]*\s*(?:as\s+\w+\s*)?(?:\)\s*)*(?:,\s*10\s*\)\s*)?(?:\|\||\?\?)\s*(?:\w+\()?["'\`]?(\d{2,5})\b`,
      ),
      new RegExp(String.raw`${ENV}${name}["'\`\]]*\s*\?[^:;\n]{0,80}:\s*["'\`]?(\d{2,5})\b`),
      new RegExp(String.raw`\{[^{}]*\b${name}\s*=\s*["'\`]?(\d{2,5})\b[^{}]*\}\s*=\s*process\.env`),
      new RegExp(
        String.raw`\.get\s*(?:<[^>]*>)?\(\s*["'\`][\w.]*${name}["'\`]\s*(?:,\s*["'\`]?|\)\s*(?:\|\||\?\?)\s*["'\`]?)(\d{2,5})\b`,
      ),
      new RegExp(
        String.raw`^\s*${name}\s*:\s*(?:z|Joi|joi|num|port|envalid|Type|yup|t|v)\b[^\n]*?\(\s*(?:\{\s*default\s*:\s*)?["'\`]?(\d{2,5})["'\`]?\s*\}?\s*\)`,
        'm',
      ),
    ],
  };
}

const USUAL = patternsFor(NAME);
const OWN = patternsFor(OWN_NAME);

/** A port beside what listens, whatever it is called; the first group is the number. */
const NUMBERS: readonly RegExp[] = [
  /\.listen\s*\(\s*\{[^}]*\bport\s*:\s*["'`]?(\d{2,5})\b/,
  /\.listen\s*\(\s*["'`]?(\d{2,5})\b/,
  /\bViteExpress\.listen\s*\(\s*\w+\s*,\s*(\d{2,5})\b/,
  /(?:\brequire\s*\(\s*["']socket\.io["']\s*\)|\bnew\s+(?:Server|io|SocketServer|SocketIO))\s*\(\s*(\d{2,5})\b/,
  /\bapp\.start\s*\(\s*(\d{2,5})\b/,
  /\.bindAsync\s*\(\s*["'`][\w.[\]:]*:(\d{2,5})\b/,
  new RegExp(String.raw`\b(?:const|let|var)\s+(?:${NAME})\s*(?::\s*[\w| ]+)?=\s*[^;\n]*?["'\`]?\b(\d{3,5})\b`),
  /\b(?:const|let|var)\s+\w*(?:PORT|Port)\w*\s*(?::\s*[\w| ]+)?=\s*["'`]?(\d{3,5})\b/,
  /\bport\s*:\s*(?:Number\(|parseInt\(|\+)?[^,;\n{}]{0,60}?(?:\|\||\?\?)\s*["'`]?(\d{3,5})\b/,
  /\bserve\s*\(\s*\{[^}]*\bport\s*:\s*["'`]?(\d{2,5})\b/,
  // options of the command line: commander, yargs
  /\.option\(\s*["'`][^"'`\n]*--port\b[^)]{0,160}?,\s*["'`]?(\d{2,5})["'`]?\s*[,)]/,
  /\bport["'`]?\s*[:,]\s*\{[^}]*\bdefault(?:Value)?\s*:\s*["'`]?(\d{2,5})\b/,
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
  '26379',
  '27018',
  '15672',
  '9042',
  '7687',
]);

export function portOf(
  project: Project,
  manifest: Manifest,
  sources: Sources,
  /** a file with settings that the start script names */
  settingsFile: string | null,
): Port {
  const directory = manifest.directory;
  const mapped = isInstalled(manifest, 'config') || isInstalled(manifest, '@feathersjs/configuration');
  const variable =
    variableOf(sources.reached, USUAL) ??
    (mapped ? mappedVariable(project, directory, 'port') : null) ??
    variableOf(sources.reached, OWN) ??
    variableOf(sources.all, USUAL) ??
    (settingsFile === null ? null : settingNamed(project, settingsFile));
  const framework = frameworkPort(manifest);
  const port =
    (settingsFile === null || variable === null ? null : settingOf(project, settingsFile, variable.value)) ??
    defaultOf(sources.reached) ??
    configured(project, directory) ??
    (variable ? settings(project, directory, variable.value) : null) ??
    framework ??
    defaultOf(sources.all) ??
    hintedPort(project, directory);
  return { port, variable: variable ?? (port !== null && port === framework ? frameworkVariable(manifest) : null) };
}

function variableOf(sources: readonly Source[], { reads }: Patterns): Fact | null {
  for (const pattern of reads) {
    const fact = findInSources(sources, pattern);
    if (fact) return fact;
  }
  return null;
}

function defaultOf(sources: readonly Source[]): Fact<number> | null {
  for (const pattern of [...USUAL.defaults, ...NUMBERS.slice(0, 5), ...OWN.defaults, ...NUMBERS.slice(5)]) {
    const fact = findInSources(sources, pattern);
    if (!fact || FOREIGN.has(fact.value)) continue;
    const port = portFact(fact);
    if (port) return port;
  }
  return null;
}

/** Files of the `config` package and of its imitators, and what a process manager sets. */
function configured(project: Project, directory: string): Fact<number> | null {
  for (const name of [
    'config/production.json',
    'config/production.js',
    'config/production.yaml',
    'config/production.yml',
    'config/default.json',
    'config/default.js',
    'config/default.ts',
    'config/default.yaml',
    'config/default.yml',
    'config/config.json',
    'config.json',
    'src/config.json',
    'ecosystem.config.js',
    'ecosystem.config.cjs',
    'pm2.config.js',
    'process.json',
  ]) {
    const path = joinPath(directory, name);
    const text = project.source(path) ?? '';
    for (const match of text.matchAll(/(?<![\w-])["']?port["']?\s*:\s*["']?(\d{2,5})\b/gi)) {
      const value = match[1] ?? '';
      const from = `${path}:${text.slice(0, match.index + match[0].length).split('\n').length}`;
      const port = FOREIGN.has(value) ? null : portFact({ value, from, holds: value });
      if (port) return port;
    }
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
    const port = settingOf(project, joinPath(directory, name), variable);
    if (port) return port;
  }
  return null;
}

/** What a file with the program's settings names is read by the program, by whatever way. */
function settingNamed(project: Project, path: string): Fact | null {
  return firstMatch(project, path, /^(?:export\s+)?(PORT)\s*=/m);
}

function settingOf(project: Project, path: string, variable: string): Fact<number> | null {
  const fact = firstMatch(project, path, new RegExp(`^(?:export\\s+)?${variable}\\s*=\\s*["']?(\\d{2,5})\\b`, 'm'));
  return fact && portFact(fact);
}
