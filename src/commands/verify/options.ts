import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { EngineName } from '../../engine/engine.ts';
import { ENGINE_NAMES } from '../../engine/find.ts';
import { UserError } from '../../errors.ts';
import type { CheckId } from '../../model/report.ts';
import {
  DEFAULT_MEMORY,
  defaultRequest,
  readBytes,
  readHttpExpectation,
  type Subject,
  type VerifyRequest,
} from '../../verify/request.ts';
import { CHECK_NAMES } from '../../verify/sentences.ts';
import type { Values } from '../../wizard/arguments.ts';

/** What was asked for, as it was written; `verifyOptions` reads a command line. */
export interface VerifyOptions {
  readonly directory: string;
  readonly values: Values;
}

/** What the command does with the reports. */
export interface Wishes {
  readonly engine: EngineName | null;
  readonly builder: string | null;
  readonly json: boolean;
  readonly markdown: boolean;
  readonly html: string | null;
}

export function readWishes({ values }: VerifyOptions): Wishes {
  const engine = text(values, 'engine');
  return {
    engine: ENGINE_NAMES.find((name) => name === engine) ?? null,
    builder: text(values, 'builder'),
    json: values['json'] === true,
    markdown: values['markdown'] === true,
    html: text(values, 'html'),
  };
}

/** The verification that a command line asks for. Throws UserError `usage`, `directory-missing`, `dockerfile-missing`. */
export function readRequest(options: VerifyOptions, cwd: string): VerifyRequest {
  const { values } = options;
  const image = text(values, 'image');
  const subject = image === null ? dockerfileSubject(options, cwd, text(values, 'dockerfile')) : imageSubject(image);
  const defaults = defaultRequest(subject);
  return {
    ...defaults,
    buildArgs: pairs(values, 'build-arg'),
    secrets: readSecrets(values, cwd),
    target: text(values, 'target'),
    platform: text(values, 'platform'),
    env: pairs(values, 'env'),
    ports: ports(values),
    http: many(values, 'http').map(
      (wish) => readHttpExpectation(wish) ?? wrong('http', wish, '/health or /health=200'),
    ),
    output: pattern(values),
    exit: number(values, 'exit'),
    memory: bytes(values, 'memory', true) ?? DEFAULT_MEMORY,
    tmpfs: many(values, 'tmpfs'),
    startSeconds: number(values, 'start-timeout') ?? defaults.startSeconds,
    stopSeconds: number(values, 'stop-timeout') ?? defaults.stopSeconds,
    rebuild: values['no-rebuild'] !== true,
    change: text(values, 'change'),
    ciCache: values['ci-cache'] === true,
    maxBytes: bytes(values, 'max-size', false),
    maxOverBaseBytes: bytes(values, 'max-over-base', false),
    maxRebuildSteps: number(values, 'max-rebuild-steps'),
    required: many(values, 'require').flatMap(readCheck),
  };
}

/** The same verification of another Dockerfile or image; budgets and required properties are for the first one alone. */
export function otherRequest(request: VerifyRequest, options: VerifyOptions, cwd: string): VerifyRequest | null {
  const other = text(options.values, 'compare');
  if (other === null) return null;
  const found = [resolve(cwd, options.directory, other), resolve(cwd, other)].find((path) => existsSync(path));
  const subject = found === undefined ? imageSubject(other) : dockerfileSubject(options, cwd, other);
  return { ...request, subject, required: [], maxBytes: null, maxOverBaseBytes: null, maxRebuildSteps: null };
}

function imageSubject(image: string): Subject {
  return { kind: 'image', image };
}

function dockerfileSubject({ directory }: VerifyOptions, cwd: string, named: string | null): Subject {
  const context = resolve(cwd, directory);
  if (!existsSync(context)) {
    throw new UserError(
      'directory-missing',
      `There is no directory ${directory}.`,
      'Name the project that holds the Dockerfile.',
    );
  }
  const candidates = named === null ? [resolve(context, 'Dockerfile')] : [resolve(context, named), resolve(cwd, named)];
  const dockerfile = candidates.find((path) => existsSync(path)) ?? candidates[0] ?? '';
  return { kind: 'dockerfile', context, dockerfile, shown: named ?? 'Dockerfile' };
}

function readCheck(name: string): CheckId[] {
  const ids = Object.keys(CHECK_NAMES) as CheckId[];
  if (name === 'all') return ids;
  const id = ids.find((known) => known === name);
  return id === undefined ? wrong('require', name, `all, or one of ${ids.join(', ')}`) : [id];
}

/** `id=FILE`, or `id=ID,src=FILE` as docker writes it. */
function readSecrets(values: Values, cwd: string): Record<string, string> {
  const secrets = many(values, 'secret').map((written): [string, string] => {
    const parts = /^(?:id=(?<long>[^,]+),(?:src|source)=(?<source>.+)|(?<id>[^=,]+)=(?<file>.+))$/.exec(
      written,
    )?.groups;
    const id = parts?.['long'] ?? parts?.['id'];
    const file = parts?.['source'] ?? parts?.['file'];
    if (id === undefined || file === undefined) return wrong('secret', written, 'ID=FILE');
    return [id, readSecret(resolve(cwd, file))];
  });
  return Object.fromEntries(secrets);
}

function readSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UserError(
      'file-unreadable',
      `The secret's file ${file} cannot be read (${error.code}).`,
      'Write --secret ID=FILE.',
    );
  }
}

/** `NAME=value`; a name alone has an empty value. */
function pairs(values: Values, name: string): Record<string, string> {
  const entries = many(values, name).map((written): [string, string] => {
    const at = written.indexOf('=');
    return at < 0 ? [written, ''] : [written.slice(0, at), written.slice(at + 1)];
  });
  return Object.fromEntries(entries);
}

function ports(values: Values): number[] | null {
  const port = number(values, 'port');
  if (port !== null && (port < 1 || port > 65_535)) return wrong('port', String(port), 'a number from 1 to 65535');
  return port === null ? null : [port];
}

function pattern(values: Values): string | null {
  const written = text(values, 'output');
  if (written === null) return null;
  try {
    return new RegExp(written).source;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return wrong('output', written, 'a regular expression');
  }
}

function number(values: Values, name: string): number | null {
  const written = text(values, name);
  if (written === null) return null;
  return /^\d+(\.\d+)?$/.test(written) ? Number(written) : wrong(name, written, 'a number');
}

function bytes(values: Values, name: string, isBinary: boolean): number | null {
  const written = text(values, name);
  return written === null ? null : (readBytes(written, isBinary) ?? wrong(name, written, '512m, 1.5g or 200MB'));
}

function text(values: Values, name: string): string | null {
  const given = values[name];
  return typeof given === 'string' ? given : null;
}

function many(values: Values, name: string): string[] {
  const given = values[name];
  if (typeof given === 'string') return [given];
  return given === undefined || given === true ? [] : [...given];
}

function wrong(name: string, written: string, wanted: string): never {
  throw new UserError('usage', `--${name} ${written}: that cannot be read.`, `Write ${wanted}.`);
}
