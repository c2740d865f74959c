import type { Fact } from '../../model/fact.ts';
import { firstDependency, type Manifest } from './manifest.ts';

/** Servers that listen on a port of their own, and the variable by which they take another. Sources: their documentation. */
const FRAMEWORKS: Readonly<Record<string, { readonly port: number; readonly variable: string | null }>> = {
  sails: { port: 1337, variable: 'PORT' },
  '@adonisjs/core': { port: 3333, variable: 'PORT' },
  '@foal/core': { port: 3001, variable: 'PORT' },
  actionhero: { port: 8080, variable: 'PORT' },
  'moleculer-web': { port: 3000, variable: 'PORT' },
  '@loopback/rest': { port: 3000, variable: 'PORT' },
  loopback: { port: 3000, variable: 'PORT' },
  egg: { port: 7001, variable: 'PORT' },
  '@midwayjs/koa': { port: 7001, variable: null },
  '@midwayjs/web': { port: 7001, variable: null },
  probot: { port: 3000, variable: 'PORT' },
  hubot: { port: 8080, variable: 'PORT' },
  'node-red': { port: 1880, variable: 'PORT' },
  'graphql-yoga': { port: 4000, variable: null },
  '@apollo/server': { port: 4000, variable: null },
  'apollo-server': { port: 4000, variable: null },
};

/** The port that a framework listens on where the project names none; `null` for those that have to be told. */
export function frameworkPort(manifest: Manifest): Fact<number> | null {
  const found = frameworkOf(manifest);
  const port = found && FRAMEWORKS[found.value]?.port;
  return found && port ? { value: port, from: found.from, holds: found.value } : null;
}

export function frameworkVariable(manifest: Manifest): Fact | null {
  const found = frameworkOf(manifest);
  const variable = found && FRAMEWORKS[found.value]?.variable;
  return found && variable ? { value: variable, from: found.from, holds: found.value } : null;
}

function frameworkOf(manifest: Manifest): Fact | null {
  const names = Object.keys(FRAMEWORKS).filter((name) => name in manifest.production);
  return firstDependency(manifest, names);
}
