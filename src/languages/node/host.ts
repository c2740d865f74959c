import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { isInstalled, type Manifest } from './manifest.ts';
import { mappedVariable } from './mapped-variables.ts';
import { findInSources, type Source, type Sources, whatRuns } from './sources.ts';

/** Whether a service can be reached from outside its container. */
export interface Host {
  /** variable by which it takes the address to listen on */
  readonly variable: Fact | null;
  /** it listens on the container's own loopback address, and no variable changes that */
  readonly loopback: Fact | null;
}

const NAME =
  '(?:HOST|HOSTNAME|(?:APP|SERVER|HTTP|NODE|API|LISTEN|BIND|FASTIFY|WEB)_(?:HOST|HOSTNAME|ADDRESS|ADDR)|ADDRESS|BIND_ADDRESS|LISTEN_ADDRESS)';
const READS = new RegExp(
  String.raw`process\.env(?:\.|\[["'\`])(${NAME})\b["'\`\]]*\s*(?:\|\||\?\?)\s*["'\`](?:localhost|127\.0\.0\.1)`,
);
const READS_ANY = new RegExp(String.raw`\bhost(?:name)?\s*[:=]\s*process\.env(?:\.|\[["'\`])(${NAME})\b`);
/** Whatever it is called: the address beside the port that hosts set. */
const BESIDE_PORT =
  /\bhost(?:name)?\s*:\s*process\.env\.(\w+)\s*(?:\|\||\?\?)\s*["'`](?:localhost|127\.0\.0\.1)["'`]\s*,\s*port\s*:[^,\n]*process\.env\.(?:\w+_)?PORT\b/;
/** `const ip = process.env.IP || '127.0.0.1'`, where that name is what it listens on. */
const NAMED =
  /\b(?:ip|ip_?addr(?:ess)?|host|hostname|address|server_ip_address)\s*=\s*process\.env\.(\w+)\s*(?:\|\||\?\?)\s*["'`](?:localhost|127\.0\.0\.1)["'`]/i;
const LOOPBACK: readonly RegExp[] = [
  /\.listen\s*\([^()]{0,200}?["'`](localhost|127\.0\.0\.1)["'`]/,
  /(?:\.listen|\b[sS]erver|\bserve)\s*\(\s*\{[^}]*\bhost(?:name)?\s*:\s*["'`](localhost|127\.0\.0\.1)["'`]/,
  /\b(?:const|let|var)\s+(?:HOST|HOSTNAME|host|hostname|HOST_NAME|ip|address)\s*(?::\s*string\s*)?=\s*["'`](localhost|127\.0\.0\.1)["'`]/,
];
const LISTEN_VARIABLE =
  /\.listen\s*\([^)]*\b(?:HOST|HOSTNAME|host|hostname|HOST_NAME|ip|ip_?addr(?:ess)?|address|server_ip_address)\b/;

/** Fastify listens on localhost unless it is told otherwise; see its documentation of `listen`. */
const FASTIFY_LISTENS =
  /\b\w+\.listen\s*\(\s*(?:\{(?![^}]*\bhost\b)[^}]*\}|[^{)]*\bport\b[^,)]*|process\.env[^,)]*|\d+)\s*[,)]/i;

/** One of these is in whatever says where to listen: without any, the patterns need not be prepared. */
const SPOKEN_OF = /host|addr|\bip\b|127\.0\.0\.1/i;

export function hostOf(project: Project, manifest: Manifest, sources: Sources): Host {
  const all = whatRuns(sources);
  const among = all.filter(({ text }) => SPOKEN_OF.test(text));
  const mapped = isInstalled(manifest, 'config') || isInstalled(manifest, '@feathersjs/configuration');
  const variable =
    (among.length > 0 ? variableIn(among) : null) ??
    (mapped ? mappedVariable(project, manifest.directory, 'host') : null);
  if (variable) return { variable, loopback: null };
  const loopback = among.length > 0 ? loopbackIn(among) : null;
  if (loopback) return { variable: null, loopback };
  const isFastify = isInstalled(manifest, 'fastify') || isInstalled(manifest, '@nestjs/platform-fastify');
  const fastify = isFastify
    ? findInSources(
        all.filter(({ text }) => /fastify/i.test(text)),
        FASTIFY_LISTENS,
      )
    : null;
  return {
    variable: null,
    loopback: fastify && { value: 'localhost', from: fastify.from, holds: fastify.value.split('\n')[0] ?? '' },
  };
}

function variableIn(among: readonly Source[]): Fact | null {
  return (
    findInSources(among, READS) ??
    findInSources(among, READS_ANY) ??
    findInSources(among, BESIDE_PORT) ??
    (findInSources(among, LISTEN_VARIABLE) ? findInSources(among, NAMED) : null)
  );
}

function loopbackIn(among: readonly Source[]): Fact | null {
  const [direct, inOptions, named] = LOOPBACK.map((pattern) => findInSources(among, pattern));
  return direct ?? inOptions ?? (named && findInSources(among, LISTEN_VARIABLE) ? named : null);
}
