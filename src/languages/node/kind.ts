import type { Place } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { firstDependency, type Manifest } from './manifest.ts';
import { findInSources, readSources, type Sources } from './sources.ts';

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
  /\.listen\s*\(|\bcreateServer\s*\(|\bnew\s+(?:WebSocketServer|WebSocket\.Server|ApolloServer|Server)\s*\(|\bserve\s*\(\s*\{|\bstartStandaloneServer\s*\(|\bBun\.serve\s*\(|\bnew\s+Ignitor\b|\bexport\s+default\s*\{[^}]*\bfetch\b/;
const LISTENS_NEST = /\bNestFactory\.create\s*[<(]/;
const WORKS_NEST = /\bNestFactory\.(?:createApplicationContext|createMicroservice)\s*[<(]/;

/** Why a service is taken to listen on a port; `null`: nothing says so, and it is a worker. */
export function listensAt(manifest: Manifest, sources: Sources): Place | null {
  const among = sources.reached.length > 0 ? sources.reached : sources.all;
  if (findInSources(among, WORKS_NEST) && !findInSources(among, LISTENS_NEST)) return null;
  const listens = findInSources(among, LISTENS);
  if (listens) return listens.from;
  const nest = findInSources(among, LISTENS_NEST);
  if (nest) return nest.from;
  // the program may listen in a file that is loaded by name, or by a framework that does it itself
  const server = firstDependency({ ...manifest }, SERVERS);
  if (!server) return null;
  if (sources.reached.length === 0 || !isPlain(server.value)) return server.from;
  return !sources.isComplete && findInSources(sources.all, LISTENS) ? server.from : null;
}

/** Whether a program that begins in this file, relative to the project, listens in it or in one that it loads. */
export function listensFrom(project: Project, manifest: Manifest, entry: string): boolean {
  const { reached } = readSources(project, manifest, entry, []);
  return findInSources(reached, LISTENS) !== null || findInSources(reached, LISTENS_NEST) !== null;
}

/** Bun itself serves what the entry file exports, on the port in `PORT`. */
const EXPORTS_SERVER = /\bnew\s+(?:\w*Hono|Elysia)\b[\s\S]*\bexport\s+default\s+\w+/;

/** Where a handler is exported for Bun to serve; `null`: nowhere, or the program runs on Node. */
export function exportsServerAt(runtime: 'node' | 'bun', sources: Sources): Place | null {
  if (runtime !== 'bun') return null;
  return findInSources(sources.reached.length > 0 ? sources.reached : sources.all, EXPORTS_SERVER)?.from ?? null;
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
