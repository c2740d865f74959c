import type { Fact } from '../../model/fact.ts';
import { placeIn, type Source } from './sources.ts';

/** A variable without which the program does not start, as the source reads it. */
const NEEDED =
  /(?<!\w\.)\b(?:os\.)?environ\[\s*["'](\w+)["']\s*\](?!\s*=[^=])|(?<!\bbool\()(?<!\w\.)\b(?:os\.)?(?:environ\.get|getenv)\(\s*["'](\w+)["']\s*\)(?:\.\w+|\s*\))|\b(?:config|env(?:\.\w+)?|get_env(?:_variable|_value)?)\(\s*["'](\w+)["']\s*(?:,\s*cast\s*=\s*[\w.]+(?:\([^)]*\))?\s*)?\)/g;

/** Without a value such a setting is of no use, even where nothing is done with it at once. */
const CREDENTIAL =
  /^[ \t]*\w+\s*(?::\s*[\w[\] |]+)?=\s*(?:os\.)?(?:environ\.get|getenv)\(\s*["'](\w*(?:SECRET_KEY|DATABASE_URL|DATABASE_URI|_TOKEN|API_KEY))["']\s*\)[ \t]*(?:#.*)?$/gm;

const SET_BY_HOST = /^(?:PATH|HOME|USER|PWD|TZ|LANG|TMPDIR|VIRTUAL_ENV|PYTHON\w*|DJANGO_SETTINGS_MODULE|PORT)$/;

/** Variables that the files read and give no default for, each once, in order. */
export function neededVariables(sources: readonly Source[]): readonly Fact[] {
  const facts = new Map<string, Fact>();
  for (const source of sources) {
    for (const match of [...source.text.matchAll(NEEDED), ...source.text.matchAll(CREDENTIAL)]) {
      const name = match[1] ?? match[2] ?? match[3] ?? '';
      const isTalk = source.code[match.index + match[0].search(/\S/)] === ' ';
      if (isTalk || isOfRequest(source, match[0]) || isSetHere(source, name)) continue;
      if (SET_BY_HOST.test(name) || !/^[A-Z][A-Z0-9_]+$/.test(name) || facts.has(name)) continue;
      facts.set(name, { value: name, from: placeIn(source, match.index + match[0].indexOf(name)) });
    }
  }
  for (const fact of sources.flatMap(settingsFields)) if (!facts.has(fact.value)) facts.set(fact.value, fact);
  return [...facts.values()];
}

/** In a WSGI application, `environ` is what the server says about a request. */
function isOfRequest(source: Source, text: string): boolean {
  return text.startsWith('environ') && !source.imports.some((one) => one.module === 'os' && one.name === 'environ');
}

function isSetHere(source: Source, name: string): boolean {
  return new RegExp(`environ(?:\\[\\s*|\\.setdefault\\(\\s*)["']${name}["']\\s*(?:\\]\\s*=[^=]|,)`).test(source.text);
}

/** Fields without a default in a class of pydantic's settings: `database_url: str` is read from DATABASE_URL. */
function settingsFields(source: Source): readonly Fact[] {
  const facts: Fact[] = [];
  for (const match of source.code.matchAll(
    /^class\s+\w+\([^)]*\bBaseSettings\b[^)]*\)\s*:[^\n]*\n((?:[ \t]+[^\n]*\n|\s*\n)*)/gm,
  )) {
    const body = match[1] ?? '';
    const start = match.index + match[0].length - body.length;
    for (const field of body.matchAll(
      /^([ \t]+)([A-Za-z]\w*)[ \t]*:[ \t]*(?!.*(?:=|None|ClassVar))[A-Za-z][^\n]*$/gm,
    )) {
      const isDirect = field[1]?.length === (/^[ \t]+/.exec(body)?.[0].length ?? 4);
      const name = field[2] ?? '';
      if (isDirect)
        facts.push({
          value: name.toUpperCase(),
          from: placeIn(source, start + field.index + (field[1]?.length ?? 0)),
          holds: name,
        });
    }
  }
  return facts;
}

/** A harmless value of the form that a setting of that name has: only a build step sees it. */
export function placeholderValue(name: string, text: string): string {
  if (/DSN$/.test(name)) return '';
  if (/cast\s*=\s*int|int\(/.test(text)) return '1';
  if (/DATABASE_URL|DB_URL|SQLALCHEMY/.test(name)) return 'sqlite:////tmp/build.sqlite3';
  if (/REDIS|BROKER|CELERY/.test(name) && /URL|URI|BROKER|BACKEND/.test(name)) return 'redis://localhost:6379/0';
  if (/ORIGIN|_URL$|_URI$|ENDPOINT|DSN$|DOMAIN_URL/.test(name)) return 'http://localhost';
  if (/HOSTS?$|DOMAIN/.test(name)) return 'localhost';
  if (/^(?:DEBUG|DJANGO_DEBUG)$|^(?:USE|ENABLE|IS|HAS)_|_(?:TLS|SSL|ENABLED|DEBUG)$/.test(name)) return '0';
  if (/PORT|TIMEOUT|SECONDS|MINUTES|DAYS|LIFETIME|SIZE|LIMIT|COUNT|_ID$|MAX|MIN/.test(name)) return '1';
  if (/EMAIL|MAIL/.test(name)) return 'build@localhost';
  return 'build-only';
}

/** Settings that are read from a file alone, whatever the environment says: `dotenv_values(".env")`. */
export function settingsFileFact(sources: readonly Source[]): Fact | null {
  for (const source of sources) {
    const call = /\bdotenv_values\s*\(\s*/.exec(source.code);
    if (!call || /\*\*\s*os\.environ\b/.test(source.code)) continue;
    const text = source.strings.find((one) => one.start === call.index + call[0].length);
    return { value: text?.value ?? '.env', from: placeIn(source, call.index), holds: text?.value ?? '' };
  }
  return null;
}
