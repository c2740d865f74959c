import type { Fact, Place } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { firstDependency, isInstalled, type Manifest } from './manifest.ts';
import { findInSources, readSources, type Source, type Sources, whatRuns } from './sources.ts';

/** Packages that are there to answer requests. */
const SERVERS = [
  'express',
  'fastify',
  'koa',
  '@hapi/hapi',
  'hapi',
  '@nestjs/platform-express',
  '@nestjs/platform-fastify',
  '@hono/node-server',
  'polka',
  'restify',
  'micro',
  'sails',
  '@adonisjs/core',
  '@adonisjs/http-server',
  '@feathersjs/express',
  '@feathersjs/koa',
  '@loopback/rest',
  'loopback',
  'apollo-server',
  '@apollo/server',
  'graphql-yoga',
  'socket.io',
  'ws',
  'moleculer-web',
  'egg',
  '@midwayjs/koa',
  '@midwayjs/web',
  'json-server',
  'parse-server',
  'keystone',
  '@keystone-6/core',
  '@strapi/strapi',
  'directus',
  'probot',
  '@medusajs/medusa',
  'payload',
  'h3',
  'elysia',
  'uWebSockets.js',
  'hyper-express',
  'tinyhttp',
  '@tinyhttp/app',
  'find-my-way',
  'http-proxy',
  'connect',
  'finalhandler',
  'serve-static',
  'fastify-cli',
  'routing-controllers',
  'actionhero',
  'total4',
  'foal',
  '@foal/core',
];

/** A server that is made and listens, in any of the usual ways. */
const LISTENS =
  /\.listen\s*\(|\bcreateServer\s*\(|\bnew\s+(?:WebSocketServer|WebSocket\.Server|ApolloServer|Server)\s*\(|\bserve\s*\(\s*\{|\bstartStandaloneServer\s*\(|\bBun\.serve\s*\(|\bnew\s+Ignitor\b|\.bindAsync\s*\(|\brequire\s*\(\s*["']socket\.io["']\s*\)\s*\(\s*(?:\d|process\.env)|\.launch\s*\(\s*\{\s*webhook\b|\bexport\s+default\s*\{[^}]*\bfetch\b/;
const LISTENS_NEST = /\bNestFactory\.create\s*[<(]/;
const WORKS_NEST = /\bNestFactory\.(?:createApplicationContext|createMicroservice)\s*[<(]/;

/** Why a service is taken to listen on a port; `null`: nothing says so, and it is a worker. */
export function listensAt(manifest: Manifest, sources: Sources): Place | null {
  const among = whatRuns(sources);
  if (findInSources(among, WORKS_NEST) && !findInSources(among, LISTENS_NEST)) return null;
  const listens = findInSources(among, LISTENS) ?? bunListens(manifest, among);
  if (listens) return listens.from;
  // Slack's own server, unless the application connects to Slack itself
  if (isInstalled(manifest, '@slack/bolt') && !findInSources(among, /\bsocketMode\s*:\s*true\b/))
    return findInSources(among, /\.start\s*\(/)?.from ?? null;
  const nest = findInSources(among, LISTENS_NEST);
  if (nest) return nest.from;
  // the program may listen in a file that is loaded by name, or by a framework that does it itself
  const server = firstDependency({ ...manifest }, SERVERS);
  if (!server) return null;
  if (sources.reached.length === 0 || !isPlain(server.value)) return server.from;
  return !sources.isComplete && findInSources(sources.all, LISTENS) ? server.from : null;
}

/** Sockets, mail, gRPC, TLS: a connection can be made, but a plain request gets no answer. */
const OTHER_PROTOCOLS =
  /\b(?:net|tls|https)\.createServer\s*\(|\bcreateSecureServer\s*\(|\.bindAsync\s*\(|\bnew\s+SMTPServer\s*\(|\brequire\s*\(\s*["'](?:node:)?(?:net|tls|https)["']\s*\)\s*\.createServer/;
const HTTP =
  /\bhttp["']?\)?\.createServer|\bcreateServer\s*\(\s*app\b|\b(?:app|fastify|api)\.listen\s*\(|NestFactory|Bun\.serve|\bserve\s*\(|WebSocketServer|WebSocket\.Server|ApolloServer|[hH]api\.(?:server|Server)|restify|polka/;

/** Whether a request of HTTP tells that the service is well. */
export function answersHttp(sources: Sources): boolean {
  const among = whatRuns(sources);
  const secured =
    findInSources(among, /\bhttps\.createServer\s*\(/) !== null &&
    findInSources(among, /\bapp\.listen\s*\(|\bhttp\.createServer/) === null;
  return secured ? false : findInSources(among, OTHER_PROTOCOLS) === null || findInSources(among, HTTP) !== null;
}

/** Bun serves what the first file exports, on the port in `PORT`: an application of a framework with a `fetch` method. */
const EXPORTS_SERVER =
  /^export\s+default\s+(?:app|server|api)\b|\bnew\s+(?:\w*Hono|Elysia)\b[\s\S]*\bexport\s+default\s+\w+/m;

function bunListens(manifest: Manifest, sources: readonly Source[]): Fact | null {
  if (!isInstalled(manifest, 'hono') && !isInstalled(manifest, 'elysia')) return null;
  return findInSources(sources.slice(0, 1), EXPORTS_SERVER);
}

/** Whether a program that begins in this file, relative to the project, listens in it or in one that it loads. */
export function listensFrom(project: Project, manifest: Manifest, entry: string): boolean {
  const { reached } = readSources(project, manifest, entry, []);
  return findInSources(reached, LISTENS) !== null || findInSources(reached, LISTENS_NEST) !== null;
}

/** A library that listens only where the program tells it to. */
function isPlain(name: string): boolean {
  return [
    'express',
    'koa',
    'ws',
    'socket.io',
    'connect',
    'http-proxy',
    'finalhandler',
    'serve-static',
    'h3',
    'polka',
  ].includes(name);
}
