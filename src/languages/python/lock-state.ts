import { createHash } from 'node:crypto';
import type { Project } from '../../model/project.ts';
import { follow } from '../../project/readers/document.ts';
import { readJson } from '../../project/readers/json.ts';
import { firstMatch } from '../../project/readers/lines.ts';
import { readToml } from '../../project/readers/toml.ts';
import type { LockedPackage } from './lock-file.ts';
import type { Pyproject } from './pyproject.ts';
import { normalName } from './requirement.ts';

/** uv writes the manifest's dependencies into the lock file, and `--locked` fails where they differ. */
export function uvIsStale(project: Project, lock: string, pyproject: Pyproject): boolean {
  const text = project.text(lock) ?? '';
  const name = normalName(pyproject.name?.value ?? '');
  const own = text.split('\n[[package]]\n').find((one) => one.trimStart().startsWith(`name = "${name}"`));
  if (own === undefined) return true;
  const python = /^requires-python = "([^"]+)"/m.exec(text)?.[1];
  const declared = pyproject.requiresPython?.value;
  // A workspace's lock holds the ranges of all members together.
  const isAlone = !text.includes('\n[manifest]\nmembers');
  if (isAlone && python && declared && sortedParts(python) !== sortedParts(declared)) return true;
  const block = /\[package\.metadata\]\nrequires-dist = \[([\s\S]*?)\n?\]\n/.exec(own)?.[1] ?? '';
  const locked = [...block.matchAll(/\{ name = "([^"]+)"(?:, extras = [^\]]*\])?([^}]*)\}/g)]
    .filter((match) => !/extra == /.test(match[2] ?? ''))
    .map((match) => `${match[1]} ${sortedParts(/specifier = "([^"]*)"/.exec(match[2] ?? '')?.[1] ?? '')}`);
  const wanted = pyproject.requirements.map((one) => `${one.name} ${sortedParts(one.specifier)}`);
  return [...new Set(locked)].sort().join('\n') !== [...new Set(wanted)].sort().join('\n');
}

/** `>=1,<2` and `<2, >=1` are the same. */
function sortedParts(specifier: string): string {
  return specifier.replaceAll(/\s/g, '').split(',').sort().join(',');
}

/** A dependency that the lock file does not have at all. */
export function lacksPackage(pyproject: Pyproject | null, locked: readonly LockedPackage[]): boolean {
  return (pyproject?.requirements ?? []).some((wanted) => !locked.some((one) => one.name === wanted.name));
}

/** Poetry writes a hash of the dependencies' tables into the lock file; poetry/packages/locker.py. */
export function poetryIsStale(project: Project, lock: string, pyproject: Pyproject | null): boolean {
  const hash = firstMatch(project, lock, /^content-hash = "(\w+)"/m)?.value;
  const document = pyproject && readToml(project, pyproject.path);
  if (!hash || !document) return false;
  const poetry = pick(document.at('tool', 'poetry'), ['dependencies', 'source', 'extras', 'dev-dependencies']);
  const group = pick(document.at('tool', 'poetry'), ['group']);
  const own = pick(document.at('project'), ['requires-python', 'dependencies', 'optional-dependencies']);
  const groups = pick(document.at(), ['dependency-groups']);
  const legacy = { dependencies: null, source: null, extras: null, 'dev-dependencies': null, ...poetry };
  const contents = [
    { ...legacy, ...group },
    legacy,
    { project: own, tool: { poetry: { ...poetry, ...group } } },
    { project: own, tool: { poetry: { ...poetry, ...group } }, ...groups },
  ];
  return !contents.some((content) => sha256(pythonJson(content, ', ', ': ')) === hash);
}

/** Pipenv keeps a hash of the Pipfile. */
export function pipfileIsStale(project: Project, lock: string, pipfile: string): boolean {
  const hash = readJson(project, lock)?.at('_meta', 'hash', 'sha256');
  const current = pipfileHash(project, pipfile);
  return typeof hash === 'string' && current !== null && current !== hash;
}

/** The hash that Pipenv writes into the lock file of this Pipfile, `null` where it cannot be read; plette/pipfiles.py. */
export function pipfileHash(project: Project, pipfile: string): string | null {
  const document = readToml(project, pipfile);
  if (!document) return null;
  const known = new Set(['source', 'packages', 'dev-packages', 'requires', 'scripts', 'pipfile', 'pipenv']);
  const whole = document.at();
  const others =
    typeof whole === 'object' && whole !== null ? Object.entries(whole).filter(([key]) => !known.has(key)) : [];
  const content = {
    _meta: { sources: document.at('source') ?? [], requires: document.at('requires') ?? {} },
    default: document.at('packages') ?? {},
    develop: document.at('dev-packages') ?? {},
    ...Object.fromEntries(others),
  };
  return sha256(pythonJson(content, ',', ':'));
}

function pick(table: unknown, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    keys.map((key) => [key, follow(table, [key])]).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** As Python's `json.dumps(…, sort_keys=True)` writes it: ASCII only. */
function pythonJson(value: unknown, comma: string, colon: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => pythonJson(item, comma, colon)).join(comma)}]`;
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${pythonJson(key, comma, colon)}${colon}${pythonJson(Reflect.get(value, key), comma, colon)}`).join(comma)}}`;
  }
  return (JSON.stringify(value) ?? 'null').replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
