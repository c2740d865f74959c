import type { Fact } from '../../../model/fact.ts';
import { firstMatch } from '../../../project/readers/lines.ts';
import { joinPath } from '../../../project/search.ts';
import type { ShapeContext } from '../shape.ts';

const ENDINGS = ['.js', '.ts', '.mjs', '.mts', '.cjs', '.cts'];

/** The first of these configuration files that is there, relative to the project; names stand without their ending. */
export function configFile(context: ShapeContext, names: readonly string[]): string | null {
  for (const name of names) {
    const path = joinPath(context.manifest.directory, name);
    const ending = ENDINGS.find((one) => context.project.isFile(`${path}${one}`));
    if (ending) return `${path}${ending}`;
  }
  return null;
}

/** A key with what stands behind it, in a line that may be code up to there: a slash is no comment yet. */
export function keyed(rest: RegExp): RegExp {
  return new RegExp(String.raw`^(?:[^/\n]|(?<=:)//|/(?![/*]))*\b` + rest.source, 'm');
}

/** A value in a configuration that is code: found by its key, as people write it. Comments do not count. */
export function configValue(context: ShapeContext, path: string | null, pattern: RegExp): Fact | null {
  if (path === null) return null;
  return firstMatch(context.project, path, pattern);
}

/** Joins paths as they are seen from the service; unlike `joinPath`, `..` may lead out of it. */
export function seenFromHere(...parts: readonly string[]): string {
  const names: string[] = [];
  for (const name of parts.join('/').split('/')) {
    if (name === '..' && names.length > 0 && names.at(-1) !== '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names.join('/') || '.';
}

/** Major version of an installed package; `null` where it is not there or not a number. */
export function majorOf(context: ShapeContext, name: string): number | null {
  const version = context.installed(name)?.value;
  const major = version === undefined ? undefined : /\d+/.exec(version)?.[0];
  return major === undefined ? null : Number(major);
}

/** Major and minor version as a number that can be compared: 12.2 → 12.002. */
export function minorOf(context: ShapeContext, name: string): number | null {
  const [, major, minor] = /(\d+)(?:\.(\d+))?/.exec(context.installed(name)?.value ?? '') ?? [];
  return major === undefined ? null : Number(major) + Number(minor ?? 999) / 1000;
}
